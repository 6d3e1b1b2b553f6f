"""What selection sees of a learner: the estimates of a moment, subtopic by subtopic."""

from datetime import datetime

from trainer.core.learning.estimate import outlook
from trainer.core.learning.learner import Learner, day_of
from trainer.core.learning.population import PRIOR, Model
from trainer.core.learning.priority import SubtopicView, decayed


def subtopic_view(
    learner: Learner,
    subtopic: str,
    tags: tuple[str, ...],
    weight: float,
    *,
    at: datetime,
    model: Model = PRIOR,
) -> SubtopicView:
    """A subtopic of the blueprint as it stands for a learner; `tags` are those of its items."""
    tag = learner.tag(subtopic)
    mastery = outlook(learner, tags, at, model).eta
    if not tag.answered:
        return SubtopicView(subtopic, weight, mastery=mastery, variance=tag.variance)
    days = max(0.0, day_of(at) - tag.last_day)
    return SubtopicView(
        subtopic,
        weight,
        answered=decayed(tag.recent, days),
        mastery=mastery,
        variance=tag.variance,
        gap=learner.general.answered - 1 - tag.last_index,
        days=days,
    )
