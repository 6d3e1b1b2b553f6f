"""What is kept of a learner: in general, per tag, per item.

Plain tuples of numbers and strings, so that they are quick to make and ready for JSON. Log-odds
each carry a variance. Days count from 1970-01-01 UTC.
"""

from typing import NamedTuple

ABILITY_SPREAD = 0.84  # standard deviation of learners
FAST_SPREAD = 0.39  # of what comes and goes within some tens of answers
TAG_ABILITY_SPREAD = 0.48  # of a learner's strengths and weaknesses among tags
RESIDUAL_SPREAD = 0.59  # of a learner's luck with one item


class General(NamedTuple):
    """`slow` and `quick` average outcomes, from −1 (wrong) to 1 (right).

    `surprise` averages outcomes less expectation.
    """

    ability: float = 0.0
    ability_variance: float = ABILITY_SPREAD**2
    fast: float = 0.0
    fast_variance: float = FAST_SPREAD**2
    successes: float = 0.0
    failures: float = 0.0
    slow: float = 0.0
    quick: float = 0.0
    surprise: float = 0.0
    answered: int = 0
    last_outcome: float = 0.0
    last_item: str = ""
    last_tags: tuple[str, ...] = ()


class TagState(NamedTuple):
    """`successes` and `failures` add up points, `correct` counts what was fully right.

    `last_index` is the place of the last answer in the learner's sequence; `recent` the answers,
    each halved in worth every half-life.
    """

    ability: float = 0.0
    variance: float = TAG_ABILITY_SPREAD**2
    successes: float = 0.0
    failures: float = 0.0
    average: float = 0.0
    answered: int = 0
    correct: int = 0
    recent: float = 0.0
    last_index: int = 0
    last_day: float = 0.0


class ItemMemory(NamedTuple):
    """A learner and one item; `residual` is what the rest of the model does not explain."""

    residual: float = 0.0
    variance: float = RESIDUAL_SPREAD**2
    successes: float = 0.0
    failures: float = 0.0
    last_outcome: float = 0.0
    answered: int = 0
    last_index: int = 0
    last_day: float = 0.0


made = tuple.__new__
"""A named tuple from its class and values, in half the time that the class itself takes."""

NEW_GENERAL = General()
NEW_TAG_STATE = TagState()
NEW_MEMORY = ItemMemory()
