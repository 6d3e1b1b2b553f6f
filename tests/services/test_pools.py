"""What an attempt draws from, whether the bank is full, nearly empty or one-sided."""

import pytest

from tests.conftest import guest_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    WORDS,
    Shelf,
    case,
    load,
    respond,
    run,
    serve,
    single,
    slot,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import LONGEST, Pool
from trainer.core.errors import PoolEmptyError
from trainer.services.practice import WEAKEST_COUNT

SUBTOPICS = (MODIFIERS, ICD, CLAIMS, WORDS)
CHANCES = (0.0, 0.45, 0.999)


def spread(each: int = 3) -> list[dict[str, object]]:
    """Some items of each subtopic."""
    return [
        single(f"{subtopic}-{number}", subtopic) for subtopic in SUBTOPICS for number in range(each)
    ]


# --- small banks --------------------------------------------------------------


def test_a_bank_without_items_cannot_be_practised(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha"))
    with pytest.raises(PoolEmptyError):
        start(memory_shop, learner)


@pytest.mark.parametrize("size", [1, 3])
def test_an_attempt_ends_with_the_bank(shop: Trainer, shelf: Shelf, size: int) -> None:
    load(shop, shelf.write("alpha", *[single(f"item-{number}") for number in range(size)]))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    assert len(run(shop, learner, attempt)) == size
    with shop.database.reading() as store:
        assert store.attempts.find(attempt.id, learner.id).finished_at == shop.now()


@pytest.mark.parametrize("chance", CHANCES)
def test_a_bank_of_one_subtopic_is_enough(
    memory_shop: Trainer, shelf: Shelf, learner: Account, chance: float
) -> None:
    load(memory_shop, shelf.write("alpha", *[single(name, WORDS) for name in "abc"]))
    attempt = start(memory_shop, learner, length=3)
    assert len(run(memory_shop, learner, attempt, chance=chance)) == 3


def test_an_attempt_ends_when_the_rest_of_the_bank_is_retired(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", single("a"), single("b")))
    attempt = start(memory_shop, learner)
    respond(memory_shop, learner, attempt, serve(memory_shop, learner, attempt))
    load(memory_shop, shelf.write("alpha", single("a")))
    assert serve(memory_shop, learner, attempt) is None


@pytest.mark.parametrize("chance", CHANCES)
def test_no_item_comes_twice_in_an_attempt(
    memory_shop: Trainer, shelf: Shelf, learner: Account, chance: float
) -> None:
    load(memory_shop, shelf.write("alpha", *spread()))
    slots = run(memory_shop, learner, start(memory_shop, learner, length=LONGEST), chance=chance)
    assert sorted(each.item.id for each in slots) == sorted(item["id"] for item in spread())


# --- cases --------------------------------------------------------------------

VISIT = ("visit-c", "visit-a", "visit-b")  # the order of the file, not of the alphabet


def put_visit(house: Trainer, shelf: Shelf) -> None:
    """A case of three items in two subtopics, among items without a case."""
    subtopics = (ICD, MODIFIERS, ICD)
    items = [single(name, subtopic) for name, subtopic in zip(VISIT, subtopics, strict=True)]
    load(house, shelf.write("alpha", *spread(2), cases=[case("visit", items)]))


@pytest.mark.parametrize("chance", CHANCES)
def test_a_case_is_served_whole_and_in_order(
    memory_shop: Trainer, shelf: Shelf, learner: Account, chance: float
) -> None:
    put_visit(memory_shop, shelf)
    slots = run(memory_shop, learner, start(memory_shop, learner, length=LONGEST), chance=chance)
    names = [each.item.id for each in slots]
    first = names.index(VISIT[0])
    assert tuple(names[first : first + len(VISIT)]) == VISIT
    assert len(names) == len(VISIT) + len(spread(2))


def test_a_case_is_served_whole_though_only_its_middle_is_chosen(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    subtopics = (ICD, MODIFIERS, ICD)
    items = [single(name, subtopic) for name, subtopic in zip(VISIT, subtopics, strict=True)]
    load(memory_shop, shelf.write("alpha", cases=[case("visit", items)]))
    attempt = start(memory_shop, learner, Pool.TOPICS, subtopics=(MODIFIERS,))
    names = [each.item.id for each in run(memory_shop, learner, attempt)]
    assert tuple(names) == VISIT


def test_a_case_goes_on_with_certainty(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    put_visit(memory_shop, shelf)
    slots = run(memory_shop, learner, start(memory_shop, learner, length=LONGEST))
    odds = {each.item.id: each.decision.propensity for each in slots}
    assert (odds[VISIT[1]], odds[VISIT[2]]) == (1.0, 1.0)
    assert slots[0].decision.propensity < 1.0


# --- topics -------------------------------------------------------------------


@pytest.mark.parametrize("chance", CHANCES)
@pytest.mark.parametrize("chosen", [(CLAIMS,), (WORDS, ICD)])
def test_chosen_topics_are_never_left(
    memory_shop: Trainer,
    shelf: Shelf,
    learner: Account,
    chosen: tuple[str, ...],
    chance: float,
) -> None:
    load(memory_shop, shelf.write("alpha", *spread()))
    attempt = start(memory_shop, learner, Pool.TOPICS, subtopics=chosen)
    slots = run(memory_shop, learner, attempt, chance=chance)
    assert {each.item.subtopic for each in slots} == set(chosen)
    assert len(slots) == 3 * len(chosen)


def test_a_topic_outside_the_blueprint_can_be_chosen(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    profile = shelf.root / "alpha" / "exam.yaml"
    text = profile.read_text().replace(
        "{billing.claims: 2.5, terminology.word-parts: 0.5}", "{billing.claims: 3}"
    )
    profile.write_text(text)
    load(memory_shop, shelf.write("alpha", single("a", WORDS)))
    attempt = start(memory_shop, learner, Pool.TOPICS, subtopics=(WORDS,))
    assert [each.item.id for each in run(memory_shop, learner, attempt)] == ["a"]


# --- missed -------------------------------------------------------------------


@pytest.fixture
def missed(memory_shop: Trainer, shelf: Shelf, learner: Account) -> Trainer:
    """A house whose learner answered everything, all claims wrong and all else right."""
    load(memory_shop, shelf.write("alpha", *spread()))
    attempt = start(memory_shop, learner, length=LONGEST)
    run(memory_shop, learner, attempt, right=lambda each: each.item.subtopic != CLAIMS)
    return memory_shop


def test_nothing_missed_is_told(memory_shop: Trainer, shelf: Shelf, learner: Account) -> None:
    load(memory_shop, shelf.write("alpha", *spread()))
    run(memory_shop, learner, start(memory_shop, learner))
    with pytest.raises(PoolEmptyError, match="Nothing to catch up on"):
        start(memory_shop, learner, Pool.MISSED)


@pytest.mark.parametrize("chance", CHANCES)
def test_missed_items_are_served_and_no_others(
    missed: Trainer, learner: Account, chance: float
) -> None:
    slots = run(missed, learner, start(missed, learner, Pool.MISSED), chance=chance)
    assert sorted(each.item.id for each in slots) == [f"{CLAIMS}-{number}" for number in range(3)]


def test_an_item_answered_right_is_missed_no_more(missed: Trainer, learner: Account) -> None:
    attempt = start(missed, learner, Pool.MISSED)
    first = respond(missed, learner, attempt, serve(missed, learner, attempt), right=True)
    again = run(missed, learner, start(missed, learner, Pool.MISSED))
    assert first.item.id not in [each.item.id for each in again]
    assert len(again) == 2


def test_an_item_missed_again_stays_missed(missed: Trainer, learner: Account) -> None:
    run(missed, learner, start(missed, learner, Pool.MISSED), right=lambda _slot: False)
    assert len(run(missed, learner, start(missed, learner, Pool.MISSED))) == 3


def test_once_all_is_right_nothing_is_missed(missed: Trainer, learner: Account) -> None:
    run(missed, learner, start(missed, learner, Pool.MISSED))
    with pytest.raises(PoolEmptyError):
        start(missed, learner, Pool.MISSED)


def test_missed_items_are_ones_own(missed: Trainer) -> None:
    with pytest.raises(PoolEmptyError):
        start(missed, guest_of(missed), Pool.MISSED)


def test_the_missed_item_of_a_case_comes_with_its_record_but_alone(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    put_visit(memory_shop, shelf)
    attempt = start(memory_shop, learner, length=LONGEST)
    run(memory_shop, learner, attempt, right=lambda each: each.item.id != VISIT[1])
    (only,) = run(memory_shop, learner, start(memory_shop, learner, Pool.MISSED))
    assert (only.item.id, only.case.id) == (VISIT[1], "visit")


def test_missed_items_are_served_on_both_kinds(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", *spread(1)))
    learner = guest_of(shop)
    run(shop, learner, start(shop, learner), right=lambda each: each.item.subtopic != ICD)
    slots = run(shop, learner, start(shop, learner, Pool.MISSED))
    assert [each.item.subtopic for each in slots] == [ICD]


# --- weakest ------------------------------------------------------------------

POINTS = {MODIFIERS: 1.0, ICD: 0.0, CLAIMS: 0.5, WORDS: 0.0}
"""What the learner of these tests earns; the weights are .3, .4, .25 and .05."""


def know(house: Trainer, learner: Account, *subtopics: str) -> None:
    """Let a learner answer everything in some subtopics, half of it right where POINTS say so."""
    for subtopic in subtopics:
        attempt = start(house, learner, Pool.TOPICS, length=LONGEST, subtopics=(subtopic,))
        run(
            house,
            learner,
            attempt,
            right=lambda each: (each.number % 2) / 2 < POINTS[each.item.subtopic],
        )


def test_the_three_weakest_subtopics_are_chosen(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *spread(8)))
    know(memory_shop, learner, *SUBTOPICS)
    attempt = start(memory_shop, learner, Pool.WEAKEST, length=LONGEST)
    assert attempt.plan.subtopics[0] == ICD
    slots = run(memory_shop, learner, attempt)
    assert {each.item.subtopic for each in slots} == set(attempt.plan.subtopics)
    assert len(attempt.plan.subtopics) == WEAKEST_COUNT


def test_only_tried_subtopics_count_as_weak(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *spread()))
    know(memory_shop, learner, MODIFIERS)
    assert start(memory_shop, learner, Pool.WEAKEST).plan.subtopics == (MODIFIERS,)


def test_a_new_learner_begins_with_the_heaviest_subtopics(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *spread()))
    attempt = start(memory_shop, learner, Pool.WEAKEST)
    assert attempt.plan.subtopics == (ICD, MODIFIERS, CLAIMS)


def test_the_plan_of_the_weakest_is_settled_at_the_start(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *spread()))
    attempt = start(memory_shop, learner, Pool.WEAKEST)
    know(memory_shop, learner, *SUBTOPICS)
    number = serve(memory_shop, learner, attempt)
    stored = slot(memory_shop, learner, attempt, number).attempt
    assert stored.plan.subtopics == (ICD, MODIFIERS, CLAIMS)
