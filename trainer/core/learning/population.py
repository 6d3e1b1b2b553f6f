"""What all answers together say: how hard each item and tag is, and what the evidence is worth.

Every number is a log-odds with a variance. Means and spreads before the first answer stand here,
named; docs/engine.md ("Next answer") tells on which answers they were set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from trainer.core.learning.trie import Trie

ITEM_SPREAD = 1.05  # standard deviation of item difficulties around their tags' mean
TAG_SPREAD = 0.92
SLOPE_SPREAD = 0.31  # of a tag's own worth of practice around the general one

GUESS_SHARE = 0.8  # of 1/options: distractors that attract (engine.md 6.1)
AUTHOR_MIDDLE = 3
AUTHOR_CORRELATION = 0.4  # assumed, of an author's level with the real difficulty
AUTHOR_DEVIATION = 1.1  # levels: spread of authors' levels around the middle

FEATURES = {
    "start": (0.46, 0.8),  # always 1: the bias b
    "tag successes": (0.42, 0.19),  # ln(1+n), as all counts
    "tag failures": (0.05, 0.19),
    "successes": (0.17, 0.08),
    "failures": (-0.08, 0.08),
    "item successes": (0.04, 0.16),
    "item failures": (-0.21, 0.16),
    "item last": (0.16, 0.16),  # outcomes run from −1 to 1
    "tag average": (-0.02, 0.16),
    "slow average": (-0.14, 0.16),
    "quick average": (-0.01, 0.16),
    "previous, same item": (0.03, 0.16),
    "previous, same tag": (0.15, 0.16),
    "previous, other tag": (0.09, 0.16),
    "item last, fading": (0.13, 0.16),  # by 1 + ln(answers since)
    "tag new": (-0.29, 0.23),
    "tag gap": (-0.05, 0.12),  # ln(answers since)
    "surprise": (0.63, 0.38),  # average of outcome less expectation
    "tag repeated": (0.18, 0.23),  # the previous answer was on it as well
}
"""The activations x and their weights before any answer: mean and standard deviation.

The start and the next fourteen are engine.md's; the last four were added
for the log loss that they save.
"""
PLACES = tuple(range(len(FEATURES)))


class ItemState(NamedTuple):
    """An item's difficulty as far as it is known.

    `tags`: topic and subtopic in the product; their difficulties add to the item's own.
    `answers` calibrated it; `exposures` counts how often it was served.
    """

    id: str
    tags: tuple[str, ...]
    difficulty: float = 0.0
    variance: float = ITEM_SPREAD**2
    answers: int = 0
    guess: float = 0.0
    exposures: int = 0


def new_item(
    id: str,  # noqa: A002  # the field's name
    tags: tuple[str, ...],
    author_difficulty: int | None = None,
    options: int | None = None,
) -> ItemState:
    """An item before its first answer.

    `author_difficulty` 1 (easiest) to 5 shifts the mean as far as authors are to be believed;
    `options` is None for a constructed response.
    """
    guess = GUESS_SHARE / options if options else 0.0
    if author_difficulty is None:
        return ItemState(id, tags, guess=guess)
    slope = AUTHOR_CORRELATION * ITEM_SPREAD / AUTHOR_DEVIATION
    left = 1 - AUTHOR_CORRELATION**2  # of the variance, the level being known
    mean = slope * (author_difficulty - AUTHOR_MIDDLE)
    return ItemState(id, tags, mean, left * ITEM_SPREAD**2, guess=guess)


def exposed(item: ItemState) -> ItemState:
    """The item, served once more."""
    return item._replace(exposures=item.exposures + 1)


class TagWorth(NamedTuple):
    """A tag's difficulty, and what its earlier successes and failures are worth beyond the usual.

    Each mean is followed by its variance.
    """

    difficulty: float = 0.0
    difficulty_variance: float = TAG_SPREAD**2
    success_slope: float = 0.0
    success_variance: float = SLOPE_SPREAD**2
    failure_slope: float = 0.0
    failure_variance: float = SLOPE_SPREAD**2


NEW_TAG = TagWorth()


@dataclass(frozen=True, slots=True)
class Model:
    """The population: the weights of FEATURES with their variances, and each tag's own worth."""

    weights: tuple[float, ...] = tuple(mean for mean, _ in FEATURES.values())
    variances: tuple[float, ...] = tuple(spread**2 for _, spread in FEATURES.values())
    tags: Trie[TagWorth] = field(default_factory=Trie)

    def tag(self, name: str) -> TagWorth:
        """What is known of a tag; of a new one, the prior."""
        return self.tags.get(name, NEW_TAG)


PRIOR = Model()
"""The population before its first answer."""


def model_to_state(model: Model) -> dict[str, Any]:
    """The population as JSON takes it."""
    return {
        "weights": list(model.weights),
        "variances": list(model.variances),
        "tags": {name: list(model.tags[name]) for name in sorted(model.tags)},
    }


def model_from_state(state: Mapping[str, Any]) -> Model:
    """The population that `model_to_state` told of, exactly."""
    tags: Trie[TagWorth] = Trie((name, TagWorth(*row)) for name, row in state["tags"].items())
    return Model(tuple(state["weights"]), tuple(state["variances"]), tags)


def item_to_state(item: ItemState) -> dict[str, Any]:
    """The item as JSON takes it."""
    return {**item._asdict(), "tags": list(item.tags)}


def item_from_state(state: Mapping[str, Any]) -> ItemState:
    """The item that `item_to_state` told of, exactly."""
    return ItemState(**{**state, "tags": tuple(state["tags"])})
