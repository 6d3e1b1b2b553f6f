"""What a learner has done so far, subtopic by subtopic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trainer.core.account import Account
from trainer.core.catalogue import Catalogue
from trainer.core.learning.estimate import mastery
from trainer.core.learning.learner import Mastery
from trainer.core.topic import Subtopic, Topic, tags_of
from trainer.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SubtopicProgress:
    """One row of the progress page. `weight` is the share of the chosen exam, 0–1."""

    subtopic: Subtopic
    mastery: Mastery
    weight: float
    items: int


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """A topic's rows, and their sum.

    `rows` are the subtopics of the exam and all with answers; `others` neither.
    """

    topic: Topic
    rows: tuple[SubtopicProgress, ...]
    others: tuple[SubtopicProgress, ...]
    total: Mastery
    weight: float


def overview(
    store: UnitOfWork, catalogue: Catalogue, learner: Account, exam: str, at: datetime
) -> tuple[TopicProgress, ...]:
    """Every topic with its subtopics, weighted for an exam. Raises NotFoundError."""
    blueprint = catalogue.exam(exam).profile(at.date()).blueprint
    known = store.learners.find(learner.id, at)
    live = store.items.counts(exam, at.date())
    masteries = {
        each.id: mastery(known.learner, each.id, tags_of(each.id), at, known.model)
        for each in catalogue.taxonomy
    }
    return tuple(_topic(topic, masteries, blueprint, live) for topic in catalogue.taxonomy.topics)


def _topic(
    topic: Topic,
    known: Mapping[str, Mastery],
    blueprint: Mapping[str, float],
    live: Mapping[str, int],
) -> TopicProgress:
    rows = tuple(
        SubtopicProgress(each, known[each.id], blueprint.get(each.id, 0.0), live.get(each.id, 0))
        for each in topic.subtopics
    )
    times = [row.mastery.last_at for row in rows if row.mastery.last_at]
    total = Mastery(
        sum(row.mastery.answered for row in rows),
        sum(row.mastery.points for row in rows),
        sum(row.mastery.correct for row in rows),
        max(times, default=None),
        _expected(row.mastery for row in rows),
    )
    shown = tuple(row for row in rows if row.weight or row.mastery.answered)
    others = tuple(row for row in rows if row not in shown)
    return TopicProgress(topic, shown, others, total, sum(row.weight for row in rows))


def _expected(masteries: Iterable[Mastery]) -> float | None:
    """The forecast over what was practised, each subtopic by its answers; None without any."""
    told = [(each.answered, each.estimate) for each in masteries if each.answered]
    answers = sum(count for count, _ in told)
    return sum(count * estimate for count, estimate in told) / answers if answers else None
