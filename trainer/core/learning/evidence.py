"""What bears on the next answer, added up; and how far an answer moves it.

    η = −d_i + θ + φ + m_ui + (1/|K|) Σ_k [μ_uk − β_k + γ_k ln(1+S_uk) + δ_k ln(1+F_uk)] + w·x
    p = σ(η / √(1 + πs²/8)),  s² = Σ_j x_j² v_j

and, for every component j with activation x_j, mean m_j and variance v_j, after a score y

    g = (y − p)/(1 + s²W),  c = W/(1 + s²W),  W = max(p(1−p), 10⁻⁴)
    m_j += v_j x_j g,  v_j *= 1 − v_j x_j² c

An assumed-density filter with a diagonal Gaussian: the link is MacKay's (1992) for a logistic
under a Gaussian, the step a Laplace one. Pelánek (2016) surveys the Elo family that this extends.
"""

from collections.abc import Sequence
from itertools import compress
from math import copysign, exp, log, log1p, pi, sqrt
from typing import NamedTuple, TypeAlias

from trainer.core.learning.population import PLACES, ItemState, TagWorth
from trainer.core.learning.state import (
    FAST_SPREAD,
    TAG_ABILITY_SPREAD,
    General,
    ItemMemory,
    TagState,
    made,
)

FAST_KEPT = 0.98  # of the fast state, from answer to answer
FAST_KEPT_2 = FAST_KEPT**2
FAST_RENEWED = (1 - FAST_KEPT_2) * FAST_SPREAD**2
TAG_KEPT = 0.9952  # of a tag's ability, from one of its answers to the next
TAG_NOISE = 0.0005  # variance that each of them adds
FORGETTING = 0.02  # a day: the rate at which a tag's ability returns to the learner's level

TAG_VARIANCE = TAG_ABILITY_SPREAD**2

LEAST_INFORMATION = 1e-4
FARTHEST = 30.0  # log-odds; keeps p inside (0, 1)
MACKAY = pi / 8


Situation: TypeAlias = tuple[
    General,
    Sequence[TagState],
    ItemMemory,
    ItemState,
    Sequence[float],
    Sequence[float],
    Sequence[TagWorth],
    float,
]
"""An answer about to be given: the learner, the states of the item's tags, the memory of the item,
the item, the population's weights and variances, the tags' worths, the day.

Plain tuples where one is made and taken apart at every answer: a named one costs twice the time.
"""

TagEvidence: TypeAlias = tuple[float, float, float, float]
"""A tag's ability as of now with its variance, ln(1 + successes), ln(1 + failures)."""

TagSums: TypeAlias = tuple[float, float, float, float, float, float, float, float]
"""Over an item's tags: ability, difficulty, variance, and for the features ln successes,
ln failures, averages, new ones, ln gaps."""

NEW_TAG_EVIDENCE: TagEvidence = (0.0, TAG_VARIANCE, 0.0, 0.0)


class Evidence(NamedTuple):
    """Everything an answer's update needs of the moment before it."""

    eta: float
    variance: float
    p: float
    fast: float
    fast_variance: float
    share: float  # of each tag
    tags: list[TagEvidence]
    ability: float  # what the tags add to η, without their difficulty
    features: list[float]


Lesson: TypeAlias = tuple[Evidence, float, float, float, int, float]
"""An answer's evidence, score, step, loss, place and day: how far it moves things.

A mean moves by `step` times its variance and activation; a variance loses `loss` times itself
and the activation's square. `place` is the answer's in the learner's sequence.
"""


def weigh(situation: Situation) -> Evidence:
    """The evidence on one answer."""
    general, tags, memory, item, weights, variances, worths, day = situation
    ability, variance, fast, fast_variance, _, _, _, _, _, place, _, _, _ = general
    fast *= FAST_KEPT
    fast_variance = FAST_KEPT_2 * fast_variance + FAST_RENEWED
    share = 1 / len(tags) if tags else 0.0
    now, sums = _tagged(tags, worths, place, day)
    own, hard, spreads, _, _, _, _, _ = sums
    eta = ability + fast + memory.residual - item.difficulty + share * (own - hard)
    s2 = variance + fast_variance + memory.variance + item.variance + share * share * spreads
    x = features(situation, share, sums)
    for place in compress(PLACES, x):
        active = x[place]
        eta += weights[place] * active
        s2 += variances[place] * active * active
    p = chance(eta, s2)
    return made(Evidence, (eta, s2, p, fast, fast_variance, share, now, share * own, x))


def lesson(situation: Situation, evidence: Evidence, score: float) -> Lesson:
    """What the score teaches."""
    general, _, _, _, _, _, _, day = situation
    p = evidence.p
    information = max(p * (1 - p), LEAST_INFORMATION)
    spread = 1 + evidence.variance * information
    return evidence, score, (score - p) / spread, information / spread, general.answered, day


def chance(eta: float, variance: float) -> float:
    """The probability at log-odds that are only known to a variance."""
    z = eta / sqrt(1 + MACKAY * variance)
    if not -FARTHEST < z < FARTHEST:
        z = copysign(FARTHEST, z)
    return 1 / (1 + exp(-z))


def _tagged(
    tags: Sequence[TagState], worths: Sequence[TagWorth], place: int, day: float
) -> tuple[list[TagEvidence], TagSums]:
    """The tags as of now, and what they add up to.

    An ability takes an Ornstein–Uhlenbeck step in answers and days: back towards nothing known.
    """
    now = []
    own = hard = spreads = won = lost = average = new = gap = 0.0
    for tag, worth in zip(tags, worths):  # noqa: B905  # strict costs time
        mean, spread, right, wrong, outcomes, answered, _, _, last_index, last_day = tag
        beta, beta_v, gamma, gamma_v, delta, delta_v = worth
        hard += beta
        spreads += beta_v
        if not answered:
            new += 1
            spreads += TAG_VARIANCE
            now.append(NEW_TAG_EVIDENCE)
            continue
        kept = TAG_KEPT * exp(FORGETTING * (last_day - day)) if day > last_day else TAG_KEPT
        mean *= kept
        kept *= kept
        spread = kept * spread + (1 - kept) * TAG_VARIANCE + TAG_NOISE
        right, wrong = log1p(right), log1p(wrong)
        now.append((mean, spread, right, wrong))
        own += mean + gamma * right + delta * wrong
        spreads += spread + gamma_v * right * right + delta_v * wrong * wrong
        won += right
        lost += wrong
        average += outcomes
        gap += log(place - last_index)
    return now, (own, hard, spreads, won, lost, average, new, gap)


def features(situation: Situation, share: float, sums: TagSums) -> list[float]:
    """The activations x, in the order of population.FEATURES; tags count by their mean."""
    general, _, memory, item, _, _, _, _ = situation
    _, _, _, _, right, wrong, slow, quick, surprise, place, outcome, last_item, last_tags = general
    _, _, _, won, lost, average, new, gap = sums
    repeated = 0.0
    for tag in item.tags:
        if tag in last_tags:
            repeated = 1.0
    same = last_item == item.id
    item_won = item_lost = item_last = fading = 0.0
    if memory.answered:
        _, _, successes, failures, item_last, _, last_index, _ = memory
        item_won, item_lost = log1p(successes), log1p(failures)
        fading = item_last / (1 + log(place - last_index))
    return [
        1.0,
        share * won,
        share * lost,
        log1p(right),
        log1p(wrong),
        item_won,
        item_lost,
        item_last,
        share * average,
        slow,
        quick,
        outcome if same else 0.0,
        outcome if repeated and not same else 0.0,
        outcome if not repeated and not same else 0.0,
        fading,
        share * new,
        share * gap,
        surprise,
        repeated,
    ]
