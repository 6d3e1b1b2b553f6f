"""What is known of a learner, as values: estimates, item memories, wishes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, true, update
from sqlalchemy.orm import Session

from trainer.core.learning.learner import Learner, day_of, from_state, to_state
from trainer.core.learning.memory import Memory
from trainer.core.learning.population import Model
from trainer.core.learning.selection import NO_WISH, Wish
from trainer.core.learning.state import ItemMemory
from trainer.persistence.insertion import insertion
from trainer.persistence.population import model_of
from trainer.persistence.tables import ItemMemoryRow, LearnerRow, PopulationRow

MEMORY_COLUMNS = (
    ItemMemoryRow.residual,
    ItemMemoryRow.variance,
    ItemMemoryRow.successes,
    ItemMemoryRow.failures,
    ItemMemoryRow.last_outcome,
    ItemMemoryRow.answered,
    ItemMemoryRow.last_index,
    ItemMemoryRow.last_at,
    ItemMemoryRow.stability,
    ItemMemoryRow.difficulty,
    ItemMemoryRow.due_at,
    ItemMemoryRow.lapsed,
)


class Remembering(NamedTuple):
    """Both memories of an item: the next-answer model's, and FSRS's."""

    item: ItemMemory
    memory: Memory


@dataclass(frozen=True, slots=True)
class Known:
    """A learner's estimates without items, what the learner wished for, and the population."""

    learner: Learner
    wish: Wish
    model: Model


class Wishes(NamedTuple):
    """A wish as it is stored: `postponed` names until when subtopics are put off."""

    offset: int
    postponed: Mapping[str, datetime]


class Learners:
    """Lock the learner before reading what will be counted on: see `turns`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, learner: int, at: datetime) -> Known:
        """Without item memories; wishes as they hold at a time."""
        row = self._session.execute(
            select(LearnerRow.state, LearnerRow.lean, LearnerRow.postponed, PopulationRow.state)
            .outerjoin(PopulationRow, true())
            .where(LearnerRow.learner_id == learner)
        ).one()
        state, lean, postponed, population = row
        return Known(learner_of(state, {}), _wish(lean, postponed, at), model_of(population))

    def memories(self, learner: int) -> dict[int, Remembering]:
        """Everything that is remembered, by item."""
        statement = select(ItemMemoryRow.item_id, *MEMORY_COLUMNS)
        rows = self._session.execute(statement.where(ItemMemoryRow.learner_id == learner))
        return {row[0]: remembering(row[1:]) for row in rows}

    def save(self, learner: int, known: Learner, item_id: int, memory: Memory) -> None:
        """Store the estimates after an answer to an item."""
        self._session.execute(
            update(LearnerRow)
            .where(LearnerRow.learner_id == learner)
            .values(state=text_of(known), answered=known.general.answered)
        )
        values = _memory_values(Remembering(known.memory(str(item_id)), memory))
        key = {"learner_id": learner, "item_id": item_id}
        statement = insertion(self._session, ItemMemoryRow).values(**key, **values)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=values)
        )

    def replace(self, learner: int, known: Learner, memories: Mapping[int, Memory]) -> None:
        """Put replayed estimates in the place of whatever is stored."""
        self._session.execute(
            update(LearnerRow)
            .where(LearnerRow.learner_id == learner)
            .values(state=text_of(known), answered=known.general.answered)
        )
        self._session.execute(delete(ItemMemoryRow).where(ItemMemoryRow.learner_id == learner))
        rows = [
            {"learner_id": learner, "item_id": item_id}
            | _memory_values(Remembering(known.memory(str(item_id)), memory))
            for item_id, memory in memories.items()
        ]
        if rows:
            self._session.execute(insert(ItemMemoryRow), rows)

    def wish(self, learner: int, lean: int, postponed: Mapping[str, datetime]) -> None:
        """Store what the learner wishes for."""
        told = {subtopic: until.isoformat() for subtopic, until in postponed.items()}
        self._session.execute(
            update(LearnerRow)
            .where(LearnerRow.learner_id == learner)
            .values(lean=lean, postponed=json.dumps(told))
        )

    def wishes(self, learner: int) -> Wishes:
        """What the learner said, whether it still holds or not."""
        statement = select(LearnerRow.lean, LearnerRow.postponed)
        row = self._session.execute(statement.where(LearnerRow.learner_id == learner)).one()
        return Wishes(row.lean, _until(row.postponed))

    def all(self) -> Iterable[int]:
        """Everybody, in the order of their accounts."""
        return self._session.scalars(select(LearnerRow.learner_id).order_by(LearnerRow.learner_id))

    def answered(self) -> int:
        """Answers in all estimates together."""
        return self._session.scalar(select(func.sum(LearnerRow.answered))) or 0

    def lock_all(self) -> None:
        """Keep everybody from answering until the unit of work ends."""
        statement = select(LearnerRow.learner_id).order_by(LearnerRow.learner_id)
        self._session.execute(statement.with_for_update()).all()


def new_learner(account_id: int) -> dict[str, object]:
    """The row of somebody of whom nothing is known yet."""
    return {
        "learner_id": account_id,
        "answered": 0,
        "state": text_of(Learner()),
        "lean": NO_WISH.offset,
        "postponed": "{}",
    }


def learner_of(text: str, items: Mapping[str, ItemMemory]) -> Learner:
    """The learner that a row's text tells of, with these memories of items."""
    return from_state({**json.loads(text), "items": items})


def text_of(learner: Learner) -> str:
    """The learner without items, as a row holds it."""
    state = to_state(learner)
    return json.dumps({"general": state["general"], "tags": state["tags"]}, separators=(",", ":"))


def remembering(values: Sequence[Any]) -> Remembering:
    """From the values of MEMORY_COLUMNS."""
    *numbers, last_at, stability, difficulty, due_at, lapsed = values
    return Remembering(
        ItemMemory._make((*numbers, day_of(last_at))),
        Memory(stability, difficulty, due_at, last_at, lapsed),
    )


def _memory_values(both: Remembering) -> dict[str, object]:
    *numbers, _day = both.item
    last, memory = both.memory.last, both.memory
    values = (*numbers, last, memory.stability, memory.difficulty, memory.due, memory.lapsed)
    return {column.key: value for column, value in zip(MEMORY_COLUMNS, values, strict=True)}


def _wish(lean: int, postponed: str, at: datetime) -> Wish:
    waiting = frozenset(name for name, until in _until(postponed).items() if until > at)
    return Wish(lean, waiting)


def _until(text: str) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(until) for name, until in json.loads(text).items()}
