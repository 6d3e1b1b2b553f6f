"""Keeping the estimates: moving them by an answer, and rebuilding them from the log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from trainer.core.attempt import Slot
from trainer.core.item import Item
from trainer.core.learning.estimate import calibrated
from trainer.core.learning.learner import day_of
from trainer.core.learning.memory import Confidence, Memory, reviewed
from trainer.core.learning.population import ItemState
from trainer.core.learning.replay import Learning, Replay
from trainer.core.learning.standing import Standing, answered, authored
from trainer.core.scoring import Score
from trainer.persistence.population import UNANSWERED, Fitted, item_state
from trainer.persistence.responses import Logged
from trainer.persistence.unit_of_work import UnitOfWork

REFIT_AFTER = 500  # responses since the population was fitted

Versions = Mapping[tuple[int, int], Item]


def learn(
    store: UnitOfWork,
    slot: Slot,
    before: Standing,
    *,
    score: Score,
    confidence: Confidence | None,
    at: datetime,
) -> None:
    """Store what an answer says of its learner and its item."""
    after = answered(before, score, confidence, at)
    assert after.memory  # noqa: S101  # there is one after an answer
    store.learners.save(slot.attempt.learner, after.learner, slot.item_id, after.memory)
    seen, moved = before.item, after.item
    while not store.population.calibrate(seen, moved):  # another learner's answer came first
        seen = store.population.item(seen)
        moved = calibrated(seen, before.learner, score.points, at, before.model)


class Lesson(NamedTuple):
    """An answered item and its score."""

    item_id: int
    item: Item
    score: Score


def learn_all(store: UnitOfWork, learner: int, lessons: Sequence[Lesson], *, at: datetime) -> None:
    """Store what an exam's answers say, in their order; the learner must be locked."""
    known = store.learners.find(learner, at)
    memories = store.learners.memories(learner, [each.item_id for each in lessons])
    fresh = {each.item_id: authored(each.item_id, each.item) for each in lessons}
    store.population.add_items(fresh.values())
    items = store.population.items(list(fresh), to_change=True)
    person = known.learner
    for item_id, remembered in memories.items():
        person = replace(person, items=person.items.with_(str(item_id), remembered.item))
    after: dict[int, tuple[ItemState, Memory]] = {}
    for item_id, _, result in lessons:
        state = item_state(fresh[item_id], items[item_id])
        before = memories[item_id].memory if item_id in memories else None
        moved = answered(Standing(person, state, before, known.model), result, None, at)
        assert moved.memory  # noqa: S101  # there is one after an answer
        person, after[item_id] = moved.learner, (moved.item, moved.memory)
    store.learners.save_all(learner, person, {key: memory for key, (_, memory) in after.items()})
    store.population.put_items([state for state, _ in after.values()])


@dataclass
class _Rebuilding:
    """Everybody's estimates on the way through the log."""

    versions: Versions
    machine: Replay
    memories: dict[int, dict[int, Memory]] = field(default_factory=dict)
    answers: int = 0

    def take(self, entry: Logged, item: ItemState, teaches: Learning) -> None:
        """One answer; `item` as it stands before it."""
        self.machine.add(item)
        day = day_of(entry.at)
        self.machine.answer(str(entry.learner), item.id, entry.points, day, teaches)
        own = self.memories.setdefault(entry.learner, {})
        score = Score(entry.points, correct=entry.correct)
        self.answers += 1
        own[entry.item_id] = reviewed(own.get(entry.item_id), score, entry.confidence, entry.at)

    def fresh(self, entry: Logged) -> ItemState:
        """The item as its author put it, in the version that was answered."""
        return authored(entry.item_id, self.versions[entry.item_id, entry.version])

    def store(self, store: UnitOfWork, learners: Iterable[int]) -> None:
        for learner in learners:
            known = self.machine.learner(str(learner))
            store.learners.replace(learner, known, self.memories.get(learner, {}))


def replay(
    store: UnitOfWork, *, refit: bool = False, seen: Callable[[], None] = lambda: None
) -> int:
    """Rebuild every estimate from the log, to the same numbers; how many answers were read.

    The population learns from the responses it was fitted on; with `refit`, from all. `seen` is
    called at each answer. Nobody can answer meanwhile.
    """
    store.learners.lock_all()
    through = store.responses.newest() if refit else store.population.find().through
    work = _Rebuilding(store.responses.versions(), Replay())
    items: set[int] = set()
    for entry in store.responses.log():
        fresh = work.fresh(entry)
        if entry.item_id in items:
            fresh = work.machine.item(fresh.id)._replace(tags=fresh.tags)
        items.add(entry.item_id)
        work.take(entry, fresh, Learning.POPULATION if entry.id <= through else Learning.ITEMS)
        seen()
    work.store(store, list(store.learners.all()))
    store.population.replace(work.machine.items())
    store.population.put(Fitted(work.machine.model(), through))
    return work.answers


def rebuild(store: UnitOfWork, learner: int) -> int:
    """Rebuild one learner's estimates; items and population stand as they are now."""
    items, model = store.population.items(), store.population.find().model
    work = _Rebuilding(store.responses.versions(learner), Replay((), model))
    for entry in store.responses.log(learner):
        estimated = items.get(entry.item_id, UNANSWERED)
        work.take(entry, item_state(work.fresh(entry), estimated), Learning.NOTHING)
    work.store(store, [learner])
    return work.answers


def is_due(store: UnitOfWork) -> bool:
    """Whether the estimates miss answers of the log, or the population many of them."""
    newest, through = store.responses.newest(), store.population.find().through
    return newest - through >= REFIT_AFTER or store.learners.answered() != store.responses.count()
