"""What the answers so far say about a learner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from trainer.core.learning.state import (
    NEW_GENERAL,
    NEW_MEMORY,
    NEW_TAG_STATE,
    General,
    ItemMemory,
    TagState,
)
from trainer.core.learning.trie import Trie

SECONDS = 86_400

PRIOR_WEIGHT = 2.0  # answers' worth of doubt; Laplace's rule of succession
PRIOR_MEAN = 0.5


@dataclass(frozen=True, slots=True)
class Mastery:
    """Evidence in one subtopic: answers, points earned in them (0–1 each), fully right ones.

    `expected` is the model's forecast of the next answer's points, where a model made one.
    """

    answered: int = 0
    points: float = 0.0
    correct: int = 0
    last_at: datetime | None = None
    expected: float | None = None

    @property
    def estimate(self) -> float:
        """Expected points of the next answer, 0–1.

        Without a model's forecast the posterior mean of a Beta prior with PRIOR_WEIGHT answers
        (Laplace 1774).
        """
        if self.expected is not None:
            return self.expected
        return (self.points + PRIOR_WEIGHT * PRIOR_MEAN) / (self.answered + PRIOR_WEIGHT)


@dataclass(frozen=True, slots=True)
class Learner:
    """All that is known of a person: in general, per tag, per item."""

    general: General = NEW_GENERAL
    tags: Trie[TagState] = field(default_factory=Trie)
    items: Trie[ItemMemory] = field(default_factory=Trie)

    def tag(self, name: str) -> TagState:
        """The state of a tag; of one without an answer, the prior."""
        return self.tags.get(name, NEW_TAG_STATE)

    def memory(self, item: str) -> ItemMemory:
        """What is remembered of an item by its id; of an unseen one, the prior."""
        return self.items.get(item, NEW_MEMORY)

    def __getitem__(self, subtopic: str) -> Mastery:
        """The counts of a subtopic; trainer.core.learning.estimate.mastery adds the forecast."""
        tag = self.tag(subtopic)
        last_at = moment(tag.last_day) if tag.answered else None
        return Mastery(tag.answered, tag.successes, tag.correct, last_at)


def day_of(at: datetime) -> float:
    """Days since 1970-01-01 UTC. `at` is aware."""
    return at.timestamp() / SECONDS


def moment(day: float) -> datetime:
    """The instant that `day_of` made a number of, to the microsecond."""
    return datetime.fromtimestamp(day * SECONDS, UTC)


def to_state(learner: Learner) -> dict[str, Any]:
    """The learner as JSON takes it; `tags` and `items` may be stored row by row."""
    return {
        "general": [*learner.general[:-1], list(learner.general.last_tags)],
        "tags": {name: list(learner.tags[name]) for name in sorted(learner.tags)},
        "items": {name: list(learner.items[name]) for name in sorted(learner.items)},
    }


def from_state(state: Mapping[str, Any]) -> Learner:
    """The learner that `to_state` told of, exactly. Rows left out count as never answered."""
    *numbers, last_tags = state["general"]
    tags: Mapping[str, Sequence[Any]] = state["tags"]
    items: Mapping[str, Sequence[Any]] = state["items"]
    return Learner(
        General._make((*numbers, tuple(last_tags))),
        Trie((name, TagState(*row)) for name, row in tags.items()),
        Trie((name, ItemMemory(*row)) for name, row in items.items()),
    )
