"""Counts of answers per subtopic: what the first rule of selection goes by."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from trainer.core.item import Item
from trainer.core.learning.learner import Mastery
from trainer.core.scoring import Score


@dataclass(frozen=True, slots=True)
class Tally:
    """All that selection needs to know of a person."""

    mastery: Mapping[str, Mastery] = field(default_factory=dict)

    def __getitem__(self, subtopic: str) -> Mastery:
        """The mastery of a subtopic; without any answer, the prior alone."""
        return self.mastery.get(subtopic, Mastery())


def tallied(learner: Tally, item: Item, score: Score, at: datetime) -> Tally:
    """The learner after one more answer."""
    before = learner[item.subtopic]
    after = Mastery(
        before.answered + 1, before.points + score.points, before.correct + score.correct, at
    )
    return replace(learner, mastery={**learner.mastery, item.subtopic: after})
