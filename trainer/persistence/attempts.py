"""Attempts, slots and responses as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from trainer.core.attempt import (
    MODES,
    Answer,
    Attempt,
    Mode,
    Plan,
    Slot,
)
from trainer.core.item import Case, Item
from trainer.core.learning.decision import Decision, Policy
from trainer.core.learning.memory import Confidence
from trainer.core.learning.selection import Served
from trainer.persistence.items import CASE_COLUMNS, case_of
from trainer.persistence.tables import (
    AttemptRow,
    CaseRow,
    ItemRow,
    ResponseRow,
    SlotRow,
    VersionRow,
)

ANSWERS_SLOT = and_(
    ResponseRow.attempt_id == SlotRow.attempt_id, ResponseRow.slot == SlotRow.number
)
SERVED_VERSION = and_(VersionRow.item_id == SlotRow.item_id, VersionRow.number == SlotRow.version)
SLOT_COLUMNS = (AttemptRow, SlotRow, VersionRow.body, ResponseRow)
"""What `slot_of` reads first from a row; the case may follow."""


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


class Attempts:
    """Another learner's attempt is not found, whatever its number."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, *, learner: int, exam: str, mode: Mode, plan: Plan, seed: str, at: datetime
    ) -> Attempt:
        row = AttemptRow(
            learner_id=learner, exam=exam, mode=mode.id, plan=plan, seed=seed, started_at=at
        )
        self._session.add(row)
        self._session.flush()
        return _attempt(row)

    def find(self, attempt_id: int, learner: int) -> Attempt | None:
        row = self._session.scalar(
            select(AttemptRow).where(AttemptRow.id == attempt_id, AttemptRow.learner_id == learner)
        )
        return _attempt(row) if row else None

    def find_open(self, learner: int) -> Attempt | None:
        """The newest attempt that is not finished."""
        row = self._session.scalar(
            select(AttemptRow)
            .where(AttemptRow.learner_id == learner, AttemptRow.finished_at.is_(None))
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .limit(1)
        )
        return _attempt(row) if row else None

    def last_slot(self, attempt_id: int) -> Place:
        """The newest slot of an attempt."""
        skipped = (
            select(func.count())
            .where(SlotRow.attempt_id == attempt_id, SlotRow.skipped_at.is_not(None))
            .scalar_subquery()
        )
        row = self._session.execute(
            select(SlotRow.number, ResponseRow.id, SlotRow.skipped_at, skipped)
            .outerjoin(ResponseRow, ANSWERS_SLOT)
            .where(SlotRow.attempt_id == attempt_id)
            .order_by(SlotRow.number.desc())
            .limit(1)
        ).first()
        if row is None:
            return Place(0, is_open=False, skipped=0)
        number, response, skipped_at, count = row
        return Place(number, is_open=response is None and skipped_at is None, skipped=count)

    def slot(self, attempt_id: int, number: int, learner: int) -> tuple[Slot, int] | None:
        """A slot to look at, and how many before it were put off; see `turns` to answer one."""
        earlier = aliased(SlotRow)
        skipped = (
            select(func.count())
            .where(
                earlier.attempt_id == attempt_id,
                earlier.number < number,
                earlier.skipped_at.is_not(None),
            )
            .scalar_subquery()
        )
        row = self._session.execute(
            select(*SLOT_COLUMNS, CaseRow.body, skipped)
            .join(SlotRow, SlotRow.attempt_id == AttemptRow.id)
            .join(VersionRow, SERVED_VERSION)
            .outerjoin(CaseRow, CaseRow.id == VersionRow.case_id)
            .outerjoin(ResponseRow, ANSWERS_SLOT)
            .where(
                AttemptRow.id == attempt_id,
                AttemptRow.learner_id == learner,
                SlotRow.number == number,
            )
            .order_by(ResponseRow.revision.desc())
            .limit(1)
        ).first()
        return (slot_of(row, number, row[-2]), row[-1]) if row else None

    def serve(
        self, attempt_id: int, number: int, item: tuple[int, int], decision: Decision, at: datetime
    ) -> bool:
        """Put an item's version into a slot; False if another request has filled it meanwhile."""
        try:
            with self._session.begin_nested():
                self._session.execute(
                    insert(SlotRow).values(
                        attempt_id=attempt_id,
                        number=number,
                        item_id=item[0],
                        version=item[1],
                        policy=decision.policy.value,
                        propensity=decision.propensity,
                        expected=decision.expected,
                        reason=decision.reason,
                        served_at=at,
                    )
                )
        except IntegrityError:
            return False
        return True

    def skip(self, attempt_id: int, number: int, at: datetime) -> None:
        """Put an open slot off; it takes no answer any more."""
        self._session.execute(
            update(SlotRow)
            .where(SlotRow.attempt_id == attempt_id, SlotRow.number == number)
            .values(skipped_at=at)
        )

    def trail(self, learner: int, attempt_id: int, before: int) -> Sequence[Served]:
        """What the learner was served, oldest first: all of an attempt and `before` items more.

        A case goes on within its attempt only: the items before have none.
        """
        recent = (
            select(AttemptRow.id)
            .where(AttemptRow.learner_id == learner)
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .limit(_RECENT)
        )
        rows = self._session.execute(
            select(SlotRow.attempt_id, SlotRow.item_id, ItemRow.subtopic, *CASE_COLUMNS)
            .join(AttemptRow, AttemptRow.id == SlotRow.attempt_id)
            .join(ItemRow, ItemRow.id == SlotRow.item_id)
            .where((AttemptRow.id == attempt_id) | AttemptRow.id.in_(recent))
            .order_by(AttemptRow.started_at, AttemptRow.id, SlotRow.number)
        ).all()
        others = [row for row in rows if row[0] != attempt_id]
        own = [row for row in rows if row[0] == attempt_id]
        earlier = [Served(row[1], row[2]) for row in others[max(0, len(others) - before) :]]
        return [*earlier, *(Served(row[1], row[2], case_of(*row[3:])) for row in own)]

    def finish(self, attempt_id: int, at: datetime) -> None:
        """Close an attempt; closing it again changes nothing."""
        self._session.execute(
            update(AttemptRow)
            .where(AttemptRow.id == attempt_id, AttemptRow.finished_at.is_(None))
            .values(finished_at=at)
        )

    def lines(self, attempt_id: int) -> Sequence[Line]:
        rows = self._session.execute(
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
            self._session.execute(
                update(table).where(table.learner_id == giver).values(learner_id=taker)
            )


def _attempt(row: AttemptRow) -> Attempt:
    return Attempt(
        row.id,
        row.learner_id,
        row.exam,
        MODES[row.mode],
        row.plan,
        row.seed,
        row.started_at,
        row.finished_at,
    )


def slot_of(row: Sequence[Any], number: int, case: Case | None = None) -> Slot:
    """A slot from a row that begins with SLOT_COLUMNS."""
    attempt, slot, item, response = row[: len(SLOT_COLUMNS)]
    return Slot(
        _attempt(attempt),
        number,
        slot.item_id,
        slot.version,
        item,
        case,
        _answer(response),
        _decision(slot),
        slot.skipped_at is not None,
    )


def _decision(row: SlotRow) -> Decision | None:
    if row.policy is None or row.expected is None:
        return None
    return Decision(Policy(row.policy), row.propensity, row.expected, row.reason)


def _answer(row: ResponseRow | None) -> Answer | None:
    if row is None:
        return None
    confidence = Confidence(row.confidence) if row.confidence else None
    return Answer(row.body, row.points, row.correct, row.revision, row.answered_at, confidence)
