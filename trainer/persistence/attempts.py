"""Attempts, slots and responses as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningInsert

from trainer.core.attempt import (
    MOCK,
    Attempt,
    Mode,
    Plan,
    Slot,
)
from trainer.core.item import Item
from trainer.core.learning.decision import Decision
from trainer.core.learning.selection import Served
from trainer.persistence.insertion import insertion
from trainer.persistence.items import CASE_COLUMNS, case_of
from trainer.persistence.slots import (
    ANSWERS_SLOT,
    ATTEMPT_COLUMNS,
    SERVED_VERSION,
    SLOT_COLUMNS,
    attempt_of,
    slot_of,
)
from trainer.persistence.tables import (
    AttemptRow,
    CaseRow,
    ItemRow,
    ResponseRow,
    SlotRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A slot in an attempt's summary; the scores are None while it is unanswered."""

    number: int
    item: Item
    points: float | None
    correct: bool | None
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class Place:
    """How far an attempt has come: number of the newest slot (0 for none), and those put off."""

    number: int
    is_open: bool
    skipped: int


_RECENT = 3  # attempts that the last few items lie in
_FIND = select(*ATTEMPT_COLUMNS).where(
    AttemptRow.id == bindparam("attempt"), AttemptRow.learner_id == bindparam("learner")
)
_other = aliased(SlotRow)
_SKIPPED = select(func.count()).where(
    _other.attempt_id == bindparam("attempt"), _other.skipped_at.is_not(None)
)
_LAST = (
    select(SlotRow.number, ResponseRow.id, SlotRow.skipped_at, _SKIPPED.scalar_subquery())
    .outerjoin(ResponseRow, ANSWERS_SLOT)
    .where(SlotRow.attempt_id == bindparam("attempt"))
    .order_by(SlotRow.number.desc())
    .limit(1)
)
_SLOT = (
    select(
        *SLOT_COLUMNS,
        CaseRow.body,
        _SKIPPED.where(_other.number < bindparam("number")).scalar_subquery(),
    )
    .join(SlotRow, SlotRow.attempt_id == AttemptRow.id)
    .join(VersionRow, SERVED_VERSION)
    .outerjoin(CaseRow, CaseRow.id == VersionRow.case_id)
    .outerjoin(ResponseRow, ANSWERS_SLOT)
    .where(
        AttemptRow.id == bindparam("attempt"),
        AttemptRow.learner_id == bindparam("learner"),
        SlotRow.number == bindparam("number"),
    )
    .order_by(ResponseRow.revision.desc())
    .limit(1)
)
_TRAIL = (
    select(SlotRow.attempt_id, SlotRow.item_id, ItemRow.subtopic, *CASE_COLUMNS)
    .join(AttemptRow, AttemptRow.id == SlotRow.attempt_id)
    .join(ItemRow, ItemRow.id == SlotRow.item_id)
    .where(
        (AttemptRow.id == bindparam("attempt"))
        | AttemptRow.id.in_(
            select(AttemptRow.id)
            .where(AttemptRow.learner_id == bindparam("learner"))
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .limit(_RECENT)
        )
    )
    .order_by(AttemptRow.started_at, AttemptRow.id, SlotRow.number)
)


class Attempts:
    """Another learner's attempt is not found, whatever its number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, *, learner: int, exam: str, mode: Mode, plan: Plan, seed: str, at: datetime
    ) -> Attempt:
        values = {
            "learner_id": learner,
            "exam": exam,
            "mode": mode.id,
            "plan": plan,
            "seed": seed,
            "started_at": at,
        }
        added = insert(AttemptRow).returning(*ATTEMPT_COLUMNS)
        return attempt_of(self._connection.execute(added, values).one())

    def find(self, attempt_id: int, learner: int) -> Attempt | None:
        row = self._connection.execute(_FIND, {"attempt": attempt_id, "learner": learner}).first()
        return attempt_of(row) if row else None

    def find_open(self, learner: int) -> Attempt | None:
        """The newest practice that is not finished."""
        row = self._connection.execute(
            select(*ATTEMPT_COLUMNS)
            .where(
                AttemptRow.learner_id == learner,
                AttemptRow.finished_at.is_(None),
                AttemptRow.mode != MOCK.id,
            )
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .limit(1)
        ).first()
        return attempt_of(row) if row else None

    def last_slot(self, attempt_id: int) -> Place:
        """The newest slot of an attempt."""
        row = self._connection.execute(_LAST, {"attempt": attempt_id}).first()
        if row is None:
            return Place(0, is_open=False, skipped=0)
        number, response, skipped_at, count = row
        return Place(number, is_open=response is None and skipped_at is None, skipped=count)

    def slot(self, attempt_id: int, number: int, learner: int) -> tuple[Slot, int] | None:
        """A slot to look at, and how many before it were put off; see `turns` to answer one."""
        key = {"attempt": attempt_id, "number": number, "learner": learner}
        row: Sequence[Any] | None = self._connection.execute(_SLOT, key).first()
        return (slot_of(row, number, row[-2]), row[-1]) if row else None

    def serve(
        self, attempt_id: int, number: int, item: tuple[int, int], decision: Decision, at: datetime
    ) -> bool:
        """Put an item's version into a slot; False if another request has filled it meanwhile."""
        values = {
            "attempt_id": attempt_id,
            "number": number,
            "item_id": item[0],
            "version": item[1],
            "policy": decision.policy.value,
            "propensity": decision.propensity,
            "expected": decision.expected,
            "reason": decision.reason,
            "served_at": at,
        }
        serve = _serve(self._connection.dialect.name)
        return self._connection.scalar(serve, values) is not None

    def skip(self, attempt_id: int, number: int, at: datetime) -> None:
        """Put an open slot off; it takes no answer any more."""
        self._connection.execute(
            update(SlotRow)
            .where(SlotRow.attempt_id == attempt_id, SlotRow.number == number)
            .values(skipped_at=at)
        )

    def trail(self, learner: int, attempt_id: int, before: int) -> Sequence[Served]:
        """What the learner was served, oldest first: all of an attempt and `before` items more.

        A case goes on within its attempt only: the items before have none.
        """
        key = {"attempt": attempt_id, "learner": learner}
        rows = self._connection.execute(_TRAIL, key).all()
        others = [row for row in rows if row[0] != attempt_id]
        own = [row for row in rows if row[0] == attempt_id]
        earlier = [Served(row[1], row[2]) for row in others[max(0, len(others) - before) :]]
        return [*earlier, *(Served(row[1], row[2], case_of(*row[3:])) for row in own)]

    def finish(self, attempt_id: int, at: datetime) -> None:
        """Close an attempt; closing it again changes nothing."""
        self._connection.execute(
            update(AttemptRow)
            .where(AttemptRow.id == attempt_id, AttemptRow.finished_at.is_(None))
            .values(finished_at=at)
        )

    def lines(self, attempt_id: int) -> Sequence[Line]:
        rows = self._connection.execute(
            select(
                SlotRow.number,
                VersionRow.body,
                ResponseRow.points,
                ResponseRow.correct,
                SlotRow.skipped_at.is_not(None),
            )
            .join(VersionRow, SERVED_VERSION)
            .outerjoin(ResponseRow, ANSWERS_SLOT)
            .where(SlotRow.attempt_id == attempt_id)
            .order_by(SlotRow.number)
        )
        return [Line(*row) for row in rows]

    def hand_over(self, giver: int, taker: int) -> None:
        """Make all attempts and responses of one learner another's."""
        for table in (AttemptRow, ResponseRow):
            self._connection.execute(
                update(table).where(table.learner_id == giver).values(learner_id=taker)
            )


@cache
def _serve(kind: str) -> ReturningInsert[int]:
    return insertion(kind, SlotRow).on_conflict_do_nothing().returning(SlotRow.number)
