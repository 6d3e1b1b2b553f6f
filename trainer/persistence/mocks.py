"""Mock exams as values. Whoever changes one locks it first: saves and its end take turns."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningInsert

from trainer.core.attempt import Attempt
from trainer.core.item import Case, Item
from trainer.core.learning.decision import Policy
from trainer.core.mock import USUAL, Accommodation, Ending, Sitting
from trainer.persistence.insertion import upsert
from trainer.persistence.slots import ATTEMPT_COLUMNS, SERVED_VERSION, attempt_of
from trainer.persistence.tables import (
    AccommodationRow,
    AttemptRow,
    CaseRow,
    MockRow,
    SlotRow,
    VersionRow,
)

_SITTING = (
    *ATTEMPT_COLUMNS,
    MockRow.choice,
    MockRow.profile_on,
    MockRow.minutes,
    MockRow.factor,
    MockRow.break_seconds,
    MockRow.larger_type,
    MockRow.seats,
    MockRow.flags,
    MockRow.furthest,
    MockRow.rested,
    MockRow.break_at,
    MockRow.ending,
)
_FIND = (
    select(*_SITTING)
    .join(MockRow, MockRow.attempt_id == AttemptRow.id)
    .where(AttemptRow.id == bindparam("attempt"), AttemptRow.learner_id == bindparam("learner"))
)
_LOCK = _FIND.with_for_update(of=MockRow)
_PAPER = (
    select(SlotRow.number, SlotRow.item_id, VersionRow.body, CaseRow.body)
    .join(VersionRow, SERVED_VERSION)
    .outerjoin(CaseRow, CaseRow.id == VersionRow.case_id)
    .where(SlotRow.attempt_id == bindparam("attempt"))
    .order_by(SlotRow.number)
)
_SHEET = _PAPER.where(SlotRow.number == bindparam("number"))


class Paper(NamedTuple):
    """A slot's question: the pinned version of its item."""

    number: int
    item_id: int
    item: Item
    case: Case | None


class Mocks:
    """Another learner's exam is not found, whatever its number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sitting: Sitting, papers: Sequence[tuple[int, int]]) -> int | None:
        """Store a new exam with its form (item and version by slot); the number of its attempt.

        None if the learner has another one of this exam open.
        """
        attempt = sitting.attempt
        try:
            with self._connection.begin_nested():
                key = self._connection.execute(_new_attempt(attempt)).scalar_one()
                self._connection.execute(insert(MockRow).values(attempt_id=key, **_values(sitting)))
        except IntegrityError:
            return None
        rows = [
            {
                "attempt_id": key,
                "number": number,
                "item_id": item,
                "version": version,
                "policy": Policy.FORM.value,
                "propensity": 1.0,
                "served_at": attempt.started_at,
            }
            for number, (item, version) in enumerate(papers, start=1)
        ]
        self._connection.execute(insert(SlotRow), rows)
        return key

    def find(self, attempt_id: int, learner: int, *, to_change: bool = False) -> Sitting | None:
        """An exam as of now, locked until the unit of work ends if it is about to change."""
        key = {"attempt": attempt_id, "learner": learner}
        row = self._connection.execute(_LOCK if to_change else _FIND, key).first()
        return _sitting(row) if row else None

    def find_open(self, learner: int, exam: str) -> int | None:
        """The attempt of the learner's open exam of a kind."""
        statement = select(MockRow.attempt_id).where(
            MockRow.learner_id == learner, MockRow.exam == exam, MockRow.ending.is_(None)
        )
        return self._connection.scalar(statement)

    def all_open(self, learner: int) -> Sequence[tuple[int, str]]:
        """All exams that a learner has open: attempt and exam."""
        rows = self._connection.execute(
            select(MockRow.attempt_id, MockRow.exam)
            .where(MockRow.learner_id == learner, MockRow.ending.is_(None))
            .order_by(MockRow.attempt_id)
        )
        return [(attempt, exam) for attempt, exam in rows]

    def overdue(self, before: datetime, limit: int) -> Sequence[tuple[int, int]]:
        """Attempt and learner of open exams whose deadline has passed, oldest first."""
        rows = self._connection.execute(
            select(MockRow.attempt_id, MockRow.learner_id)
            .where(MockRow.ending.is_(None), MockRow.deadline_at < before)
            .order_by(MockRow.deadline_at)
            .limit(limit)
        )
        return [(attempt, learner) for attempt, learner in rows]

    def put(self, sitting: Sitting) -> None:
        """Store what has changed of an exam."""
        values = _values(sitting)
        changed = {
            name: values[name]
            for name in (
                "factor",
                "break_seconds",
                "larger_type",
                "flags",
                "furthest",
                "rested",
                "break_at",
                "deadline_at",
                "ending",
            )
        }
        is_it = MockRow.attempt_id == sitting.attempt.id
        self._connection.execute(update(MockRow).where(is_it).values(**changed))

    def finished(
        self, learner: int, exam: str, limit: int, *, before: int | None = None
    ) -> Sequence[int]:
        """A learner's finished attempts of an exam, newest first; those before one if asked."""
        statement = (
            select(MockRow.attempt_id)
            .where(MockRow.learner_id == learner, MockRow.exam == exam, MockRow.ending.is_not(None))
            .order_by(MockRow.attempt_id.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(MockRow.attempt_id < before)
        return self._connection.scalars(statement).all()

    def items_of(self, attempts: Sequence[int]) -> list[int]:
        """The items of some attempts' forms, in the order of the attempts."""
        rows = self._connection.execute(
            select(SlotRow.attempt_id, SlotRow.item_id).where(SlotRow.attempt_id.in_(attempts))
        )
        placed = {attempt: place for place, attempt in enumerate(attempts)}
        return [item for _, item in sorted((placed[attempt], item) for attempt, item in rows)]

    def papers(self, attempt_id: int) -> Sequence[Paper]:
        """All questions of a form."""
        return [Paper(*row) for row in self._connection.execute(_PAPER, {"attempt": attempt_id})]

    def paper(self, attempt_id: int, number: int) -> Paper | None:
        row = self._connection.execute(_SHEET, {"attempt": attempt_id, "number": number}).first()
        return Paper(*row) if row else None

    def accommodation(self, account_id: int) -> Accommodation:
        """What a person is granted; nothing unless it was stored."""
        row = self._connection.execute(
            select(
                AccommodationRow.factor,
                AccommodationRow.break_seconds,
                AccommodationRow.larger_type,
            ).where(AccommodationRow.account_id == account_id)
        ).first()
        return _accommodation(*row) if row else USUAL

    def accommodate(self, account_id: int, granted: Accommodation) -> None:
        statement = upsert(self._connection.dialect.name, AccommodationRow)
        self._connection.execute(statement, {"account_id": account_id, **_granted(granted)})

    def hand_over(self, giver: int, taker: int) -> None:
        """Make one learner's exams another's; the giver's must have ended where both are open."""
        self._connection.execute(
            update(MockRow).where(MockRow.learner_id == giver).values(learner_id=taker)
        )
        self._connection.execute(
            delete(AccommodationRow).where(AccommodationRow.account_id == giver)
        )


def _new_attempt(attempt: Attempt) -> ReturningInsert[int]:
    return (
        insert(AttemptRow)
        .values(
            learner_id=attempt.learner,
            exam=attempt.exam,
            mode=attempt.mode.id,
            plan=attempt.plan,
            seed=attempt.seed,
            started_at=attempt.started_at,
        )
        .returning(AttemptRow.id)
    )


def _sitting(row: Sequence[Any]) -> Sitting:
    attempt, rest = attempt_of(row[: len(ATTEMPT_COLUMNS)]), row[len(ATTEMPT_COLUMNS) :]
    choice, profile_on, minutes, factor, breaks, larger, seats, flags, *moving = rest
    furthest, rested, break_at, ending = moving
    return Sitting(
        attempt,
        choice,
        profile_on,
        minutes,
        _accommodation(factor, breaks, larger),
        seats,
        frozenset(json.loads(flags)),
        furthest,
        timedelta(seconds=rested),
        break_at,
        Ending(ending) if ending else None,
    )


def _values(sitting: Sitting) -> dict[str, object]:
    return {
        "learner_id": sitting.attempt.learner,
        "exam": sitting.attempt.exam,
        "choice": sitting.choice,
        "profile_on": sitting.profile_on,
        "minutes": sitting.minutes,
        **_granted(sitting.accommodation),
        "seats": sitting.seats,
        "flags": json.dumps(sorted(sitting.flags), separators=(",", ":")),
        "furthest": sitting.furthest,
        "rested": sitting.rested.total_seconds(),
        "break_at": sitting.break_at,
        "deadline_at": sitting.latest,
        "ending": sitting.ending.value if sitting.ending else None,
    }


def _granted(granted: Accommodation) -> dict[str, object]:
    return {
        "factor": granted.factor,
        "break_seconds": int(granted.breaks.total_seconds()),
        "larger_type": granted.larger_type,
    }


def _accommodation(factor: float, break_seconds: int, larger_type: bool) -> Accommodation:  # noqa: FBT001  # a row's values in order
    return Accommodation(factor, timedelta(seconds=break_seconds), larger_type)
