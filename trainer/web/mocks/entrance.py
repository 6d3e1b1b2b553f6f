"""Who may go in: an exam under way, awake or at rest; and where one leads that is over."""

from flask import abort, redirect, url_for

from trainer.core.mock import Ending
from trainer.services import rooms
from trainer.services.records import Record, record
from trainer.services.rooms import Room
from trainer.web.current import account, trainer
from trainer.web.sittings import under_way


def looked_into(attempt_id: int) -> Room:
    """The room of an exam, whether it goes on or not. Raises NotFoundError."""
    house = trainer()
    with house.database.reading() as store:
        return rooms.room(store, house.stockroom, account(), attempt_id, at=house.now())


def entered(attempt_id: int) -> Room:
    """The room of an exam under way. Raises NotFoundError, AttemptFinishedError."""
    found = looked_into(attempt_id)
    found.sitting.check_open(found.now)
    return found


def exit_of(attempt_id: int) -> str:
    """The address that an exam which is over leads to. Raises NotFoundError."""
    under_way()
    ran_out = looked_into(attempt_id).sitting.ending is Ending.EXPIRED
    return url_for("mocks.over" if ran_out else "mocks.result", attempt_id=attempt_id)


def awake(attempt_id: int) -> Room:
    """The room as it is to work in; while there is a break, its page is shown instead."""
    found = entered(attempt_id)
    if found.is_resting:
        abort(redirect(url_for("mocks.room", attempt_id=attempt_id)))
    return found


def finished(attempt_id: int) -> Record:
    """The record of an exam; while it goes on, the room is shown instead."""
    house = trainer()
    under_way()
    with house.database.reading() as store:
        found = record(store, house.stockroom, account(), attempt_id)
    return found or abort(redirect(url_for("mocks.room", attempt_id=attempt_id)))
