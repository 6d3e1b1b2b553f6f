"""The learner model's cache: mastery per subtopic, memory per item."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainer.core.learning.learner import Learner, Mastery
from trainer.persistence.tables import AccountRow, Base, ItemMemoryRow, MasteryRow


class Progress:
    """Reading for an update locks the learner, so that two tabs cannot lose a count."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def learner(self, learner: int) -> Learner:
        statement = select(
            MasteryRow.subtopic,
            MasteryRow.answered,
            MasteryRow.points,
            MasteryRow.correct,
            MasteryRow.last_at,
        ).where(MasteryRow.learner_id == learner)
        rows = self._session.execute(statement)
        return Learner({row[0]: Mastery(*row[1:]) for row in rows})

    def learner_for_update(self, learner: int, subtopic: str) -> Learner:
        """The learner as far as one subtopic needs it, locked until the unit of work ends."""
        statement = (
            select(
                func.coalesce(MasteryRow.answered, 0),
                func.coalesce(MasteryRow.points, 0.0),
                func.coalesce(MasteryRow.correct, 0),
                MasteryRow.last_at,
            )
            .select_from(AccountRow)
            .outerjoin(
                MasteryRow,
                (MasteryRow.learner_id == AccountRow.id) & (MasteryRow.subtopic == subtopic),
            )
            .where(AccountRow.id == learner)
            .with_for_update(of=AccountRow)
        )
        row = self._session.execute(statement).one()
        return Learner({subtopic: Mastery(*row)})

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
        self, learner: int, state: Learner, memories: Mapping[int, tuple[int, bool, datetime]]
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
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        upsert = sqlite.insert(table) if is_sqlite else postgresql.insert(table)
        self._session.execute(
            upsert.values(**key, **first).on_conflict_do_update(
                index_elements=list(key), set_=again
            )
        )
