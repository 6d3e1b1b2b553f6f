"""What all answers together say, as values: item difficulties and the fitted population."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from trainer.core.learning.population import (
    PRIOR,
    ItemState,
    Model,
    model_from_state,
    model_to_state,
)
from trainer.persistence.insertion import insertion
from trainer.persistence.tables import ItemStateRow, PopulationRow

STATE_COLUMNS = (ItemStateRow.difficulty, ItemStateRow.variance, ItemStateRow.answers)
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

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self) -> Fitted:
        row = self._session.execute(select(PopulationRow.through, PopulationRow.state)).first()
        return Fitted(model_of(row.state), row.through) if row else NOT_FITTED

    def put(self, fitted: Fitted) -> None:
        """Put a population in the place of whatever is stored."""
        self._session.execute(delete(PopulationRow))
        text = json.dumps(model_to_state(fitted.model), separators=(",", ":"))
        self._session.execute(
            insert(PopulationRow).values(id=THE_ROW, through=fitted.through, state=text)
        )

    def item(self, fresh: ItemState) -> ItemState:
        """An item as of now; `fresh` as its author put it."""
        statement = select(*STATE_COLUMNS).where(ItemStateRow.item_id == int(fresh.id))
        row = self._session.execute(statement).first()
        return item_state(fresh, row) if row else fresh._replace(answers=0)

    def items(self) -> dict[int, tuple[float, float, int]]:
        """Difficulty, variance and answers of every item that was answered."""
        rows = self._session.execute(select(ItemStateRow.item_id, *STATE_COLUMNS))
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def calibrate(self, before: ItemState, after: ItemState) -> bool:
        """Store an item's new state; False if somebody else's answer has moved it meanwhile."""
        key, values = int(after.id), _item_values(after)
        if before.answers:
            is_same = (ItemStateRow.item_id == key) & (ItemStateRow.answers == before.answers)
            moved = update(ItemStateRow).where(is_same).values(**values)
            return self._session.scalar(moved.returning(ItemStateRow.item_id)) is not None
        first = insertion(self._session, ItemStateRow).values(item_id=key, **values)
        first = first.on_conflict_do_nothing()
        return self._session.scalar(first.returning(ItemStateRow.item_id)) is not None

    def replace(self, items: Iterable[ItemState]) -> None:
        """Put replayed items in the place of whatever is stored."""
        self._session.execute(delete(ItemStateRow))
        rows = [{"item_id": int(item.id), **_item_values(item)} for item in items]
        if rows:
            self._session.execute(insert(ItemStateRow), rows)


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


def _item_values(item: ItemState) -> Mapping[str, float]:
    return {
        "difficulty": item.difficulty,
        "variance": item.variance,
        "answers": item.answers,
    }
