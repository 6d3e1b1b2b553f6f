"""What the answers so far say about a learner, per subtopic."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from trainer.core.item import Item
from trainer.core.scoring import Score

PRIOR_WEIGHT = 2.0  # answers' worth of doubt; Laplace's rule of succession
PRIOR_MEAN = 0.5


@dataclass(frozen=True, slots=True)
class Mastery:
    """Evidence in one subtopic: answers, points earned in them (0–1 each), fully right ones."""

    answered: int = 0
    points: float = 0.0
    correct: int = 0
    last_at: datetime | None = None

    @property
    def estimate(self) -> float:
        """Expected points of the next answer, drawn towards the middle while answers are few.

        Posterior mean of a Beta prior with PRIOR_WEIGHT answers (Laplace 1774).
        """
        return (self.points + PRIOR_WEIGHT * PRIOR_MEAN) / (self.answered + PRIOR_WEIGHT)


@dataclass(frozen=True, slots=True)
class Learner:
    """All that selection needs to know of a person."""

    mastery: Mapping[str, Mastery] = field(default_factory=dict)

    def __getitem__(self, subtopic: str) -> Mastery:
        """The mastery of a subtopic; without any answer, the prior alone."""
        return self.mastery.get(subtopic, Mastery())


def observe(learner: Learner, item: Item, score: Score, at: datetime) -> Learner:
    """The learner after one more answer."""
    before = learner[item.subtopic]
    after = Mastery(
        before.answered + 1, before.points + score.points, before.correct + score.correct, at
    )
    return replace(learner, mastery={**learner.mastery, item.subtopic: after})
