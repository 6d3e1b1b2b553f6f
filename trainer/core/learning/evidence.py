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
from math import copysign, exp, log, log1p, pi, sqrt
from typing import NamedTuple

from trainer.core.learning.population import ItemState, TagWorth
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


class Situation(NamedTuple):
    """An answer about to be given; `tags` and `worths` go along with the item's tags."""

    general: General
    tags: Sequence[TagState]
    memory: ItemMemory
    item: ItemState
    weights: Sequence[float]
    variances: Sequence[float]
    worths: Sequence[TagWorth]
    day: float


class TagEvidence(NamedTuple):
    """A tag's ability as of now, and the logarithms of its counts."""

    ability: float
    variance: float
    successes: float
    failures: float


NEW_TAG_EVIDENCE = TagEvidence(0.0, TAG_VARIANCE, 0.0, 0.0)


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


class Lesson(NamedTuple):
    """An answer's score, and how far it moves things.

    A mean moves by `step` times its variance and activation; a variance loses `loss` times itself
    and the activation's square. `place` is the answer's in the learner's sequence.
    """

    evidence: Evidence
    score: float
    step: float
    loss: float
    place: int
    day: float


def weigh(situation: Situation) -> Evidence:
    """The evidence on one answer."""
    general, tags, memory, item, weights, variances, worths, day = situation
    fast = FAST_KEPT * general.fast
    fast_variance = FAST_KEPT_2 * general.fast_variance + FAST_RENEWED
    share = 1 / len(tags) if tags else 0.0
    now = [_aged(tag, day) for tag in tags]
    ability = difficulty = variance = 0.0
    for (mean, spread, won, lost), worth in zip(now, worths):  # noqa: B905  # strict costs time
        beta, beta_v, gamma, gamma_v, delta, delta_v = worth
        ability += mean + gamma * won + delta * lost
        difficulty += beta
        variance += spread + beta_v + gamma_v * won * won + delta_v * lost * lost
    eta = -item.difficulty + general.ability + fast + memory.residual
    eta += share * (ability - difficulty)
    s2 = item.variance + general.ability_variance + fast_variance + memory.variance
    s2 += share * share * variance
    x = features(situation, now, share)
    for weight, spread, active in zip(weights, variances, x):  # noqa: B905  # strict costs time
        if active:
            eta += weight * active
            s2 += spread * active * active
    p = chance(eta, s2)
    return made(Evidence, (eta, s2, p, fast, fast_variance, share, now, share * ability, x))


def lesson(situation: Situation, evidence: Evidence, score: float) -> Lesson:
    """What the score teaches."""
    p = evidence.p
    information = max(p * (1 - p), LEAST_INFORMATION)
    spread = 1 + evidence.variance * information
    place = situation.general.answered
    step, loss = (score - p) / spread, information / spread
    return made(Lesson, (evidence, score, step, loss, place, situation.day))


def chance(eta: float, variance: float) -> float:
    """The probability at log-odds that are only known to a variance."""
    z = eta / sqrt(1 + MACKAY * variance)
    if not -FARTHEST < z < FARTHEST:
        z = copysign(FARTHEST, z)
    return 1 / (1 + exp(-z))


def _aged(tag: TagState, day: float) -> TagEvidence:
    """An Ornstein–Uhlenbeck step in answers and days: back towards nothing known."""
    ability, variance, successes, failures = tag[:4]
    if not tag.answered:
        return NEW_TAG_EVIDENCE
    days = day - tag.last_day
    kept = TAG_KEPT * exp(-FORGETTING * days) if days > 0 else TAG_KEPT
    kept_2 = kept * kept
    variance = kept_2 * variance + (1 - kept_2) * TAG_VARIANCE + TAG_NOISE
    return made(TagEvidence, (kept * ability, variance, log1p(successes), log1p(failures)))


def features(situation: Situation, now: Sequence[TagEvidence], share: float) -> list[float]:
    """The activations x, in the order of population.FEATURES; tags count by their mean."""
    general, tags, memory, item, *_ = situation
    _, _, _, _, successes, failures, slow, quick, surprise, place, *_ = general
    won = lost = average = new = gap = 0.0
    for tag, (_, _, tag_won, tag_lost) in zip(tags, now):  # noqa: B905  # strict costs time
        won += tag_won
        lost += tag_lost
        if tag.answered:
            average += tag.average
            gap += log(place - tag.last_index)
        else:
            new += 1
    same_item, same_tag, other, repeated = _previous(general, item)
    item_won = item_lost = item_last = fading = 0.0
    if memory.answered:
        item_won, item_lost = log1p(memory.successes), log1p(memory.failures)
        item_last = memory.last_outcome
        fading = item_last / (1 + log(place - memory.last_index))
    return [
        1.0,
        share * won,
        share * lost,
        log1p(successes),
        log1p(failures),
        item_won,
        item_lost,
        item_last,
        share * average,
        slow,
        quick,
        same_item,
        same_tag,
        other,
        fading,
        share * new,
        share * gap,
        surprise,
        repeated,
    ]


def _previous(general: General, item: ItemState) -> tuple[float, float, float, float]:
    """The previous outcome if it was on the same item, a same tag, or another; same tag at all."""
    before, outcome, repeated = general.last_tags, general.last_outcome, 0.0
    for tag in item.tags:
        if tag in before:
            repeated = 1.0
    if general.last_item == item.id:
        return outcome, 0.0, 0.0, repeated
    return (0.0, outcome, 0.0, repeated) if repeated else (0.0, 0.0, outcome, repeated)
