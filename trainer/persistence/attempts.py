"""Attempts, slots and responses as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.core.attempt import (
    ANSWERED_ALREADY,
    MODES,
    Answer,
    Attempt,
    Mode,
    Plan,
    Slot,
)
from trainer.core.errors import AlreadyAnsweredError
from trainer.core.item import Item
from trainer.core.learning.first_rule import Candidate
from trainer.core.response import Response
from trainer.core.scoring import Score
from trainer.persistence.insertion import insertion
from trainer.persistence.tables import (
    AccountRow,
    AttemptRow,
    CaseRow,
    ResponseRow,
    SlotRow,
    VersionRow,
)

_ANSWERS_SLOT = and_(
    ResponseRow.attempt_id == SlotRow.attempt_id, ResponseRow.slot == SlotRow.number
)
_SERVED_VERSION = and_(VersionRow.item_id == SlotRow.item_id, VersionRow.number == SlotRow.version)


@dataclass(frozen=True, slots=True)
class Line:
    """A slot in an attempt's summary; the scores are None while it is unanswered."""

    number: int
    item: Item
    points: float | None
    correct: bool | None


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the response log, as replay reads it."""

    item_id: int
    item: Item
    response: Response
    answered_at: datetime


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

    def last_slot(self, attempt_id: int) -> tuple[int, bool]:
        """Number of the newest slot (0 for none), and whether it is answered."""
        row = self._session.execute(
            select(SlotRow.number, ResponseRow.id)
            .outerjoin(ResponseRow, _ANSWERS_SLOT)
            .where(SlotRow.attempt_id == attempt_id)
            .order_by(SlotRow.number.desc())
            .limit(1)
        ).first()
        return (row[0], row[1] is not None) if row else (0, False)

    def slot(
        self, attempt_id: int, number: int, learner: int, *, to_answer: bool = False
    ) -> Slot | None:
        """A slot with all that answering it needs, in one statement.

        `to_answer` locks its learner until the unit of work ends. What is counted on must be
        read after that: PostgreSQL shows the other rows of a locking statement as they were
        before it had to wait.
        """
        statement = (
            select(
                AttemptRow,
                SlotRow.item_id,
                SlotRow.version,
                VersionRow.body,
                CaseRow.body,
                ResponseRow,
            )
            .join(SlotRow, SlotRow.attempt_id == AttemptRow.id)
            .join(VersionRow, _SERVED_VERSION)
            .outerjoin(CaseRow, CaseRow.id == VersionRow.case_id)
            .outerjoin(ResponseRow, _ANSWERS_SLOT)
            .where(
                AttemptRow.id == attempt_id,
                AttemptRow.learner_id == learner,
                SlotRow.number == number,
            )
            .order_by(ResponseRow.revision.desc())
            .limit(1)
        )
        if to_answer:
            is_learner = AccountRow.id == AttemptRow.learner_id
            statement = statement.join(AccountRow, is_learner).with_for_update(
                of=AccountRow, key_share=True
            )
        row = self._session.execute(statement).first()
        if row is None:
            return None
        attempt, item_id, version, item, case, response = row
        return Slot(_attempt(attempt), number, item_id, version, item, case, _answer(response))

    def serve(
        self, attempt_id: int, number: int, candidate: Candidate, propensity: float, at: datetime
    ) -> bool:
        """Put an item into a slot; False if another request has filled it meanwhile."""
        try:
            with self._session.begin_nested():
                self._session.execute(
                    insert(SlotRow).values(
                        attempt_id=attempt_id,
                        number=number,
                        item_id=candidate.item,
                        version=candidate.version,
                        propensity=propensity,
                        served_at=at,
                    )
                )
        except IntegrityError:
            return False
        return True

    def record(self, slot: Slot, response: Response, score: Score, at: datetime) -> bool:
        """Append a response; False if another request has given the same one meanwhile.

        Raises AlreadyAnsweredError if it has given another one.
        """
        key = {
            "attempt_id": slot.attempt.id,
            "slot": slot.number,
            "revision": slot.next_revision,
        }
        statement = insertion(self._session, ResponseRow).values(
            **key,
            learner_id=slot.attempt.learner,
            body=response,
            points=score.points,
            correct=score.correct,
            answered_at=at,
        )
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
        if self._session.scalar(statement.returning(ResponseRow.id)):
            return True
        if self._session.scalar(select(ResponseRow.body).filter_by(**key)) != response:
            raise AlreadyAnsweredError(ANSWERED_ALREADY)
        return False

    def finish(self, attempt_id: int, at: datetime) -> None:
        """Close an attempt; closing it again changes nothing."""
        self._session.execute(
            update(AttemptRow)
            .where(AttemptRow.id == attempt_id, AttemptRow.finished_at.is_(None))
            .values(finished_at=at)
        )

    def lines(self, attempt_id: int) -> Sequence[Line]:
        rows = self._session.execute(
            select(SlotRow.number, VersionRow.body, ResponseRow.points, ResponseRow.correct)
            .join(VersionRow, _SERVED_VERSION)
            .outerjoin(ResponseRow, _ANSWERS_SLOT)
            .where(SlotRow.attempt_id == attempt_id)
            .order_by(SlotRow.number)
        )
        return [Line(*row) for row in rows]

    def log(self, learner: int) -> Sequence[Logged]:
        """A learner's responses, oldest first, with the item versions they answered."""
        rows = self._session.execute(
            select(VersionRow.item_id, VersionRow.body, ResponseRow.body, ResponseRow.answered_at)
            .join(SlotRow, _ANSWERS_SLOT)
            .join(VersionRow, _SERVED_VERSION)
            .where(ResponseRow.learner_id == learner)
            .order_by(ResponseRow.answered_at, ResponseRow.id)
        )
        return [Logged(*row) for row in rows]

    def hand_over(self, giver: int, taker: int) -> None:
        """Make all attempts and responses of one learner another's."""
        for table in (AttemptRow, ResponseRow):
            self._session.execute(
                update(table).where(table.learner_id == giver).values(learner_id=taker)
            )

    def learners(self) -> Sequence[int]:
        """Everybody who has answered anything."""
        statement = select(ResponseRow.learner_id).group_by(ResponseRow.learner_id)
        return self._session.scalars(statement.order_by(func.min(ResponseRow.id))).all()


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


def _answer(row: ResponseRow | None) -> Answer | None:
    if row is None:
        return None
    return Answer(row.body, row.points, row.correct, row.revision, row.answered_at)
