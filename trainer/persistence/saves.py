"""What the exam room stores while it is open: answers, scribbles, events.

Every save is a row of its own with its number; nothing is ever overwritten.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from trainer.core.mock import Save
from trainer.persistence.insertion import upsert
from trainer.persistence.tables import EventRow, MarkRow, SaveRow

_SAVES = (
    select(
        SaveRow.slot,
        SaveRow.revision,
        SaveRow.serial,
        SaveRow.body,
        SaveRow.saved_at,
        SaveRow.seconds,
    )
    .where(SaveRow.attempt_id == bindparam("attempt"))
    .order_by(SaveRow.slot, SaveRow.revision)
)
_SAVES_OF_SLOT = _SAVES.where(SaveRow.slot == bindparam("slot"))
_NEXT_SERIAL = select(func.coalesce(func.max(SaveRow.serial), 0) + 1).where(
    SaveRow.attempt_id == bindparam("attempt")
)


class Event(NamedTuple):
    """What else happened: start, break, resumption, flag, end, accommodation, regrade."""

    number: int
    at: datetime
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A learner's scribbles: tokens of struck options, highlighted ranges of the stem, a note."""

    struck: tuple[str, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    note: str = ""


NO_MARK = Mark()


class Saves:
    """Lock the exam before adding anything."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, attempt_id: int, slot: int | None = None) -> Sequence[Save]:
        """Every save of an attempt or of one slot, by slot and revision."""
        if slot is None:
            rows = self._connection.execute(_SAVES, {"attempt": attempt_id})
        else:
            rows = self._connection.execute(_SAVES_OF_SLOT, {"attempt": attempt_id, "slot": slot})
        return [Save(*row) for row in rows]

    def next_serial(self, attempt_id: int) -> int:
        """The number of the next save; the exam must be locked."""
        return self._connection.execute(_NEXT_SERIAL, {"attempt": attempt_id}).scalar_one()

    def append(self, attempt_id: int, save: Save) -> None:
        """Add a save; the exam must be locked."""
        self._connection.execute(
            insert(SaveRow).values(
                attempt_id=attempt_id,
                slot=save.slot,
                revision=save.revision,
                serial=save.serial,
                body=save.response,
                saved_at=save.at,
                seconds=save.seconds,
            )
        )

    def marks(self, attempt_id: int, slot: int | None = None) -> dict[int, Mark]:
        """Scribbles by slot."""
        statement = select(MarkRow.slot, MarkRow.body).where(MarkRow.attempt_id == attempt_id)
        if slot is not None:
            statement = statement.where(MarkRow.slot == slot)
        return {number: _mark(body) for number, body in self._connection.execute(statement)}

    def set_mark(self, attempt_id: int, slot: int, mark: Mark) -> None:
        body = json.dumps([mark.struck, mark.highlights, mark.note], separators=(",", ":"))
        key: dict[str, object] = {"attempt_id": attempt_id, "slot": slot}
        statement = upsert(self._connection.dialect.name, MarkRow)
        self._connection.execute(statement, {**key, "body": body})

    def note(self, attempt_id: int, at: datetime, kind: str, detail: str = "") -> None:
        """Add an event; the exam must be locked."""
        number = select(func.coalesce(func.max(EventRow.number), 0) + 1).where(
            EventRow.attempt_id == attempt_id
        )
        self._connection.execute(
            insert(EventRow).values(
                attempt_id=attempt_id,
                number=number.scalar_subquery(),
                happened_at=at,
                kind=kind,
                detail=detail,
            )
        )

    def events(self, attempt_id: int) -> Sequence[Event]:
        rows = self._connection.execute(
            select(EventRow.number, EventRow.happened_at, EventRow.kind, EventRow.detail)
            .where(EventRow.attempt_id == attempt_id)
            .order_by(EventRow.number)
        )
        return [Event(*row) for row in rows]


def _mark(body: str) -> Mark:
    struck, highlights, note = json.loads(body)
    return Mark(tuple(struck), tuple((start, end) for start, end in highlights), note)
