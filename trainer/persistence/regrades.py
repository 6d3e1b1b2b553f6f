"""Corrections as values. Responses keep what was answered; only their score moves."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from trainer.core.response import Response
from trainer.core.scoring import Score
from trainer.persistence.slots import ANSWERS_SLOT
from trainer.persistence.tables import (
    AttemptRow,
    ItemRow,
    RegradedRow,
    RegradeRow,
    ResponseRow,
    SlotRow,
)


class Graded(NamedTuple):
    """An answer to an earlier version of an item, with the score that it has now."""

    response_id: int
    attempt: int
    slot: int
    learner: int
    mode: str
    version: int
    response: Response
    score: Score


class Change(NamedTuple):
    """An answer and the score that a correction gives it."""

    graded: Graded
    score: Score


class Regrade(NamedTuple):
    """A correction on record."""

    id: int
    slug: str
    version: int
    reason: str
    by: str
    applied_at: datetime
    undone_at: datetime | None


class Regrades:
    """The newest correction of an answer counts; undoing gives back what was before it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def earlier(self, item_id: int, version: int) -> Sequence[Graded]:
        """Answers to other versions of an item, oldest first."""
        rows = self._connection.execute(
            select(
                ResponseRow.id,
                ResponseRow.attempt_id,
                ResponseRow.slot,
                ResponseRow.learner_id,
                AttemptRow.mode,
                SlotRow.version,
                ResponseRow.body,
                ResponseRow.points,
                ResponseRow.correct,
            )
            .join(SlotRow, ANSWERS_SLOT)
            .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
            .where(SlotRow.item_id == item_id, SlotRow.version != version)
            .order_by(ResponseRow.id)
        )
        return [Graded(*row[:-2], Score(row[-2], row[-1])) for row in rows]

    def add(
        self,
        item_id: int,
        version: int,
        changes: Sequence[Change],
        *,
        reason: str,
        by: str,
        at: datetime,
    ) -> int:
        """Put a correction on record and its scores into force; its number."""
        values = {"item_id": item_id, "version": version, "reason": reason, "by": by}
        number = self._connection.scalars(
            insert(RegradeRow).values(**values, applied_at=at).returning(RegradeRow.id)
        ).one()
        self._connection.execute(
            insert(RegradedRow),
            [
                {
                    "regrade_id": number,
                    "response_id": change.graded.response_id,
                    "points_before": change.graded.score.points,
                    "correct_before": change.graded.score.correct,
                    "points": change.score.points,
                    "correct": change.score.correct,
                }
                for change in changes
            ],
        )
        self._rate([(change.graded.response_id, change.score) for change in changes])
        return int(number)

    def find(self, number: int) -> Regrade | None:
        row = self._connection.execute(_REGRADE.where(RegradeRow.id == number)).first()
        return Regrade(*row) if row else None

    def all(self) -> Sequence[Regrade]:
        """Every correction, newest first."""
        rows = self._connection.execute(_REGRADE.order_by(RegradeRow.id.desc()))
        return [Regrade(*row) for row in rows]

    def undo(self, number: int, at: datetime) -> Sequence[int]:
        """Give back the scores before a correction, where no later one came; their learners."""
        later = select(RegradedRow.response_id).join(
            RegradeRow, RegradeRow.id == RegradedRow.regrade_id
        )
        later = later.where(RegradeRow.id > number, RegradeRow.undone_at.is_(None))
        rows = self._connection.execute(
            select(
                RegradedRow.response_id,
                RegradedRow.points_before,
                RegradedRow.correct_before,
                ResponseRow.learner_id,
            )
            .join(ResponseRow, ResponseRow.id == RegradedRow.response_id)
            .where(RegradedRow.regrade_id == number, RegradedRow.response_id.not_in(later))
        ).all()
        self._rate([(row[0], Score(row[1], row[2])) for row in rows])
        self._connection.execute(
            update(RegradeRow).where(RegradeRow.id == number).values(undone_at=at)
        )
        return sorted({row[3] for row in rows})

    def of_attempt(self, attempt_id: int) -> dict[int, Regrade]:
        """The correction in force of each slot of an attempt that has one."""
        rows = self._connection.execute(
            _REGRADE.add_columns(ResponseRow.slot)
            .join(RegradedRow, RegradedRow.regrade_id == RegradeRow.id)
            .join(ResponseRow, ResponseRow.id == RegradedRow.response_id)
            .where(ResponseRow.attempt_id == attempt_id, RegradeRow.undone_at.is_(None))
            .order_by(RegradeRow.id)
        )
        return {row[-1]: Regrade(*row[:-1]) for row in rows}

    def _rate(self, scores: Sequence[tuple[int, Score]]) -> None:
        if scores:
            self._connection.execute(
                update(ResponseRow).where(ResponseRow.id == bindparam("response")),
                [
                    {"response": response, "points": score.points, "correct": score.correct}
                    for response, score in scores
                ],
            )


_REGRADE = select(
    RegradeRow.id,
    ItemRow.slug,
    RegradeRow.version,
    RegradeRow.reason,
    RegradeRow.by,
    RegradeRow.applied_at,
    RegradeRow.undone_at,
).join(ItemRow, ItemRow.id == RegradeRow.item_id)
