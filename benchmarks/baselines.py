"""What the next-answer model is measured against, each learning answer by answer.

All have one shape: `answer` gives the chance it saw before the score, then learns from it: about
the learner always, about items and population as told.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import product
from math import exp
from typing import NamedTuple, Protocol

from benchmarks.answers import Answer
from trainer.core.learning.population import new_item
from trainer.core.learning.replay import Learning, Replay

SMOOTHING = 5.0  # answers' worth of the global mean in an item's
FARTHEST = 30.0  # log-odds


class Forecaster(Protocol):
    """Sees one answer at a time."""

    def answer(self, answer: Answer, teaches: Learning) -> float:
        """The chance before the score was known."""


def logistic(eta: float) -> float:
    """1 / (1 + e^−η), safe at both ends."""
    return 1 / (1 + exp(-max(-FARTHEST, min(FARTHEST, eta))))


class GlobalMean:
    """The share of right answers so far."""

    def __init__(self) -> None:
        self.right, self.seen = 1.0, 2.0

    def answer(self, answer: Answer, teaches: Learning) -> float:
        p = self.right / self.seen
        if teaches is not Learning.NOTHING:
            self.right += answer.score
            self.seen += 1
        return p


class ItemMean:
    """An item's share of right answers, drawn to the global one."""

    def __init__(self) -> None:
        self.whole = GlobalMean()
        self.items: dict[str, tuple[float, float]] = {}

    def answer(self, answer: Answer, teaches: Learning) -> float:
        mean = self.whole.answer(answer, teaches)
        right, seen = self.items.get(answer.item, (0.0, 0.0))
        if teaches is not Learning.NOTHING:
            self.items[answer.item] = right + answer.score, seen + 1
        return (right + SMOOTHING * mean) / (seen + SMOOTHING)


class Steps(NamedTuple):
    """A step that shrinks with the answers: size/(1 + fading·n) (Pelánek 2016)."""

    size: float
    fading: float

    def after(self, answers: int) -> float:
        return self.size / (1 + self.fading * answers)


class Elo:
    """Ability and difficulty. With `tags`, multivariate: an ability for each tag as well."""

    def __init__(self, learner: Steps, item: Steps, tags: Steps | None = None) -> None:
        self.learner_steps, self.item_steps, self.tag_steps = learner, item, tags
        self.abilities: dict[str, tuple[float, int]] = {}
        self.skills: dict[tuple[str, str], tuple[float, int]] = {}
        self.items: dict[str, tuple[float, int]] = {}

    def answer(self, answer: Answer, teaches: Learning) -> float:
        user = answer.user
        ability, n = self.abilities.get(user, (0.0, 0))
        difficulty, m = self.items.get(answer.item, (0.0, 0))
        own = self._own(answer)
        p = logistic(ability + own - difficulty)
        surprise = answer.score - p
        self.abilities[user] = ability + self.learner_steps.after(n) * surprise, n + 1
        if self.tag_steps:
            for tag in answer.tags:
                skill, k = self.skills.get((user, tag), (0.0, 0))
                self.skills[user, tag] = skill + self.tag_steps.after(k) * surprise, k + 1
        if teaches is not Learning.NOTHING:
            self.items[answer.item] = difficulty - self.item_steps.after(m) * surprise, m + 1
        return p

    def _own(self, answer: Answer) -> float:
        if not self.tag_steps or not answer.tags:
            return 0.0
        skills = [self.skills.get((answer.user, tag), (0.0, 0))[0] for tag in answer.tags]
        return sum(skills) / len(skills)


class Ours:
    """The product's own model, through its own replay, with a bank of uncalibrated items."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        bank = {answer.item: answer.tags for answer in answers}
        self.replay = Replay(new_item(item, tags) for item, tags in bank.items())

    def answer(self, answer: Answer, teaches: Learning) -> float:
        user, item, _, score, _, day = answer
        return self.replay.answer(user, item, score, day, teaches)


Maker = Callable[[], Forecaster]


LEARNER_STEPS = [Steps(size, fading) for size in (0.4, 0.6, 0.9) for fading in (0.03, 0.08)]
ITEM_STEPS = [Steps(0.8, 0.1), Steps(1.2, 0.2)]
TAG_STEPS = [Steps(0.3, 0.05), Steps(0.7, 0.1)]


def elo_grid() -> Sequence[Maker]:
    """What Elo is tuned over."""
    return [partial(Elo, *steps) for steps in product(LEARNER_STEPS, ITEM_STEPS)]


def multivariate_grid() -> Sequence[Maker]:
    """What multivariate Elo is tuned over."""
    return [partial(Elo, *steps) for steps in product(LEARNER_STEPS, ITEM_STEPS, TAG_STEPS)]
