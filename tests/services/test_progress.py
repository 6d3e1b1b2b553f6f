"""Progress: sums on the page, and the cache rebuilt from the log, number for number."""

from datetime import timedelta

import pytest

from tests.conftest import Clock, guest_of, rows_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    WORDS,
    Shelf,
    load,
    respond,
    run,
    serve,
    single,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import Pool
from trainer.core.errors import NotFoundError
from trainer.core.learning.learner import Mastery
from trainer.core.learning.tally import Tally
from trainer.services import progress
from trainer.services.progress import TopicProgress


@pytest.fixture
def studied(house: Trainer, clock: Clock) -> Trainer:
    """A house with the test bank, whose first learner got every second answer wrong, twice."""
    for bank in ("alpha", "beta"):
        load(house, house.config.question_banks / bank)
    learner = guest_of(house)
    for _ in range(2):
        attempt = start(house, learner)
        while (number := serve(house, learner, attempt)) is not None:
            clock.move(seconds=40)
            respond(house, learner, attempt, number, right=number % 2 == 0)
    return house


def only_learner(house: Trainer) -> int:
    with house.database.reading() as store:
        (learner,) = progress.learners(store)
    return learner


def replay(house: Trainer, learner: int) -> int:
    with house.database.unit() as store:
        return progress.replay(store, learner)


# --- replay -------------------------------------------------------------------


def test_a_replay_finds_the_numbers_that_were_stored_answer_by_answer(studied: Trainer) -> None:
    before = rows_of(studied.database)
    assert before["mastery"]
    assert before["item_memory"]
    assert replay(studied, only_learner(studied)) == 12
    assert rows_of(studied.database) == before


def test_a_replay_mends_whatever_the_cache_says(studied: Trainer) -> None:
    before = rows_of(studied.database)
    learner = only_learner(studied)
    with studied.database.unit() as store:
        wrong = Tally({WORDS: Mastery(99, 99.0, 99, studied.now())})
        store.progress.replace(learner, wrong, {})
    assert rows_of(studied.database) != before
    replay(studied, learner)
    assert rows_of(studied.database) == before


def test_a_replay_of_one_learner_leaves_others_alone(studied: Trainer) -> None:
    other = guest_of(studied)
    run(studied, other, start(studied, other))
    before = rows_of(studied.database)
    replay(studied, other.id)
    assert rows_of(studied.database) == before


def test_a_replay_of_somebody_without_answers_reads_none(studied: Trainer) -> None:
    assert replay(studied, guest_of(studied).id) == 0


def test_a_replay_scores_by_the_version_that_was_answered(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", single("a")))
    learner = guest_of(shop)
    run(shop, learner, start(shop, learner))
    before = rows_of(shop.database)["mastery"]
    load(shop, shelf.write("alpha", single("a", WORDS, key="left")))
    replay(shop, learner.id)
    assert rows_of(shop.database)["mastery"] == before


def test_whoever_answered_can_be_replayed(studied: Trainer) -> None:
    first, second = only_learner(studied), guest_of(studied)
    guest_of(studied)
    run(studied, second, start(studied, second))
    with studied.database.reading() as store:
        assert progress.learners(store) == (first, second.id)


# --- overview -----------------------------------------------------------------


@pytest.fixture
def house_of_four(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """One item of each subtopic but claims."""
    items = [single(name, name) for name in (MODIFIERS, ICD, WORDS)]
    load(memory_shop, shelf.write("alpha", *items))
    return memory_shop


def overview(house: Trainer, learner: Account, exam: str = "alpha") -> tuple[TopicProgress, ...]:
    with house.database.reading() as store:
        return progress.overview(store, house.catalogue, learner, exam, house.now().date())


def know(house: Trainer, learner: Account, subtopic: str, mastery: Mastery) -> None:
    with house.database.unit() as store:
        store.progress.save(learner.id, subtopic, mastery)


def test_every_topic_stands_in_the_overview(house_of_four: Trainer, learner: Account) -> None:
    titles = [each.topic.title for each in overview(house_of_four, learner)]
    assert titles == ["Coding", "Billing", "Terminology"]


def test_weights_are_the_shares_of_the_exam(house_of_four: Trainer, learner: Account) -> None:
    found = overview(house_of_four, learner)
    assert [each.weight for each in found] == pytest.approx([0.7, 0.25, 0.05])
    assert [row.weight for row in found[0].rows] == pytest.approx([0.3, 0.4])


def test_rows_count_the_live_items(house_of_four: Trainer, learner: Account) -> None:
    found = overview(house_of_four, learner)
    assert [[row.items for row in each.rows] for each in found] == [[1, 1], [0], [1]]


def test_a_topic_sums_its_subtopics(house_of_four: Trainer, learner: Account) -> None:
    now = house_of_four.now()
    know(house_of_four, learner, MODIFIERS, Mastery(3, 2.5, 2, now))
    know(house_of_four, learner, ICD, Mastery(4, 1.25, 1, now - timedelta(days=1)))
    coding, billing, _ = overview(house_of_four, learner)
    assert coding.total == Mastery(7, 3.75, 3, now)
    assert billing.total == Mastery(0, 0, 0, None)


def test_a_row_shows_the_mastery_of_its_subtopic(house_of_four: Trainer, learner: Account) -> None:
    run(house_of_four, learner, start(house_of_four, learner, Pool.TOPICS, subtopics=(ICD,)))
    modifiers, icd = overview(house_of_four, learner)[0].rows
    assert (modifiers.mastery, icd.mastery.answered, icd.mastery.correct) == (Mastery(), 1, 1)


def test_subtopics_outside_the_exam_stand_apart_until_they_are_answered(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    profile = shelf.root / "alpha" / "exam.yaml"
    without_words = "{billing.claims: 3}"
    text = profile.read_text().replace(
        "{billing.claims: 2.5, terminology.word-parts: 0.5}", without_words
    )
    profile.write_text(text)
    terminology = overview(memory_shop, learner)[2]
    assert (terminology.rows, len(terminology.others), terminology.weight) == ((), 1, 0)
    know(memory_shop, learner, WORDS, Mastery(1, 1.0, 1, memory_shop.now()))
    terminology = overview(memory_shop, learner)[2]
    assert (len(terminology.rows), terminology.others) == (1, ())


def test_an_overview_is_ones_own(house_of_four: Trainer, learner: Account) -> None:
    know(house_of_four, learner, CLAIMS, Mastery(1, 1.0, 1, house_of_four.now()))
    other = overview(house_of_four, guest_of(house_of_four))
    assert [each.total.answered for each in other] == [0, 0, 0]


def test_an_unknown_exam_has_no_overview(house_of_four: Trainer, learner: Account) -> None:
    with pytest.raises(NotFoundError):
        overview(house_of_four, learner, "gamma")
