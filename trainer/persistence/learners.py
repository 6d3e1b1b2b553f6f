"""What is known of a learner, as values: estimates, item memories, wishes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, true, update

from trainer.core.learning.learner import Learner, day_of, from_state, to_state
from trainer.core.learning.memory import Memory
from trainer.core.learning.population import Model
from trainer.core.learning.selection import NO_WISH, Wish
from trainer.core.learning.state import ItemMemory
from trainer.core.learning.trie import Trie
from trainer.persistence.insertion import upsert
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
_FIND = (
    select(LearnerRow.state, LearnerRow.lean, LearnerRow.postponed, PopulationRow.state)
    .outerjoin(PopulationRow, true())
    .where(LearnerRow.learner_id == bindparam("learner"))
)
_MEMORIES = select(ItemMemoryRow.item_id, *MEMORY_COLUMNS).where(
    ItemMemoryRow.learner_id == bindparam("learner")
)
_CHANGED = update(LearnerRow).where(LearnerRow.learner_id == bindparam("learner"))


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


class Memories(Mapping[int, Remembering]):
    """What is remembered, by item; of thousands, only those that are looked at are made."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows = {row[0]: row for row in rows}

    def __getitem__(self, item: int) -> Remembering:
        """Raises KeyError for an item that was never answered."""
        return remembering(self._rows[item][1:])

    def __contains__(self, item: object) -> bool:
        return item in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Wishes(NamedTuple):
    """A wish as it is stored: `postponed` names until when subtopics are put off."""

    offset: int
    postponed: Mapping[str, datetime]


class Learners:
    """Lock the learner before reading what will be counted on: see `turns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, learner: int, at: datetime) -> Known:
        """Without item memories; wishes as they hold at a time."""
        row = self._connection.execute(_FIND, {"learner": learner}).one()
        state, lean, postponed, population = row
        return Known(learner_of(state, {}), _wish(lean, postponed, at), model_of(population))

    def lock(self, learner: int) -> None:
        """Keep a learner from answering until the unit of work ends."""
        statement = select(LearnerRow.learner_id).where(LearnerRow.learner_id == learner)
        self._connection.execute(statement.with_for_update(key_share=True)).all()

    def memories(self, learner: int, items: Sequence[int] | None = None) -> Memories:
        """What is remembered of these items, or of all, by item."""
        statement = _MEMORIES
        if items is not None:
            statement = statement.where(ItemMemoryRow.item_id.in_(items))
        return Memories(self._connection.execute(statement, {"learner": learner}))

    def save(self, learner: int, known: Learner, item_id: int, memory: Memory) -> None:
        """Store the estimates after an answer to an item."""
        self.save_all(learner, known, {item_id: memory})

    def save_all(self, learner: int, known: Learner, memories: Mapping[int, Memory]) -> None:
        """Store the estimates after answers to several items."""
        self._put(learner, known)
        if rows := _memory_rows(learner, known, memories):
            self._connection.execute(upsert(self._connection.dialect.name, ItemMemoryRow), rows)

    def replace(self, learner: int, known: Learner, memories: Mapping[int, Memory]) -> None:
        """Put replayed estimates in the place of whatever is stored."""
        self._put(learner, known)
        self._connection.execute(delete(ItemMemoryRow).where(ItemMemoryRow.learner_id == learner))
        rows = _memory_rows(learner, known, memories)
        if rows:
            self._connection.execute(insert(ItemMemoryRow), rows)

    def wish(self, learner: int, lean: int, postponed: Mapping[str, datetime]) -> None:
        """Store what the learner wishes for."""
        told = {subtopic: until.isoformat() for subtopic, until in postponed.items()}
        values = {"learner": learner, "lean": lean, "postponed": json.dumps(told)}
        self._connection.execute(_CHANGED, values)

    def _put(self, learner: int, known: Learner) -> None:
        """Store the learner without items."""
        values = {"learner": learner, "state": text_of(known), "answered": known.general.answered}
        self._connection.execute(_CHANGED, values)

    def wishes(self, learner: int) -> Wishes:
        """What the learner said, whether it still holds or not."""
        statement = select(LearnerRow.lean, LearnerRow.postponed)
        row = self._connection.execute(statement.where(LearnerRow.learner_id == learner)).one()
        return Wishes(row.lean, _until(row.postponed))

    def all(self) -> Iterable[int]:
        """Everybody, in the order of their accounts."""
        return self._connection.scalars(
            select(LearnerRow.learner_id).order_by(LearnerRow.learner_id)
        )

    def answered(self) -> int:
        """Answers in all estimates together."""
        return self._connection.scalar(select(func.sum(LearnerRow.answered))) or 0

    def lock_all(self) -> None:
        """Keep everybody from answering until the unit of work ends."""
        statement = select(LearnerRow.learner_id).order_by(LearnerRow.learner_id)
        self._connection.execute(statement.with_for_update()).all()


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
    known = _known(text)
    return replace(known, items=Trie(items.items())) if items else known


@lru_cache(maxsize=256)
def _known(text: str) -> Learner:
    """What one request stores the next one reads."""
    return from_state({**json.loads(text), "items": {}})


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


def _memory_rows(
    learner: int, known: Learner, memories: Mapping[int, Memory]
) -> list[dict[str, object]]:
    return [
        {"learner_id": learner, "item_id": item_id}
        | _memory_values(Remembering(known.memory(str(item_id)), memory))
        for item_id, memory in memories.items()
    ]


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
