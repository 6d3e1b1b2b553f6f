"""Ways to choose the next item, all with one face: `ask(day)`, then `told(item, right, day)`.

`Ours` is the product's; the others are what it has to beat. Only `Oracle` sees the truth.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import log1p
from typing import Protocol

from benchmarks.settings import Setting, moment
from benchmarks.worlds import EXAM_DAY, SimulatedLearner
from trainer.core.learning.estimate import observe, predict
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Memory, retrievability, reviewed
from trainer.core.learning.pool import Seen
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.selection import Served, choose, recall_by_heart
from trainer.core.learning.views import subtopic_view
from trainer.core.scoring import Score

REST = 10
BOXES = (1, 2, 4, 8, 16)  # days until a Leitner box is due
EVEN_P = 0.54  # true chance of an item a little harder than the ability


class Policy(Protocol):
    """A way to choose."""

    def ask(self, day: float) -> str:
        """The next item's id."""

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: FBT001  # the answer
        """Take in the answer."""


class _Plain:
    """A policy that needs no estimates: keeps ten items between two servings of one."""

    def __init__(self, setting: Setting, chance: random.Random) -> None:
        self.setting, self.chance = setting, chance
        self.last: dict[str, int] = {}
        self.count = 0

    def rested(self, items: Sequence[str]) -> list[str]:
        return [i for i in items if self.count - self.last.get(i, -REST - 1) > REST]

    def fresh(self) -> list[str]:
        """What was never served; everything again once there is no such item."""
        return [name for name in self.setting.names if name not in self.last] or self.rested(
            self.setting.names
        )

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: ARG002, FBT001
        self.last[item] = self.count
        self.count += 1


class Random(_Plain):
    """Any item."""

    def ask(self, day: float) -> str:  # noqa: ARG002
        return self.chance.choice(self.rested(self.setting.names))


class RandomFresh(_Plain):
    """Any item that was not served yet."""

    def ask(self, day: float) -> str:  # noqa: ARG002
        return self.chance.choice(self.fresh())


class BlueprintRandom(_Plain):
    """A subtopic by weight, any item of it."""

    def ask(self, day: float) -> str:  # noqa: ARG002
        blueprint = self.setting.world.blueprint
        subtopic = self.chance.choices(list(blueprint), list(blueprint.values()))[0]
        return self.chance.choice(self.rested(self.setting.by_subtopic[subtopic]))


class FixedOrder(_Plain):
    """Front to back."""

    def ask(self, day: float) -> str:  # noqa: ARG002
        names = self.setting.names
        return names[self.count % len(names)]


class Weakest(_Plain):
    """Always the subtopic with the lowest share of right answers so far (Laplace)."""

    def __init__(self, setting: Setting, chance: random.Random) -> None:
        super().__init__(setting, chance)
        self.tally = dict.fromkeys(setting.by_subtopic, (0, 0))

    def ask(self, day: float) -> str:  # noqa: ARG002
        def share(subtopic: str) -> tuple[float, float]:
            right, count = self.tally[subtopic]
            return (right + 1) / (count + 2), self.chance.random()

        weakest = min(self.tally, key=share)
        return self.chance.choice(self.rested(self.setting.by_subtopic[weakest]))

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: FBT001
        super().told(item, right, day)
        subtopic = self.setting.items[item].tags[-1]
        before = self.tally[subtopic]
        self.tally[subtopic] = (before[0] + right, before[1] + 1)


class Leitner(_Plain):
    """Due cards first, oldest first; then new ones in random order."""

    def __init__(self, setting: Setting, chance: random.Random) -> None:
        super().__init__(setting, chance)
        self.box: dict[str, int] = {}
        self.due: dict[str, float] = {}
        self.new = chance.sample(setting.names, len(setting.names))

    def ask(self, day: float) -> str:
        due = [item for item in self.rested(list(self.due)) if self.due[item] <= day]
        if due:
            return min(due, key=self.due.__getitem__)
        return self.new[-1] if self.new else min(self.due, key=self.due.__getitem__)

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: FBT001
        super().told(item, right, day)
        if item not in self.due:
            self.new.remove(item)
        self.box[item] = min(self.box.get(item, 0) + 1, len(BOXES) - 1) if right else 0
        self.due[item] = int(day) + BOXES[self.box[item]]


class _Estimating(_Plain):
    """A policy on the product's estimates."""

    def __init__(self, setting: Setting, chance: random.Random) -> None:
        super().__init__(setting, chance)
        self.learner = Learner()

    def views(self, day: float) -> list[SubtopicView]:
        setting = self.setting
        return [
            subtopic_view(
                self.learner,
                name,
                setting.tags(name),
                weight,
                at=moment(day),
                model=setting.model,
            )
            for name, weight in setting.world.blueprint.items()
        ]

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: FBT001
        super().told(item, right, day)
        state, model = self.setting.items[item], self.setting.model
        self.learner = observe(self.learner, state, float(right), moment(day), model)


class MaxInformation(_Estimating):
    """The item whose outcome is least certain: what a placement test would ask."""

    def ask(self, day: float) -> str:
        eta = {view.subtopic: view.mastery for view in self.views(day)}
        items = self.setting.items

        def distance(name: str) -> float:
            item = items[name]
            return abs(eta[item.tags[-1]] - item.difficulty)

        return min(self.fresh(), key=distance)


class Ours(_Estimating):
    """The product's: pool, prediction, choice, memory; a day is a sitting."""

    def __init__(self, setting: Setting, chance: random.Random) -> None:
        super().__init__(setting, chance)
        self.trail: list[Served] = []
        self.memories: dict[str, Memory] = {}
        self.outcome: dict[str, bool] = {}
        self.salt = chance.random()
        self.today = 0
        self.spent: set[int] = set()

    def ask(self, day: float) -> str:
        setting, at = self.setting, moment(day)
        if int(day) != self.today:
            self.today, self.spent = int(day), set()
        views = self.views(day)
        short = setting.pool.shortlist(
            views, _Memories(self, at), self.trail, salt=self.salt, spent=self.spent
        )
        names = setting.names
        candidates = [
            replace(
                each,
                p=predict(self.learner, setting.items[names[each.item]], at, setting.model).p,
            )
            for each in short
        ]
        choice = choose(views, candidates, self.trail, chance=self.chance.random())
        return names[choice.candidate.item]

    def seen(self, number: int, at: datetime) -> Seen:
        """Raises KeyError for an item that was never answered."""
        item = self.setting.names[number]
        return Seen(self._recall(item, at), self.outcome[item], self.last[item])

    def _recall(self, item: str, at: datetime) -> float:
        """By heart within the sitting, by FSRS from the next day on."""
        gap = self.count - 1 - self.last[item]
        return max(recall_by_heart(gap), retrievability(self.memories[item], at))

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: FBT001
        super().told(item, right, day)
        score = Score(float(right), correct=right)
        self.memories[item] = reviewed(self.memories.get(item), score, None, moment(day))
        self.outcome[item] = right
        self.spent.add(self.setting.numbers[item])
        served = Served(self.setting.numbers[item], self.setting.items[item].tags[-1])
        self.trail = [*self.trail[1 - REST :], served]


class _Memories(Mapping[int, Seen]):
    """What is remembered of items, worked out for those that are looked at."""

    def __init__(self, policy: Ours, at: datetime) -> None:
        self._policy, self._at = policy, at

    def __getitem__(self, number: int) -> Seen:
        return self._policy.seen(number, self._at)

    def __iter__(self) -> Iterator[int]:
        return (self._policy.setting.numbers[item] for item in self._policy.outcome)

    def __len__(self) -> int:
        return len(self._policy.outcome)


class Oracle(_Plain):
    """Knows the truth and takes what raises the exam-day score most at once; looks no further."""

    def __init__(self, setting: Setting, chance: random.Random, person: SimulatedLearner) -> None:
        super().__init__(setting, chance)
        self.person = person

    def ask(self, day: float) -> str:
        tries = [self._fitting(items, day) for items in self.setting.by_subtopic.values()]

        def outlook(item: str) -> float:
            after = self.person.copy()
            after.answer(item, day)
            return after.exam_score(EXAM_DAY)

        return max(tries, key=outlook)

    def _fitting(self, items: Sequence[str], day: float) -> str:
        """Fresh, and a little harder than the ability."""

        def misfit(item: str) -> float:
            seen = self.last.get(item)
            ago = 0.0 if seen is None else 1 / (1 + log1p(self.count - seen))
            return abs(self.person.true_probability(item, day) - EVEN_P) + ago

        return min(self.rested(items), key=misfit)


Maker = Callable[[Setting, random.Random, SimulatedLearner], Policy]

POLICIES: dict[str, Maker] = {
    "fixed order": lambda s, c, _: FixedOrder(s, c),
    "weakest greedy": lambda s, c, _: Weakest(s, c),
    "Leitner": lambda s, c, _: Leitner(s, c),
    "random": lambda s, c, _: Random(s, c),
    "random fresh": lambda s, c, _: RandomFresh(s, c),
    "blueprint random": lambda s, c, _: BlueprintRandom(s, c),
    "max information": lambda s, c, _: MaxInformation(s, c),
    "ours": lambda s, c, _: Ours(s, c),
    "one-step oracle": Oracle,
}
