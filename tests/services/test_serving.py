"""What the learner says of a choice acts, placement finds a level, and no choice is a dead end."""

from collections import Counter

import pytest

from tests.conftest import Clock, guest_of
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
from trainer.core.attempt import LONGEST, PLACEMENT, Attempt, Pool
from trainer.core.errors import AttemptFinishedError
from trainer.core.learning.decision import Policy
from trainer.core.learning.diagnostic import GREATEST_LENGTH, LEAST_LENGTH
from trainer.core.learning.selection import Steer, Wish
from trainer.services import practice

SUBTOPICS = (MODIFIERS, ICD, CLAIMS, WORDS)


def spread(each: int) -> list[dict[str, object]]:
    """Items of each subtopic, of all levels in turn."""
    return [
        single(f"{subtopic}-{number:02}", subtopic, difficulty=str(1 + number % 5))
        for subtopic in SUBTOPICS
        for number in range(each)
    ]


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    load(memory_shop, shelf.write("alpha", *spread(15)))
    return memory_shop


def say(house: Trainer, learner: Account, attempt: Attempt, number: int, word: Steer) -> None:
    with house.database.unit() as store:
        practice.steer(store, learner, attempt.id, number, word, at=house.now())


def wish(house: Trainer, learner: Account) -> Wish:
    with house.database.reading() as store:
        return practice.wishes(store, learner, house.now())


# --- too easy, too hard, not today ----------------------------------------------


def mean_level(house: Trainer, learner: Account) -> float:
    """The authors' mean level of what is served from here on."""
    slots = run(house, learner, start(house, learner, length=20))
    return sum(each.item.difficulty for each in slots) / len(slots)


def test_too_easy_brings_harder_items_than_too_hard(house: Trainer) -> None:
    levels = {}
    for word in (Steer.TOO_EASY, Steer.TOO_HARD):
        learner = guest_of(house)
        attempt = start(house, learner)
        number = serve(house, learner, attempt)
        for _ in range(4):
            say(house, learner, attempt, number, word)
        levels[word] = mean_level(house, learner)
    assert levels[Steer.TOO_EASY] > levels[Steer.TOO_HARD]


def test_words_add_up_and_usual_takes_them_back(house: Trainer, learner: Account) -> None:
    attempt = start(house, learner)
    number = serve(house, learner, attempt)
    for word in (Steer.TOO_HARD, Steer.TOO_HARD, Steer.TOO_EASY):
        say(house, learner, attempt, number, word)
    assert wish(house, learner).offset == 1
    say(house, learner, attempt, number, Steer.USUAL)
    assert wish(house, learner).offset == 0


def test_not_today_puts_the_question_and_its_subtopic_off(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    attempt = start(house, learner)
    number = serve(house, learner, attempt)
    subtopic = slot(house, learner, attempt, number).item.subtopic
    say(house, learner, attempt, number, Steer.NOT_TODAY)
    assert wish(house, learner).postponed == {subtopic}
    rest = run(house, learner, attempt)
    assert subtopic not in {each.item.subtopic for each in rest}
    clock.move(hours=17)
    assert wish(house, learner).postponed == frozenset()


def test_a_question_put_off_costs_no_place(house: Trainer, learner: Account) -> None:
    attempt = start(house, learner, length=3)
    say(house, learner, attempt, serve(house, learner, attempt), Steer.NOT_TODAY)
    assert len(run(house, learner, attempt)) == 3
    with house.database.reading() as store:
        pages = [practice.page(store, learner, attempt.id, number) for number in (2, 3, 4)]
        summary = practice.summary(store, house.stockroom, learner, attempt.id, at=house.now())
    assert [page.place for page in pages] == [1, 2, 3]
    assert [page.is_last for page in pages] == [False, False, True]
    assert [line.is_skipped for line in summary.lines] == [True, False, False, False]
    assert not summary.is_short


def test_a_question_put_off_takes_no_answer(house: Trainer, learner: Account) -> None:
    attempt = start(house, learner)
    number = serve(house, learner, attempt)
    say(house, learner, attempt, number, Steer.NOT_TODAY)
    with pytest.raises(AttemptFinishedError, match="put this question off"):
        respond(house, learner, attempt, number)


def test_not_today_after_the_answer_keeps_the_answer(house: Trainer, learner: Account) -> None:
    attempt = start(house, learner)
    number = serve(house, learner, attempt)
    respond(house, learner, attempt, number)
    say(house, learner, attempt, number, Steer.NOT_TODAY)
    found = slot(house, learner, attempt, number)
    assert found.answer is not None
    assert not found.is_skipped


def test_when_everything_is_put_off_practice_goes_on(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *[single(name) for name in "abc"]))
    attempt = start(memory_shop, learner)
    say(memory_shop, learner, attempt, serve(memory_shop, learner, attempt), Steer.NOT_TODAY)
    assert len(run(memory_shop, learner, attempt)) == 2


def test_unwishing_forgets_everything(house: Trainer, learner: Account) -> None:
    attempt = start(house, learner)
    number = serve(house, learner, attempt)
    say(house, learner, attempt, number, Steer.TOO_HARD)
    say(house, learner, attempt, number, Steer.NOT_TODAY)
    with house.database.unit() as store:
        practice.unwish(store, learner)
    assert wish(house, learner) == Wish()


# --- the adaptive rule on real rows -----------------------------------------------


def test_what_goes_badly_comes_more_often_than_what_goes_well(house: Trainer) -> None:
    counts: Counter[str] = Counter()
    for number in range(6):
        learner = guest_of(house)
        attempt = start(house, learner, length=40)
        slots = run(
            house,
            learner,
            attempt,
            right=lambda each: each.item.subtopic != MODIFIERS,
            chance=number / 6,
        )
        counts.update(each.item.subtopic for each in slots[10:])
    assert counts[MODIFIERS] > counts[CLAIMS] * 1.1  # weights .3 and .25


def test_not_more_than_two_of_a_subtopic_stand_in_a_row(house: Trainer, learner: Account) -> None:
    slots = run(house, learner, start(house, learner, length=40))
    names = [each.item.subtopic for each in slots]
    assert all(len(set(names[n : n + 3])) > 1 for n in range(len(names) - 2))


def test_enemies_do_not_meet_in_an_attempt(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    """Only one of the pair names the other."""
    items = [single("a", enemies=["b"]), *[single(name) for name in "bcdefgh"]]
    load(memory_shop, shelf.write("alpha", *items))
    slots = run(memory_shop, learner, start(memory_shop, learner, length=7))
    assert len({"a", "b"} & {each.item.id for each in slots}) == 1


def test_a_case_of_another_attempt_does_not_go_on(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    visit = case("visit", [single(f"visit-{part}", ICD) for part in "abc"])
    load(memory_shop, shelf.write("alpha", *[single(name) for name in "xyz"], cases=[visit]))
    first = start(memory_shop, learner, Pool.TOPICS, length=1, subtopics=(ICD,))
    run(memory_shop, learner, first)
    second = start(memory_shop, learner, Pool.TOPICS, subtopics=(MODIFIERS,))
    assert {each.item.subtopic for each in run(memory_shop, learner, second)} == {MODIFIERS}


def test_an_exam_without_blueprint_items_serves_what_the_bank_has(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    profile = shelf.root / "alpha" / "exam.yaml"
    profile.write_text(
        profile.read_text().replace(
            "{billing.claims: 2.5, terminology.word-parts: 0.5}", "{billing.claims: 3}"
        )
    )
    load(memory_shop, shelf.write("alpha", single("a", WORDS)))
    assert len(run(memory_shop, learner, start(memory_shop, learner))) == 1


# --- placement ----------------------------------------------------------------


def test_a_placement_has_no_feedback_until_its_end(house: Trainer, learner: Account) -> None:
    attempt = start(house, learner, Pool.PLACEMENT)
    assert (attempt.mode, attempt.plan.length) == (PLACEMENT, GREATEST_LENGTH)
    number = serve(house, learner, attempt)
    respond(house, learner, attempt, number)
    with house.database.reading() as store:
        assert practice.page(store, learner, attempt.id, number).feedback is None
    run(house, learner, attempt)
    with house.database.reading() as store:
        assert practice.page(store, learner, attempt.id, number).feedback is not None


def test_a_placement_follows_the_blueprint(house: Trainer, learner: Account) -> None:
    slots = run(house, learner, start(house, learner, Pool.PLACEMENT))
    assert LEAST_LENGTH <= len(slots) <= GREATEST_LENGTH
    counts = Counter(each.item.subtopic for each in slots)
    shares = {MODIFIERS: 0.3, ICD: 0.4, CLAIMS: 0.25, WORDS: 0.05}
    assert all(abs(counts[name] - share * len(slots)) <= 1 for name, share in shares.items())
    assert {each.decision.policy for each in slots} == {Policy.PLACEMENT}
    assert all(0 < each.decision.propensity < 1 for each in slots[:5])


def test_a_placement_tells_a_strong_learner_from_a_weak_one(house: Trainer) -> None:
    levels = []
    for right in (True, False):
        learner = guest_of(house)
        attempt = start(house, learner, Pool.PLACEMENT)
        slots = run(house, learner, attempt, right=lambda _slot, right=right: right)
        with house.database.reading() as store:
            found = practice.summary(
                store, house.stockroom, learner, attempt.id, at=house.now()
            ).placement
        assert found.low < found.share < found.high
        assert found.answers == len(slots)
        levels.append(found)
    assert levels[0].low > levels[1].high


@pytest.mark.parametrize("size", [1, 3])
def test_a_placement_of_a_small_bank_ends_politely(
    memory_shop: Trainer, shelf: Shelf, learner: Account, size: int
) -> None:
    load(memory_shop, shelf.write("alpha", *[single(str(n)) for n in range(size)]))
    attempt = start(memory_shop, learner, Pool.PLACEMENT)
    assert len(run(memory_shop, learner, attempt)) == size


def test_an_open_placement_can_be_looked_at_before_its_first_answer(
    house: Trainer, learner: Account
) -> None:
    attempt = start(house, learner, Pool.PLACEMENT)
    with house.database.reading() as store:
        found = practice.summary(store, house.stockroom, learner, attempt.id, at=house.now())
    assert found.placement is None


# --- long practice ------------------------------------------------------------


def test_a_practice_may_use_up_the_bank_and_then_starts_over(
    house: Trainer, learner: Account
) -> None:
    for _ in range(2):
        slots = run(house, learner, start(house, learner, length=LONGEST))
        assert len({each.item.id for each in slots}) == len(slots) == 60
