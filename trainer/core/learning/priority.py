"""Which subtopic is worth asking about.

The priority of a subtopic is the product of five named factors:

    U = w/(1+n) · max(.05, 3−μ)^½ · (1−.6e^(−gap/12)) · (1+.5(1−e^(−days/7))) · (1+.5√v)

Practice in proportion to the blueprint is by far the greatest of them (it alone separates the
rule from weakest-first, which loses to chance); the others were set on simulated learners, see
docs/engine.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, prod, sqrt
from typing import NamedTuple

HALF_LIFE_DAYS = 21.0  # after which an answer counts half in n
LEAST_WEIGHT = 0.001  # a subtopic outside the blueprint that the learner asked for

MASTERED = 3.0  # logits: ability at which there is nothing left to gain
LEAST_WEAKNESS = 0.05  # a mastered subtopic still comes up now and then
REPEAT_COST = 0.6  # interleaving: what a subtopic loses right after it was asked,
REPEAT_SPAN = 12.0  # and the items in which the loss fades (Brunmair & Richter 2019: g ≈ .4)
FORGETTING = 0.5  # what a long absence adds,
FORGETTING_DAYS = 7.0  # and its time scale (Latimier et al. 2021: spacing g = .74)
CURIOSITY = 0.5  # what a standard deviation of doubt, in logits, adds


@dataclass(frozen=True, slots=True)
class SubtopicView:
    """What selection knows of a subtopic and a learner.

    `weight`: share of the exam. `answered`: answers, each halved in worth every HALF_LIFE_DAYS.
    `mastery`: log-odds of a right answer to an item of average difficulty, and its `variance`.
    `gap`: items served since it was last asked, 0 for the one before; `days` since then. Both are
    None before the first time.
    """

    subtopic: str
    weight: float
    answered: float = 0.0
    mastery: float = 0.0
    variance: float = 0.0
    gap: int | None = None
    days: float | None = None


class Priority(NamedTuple):
    """The five factors; only ratios of their product matter."""

    share: float  # blueprint weight by practice so far
    weakness: float
    interleaving: float
    forgetting: float
    uncertainty: float

    @property
    def value(self) -> float:
        return prod(self)


def urgency(view: SubtopicView) -> float:
    """How much a subtopic is worth asking about: the value of its `priority`.

    Spelled out, and with conditions for max(): this runs for each subtopic at each pick.
    """
    weight, weakness = view.weight, MASTERED - view.mastery
    gap, days = view.gap, view.days
    value = (
        (weight if weight > LEAST_WEIGHT else LEAST_WEIGHT)  # noqa: FURB136  # speed
        / (1 + view.answered)
        * sqrt(weakness if weakness > LEAST_WEAKNESS else LEAST_WEAKNESS)  # noqa: FURB136  # speed
        * (1 + CURIOSITY * sqrt(view.variance))
    )
    if gap is not None:
        value *= 1 - REPEAT_COST * exp(-gap / REPEAT_SPAN)
    return value * (1 + FORGETTING * (1 if days is None else 1 - exp(-days / FORGETTING_DAYS)))


def priority(view: SubtopicView) -> Priority:
    """The same factor by factor."""
    return Priority(
        max(view.weight, LEAST_WEIGHT) / (1 + view.answered),
        sqrt(max(MASTERED - view.mastery, LEAST_WEAKNESS)),
        1 if view.gap is None else 1 - REPEAT_COST * exp(-view.gap / REPEAT_SPAN),
        1 + FORGETTING * (1 if view.days is None else 1 - exp(-view.days / FORGETTING_DAYS)),
        1 + CURIOSITY * sqrt(view.variance),
    )


def priorities(views: Iterable[SubtopicView]) -> dict[str, Priority]:
    """The priority of each subtopic."""
    return {view.subtopic: priority(view) for view in views}


def decayed(answered: float, days: float) -> float:
    """A decayed count of answers, so many days later."""
    return answered * exp(-log(2) * days / HALF_LIFE_DAYS)


def share_right(mastery: float) -> float:
    """The chance of a right answer to an average item, from log-odds."""
    return 1 / (1 + exp(-mastery))


def weakest(views: Iterable[SubtopicView], count: int) -> tuple[str, ...]:
    """The subtopics where points are most likely to be lost, by weight × (1 − mastery).

    Only subtopics with an answer count as known to be weak; without any, the heaviest lead.
    """
    of_exam = [view for view in views if view.weight > 0]
    tried = [view for view in of_exam if view.answered > 0] or of_exam
    tried.sort(key=lambda view: -view.weight * (1 - share_right(view.mastery)))
    return tuple(view.subtopic for view in tried[:count])
