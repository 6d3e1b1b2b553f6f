"""Whole logs of answers, replayed: the pure steps of estimate.py, without a copy at each.

`replayed` is for one learner under a finished model. `Replay` streams everybody's answers and
learns the population on the way: the nightly refit, and the benchmark. The machine inside is
mutable and stays inside; what it gives are the same frozen values, equal to the bit.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from trainer.core.learning.evidence import lesson, weigh
from trainer.core.learning.learner import Learner, day_of
from trainer.core.learning.population import (
    NEW_TAG,
    PRIOR,
    ItemState,
    Model,
    TagWorth,
)
from trainer.core.learning.state import (
    NEW_GENERAL,
    NEW_MEMORY,
    NEW_TAG_STATE,
    General,
    ItemMemory,
    TagState,
)
from trainer.core.learning.trie import Trie
from trainer.core.learning.update import (
    general_after,
    item_after,
    memory_after,
    tag_after,
    teach,
    worth_after,
)


class Learning(Enum):
    """What an answer may teach besides the learner."""

    NOTHING = "nothing"
    ITEMS = "items"
    POPULATION = "population"  # and the items


NOTHING, POPULATION = Learning.NOTHING, Learning.POPULATION  # looked up once: an enum is slow at it


class _Person:
    """A learner under way."""

    __slots__ = ("general", "items", "tags")

    def __init__(self) -> None:
        self.general: General = NEW_GENERAL
        self.tags: dict[str, TagState] = {}
        self.items: dict[str, ItemMemory] = {}


class Replay:
    """Feed it answers in order; ask it for the states when done.

    Items must be known before their first answer: at the start or by `add`.
    """

    def __init__(self, items: Iterable[ItemState] = (), model: Model = PRIOR) -> None:
        self._items = {item.id: item for item in items}
        self._weights, self._variances = list(model.weights), list(model.variances)
        self._worths: dict[str, TagWorth] = dict(model.tags)
        self._people: dict[str, _Person] = {}

    def add(self, item: ItemState) -> None:
        """Make an item known, or give it another state."""
        self._items[item.id] = item

    def answer(
        self,
        learner: str,
        item_id: str,
        score: float,
        day: float,
        teaches: Learning = Learning.POPULATION,
    ) -> float:
        """The chance that was given to the answer before it was taken in."""
        person = self._people.get(learner)
        if person is None:
            person = self._people[learner] = _Person()
        item = self._items[item_id]
        names, known, population = item.tags, person.tags, self._worths
        general = person.general
        tags, worths = [], []
        for name in names:
            tags.append(known.get(name, NEW_TAG_STATE))
            worths.append(population.get(name, NEW_TAG))
        memory = person.items.get(item_id, NEW_MEMORY)
        situation = (general, tags, memory, item, self._weights, self._variances, worths, day)
        evidence = weigh(situation)
        learned = lesson(situation, evidence, score)
        for name, tag, now in zip(names, tags, evidence.tags):  # noqa: B905  # strict costs time
            known[name] = tag_after(tag, now, learned)
        person.items[item_id] = memory_after(memory, learned)
        person.general = general_after(general, item, learned)
        if teaches is not NOTHING:
            self._items[item_id] = item_after(item, learned)
        if teaches is POPULATION:
            for name, worth, now in zip(names, worths, evidence.tags):  # noqa: B905  # strict costs time
                population[name] = worth_after(worth, now, learned)
            teach(self._weights, self._variances, learned)
        return evidence.p

    def forget(self, learner: str) -> None:
        """Drop a learner's state; what the answers taught stays."""
        self._people.pop(learner, None)

    def learner(self, name: str) -> Learner:
        """A learner as of now; one without an answer is new."""
        person = self._people.get(name) or _Person()
        return Learner(person.general, Trie(person.tags.items()), Trie(person.items.items()))

    def item(self, item_id: str) -> ItemState:
        """An item as of now."""
        return self._items[item_id]

    def items(self) -> tuple[ItemState, ...]:
        """All items, in the order in which they became known."""
        return tuple(self._items.values())

    def model(self) -> Model:
        """The population as of now."""
        return Model(tuple(self._weights), tuple(self._variances), Trie(self._worths.items()))


def replayed(answers: Iterable[tuple[ItemState, float, datetime]], model: Model = PRIOR) -> Learner:
    """A learner's state after answers in order, each an item, its score and when."""
    machine = Replay((), model)
    for item, score, at in answers:
        machine.add(item)
        machine.answer("", item.id, score, day_of(at), Learning.NOTHING)
    return machine.learner("")
