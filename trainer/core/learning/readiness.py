"""How an exam would go: the expected score, its interval, the chance to pass, what would help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, erf, pi, sqrt
from typing import NamedTuple

from trainer.core.learning.ability import FITTED, Ability, filter_of, places, rested
from trainer.core.learning.kalman import Dynamics, Filter, Place, skill

LEAST_ANSWERS = 40  # fewer say too little,
TOUCHED_SHARE = 0.05  # and so do any that leave out a topic with this share of the exam
Z80, Z90 = 1.2815515655446004, 1.6448536269514722  # normal quantiles
UNLIKE = 0.01  # an exam's items are not ours: standard deviation of its score from that alone
UNKNOWN_ITEM = (0.0, 0.2)  # stands for a subtopic without items
ROUNDING = 1e-9

Curve = tuple[float, float]  # an item's difficulty and guess


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether the answers suffice for a forecast. `untouched`: heavy topics and their shares."""

    answers: int
    untouched: tuple[tuple[str, float], ...]

    @property
    def enough(self) -> bool:
        return self.answers >= LEAST_ANSWERS and not self.untouched

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not, in words; empty where it is enough."""
        few = f"{self.answers} of the {LEAST_ANSWERS} answers that a forecast needs."
        return (few,) * (self.answers < LEAST_ANSWERS) + tuple(
            f"No answer yet in {topic}, {share:.0%} of the exam." for topic, share in self.untouched
        )


class Lever(NamedTuple):
    """What one further practice answer in a subtopic adds to the expected score."""

    subtopic: str
    gain: float


@dataclass(frozen=True, slots=True)
class Readiness:
    """The forecast for one exam. Scores are shares of its points.

    The intervals are for the expected score, `p_pass` is for one sitting with its luck.
    `answers` are those in the exam's subtopics. `levers` come best first.
    """

    mean: float
    low80: float
    high80: float
    low90: float
    high90: float
    p_pass: float
    answers: int
    evidence: Evidence
    levers: tuple[Lever, ...]


def readiness(
    ability: Ability,
    blueprint: Mapping[str, float],
    items_on_exam: int,
    cut: float,
    bank_difficulties: Mapping[str, Sequence[Curve]],
    *,
    at_day: float | None = None,
    dynamics: Dynamics = FITTED,
) -> Readiness:
    """The forecast for an exam with this blueprint (weights by subtopic, summing to 1).

    `cut` is the share of points that passes; `bank_difficulties` are the items whose like the
    exam asks. The exam is sat on `at_day` without further practice; None is right now.
    """
    filtered, where = filter_of(ability, dynamics), places(ability)
    if at_day is not None:
        rested(filtered, ability.last_day, at_day)
    slopes = [0.0] * len(filtered.mean)
    mean = luck = 0.0
    levers = []
    for subtopic, weight in blueprint.items():
        place = where[subtopic]
        share, slope = _expected(filtered, place, bank_difficulties.get(subtopic) or [UNKNOWN_ITEM])
        mean += weight * share
        luck += weight * share * (1 - share) / items_on_exam
        for entry in place:
            slopes[entry] += weight * slope
        levers.append(Lever(subtopic, weight * slope * filtered.next_gain(place)))
    levers.sort(key=lambda lever: -lever.gain)
    return _forecast(
        mean,
        filtered.variance(slopes) + UNLIKE**2,
        luck=luck,
        needed=(ceil(cut * items_on_exam - ROUNDING) - 0.5) / items_on_exam,  # half an item less
        evidence=_evidence(ability, blueprint),
        levers=tuple(lever for lever in levers if lever.gain > 0),
    )


def _forecast(
    mean: float,
    variance: float,
    *,
    luck: float,
    needed: float,
    evidence: Evidence,
    levers: tuple[Lever, ...],
) -> Readiness:
    """P(pass) = Φ((M − needed) / √(variance of M + luck of the sitting))."""
    spread = sqrt(variance)
    return Readiness(
        mean,
        max(0.0, mean - Z80 * spread),
        min(1.0, mean + Z80 * spread),
        max(0.0, mean - Z90 * spread),
        min(1.0, mean + Z90 * spread),
        _normal((mean - needed) / sqrt(variance + luck)),
        evidence.answers,
        evidence,
        levers,
    )


def _expected(filtered: Filter, place: Place, curves: Sequence[Curve]) -> tuple[float, float]:
    """Expected share of points over items, and its slope by ability; uncertainty flattens both.

    E σ(x) ≈ σ(κ·mean), κ = 1/√(1 + πs²/8) (MacKay 1992).
    """
    ability, kappa = filtered.ability(place), 1 / sqrt(1 + pi * filtered.spread(place) / 8)
    share = slope = 0.0
    for hardness, guess in curves:
        skilled = skill(kappa * ability, kappa * hardness)
        share += guess + (1 - guess) * skilled
        slope += (1 - guess) * kappa * skilled * (1 - skilled)
    return share / len(curves), slope / len(curves)


def _evidence(ability: Ability, blueprint: Mapping[str, float]) -> Evidence:
    weights: dict[str, float] = {}
    answers: dict[str, int] = {}
    for (subtopic, topic), count in zip(ability.topics, ability.counts, strict=True):
        if subtopic in blueprint:
            weights[topic] = weights.get(topic, 0.0) + blueprint[subtopic]
            answers[topic] = answers.get(topic, 0) + count
    untouched = tuple(
        (topic, weight)
        for topic, weight in weights.items()
        if weight >= TOUCHED_SHARE - ROUNDING and not answers[topic]
    )
    return Evidence(sum(answers.values()), untouched)


def _normal(z: float) -> float:
    """The standard normal distribution function."""
    return (1 + erf(z / sqrt(2))) / 2
