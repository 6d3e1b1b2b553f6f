"""A simulated world as the product would find it: with a bank calibrated on other learners."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.worlds import PracticeItem, World
from trainer.core.learning.pool import Entry, Pool
from trainer.core.learning.population import ItemState, Model, new_item
from trainer.core.learning.replay import Learning, Replay

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
OPTIONS = 5  # of an item; 3PL guessing in the worlds is .2
CALIBRATORS = 150
CALIBRATION_DAYS = 21
A_DAY = 20


def moment(day: float) -> datetime:
    """A simulated day as a time."""
    return EPOCH + timedelta(days=day)


@dataclass(frozen=True)
class Setting:
    """A world with its bank calibrated on other learners, as the product would find it."""

    world: World
    items: dict[str, ItemState]
    model: Model
    names: list[str]
    by_subtopic: dict[str, list[str]]
    pool: Pool
    numbers: dict[str, int]

    def tags(self, subtopic: str) -> tuple[str, ...]:
        return (self.world.topic_of(subtopic), subtopic)


def setting(name: str, seed: int) -> Setting:
    """Calibrate a world's bank on learners that no policy will meet."""
    world = World(name, seed)
    chance = random.Random(f"calibration {name} {seed}")
    start = [_new(world, item) for item in world.items]
    replay = Replay(start)
    ids = [item.id for item in world.items]
    for number in range(CALIBRATORS):
        person = world.learner(10_000 + number)
        for day in range(1, CALIBRATION_DAYS + 1):
            for drawn in chance.sample(ids, A_DAY):
                right = person.answer(drawn, day)
                replay.answer(f"{number}", drawn, float(right), day, Learning.POPULATION)
        replay.forget(f"{number}")
    items = {item.id: item for item in replay.items()}
    by_subtopic: dict[str, list[str]] = {}
    for item in world.items:
        by_subtopic.setdefault(item.subtopic, []).append(item.id)
    numbers = {item: number for number, item in enumerate(ids)}
    entries = [
        Entry(numbers[item.id], 1, item.subtopic, items[item.id].difficulty) for item in world.items
    ]
    return Setting(world, items, replay.model(), ids, by_subtopic, Pool(entries), numbers)


def _new(world: World, item: PracticeItem) -> ItemState:
    tags = (world.topic_of(item.subtopic), item.subtopic)
    return new_item(item.id, tags, item.difficulty_hint, OPTIONS)
