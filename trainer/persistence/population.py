"""What all answers together say, as values: item difficulties and the fitted population."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert

from trainer.core.learning.population import (
    PRIOR,
    ItemState,
    Model,
    model_from_state,
    model_to_state,
)
from trainer.persistence.insertion import insertion, upsert
from trainer.persistence.tables import ItemStateRow, PopulationRow

STATE_COLUMNS = (ItemStateRow.difficulty, ItemStateRow.variance, ItemStateRow.answers)
_FIND = select(PopulationRow.through, PopulationRow.state)
_ITEM = select(*STATE_COLUMNS).where(ItemStateRow.item_id == bindparam("item"))
_MOVED = (
    update(ItemStateRow)
    .where(ItemStateRow.item_id == bindparam("item"), ItemStateRow.answers == bindparam("before"))
    .returning(ItemStateRow.item_id)
)
UNANSWERED = (None, None, None)
THE_ROW = 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """The population, and the number of the last response that it was fitted on; 0 for none."""

    model: Model
    through: int


NOT_FITTED = Fitted(PRIOR, 0)


class Population:
    """Items without an answer have no row: they stand where their author put them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self) -> Fitted:
        row = self._connection.execute(_FIND).first()
        return Fitted(model_of(row.state), row.through) if row else NOT_FITTED

    def put(self, fitted: Fitted) -> None:
        """Put a population in the place of whatever is stored."""
        self._connection.execute(delete(PopulationRow))
        text = json.dumps(model_to_state(fitted.model), separators=(",", ":"))
        self._connection.execute(
            insert(PopulationRow).values(id=THE_ROW, through=fitted.through, state=text)
        )

    def item(self, fresh: ItemState) -> ItemState:
        """An item as of now; `fresh` as its author put it."""
        row = self._connection.execute(_ITEM, {"item": int(fresh.id)}).first()
        return item_state(fresh, row) if row else fresh._replace(answers=0)

    def items(
        self, items: Sequence[int] | None = None, *, to_change: bool = False
    ) -> dict[int, tuple[float, float, int]]:
        """Difficulty, variance and answers of these items, or of all, that were answered."""
        statement = select(ItemStateRow.item_id, *STATE_COLUMNS)
        if items is not None:
            statement = statement.where(ItemStateRow.item_id.in_(items))
        if to_change:
            statement = statement.order_by(ItemStateRow.item_id).with_for_update()
        rows = self._connection.execute(statement)
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def calibrate(self, before: ItemState, after: ItemState) -> bool:
        """Store an item's new state; False if somebody else's answer has moved it meanwhile."""
        key, values = int(after.id), _item_values(after)
        if before.answers:
            moved = {"item": key, "before": before.answers, **values}
            return self._connection.scalar(_MOVED, moved) is not None
        first = _first(self._connection.dialect.name)
        return self._connection.scalar(first, {"item_id": key, **values}) is not None

    def add_items(self, items: Iterable[ItemState]) -> None:
        """Give items that nobody has answered a row, so that two exams cannot both be the first.

        Comes before the lock, or exams that end at the same moment would wait for each other.
        """
        if rows := _item_rows(items):
            unanswered = insertion(self._connection.dialect.name, ItemStateRow)
            self._connection.execute(unanswered.on_conflict_do_nothing(), rows)

    def put_items(self, items: Iterable[ItemState]) -> None:
        """Store items that were locked."""
        if rows := _item_rows(items):
            self._connection.execute(upsert(self._connection.dialect.name, ItemStateRow), rows)

    def replace(self, items: Iterable[ItemState]) -> None:
        """Put replayed items in the place of whatever is stored."""
        self._connection.execute(delete(ItemStateRow))
        if rows := _item_rows(items):
            self._connection.execute(insert(ItemStateRow), rows)


@cache
def _first(kind: str) -> ReturningInsert[int]:
    """An item's first state, unless it has one."""
    return insertion(kind, ItemStateRow).on_conflict_do_nothing().returning(ItemStateRow.item_id)


def item_state(fresh: ItemState, estimated: Sequence[Any]) -> ItemState:
    """An item as its author put it, moved by what its answers say, if there are any."""
    difficulty, variance, answers = estimated
    if answers is None:
        return fresh
    return fresh._replace(difficulty=difficulty, variance=variance, answers=answers)


@lru_cache(maxsize=4)
def model_of(text: str | None) -> Model:
    """The population that a row's text tells of; the same text is read once."""
    return model_from_state(json.loads(text)) if text else PRIOR


def _item_rows(items: Iterable[ItemState]) -> list[dict[str, float]]:
    """In the order of their keys, in which all take their locks."""
    rows = [{"item_id": int(item.id), **_item_values(item)} for item in items]
    return sorted(rows, key=lambda row: row["item_id"])


def _item_values(item: ItemState) -> Mapping[str, float]:
    return {
        "difficulty": item.difficulty,
        "variance": item.variance,
        "answers": item.answers,
    }
