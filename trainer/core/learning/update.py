"""What each part of the model is after an answer. See trainer.core.learning.evidence for the rule.

One function a part; the pure face and the replay both call these, so they cannot differ.
"""

from itertools import compress

from trainer.core.learning.evidence import Lesson, TagEvidence
from trainer.core.learning.population import PLACES, ItemState, TagWorth
from trainer.core.learning.state import General, ItemMemory, TagState, made

SLOW_KEPT = 0.9
QUICK_KEPT = 0.6
SURPRISE_KEPT = 0.8
AVERAGE_KEPT = 0.88
HALF_LIFE_DAYS = 21.0  # of an answer's worth in `recent`


def general_after(general: General, item: ItemState, lesson: Lesson) -> General:
    """The learner as a whole: ability, form, counts and moving averages."""
    evidence, score, step, loss, place, _ = lesson
    ability, variance, _, _, successes, failures, slow, quick, surprise, _, _, _, _ = general
    fast_variance = evidence.fast_variance
    outcome = 2 * score - 1
    return made(
        General,
        (
            ability + variance * step,
            variance * (1 - variance * loss),
            evidence.fast + fast_variance * step,
            fast_variance * (1 - fast_variance * loss),
            successes + score,
            failures + (1 - score),
            SLOW_KEPT * slow + (1 - SLOW_KEPT) * outcome,
            QUICK_KEPT * quick + (1 - QUICK_KEPT) * outcome,
            SURPRISE_KEPT * surprise + (1 - SURPRISE_KEPT) * 2 * (score - evidence.p),
            place + 1,
            outcome,
            item.id,
            item.tags,
        ),
    )


def tag_after(tag: TagState, now: TagEvidence, lesson: Lesson) -> TagState:
    """A tag of the answered item; `now` is its aged ability."""
    evidence, score, step, loss, place, day = lesson
    _, _, successes, failures, average, answered, correct, recent, _, last_day = tag
    ability, variance, _, _ = now
    reach = variance * evidence.share
    if day > last_day:
        recent *= 2 ** ((last_day - day) / HALF_LIFE_DAYS)
    return made(
        TagState,
        (
            ability + reach * step,
            variance - reach * reach * loss,
            successes + score,
            failures + (1 - score),
            AVERAGE_KEPT * average + (1 - AVERAGE_KEPT) * (2 * score - 1),
            answered + 1,
            correct + (score >= 1),
            recent + 1,
            place,
            day,
        ),
    )


def memory_after(memory: ItemMemory, lesson: Lesson) -> ItemMemory:
    """What the learner remembers of the item."""
    _, score, step, loss, place, day = lesson
    residual, variance, successes, failures, _, answered, _, _ = memory
    return made(
        ItemMemory,
        (
            residual + variance * step,
            variance * (1 - variance * loss),
            successes + score,
            failures + (1 - score),
            2 * score - 1,
            answered + 1,
            place,
            day,
        ),
    )


def item_after(item: ItemState, lesson: Lesson) -> ItemState:
    """The item's difficulty: an answer better than expected lowers it."""
    _, _, step, loss, _, _ = lesson
    id_, tags, difficulty, variance, answers, guess, exposures = item
    return made(
        ItemState,
        (
            id_,
            tags,
            difficulty - variance * step,
            variance * (1 - variance * loss),
            answers + 1,
            guess,
            exposures,
        ),
    )


def teach(weights: list[float], variances: list[float], lesson: Lesson) -> None:
    """Move the population's weights in place."""
    evidence, _, step, loss, _, _ = lesson
    x = evidence.features
    for place in compress(PLACES, x):
        reach = variances[place] * x[place]
        weights[place] += reach * step
        variances[place] -= reach * reach * loss


def worth_after(worth: TagWorth, now: TagEvidence, lesson: Lesson) -> TagWorth:
    """A tag's difficulty and slopes."""
    evidence, _, g, c, _, _ = lesson
    beta, beta_v, gamma, gamma_v, delta, delta_v = worth
    _, _, won, lost = now
    share = evidence.share
    hard, win, lose = beta_v * share, gamma_v * share * won, delta_v * share * lost
    return made(
        TagWorth,
        (
            beta - hard * g,
            beta_v - hard * hard * c,
            gamma + win * g,
            gamma_v - win * win * c,
            delta + lose * g,
            delta_v - lose * lose * c,
        ),
    )
