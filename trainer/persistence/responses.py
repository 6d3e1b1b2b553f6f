"""The response log: appended to, read in order, never changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.sql.dml import ReturningInsert

from trainer.core.attempt import ANSWERED_ALREADY, Attempt, Slot
from trainer.core.errors import AlreadyAnsweredError
from trainer.core.item import Item
from trainer.core.learning.memory import Confidence
from trainer.core.response import Response
from trainer.core.scoring import Score
from trainer.persistence.insertion import insertion
from trainer.persistence.slots import ANSWERS_SLOT, SERVED_VERSION
from trainer.persistence.tables import ResponseRow, SlotRow, VersionRow

_CHUNK = 1000  # rows of the log in memory at a time


class Logged(NamedTuple):
    """A row of the response log, as replay reads it."""

    id: int
    learner: int
    item_id: int
    version: int
    subtopic: str
    points: float
    correct: bool
    confidence: Confidence | None
    at: datetime


class Responses:
    """Each (attempt, slot, revision) once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self,
        slot: Slot,
        response: Response,
        score: Score,
        at: datetime,
        *,
        confidence: Confidence | None = None,
    ) -> bool:
        """Append a response; False if another request has given the same one meanwhile.

        Raises AlreadyAnsweredError if it has given another one.
        """
        key = {
            "attempt_id": slot.attempt.id,
            "slot": slot.number,
            "revision": slot.next_revision,
        }
        values = {
            **key,
            "learner_id": slot.attempt.learner,
            "body": response,
            "points": score.points,
            "correct": score.correct,
            "confidence": confidence.value if confidence else None,
            "answered_at": at,
        }
        if self._connection.scalar(_recorded(self._connection.dialect.name), values):
            return True
        if self._connection.scalar(select(ResponseRow.body).filter_by(**key)) != response:
            raise AlreadyAnsweredError(ANSWERED_ALREADY)
        return False

    def record_all(
        self, attempt: Attempt, answers: Sequence[tuple[int, Response, Score]], at: datetime
    ) -> None:
        """Append an exam's answers (slot, response, score) in their order."""
        rows = [
            {
                "attempt_id": attempt.id,
                "slot": slot,
                "revision": 1,
                "learner_id": attempt.learner,
                "body": response,
                "points": score.points,
                "correct": score.correct,
                "answered_at": at,
            }
            for slot, response, score in answers
        ]
        if rows:
            self._connection.execute(insert(ResponseRow), rows)

    def counted(self, attempt_id: int) -> dict[int, tuple[Response, Score]]:
        """What counts in each slot of an exam that is over, and for how much."""
        rows = self._connection.execute(
            select(ResponseRow.slot, ResponseRow.body, ResponseRow.points, ResponseRow.correct)
            .where(ResponseRow.attempt_id == attempt_id)
            .order_by(ResponseRow.slot)
        )
        return {slot: (body, Score(points, correct)) for slot, body, points, correct in rows}

    def scores(self, attempt_id: int) -> Sequence[tuple[int, float]]:
        """Item and points of each answered slot, in order."""
        rows = self._connection.execute(
            select(SlotRow.item_id, ResponseRow.points)
            .join(ResponseRow, ANSWERS_SLOT)
            .where(SlotRow.attempt_id == attempt_id)
            .order_by(SlotRow.number)
        )
        return [(item, points) for item, points in rows]

    def log(self, learner: int | None = None) -> Iterator[Logged]:
        """The responses of a learner, or of all, in the order in which they were given."""
        statement = (
            select(
                ResponseRow.id,
                ResponseRow.learner_id,
                SlotRow.item_id,
                SlotRow.version,
                VersionRow.subtopic,
                ResponseRow.points,
                ResponseRow.correct,
                ResponseRow.confidence,
                ResponseRow.answered_at,
            )
            .join(SlotRow, ANSWERS_SLOT)
            .join(VersionRow, SERVED_VERSION)
            .order_by(ResponseRow.id)
        )
        if learner is not None:
            statement = statement.where(ResponseRow.learner_id == learner)
        rows: Iterable[Sequence[Any]] = self._connection.execute(statement).yield_per(_CHUNK)
        for *facts, confidence, at in rows:
            yield Logged._make((*facts, Confidence(confidence) if confidence else None, at))

    def count(self) -> int:
        """Responses in the log."""
        return self._connection.scalar(select(func.count()).select_from(ResponseRow)) or 0

    def newest(self) -> int:
        """The number of the last response; 0 for none."""
        return self._connection.scalar(select(func.max(ResponseRow.id))) or 0

    def versions(self, learner: int | None = None) -> dict[tuple[int, int], Item]:
        """The item versions that a learner, or anybody, has answered, by item and number."""
        answered = select(SlotRow.item_id, SlotRow.version).join(ResponseRow, ANSWERS_SLOT)
        if learner is not None:
            answered = answered.where(ResponseRow.learner_id == learner)
        served = answered.distinct().subquery()
        rows = self._connection.execute(
            select(VersionRow.item_id, VersionRow.number, VersionRow.body).join(
                served,
                (served.c.item_id == VersionRow.item_id) & (served.c.version == VersionRow.number),
            )
        )
        return {(item_id, number): body for item_id, number, body in rows}


@cache
def _recorded(kind: str) -> ReturningInsert[int]:
    """A response, unless there is one of its key."""
    key = ("attempt_id", "slot", "revision")
    statement = insertion(kind, ResponseRow).on_conflict_do_nothing(index_elements=key)
    return statement.returning(ResponseRow.id)
