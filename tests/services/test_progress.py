"""Progress: what the page sums up."""

import pytest

from tests.conftest import Clock, guest_of
from tests.services.shelf import (
    ICD,
    MODIFIERS,
    WORDS,
    Shelf,
    load,
    run,
    single,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import Pool
from trainer.core.errors import NotFoundError
from trainer.services import progress
from trainer.services.progress import TopicProgress


@pytest.fixture
def house_of_four(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """One item of each subtopic but claims."""
    items = [single(name, name) for name in (MODIFIERS, ICD, WORDS)]
    load(memory_shop, shelf.write("alpha", *items))
    return memory_shop


def overview(house: Trainer, learner: Account, exam: str = "alpha") -> tuple[TopicProgress, ...]:
    with house.database.reading() as store:
        return progress.overview(store, house.catalogue, learner, exam, house.now())


def practise(house: Trainer, learner: Account, subtopic: str, *, right: bool = True) -> None:
    """Answer everything that the bank has in a subtopic."""
    attempt = start(house, learner, Pool.TOPICS, subtopics=(subtopic,))
    run(house, learner, attempt, right=lambda _slot: right)


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


def test_a_topic_sums_its_subtopics(house_of_four: Trainer, learner: Account, clock: Clock) -> None:
    practise(house_of_four, learner, MODIFIERS)
    clock.move(days=1)
    practise(house_of_four, learner, ICD, right=False)
    coding, billing, _ = overview(house_of_four, learner)
    total = coding.total
    assert (total.answered, total.points, total.correct) == (2, 1.0, 1)
    assert total.last_at == clock.time
    assert (billing.total.answered, billing.total.expected) == (0, None)


def test_the_mastery_of_a_topic_lies_between_those_of_its_subtopics(
    house_of_four: Trainer, learner: Account
) -> None:
    practise(house_of_four, learner, MODIFIERS)
    practise(house_of_four, learner, ICD, right=False)
    coding = overview(house_of_four, learner)[0]
    strong, weak = (row.mastery.estimate for row in coding.rows)
    assert weak < coding.total.estimate < strong


def test_a_row_shows_the_mastery_of_its_subtopic(house_of_four: Trainer, learner: Account) -> None:
    practise(house_of_four, learner, ICD)
    modifiers, icd = (row.mastery for row in overview(house_of_four, learner)[0].rows)
    assert (modifiers.answered, icd.answered, icd.correct) == (0, 1, 1)
    assert modifiers.estimate < icd.estimate


def test_subtopics_outside_the_exam_stand_apart_until_they_are_answered(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    profile = shelf.root / "alpha" / "exam.yaml"
    without_words = "{billing.claims: 3}"
    text = profile.read_text().replace(
        "{billing.claims: 2.5, terminology.word-parts: 0.5}", without_words
    )
    profile.write_text(text)
    load(memory_shop, shelf.write("alpha", single("w", WORDS)))
    terminology = overview(memory_shop, learner)[2]
    assert (terminology.rows, len(terminology.others), terminology.weight) == ((), 1, 0)
    practise(memory_shop, learner, WORDS)
    terminology = overview(memory_shop, learner)[2]
    assert (len(terminology.rows), terminology.others) == (1, ())


def test_an_overview_is_ones_own(house_of_four: Trainer, learner: Account) -> None:
    practise(house_of_four, learner, WORDS)
    other = overview(house_of_four, guest_of(house_of_four))
    assert [each.total.answered for each in other] == [0, 0, 0]


def test_an_unknown_exam_has_no_overview(house_of_four: Trainer, learner: Account) -> None:
    with pytest.raises(NotFoundError):
        overview(house_of_four, learner, "gamma")
