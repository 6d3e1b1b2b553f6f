"""The learner model's cache: mastery per subtopic, memory per item."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from trainer.core.learning.learner import Mastery
from trainer.core.learning.tally import Tally
from trainer.persistence.insertion import insertion
from trainer.persistence.tables import Base, ItemMemoryRow, MasteryRow


class Progress:
    """Lock the account before reading what will be counted on, or two tabs lose a count."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def learner(self, learner: int, subtopic: str | None = None) -> Tally:
        """All that is known of a learner, or as much as one subtopic needs."""
        statement = select(
            MasteryRow.subtopic,
            MasteryRow.answered,
            MasteryRow.points,
            MasteryRow.correct,
            MasteryRow.last_at,
        ).where(MasteryRow.learner_id == learner)
        if subtopic:
            statement = statement.where(MasteryRow.subtopic == subtopic)
        rows = self._session.execute(statement)
        return Tally({row[0]: Mastery(*row[1:]) for row in rows})

    def save(self, learner: int, subtopic: str, mastery: Mastery) -> None:
        values: dict[str, object] = {
            "answered": mastery.answered,
            "points": mastery.points,
            "correct": mastery.correct,
            "last_at": mastery.last_at,
        }
        self._upsert(MasteryRow, {"learner_id": learner, "subtopic": subtopic}, values, values)

    def remember(self, learner: int, item_id: int, *, correct: bool, at: datetime) -> None:
        """Count one more answer to an item."""
        last: dict[str, object] = {"last_correct": correct, "last_at": at}
        self._upsert(
            ItemMemoryRow,
            {"learner_id": learner, "item_id": item_id},
            {"seen": 1, **last},
            {"seen": ItemMemoryRow.seen + 1, **last},
        )

    def replace(
        self, learner: int, state: Tally, memories: Mapping[int, tuple[int, bool, datetime]]
    ) -> None:
        """Put a replayed state in the place of whatever is stored."""
        for table in (MasteryRow, ItemMemoryRow):
            self._session.execute(delete(table).where(table.learner_id == learner))
        self._insert(
            MasteryRow,
            (
                {
                    "learner_id": learner,
                    "subtopic": subtopic,
                    "answered": mastery.answered,
                    "points": mastery.points,
                    "correct": mastery.correct,
                    "last_at": mastery.last_at,
                }
                for subtopic, mastery in state.mastery.items()
            ),
        )
        self._insert(
            ItemMemoryRow,
            (
                {
                    "learner_id": learner,
                    "item_id": item_id,
                    "seen": seen,
                    "last_correct": correct,
                    "last_at": last_at,
                }
                for item_id, (seen, correct, last_at) in memories.items()
            ),
        )

    def _insert(self, table: type[Base], rows: Iterable[dict[str, object]]) -> None:
        values = list(rows)
        if values:
            self._session.execute(insert(table), values)

    def _upsert(
        self,
        table: type[Base],
        key: dict[str, object],
        first: dict[str, object],
        again: dict[str, object],
    ) -> None:
        statement = insertion(self._session, table).values(**key, **first)
        self._session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=again))
