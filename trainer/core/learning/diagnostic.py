"""Placement: where somebody stands, from 12 to 25 items that follow the blueprint.

Ability is a distribution over `LEVELS`, updated by Bayes' rule (EAP: Bock & Mislevy 1982) under
the 3PL model (Birnbaum 1968). The next item comes from where the blueprint lags most (Kingsbury
& Zara 1989); there one of the most informative is drawn by chance. Among how many (`_crowds`) is
set so that no item is drawn too often whoever comes: what Sympson & Hetter (1985) find by
simulation for a population, as a bound that holds at each ability.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import islice
from math import ceil, exp, sqrt
from typing import NamedTuple

from trainer.core.errors import PoolEmptyError
from trainer.core.learning.selection import NOTHING_LEFT

LEAST_LENGTH, GREATEST_LENGTH = 12, 25
TARGET_ERROR = 0.3  # logits; the doubt about the ability that is small enough to stop
EXPOSURE = 0.25  # the most likely item's chance to be shown; leaves room to the .3 not to exceed
STEP = 0.1
LEVELS = tuple(STEP * step for step in range(-40, 41))  # abilities in logits
CERTAIN = 1e-9  # a probability is held this far from 0 and 1


class Placed(NamedTuple):
    """An item and its 3PL parameters; `difficulty` in logits.

    `stratum` is what the blueprint weighs: a domain, or a subtopic.
    """

    item: int
    version: int
    stratum: str
    difficulty: float
    discrimination: float = 1.0
    guess: float = 0.0
    enemies: frozenset[int] = frozenset()

    def probability(self, level: float) -> float:
        """The chance of a right answer at an ability."""
        odds = exp(self.discrimination * (self.difficulty - level))
        p = self.guess + (1 - self.guess) / (1 + odds)
        return min(1 - CERTAIN, max(CERTAIN, p))

    def information(self, level: float) -> float:
        """Fisher's (Birnbaum 1968, for the 3PL)."""
        p = self.probability(level)
        free = (p - self.guess) / (1 - self.guess)
        return self.discrimination**2 * (1 - p) / p * free * free


@dataclass(frozen=True, slots=True)
class State:
    """A placement so far: the probability of each of LEVELS, and what was served in order."""

    posterior: tuple[float, ...]
    length: int
    served: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def ability(self) -> float:
        """The posterior mean in logits."""
        return sum([p * level for p, level in zip(self.posterior, LEVELS, strict=True)])

    @property
    def error(self) -> float:
        """The posterior standard deviation."""
        squares = [p * level * level for p, level in zip(self.posterior, LEVELS, strict=True)]
        return sqrt(max(0.0, sum(squares) - self.ability**2))


class Draw(NamedTuple):
    """The item to serve, and the exact probability with which it was drawn."""

    item: Placed
    propensity: float


class Bank:
    """The items for placement by stratum, with the blueprint's weights shared among them.

    Items come singly: those of a case belong together and are left out by whoever calls.
    Rankings are kept once they were needed, one for a stratum and ability: a pick then takes
    O(strata) whatever the number of items.
    """

    def __init__(
        self,
        items: Iterable[Placed],
        blueprint: Mapping[str, float],
        length: int = GREATEST_LENGTH,
        exposure: float = EXPOSURE,
    ) -> None:
        shelves: defaultdict[str, list[Placed]] = defaultdict(list)
        for item in items:
            shelves[item.stratum].append(item)
        asked = {name: shelf for name, shelf in shelves.items() if blueprint.get(name, 0.0) > 0}
        self._shelves = asked or dict(shelves)
        weights = {name: blueprint.get(name, 0.0) or 1.0 for name in self._shelves}
        total = sum(weights.values())
        self.weights = {name: weight / total for name, weight in weights.items()}
        self.length = min(length, sum(map(len, self._shelves.values())))
        self._crowds = _crowds(self.weights, self.length, exposure)
        self._ranked: dict[tuple[str, int], list[Placed]] = {}

    def candidates(
        self, stratum: str, ability: float, served: Collection[int], met: Collection[int]
    ) -> list[Placed]:
        """Those to draw from, best first: none was served, none is an enemy of one met."""
        ranking = self._ranking(stratum, ability)
        left = (each for each in ranking if each.item not in served)
        admitted = (each for each in left if each.enemies.isdisjoint(met))
        return list(islice(admitted, self._crowds[stratum]))

    def _ranking(self, stratum: str, ability: float) -> list[Placed]:
        place = round((ability - LEVELS[0]) / STEP)
        if (stratum, place) not in self._ranked:
            level = LEVELS[place]
            self._ranked[stratum, place] = nlargest(
                self._crowds[stratum] + self.length,
                self._shelves[stratum],
                key=lambda item: item.information(level),
            )
        return self._ranked[stratum, place]


def begun(bank: Bank, mean: float = 0.0, spread: float = 1.0) -> State:
    """A placement before its first item, the prior normal; few items make it short."""
    density = [exp(-(((level - mean) / spread) ** 2) / 2) for level in LEVELS]
    return State(_normed(density), bank.length)


def next_item(state: State, bank: Bank, chance: float) -> Draw:
    """The item to serve; `chance` in [0, 1) decides. Raises PoolEmptyError where none is left."""
    order = _by_lag(bank.weights, state.counts)
    served, ability = frozenset(state.served), state.ability
    for met in (served, frozenset()):  # enemies meet only where nothing else is left
        for name in order:
            crowd = bank.candidates(name, ability, served, met)
            if crowd:
                return Draw(crowd[int(chance * len(crowd))], 1 / len(crowd))
    raise PoolEmptyError(NOTHING_LEFT)


def updated(state: State, item: Placed, score: float) -> State:
    """The placement after an answer; a score between 0 and 1 counts in part as right."""
    chances = [item.probability(level) for level in LEVELS]
    likely = [
        before * p**score * (1 - p) ** (1 - score)
        for before, p in zip(state.posterior, chances, strict=True)
    ]
    counts = {**state.counts, item.stratum: state.counts.get(item.stratum, 0) + 1}
    return replace(
        state, posterior=_normed(likely), served=(*state.served, item.item), counts=counts
    )


def is_done(state: State) -> bool:
    """Whether it is long enough, or sure enough."""
    count = len(state.served)
    return count >= state.length or (count >= LEAST_LENGTH and state.error <= TARGET_ERROR)


def _by_lag(weights: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """The strata by how much the next item would still leave them behind their weights."""
    place = sum(counts.values()) + 1
    return sorted(weights, key=lambda name: counts.get(name, 0) - weights[name] * place)


def _crowds(weights: Mapping[str, float], length: int, exposure: float) -> dict[str, int]:
    """Among how many items of each stratum to draw.

    n draws among m show an item with a chance of at most 1 − (1 − 1/m)^n; n is known beforehand.
    """
    draws = dict.fromkeys(weights, 0)
    for _ in range(length):
        draws[_by_lag(weights, draws)[0]] += 1
    return {
        name: ceil(1 / (1 - (1 - exposure) ** (1 / n))) if n else 1 for name, n in draws.items()
    }


def _normed(weights: list[float]) -> tuple[float, ...]:
    total = sum(weights)
    return tuple([weight / total for weight in weights])
