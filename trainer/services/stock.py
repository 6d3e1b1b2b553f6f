"""An exam's items as selection wants them, kept in memory from request to request.

A stock is made anew on another day, after a bank was loaded, and every REFRESH, so that
difficulties follow the answers. The candidates of a choice are then judged item by item.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from trainer.core.catalogue import Catalogue
from trainer.core.exam import ExamProfile
from trainer.core.learning import diagnostic
from trainer.core.learning.ability import difficulty
from trainer.core.learning.diagnostic import Placed
from trainer.core.learning.estimate import predict
from trainer.core.learning.learner import Learner
from trainer.core.learning.pool import Entry, Pool
from trainer.core.learning.population import ItemState, Model, new_item
from trainer.core.learning.readiness import Curve
from trainer.core.topic import tags_of
from trainer.persistence.items import Stocked
from trainer.persistence.population import UNANSWERED, item_state
from trainer.persistence.unit_of_work import UnitOfWork

REFRESH = timedelta(minutes=10)
EXPOSURE_WINDOW = timedelta(days=30)
LEAST_ACTIVE = 20  # learners; with fewer, who has seen an item says nothing about its exposure
MOST_SCOPES = 64  # choices of topics kept ready


@dataclass(frozen=True)
class Stock:
    """The live items of one exam: `entries` for selection, `states` for prediction."""

    stamp: str
    made_at: datetime
    blueprint: Mapping[str, float]
    entries: Mapping[int, Entry]
    kinds: Mapping[int, str]
    states: Mapping[int, ItemState]
    exposure: Mapping[int, float]
    model: Model
    _pools: dict[frozenset[str], Pool] = field(default_factory=dict)

    @cached_property
    def subtopics(self) -> frozenset[str]:
        """Those that have an item."""
        return frozenset(entry.subtopic for entry in self.entries.values())

    def pool(self, scope: frozenset[str]) -> Pool:
        """The items of some subtopics, with the whole of every case that has one of them."""
        if scope not in self._pools:
            if len(self._pools) >= MOST_SCOPES:
                self._pools.clear()
            self._pools[scope] = Pool(_within(self.entries.values(), scope))
        return self._pools[scope]

    @cached_property
    def curves(self) -> Mapping[int, Curve]:
        """Difficulty and guess of each item, on the scale of a newcomer."""
        return {
            item: curve_of(state, self.model, self.made_at) for item, state in self.states.items()
        }

    @cached_property
    def curves_by_subtopic(self) -> Mapping[str, Sequence[Curve]]:
        """The same for readiness, which looks at subtopics."""
        shelves: dict[str, list[Curve]] = {}
        for item, entry in self.entries.items():
            shelves.setdefault(entry.subtopic, []).append(self.curves[item])
        return shelves

    @cached_property
    def placed(self) -> Mapping[int, Placed]:
        """The items that stand alone, as placement wants them."""
        return {
            entry.item: Placed(
                entry.item,
                entry.version,
                entry.subtopic,
                self.curves[entry.item][0],
                guess=self.curves[entry.item][1],
                enemies=entry.enemies,
            )
            for entry in self.entries.values()
            if entry.case is None
        }

    @cached_property
    def placement(self) -> diagnostic.Bank:
        """The bank of the placement."""
        return diagnostic.Bank(self.placed.values(), self.blueprint)


class Stockroom:
    """One stock an exam; belongs to a process."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._stocks: dict[str, Stock] = {}

    def stock(self, store: UnitOfWork, exam: str, at: datetime) -> Stock:
        """The stock of an exam as of now. Raises NotFoundError."""
        kept, stamp = self._stocks.get(exam), f"{at.date()} {store.banks.stamp()}"
        if kept and kept.stamp == stamp and timedelta(0) <= at - kept.made_at < REFRESH:
            return kept
        profile = self.catalogue.exam(exam).profile(at.date())
        made = _made(store, profile, stamp, at)
        self._stocks[exam] = made
        return made


def _made(store: UnitOfWork, profile: ExamProfile, stamp: str, at: datetime) -> Stock:
    stocked = store.items.stock(profile.exam, at.date())
    estimated = store.population.items()
    states = {
        each.item: item_state(
            new_item(str(each.item), tags_of(each.subtopic), each.level, each.options),
            estimated.get(each.item, UNANSWERED),
        )
        for each in stocked
    }
    return Stock(
        stamp=stamp,
        made_at=at,
        blueprint=profile.blueprint,
        entries=_entries(stocked, states),
        kinds={each.item: each.kind for each in stocked},
        states=states,
        exposure=_exposure(store, at),
        model=store.population.find().model,
    )


def curve_of(item: ItemState, model: Model, at: datetime) -> Curve:
    """An item's difficulty and guess, on the scale of a newcomer."""
    return difficulty(predict(Learner(), item, at, model).p, item.guess), item.guess


def _entries(stocked: Sequence[Stocked], states: Mapping[int, ItemState]) -> dict[int, Entry]:
    """Enmity goes both ways, whichever item names it."""
    numbers = {each.slug: each.item for each in stocked}
    enemies: dict[int, set[int]] = {each.item: set() for each in stocked}
    for each in stocked:
        for slug in each.enemies:
            if slug in numbers:
                enemies[each.item].add(numbers[slug])
                enemies[numbers[slug]].add(each.item)
    return {
        each.item: Entry(
            each.item,
            each.version,
            each.subtopic,
            states[each.item].difficulty,
            each.case,
            frozenset(enemies[each.item]),
        )
        for each in stocked
    }


def _exposure(store: UnitOfWork, at: datetime) -> dict[int, float]:
    since = at - EXPOSURE_WINDOW
    active = store.items.active(since)
    if active < LEAST_ACTIVE:
        return {}
    return {item: count / active for item, count in store.items.shown(since).items()}


def _within(entries: Iterable[Entry], scope: frozenset[str]) -> Iterable[Entry]:
    """A case that touches the scope counts as of the first subtopic of it that lies inside."""
    inside: dict[str, str] = {}
    kept = list(entries)
    for entry in kept:
        if entry.case is not None and entry.subtopic in scope:
            inside.setdefault(entry.case, entry.subtopic)
    for entry in kept:
        if entry.case in inside:
            yield entry._replace(subtopic=inside[entry.case])
        elif entry.subtopic in scope:
            yield entry
