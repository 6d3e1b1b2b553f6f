"""Where a learner stands before an item, and after it: every estimate moved by one answer."""

from dataclasses import dataclass, replace
from datetime import datetime

from trainer.core.item import Item, ways
from trainer.core.learning.estimate import calibrated, observe
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Confidence, Memory, reviewed
from trainer.core.learning.population import ItemState, Model, new_item
from trainer.core.scoring import Score
from trainer.core.topic import tags_of


@dataclass(frozen=True, slots=True)
class Standing:
    """All that an answer bears on. `memory` is None before the first answer to the item."""

    learner: Learner
    item: ItemState
    memory: Memory | None
    model: Model


def authored(key: int, item: Item) -> ItemState:
    """An item of this key before its first answer: where its author put it."""
    return new_item(str(key), tags_of(item.subtopic), item.difficulty, ways(item))


def answered(
    standing: Standing, score: Score, confidence: Confidence | None, at: datetime
) -> Standing:
    """The standing after one more answer; the population stands still until it is refitted."""
    learner, item, model = standing.learner, standing.item, standing.model
    return replace(
        standing,
        learner=observe(learner, item, score.points, at, model),
        item=calibrated(item, learner, score.points, at, model),
        memory=reviewed(standing.memory, score, confidence, at),
    )
