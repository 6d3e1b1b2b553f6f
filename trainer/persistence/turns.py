"""A slot about to be answered, with all that the answer bears on, in one statement.

The statement locks the learner. Where it had to wait for that, PostgreSQL shows the locked row as
it is now and every other row as it was before: the row is read twice, locked and plain, and where
the two differ all is read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, true
from sqlalchemy.orm import aliased

from trainer.core.attempt import Slot
from trainer.core.learning.standing import Standing, authored
from trainer.persistence.learners import MEMORY_COLUMNS, learner_of, remembering
from trainer.persistence.population import STATE_COLUMNS, item_state, model_of
from trainer.persistence.slots import ANSWERS_SLOT, SERVED_VERSION, SLOT_COLUMNS, slot_of
from trainer.persistence.tables import (
    AttemptRow,
    ItemMemoryRow,
    ItemStateRow,
    LearnerRow,
    PopulationRow,
    ResponseRow,
    SlotRow,
    VersionRow,
)

_FACTS = ("answered", "state", "lean", "postponed")  # one of them moves with all else that counts
_Locked = aliased(LearnerRow)
_IS_FRESH = and_(*(getattr(LearnerRow, each) == getattr(_Locked, each) for each in _FACTS))
_STATEMENT = (
    select(
        *SLOT_COLUMNS,
        _IS_FRESH,
        _Locked.state,
        PopulationRow.state,
        *STATE_COLUMNS,
        *MEMORY_COLUMNS,
    )
    .join(SlotRow, SlotRow.attempt_id == AttemptRow.id)
    .join(VersionRow, SERVED_VERSION)
    .join(_Locked, _Locked.learner_id == AttemptRow.learner_id)
    .join(LearnerRow, LearnerRow.learner_id == AttemptRow.learner_id)
    .outerjoin(ResponseRow, ANSWERS_SLOT)
    .outerjoin(PopulationRow, true())
    .outerjoin(ItemStateRow, ItemStateRow.item_id == SlotRow.item_id)
    .outerjoin(
        ItemMemoryRow,
        and_(
            ItemMemoryRow.item_id == SlotRow.item_id,
            ItemMemoryRow.learner_id == AttemptRow.learner_id,
        ),
    )
    .where(
        AttemptRow.id == bindparam("attempt"),
        AttemptRow.learner_id == bindparam("learner"),
        SlotRow.number == bindparam("number"),
    )
    .order_by(ResponseRow.revision.desc())
    .limit(1)
    .with_for_update(of=_Locked, key_share=True)
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A slot and the standing of its learner before the answer."""

    slot: Slot
    standing: Standing


class Turns:
    """Another learner's turn is not found."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, attempt_id: int, number: int, learner: int) -> Turn | None:
        """The turn, its learner locked until the unit of work ends."""
        key = {"attempt": attempt_id, "number": number, "learner": learner}
        while row := self._connection.execute(_STATEMENT, key).first():
            values: Sequence[Any] = row
            slot, rest = slot_of(values, number), values[len(SLOT_COLUMNS) :]
            is_fresh, state, population, *estimates = rest
            if is_fresh:
                return Turn(slot, _standing(slot, state, population, estimates))
        return None


def _standing(slot: Slot, state: str, population: str | None, estimates: Sequence[Any]) -> Standing:
    fresh = authored(slot.item_id, slot.item)
    difficulties, memories = estimates[: len(STATE_COLUMNS)], estimates[len(STATE_COLUMNS) :]
    known = remembering(tuple(memories)) if memories[0] is not None else None
    return Standing(
        learner_of(state, {fresh.id: known.item} if known else {}),
        item_state(fresh, difficulties),
        known.memory if known else None,
        model_of(population),
    )
