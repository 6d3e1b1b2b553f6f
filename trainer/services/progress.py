"""What a learner has done so far, and rebuilding it from the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from trainer.core.account import Account
from trainer.core.catalogue import Catalogue
from trainer.core.learning.learner import Mastery
from trainer.core.learning.tally import Tally, tallied
from trainer.core.scoring import score
from trainer.core.topic import Subtopic, Topic
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
    store: UnitOfWork, catalogue: Catalogue, learner: Account, exam: str, on: date
) -> tuple[TopicProgress, ...]:
    """Every topic with its subtopics, weighted for an exam. Raises NotFoundError."""
    blueprint = catalogue.exam(exam).profile(on).blueprint
    known = store.progress.learner(learner.id)
    live = store.items.counts(exam, on)
    return tuple(_topic(topic, known, blueprint, live) for topic in catalogue.taxonomy.topics)


def _topic(
    topic: Topic, known: Tally, blueprint: Mapping[str, float], live: Mapping[str, int]
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
    )
    shown = tuple(row for row in rows if row.weight or row.mastery.answered)
    others = tuple(row for row in rows if row not in shown)
    return TopicProgress(topic, shown, others, total, sum(row.weight for row in rows))


def replay(store: UnitOfWork, learner: int) -> int:
    """Rebuild a learner's estimates from the response log; the number of answers read."""
    store.accounts.lock(learner)
    state = Tally()
    memories: dict[int, tuple[int, bool, datetime]] = {}
    log = store.attempts.log(learner)
    for entry in log:
        result = score(entry.item, entry.response)
        state = tallied(state, entry.item, result, entry.answered_at)
        seen = memories[entry.item_id][0] if entry.item_id in memories else 0
        memories[entry.item_id] = (seen + 1, result.correct, entry.answered_at)
    store.progress.replace(learner, state, memories)
    return len(log)


def learners(store: UnitOfWork) -> tuple[int, ...]:
    """Everybody whose estimates can be rebuilt."""
    return tuple(store.attempts.learners())
