"""Spaced review: the missed and unsure items that are worth most now, never all that is overdue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from trainer.core.account import Account
from trainer.core.learning.memory import Remembered, queue
from trainer.persistence.learners import Remembering
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services.stock import Stock, Stockroom

ALL_DAY = 24 * 60.0  # minutes: a budget that cuts nothing off


@dataclass(frozen=True, slots=True)
class Agenda:
    """What fits into a day's minutes. `waiting`: items that come back on a later day."""

    due: tuple[Remembered, ...]
    minutes: int
    waiting: int
    next_at: datetime | None

    @property
    def length(self) -> int:
        return len(self.due)


def agenda(
    store: UnitOfWork,
    stockroom: Stockroom,
    account: Account,
    exam: str,
    *,
    at: datetime,
) -> Agenda:
    """What to look at again today. Raises NotFoundError."""
    stock = stockroom.stock(store, exam, at)
    seconds = stockroom.catalogue.exam(exam).profile(at.date()).seconds_per_item
    lapsed = _lapsed(stock, store.learners.memories(account.id))
    due = queue(
        lapsed,
        at,
        minutes=account.minutes,
        seconds_per_item=seconds,
        exam_date=account.exam_on,
    )
    later = [each.memory.due for each in lapsed if each.memory.due > at]
    minutes = -(-len(due) * seconds // 60)  # rounded up
    return Agenda(due, minutes, len(later), min(later, default=None))


def ranked(
    stock: Stock,
    memories: Mapping[int, Remembering],
    at: datetime,
    *,
    without: Collection[int] = (),
) -> tuple[Remembered, ...]:
    """All that is due but what was served already, most valuable first."""
    left = [each for each in _lapsed(stock, memories) if each.item not in without]
    return queue(left, at, minutes=ALL_DAY, seconds_per_item=1)


def _lapsed(stock: Stock, memories: Mapping[int, Remembering]) -> list[Remembered]:
    return [
        Remembered(item, stock.entries[item].subtopic, _weight(stock, item), known.memory)
        for item, known in memories.items()
        if item in stock.entries and known.memory.lapsed
    ]


def _weight(stock: Stock, item: int) -> float:
    return stock.blueprint.get(stock.entries[item].subtopic, 0.0)
