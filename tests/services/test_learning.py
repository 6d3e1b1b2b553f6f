"""The estimates: moved by every answer, and rebuilt from the log to the same numbers."""

from datetime import datetime

import pytest

from tests.conftest import Clock, guest_of, rows_of
from tests.services.shelf import (
    ICD,
    MODIFIERS,
    WORDS,
    Shelf,
    answered,
    known,
    load,
    respond,
    run,
    serve,
    single,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Confidence
from trainer.services import learning

CACHES = ("learner", "item_memory", "item_state")


@pytest.fixture
def studied(house: Trainer, clock: Clock) -> Trainer:
    """Two learners take turns over days, in every kind of item, wrong every third time."""
    for bank in ("alpha", "beta"):
        load(house, house.config.question_banks / bank)
    learners = [guest_of(house) for _ in range(2)]
    for day in range(4):
        attempts = [start(house, learner) for learner in learners]
        for turn in range(12):
            learner, attempt = learners[turn % 2], attempts[turn % 2]
            number = serve(house, learner, attempt, (turn + day) % 5 / 5)
            clock.move(seconds=40)
            sure = (None, Confidence.SURE, Confidence.UNSURE)[(turn + day) % 3]
            right = (turn + day) % 3 > 0
            respond(house, learner, attempt, number, right=right, confidence=sure)
        clock.move(days=1.5)
    return house


def caches(house: Trainer) -> dict[str, list[tuple[object, ...]]]:
    rows = rows_of(house.database)
    return {name: rows[name] for name in CACHES}


def replay(house: Trainer, *, refit: bool = False) -> int:
    with house.database.unit() as store:
        return learning.replay(store, refit=refit)


def lose_everything(house: Trainer) -> None:
    with house.database.unit() as store:
        for learner in list(store.learners.all()):
            store.learners.replace(learner, Learner(), {})
        store.population.replace([])


def test_a_replay_finds_the_numbers_that_were_stored_answer_by_answer(studied: Trainer) -> None:
    before = caches(studied)
    assert all(before.values())
    lose_everything(studied)
    assert caches(studied) != before
    assert replay(studied) == 48
    assert caches(studied) == before


def test_a_replay_after_a_replay_changes_nothing(studied: Trainer) -> None:
    replay(studied)
    before = rows_of(studied.database)
    replay(studied)
    assert rows_of(studied.database) == before


def test_a_refit_learns_the_population_and_later_replays_keep_it(
    studied: Trainer, clock: Clock
) -> None:
    replay(studied, refit=True)
    with studied.database.reading() as store:
        fitted, newest = store.population.find(), store.responses.newest()
    assert fitted.through == newest
    assert fitted.model.tag("coding").difficulty != 0
    learner = guest_of(studied)
    run(studied, learner, start(studied, learner), right=lambda each: each.number % 2 == 0)
    before = rows_of(studied.database)
    lose_everything(studied)
    replay(studied)
    assert rows_of(studied.database) == before


def test_every_answer_is_told_of_on_the_way(studied: Trainer) -> None:
    seen: list[None] = []
    with studied.database.unit() as store:
        learning.replay(store, seen=lambda: seen.append(None))
    assert len(seen) == 48


def test_a_replay_keeps_what_the_learner_wished_for(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", single("a")))
    until = datetime(2027, 1, 1, tzinfo=memory_shop.now().tzinfo)
    with memory_shop.database.unit() as store:
        store.learners.wish(learner.id, 2, {WORDS: until})
        learning.replay(store)
        assert store.learners.wishes(learner.id) == (2, {WORDS: until})


def test_a_replay_goes_by_the_version_that_was_answered(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", single("a")))
    learner = guest_of(shop)
    run(shop, learner, start(shop, learner))
    before = caches(shop)
    load(shop, shelf.write("alpha", single("a", WORDS, key="left", difficulty="5")))
    replay(shop)
    assert caches(shop) == before


def test_rebuilding_one_learner_leaves_all_else_alone(studied: Trainer) -> None:
    other = guest_of(studied)
    run(studied, other, start(studied, other))
    before = rows_of(studied.database)
    with studied.database.unit() as store:
        store.learners.replace(other.id, Learner(), {})
        assert learning.rebuild(store, other.id) == 6
    after = rows_of(studied.database)
    assert {n for n in before if before[n] != after[n]} <= {"learner", "item_memory"}
    mine = [row for row in after["learner"] if row[0] != other.id]
    assert mine == [row for row in before["learner"] if row[0] != other.id]
    assert answered(studied, other) == 6


def test_a_hard_item_becomes_known_as_hard(
    memory_shop: Trainer, shelf: Shelf, clock: Clock
) -> None:
    load(memory_shop, shelf.write("alpha", single("hard", ICD), single("easy", MODIFIERS)))
    for _ in range(8):
        learner = guest_of(memory_shop)
        run(
            memory_shop,
            learner,
            start(memory_shop, learner),
            right=lambda each: each.item.id == "easy",
        )
    clock.move(minutes=11)  # the stock is made anew every ten
    with memory_shop.database.reading() as store:
        stock = memory_shop.stockroom.stock(store, "alpha", memory_shop.now())
    by_subtopic = {entry.subtopic: entry.difficulty for entry in stock.entries.values()}
    assert by_subtopic[MODIFIERS] < -0.4 < 0.4 < by_subtopic[ICD]


def test_doubt_is_remembered_as_a_lapse(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *[single(name) for name in "abc"]))
    attempt = start(memory_shop, learner)
    for sure in (None, Confidence.SURE, Confidence.UNSURE):
        number = serve(memory_shop, learner, attempt)
        respond(memory_shop, learner, attempt, number, confidence=sure)
    with memory_shop.database.reading() as store:
        memories = store.learners.memories(learner.id)
    assert sorted(each.memory.lapsed for each in memories.values()) == [False, False, True]


def test_estimates_are_due_when_the_log_has_answers_that_they_miss(
    memory_shop: Trainer, shelf: Shelf, learner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(memory_shop, shelf.write("alpha", *[single(name) for name in "abc"]))

    def is_due() -> bool:
        with memory_shop.database.reading() as store:
            return learning.is_due(store)

    assert not is_due()
    run(memory_shop, learner, start(memory_shop, learner))
    assert not is_due()
    monkeypatch.setattr(learning, "REFIT_AFTER", 3)
    assert is_due()
    replay(memory_shop, refit=True)
    assert not is_due()
    lose_everything(memory_shop)
    assert is_due()


def test_estimates_follow_the_answers(memory_shop: Trainer, shelf: Shelf) -> None:
    load(memory_shop, shelf.write("alpha", *[single(name) for name in "abc"]))
    abilities = []
    for right in (True, False):
        learner = guest_of(memory_shop)
        run(memory_shop, learner, start(memory_shop, learner), right=lambda _slot, r=right: r)
        abilities.append(known(memory_shop, learner).general.ability)
    assert abilities[1] < 0 < abilities[0]
