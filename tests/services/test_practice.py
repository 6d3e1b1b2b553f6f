"""Practice: start, serve, respond, look back; one learner's own, each answer once."""

from collections.abc import Callable

import pytest

from tests.conftest import Clock, guest_of, rows_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    Shelf,
    filled,
    known,
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
from trainer.core.attempt import TUTOR, Attempt, Plan, Pool
from trainer.core.errors import (
    AlreadyAnsweredError,
    AttemptFinishedError,
    InvalidResponseError,
    NotFoundError,
    PoolEmptyError,
)
from trainer.core.feedback import Verdict
from trainer.core.learning.decision import Policy
from trainer.core.learning.learner import Mastery
from trainer.core.learning.selection import Steer
from trainer.core.presentation import Filled
from trainer.core.shuffle import token
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import practice, serving

ITEMS = tuple(single(name) for name in "abcde")


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house in memory with five items of one subtopic."""
    load(memory_shop, shelf.write("alpha", *ITEMS))
    return memory_shop


@pytest.fixture
def attempt(house: Trainer, learner: Account) -> Attempt:
    return start(house, learner, length=3)


def give(house: Trainer, learner: Account, attempt: Attempt, number: int, answer: Filled) -> None:
    with house.database.unit() as store:
        practice.respond(store, learner, attempt.id, number, answer, at=house.now())


# --- start --------------------------------------------------------------------


def test_an_attempt_starts_with_what_was_asked_for(house: Trainer, learner: Account) -> None:
    plan = Plan(Pool.TOPICS, 7, (MODIFIERS,))
    with house.database.unit() as store:
        begun = practice.start(
            store, house.stockroom, learner, "alpha", plan, at=house.now(), seed="grain"
        )
    assert begun == Attempt(begun.id, learner.id, "alpha", TUTOR, plan, "grain", house.now(), None)


def test_an_unknown_exam_cannot_be_practised(house: Trainer, learner: Account) -> None:
    with pytest.raises(NotFoundError, match="gamma"):
        start(house, learner, exam="gamma")


def test_the_exam_is_remembered(house: Trainer, learner: Account) -> None:
    start(house, learner)
    with house.database.reading() as store:
        assert store.accounts.find(learner.id).exam == "alpha"


def test_a_pool_without_items_leaves_no_trace(house: Trainer, learner: Account) -> None:
    before = rows_of(house.database)
    with pytest.raises(PoolEmptyError):
        start(house, learner, exam="beta")
    assert rows_of(house.database) == before


EMPTY: dict[Pool, tuple[tuple[str, ...], str]] = {
    Pool.QUICK: ((), "no item for this exam yet"),
    Pool.WEAKEST: ((), "no item in your weakest"),
    Pool.MISSED: ((), "no missed items"),
    Pool.TOPICS: ((CLAIMS,), "in the topics you chose"),
    Pool.REVIEW: ((), "Nothing is due"),
    Pool.PLACEMENT: ((), "no item for a placement"),
}


@pytest.mark.parametrize("pool", EMPTY)
def test_an_empty_pool_says_why(house: Trainer, learner: Account, pool: Pool) -> None:
    subtopics, reason = EMPTY[pool]
    with pytest.raises(PoolEmptyError, match=reason):
        start(house, learner, pool, subtopics=subtopics, exam="beta")


def test_a_mock_exam_is_no_practice(house: Trainer, learner: Account) -> None:
    before = rows_of(house.database)
    with pytest.raises(NotFoundError, match="its own room"):
        start(house, learner, Pool.MOCK)
    assert rows_of(house.database) == before


# --- serve --------------------------------------------------------------------


def test_the_first_slot_is_number_one(house: Trainer, learner: Account, attempt: Attempt) -> None:
    assert serve(house, learner, attempt) == 1


def test_asking_twice_gives_the_same_slot_and_stores_nothing(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    serve(house, learner, attempt)
    before = rows_of(house.database)
    assert serve(house, learner, attempt, 0.9) == 1
    assert rows_of(house.database) == before


def test_an_answered_slot_is_followed_by_the_next(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt))
    assert serve(house, learner, attempt) == 2


def test_the_attempt_is_over_at_its_length(
    house: Trainer, learner: Account, attempt: Attempt, clock: Clock
) -> None:
    assert len(run(house, learner, attempt)) == 3
    with house.database.reading() as store:
        assert store.attempts.find(attempt.id, learner.id).finished_at == clock.time


def test_an_attempt_that_is_over_stays_over(
    house: Trainer, learner: Account, attempt: Attempt, clock: Clock
) -> None:
    run(house, learner, attempt)
    before = rows_of(house.database)
    clock.move(hours=1)
    assert serve(house, learner, attempt) is None
    assert rows_of(house.database) == before


def test_the_chance_decides_among_the_best_three(house: Trainer, learner: Account) -> None:
    begun = start(house, learner)
    with house.database.reading() as store:
        stock = house.stockroom.stock(store, "alpha", house.now())
        situation = serving.situation(store, stock, begun, 0, house.now())
    drawn = [serving.next_item(situation, (), chance) for chance in (0.0, 0.34, 0.67, 0.999)]
    items = [entry.item for entry, _ in drawn]
    assert len(set(items)) == 3
    assert items[2] == items[3]
    assert {decision.propensity for _, decision in drawn} == {1 / 3}


def test_the_decision_is_stored_with_its_slot(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    items = [single("m", MODIFIERS), single("i", ICD)]
    load(memory_shop, shelf.write("alpha", *items))
    slots = run(memory_shop, learner, start(memory_shop, learner))
    decisions = [each.decision for each in slots]
    assert [each.policy for each in decisions] == [Policy.ADAPTIVE] * 2
    assert [each.propensity for each in decisions] == [0.5, 1.0]
    views = [each.reason.view for each in decisions]
    assert [(view.subtopic, view.weight) for view in views] == [(ICD, 0.4), (MODIFIERS, 0.3)]
    assert all(0.2 < each.expected < 0.9 for each in decisions)


def test_a_new_item_comes_before_one_that_was_just_answered(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    first = {each.item.id for each in run(house, learner, start(house, learner, length=3))}
    clock.move(hours=1)
    second = [each.item.id for each in run(house, learner, start(house, learner, length=5))]
    assert set(second[:2]) == set("abcde") - first
    assert set(second[2:]) == first


# --- respond ------------------------------------------------------------------


@pytest.mark.parametrize(("right", "points"), [(True, 1.0), (False, 0.0)])
def test_an_answer_is_stored_with_its_score(
    house: Trainer, learner: Account, attempt: Attempt, *, right: bool, points: float
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt), right=right)
    answer = slot(house, learner, attempt, 1).answer
    assert (answer.points, answer.correct, answer.revision) == (points, right, 1)
    assert answer.answered_at == house.now()


def test_an_answer_is_counted_in_its_subtopic(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    for right in (True, False):
        respond(house, learner, attempt, serve(house, learner, attempt), right=right)
    assert known(house, learner)[MODIFIERS] == Mastery(2, 1.0, 1, house.now())


def test_the_same_answer_twice_is_silent(
    house: Trainer, learner: Account, attempt: Attempt, clock: Clock
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt))
    before = rows_of(house.database)
    clock.move(seconds=1)
    respond(house, learner, attempt, 1)
    assert rows_of(house.database) == before


def test_the_same_answer_is_silent_even_when_all_is_over(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    run(house, learner, attempt)
    before = rows_of(house.database)
    respond(house, learner, attempt, 1)
    assert rows_of(house.database) == before


def test_another_answer_is_refused_and_changes_nothing(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt))
    before = rows_of(house.database)
    with pytest.raises(AlreadyAnsweredError):
        respond(house, learner, attempt, 1, right=False)
    assert rows_of(house.database) == before


INVALID: dict[str, Callable[[str], Filled]] = {
    "nothing": lambda _seed: Filled(),
    "two options": lambda seed: Filled(chosen=(token(seed, "right"), token(seed, "left"))),
    "an option's own id": lambda _seed: Filled(chosen=("right",)),
    "an option of another slot": lambda seed: Filled(chosen=(token(f"{seed}0", "right"),)),
    "a code": lambda _seed: Filled(rows=(("99213", "", None, None),)),
}


@pytest.mark.parametrize("name", INVALID)
def test_an_invalid_answer_stores_nothing(
    house: Trainer, learner: Account, attempt: Attempt, name: str
) -> None:
    serve(house, learner, attempt)
    answer = INVALID[name](slot(house, learner, attempt, 1).seed)
    before = rows_of(house.database)
    with pytest.raises(InvalidResponseError):
        give(house, learner, attempt, 1, answer)
    assert rows_of(house.database) == before


def test_every_kind_can_be_answered_right_and_wrong(memory_house: Trainer) -> None:
    load(memory_house, memory_house.config.question_banks / "alpha")
    learner = guest_of(memory_house)
    for right in (True, False):
        attempt = start(memory_house, learner)
        run(memory_house, learner, attempt, right=lambda _slot, right=right: right)
        with memory_house.database.reading() as store:
            found = practice.summary(
                store, memory_house.stockroom, learner, attempt.id, at=memory_house.now()
            )
        assert (found.answered, found.correct) == (6, 6 if right else 0)


# --- finish -------------------------------------------------------------------


def finish(house: Trainer, learner: Account, attempt: Attempt) -> None:
    with house.database.unit() as store:
        practice.finish(store, learner, attempt.id, at=house.now())


def test_a_finished_attempt_takes_no_answer(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    serve(house, learner, attempt)
    finish(house, learner, attempt)
    before = rows_of(house.database)
    with pytest.raises(AttemptFinishedError):
        respond(house, learner, attempt, 1)
    assert rows_of(house.database) == before


@pytest.mark.parametrize("answered", [True, False])
def test_a_finished_attempt_serves_no_further_slot(
    house: Trainer, learner: Account, attempt: Attempt, *, answered: bool
) -> None:
    serve(house, learner, attempt)
    if answered:
        respond(house, learner, attempt, 1)
    finish(house, learner, attempt)
    before = rows_of(house.database)
    assert serve(house, learner, attempt) is None
    assert rows_of(house.database) == before


def test_finishing_twice_keeps_the_first_time(
    house: Trainer, learner: Account, attempt: Attempt, clock: Clock
) -> None:
    finish(house, learner, attempt)
    before = rows_of(house.database)
    clock.move(hours=1)
    finish(house, learner, attempt)
    assert rows_of(house.database) == before


def test_what_was_answered_before_finishing_stays(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt))
    finish(house, learner, attempt)
    with house.database.reading() as store:
        assert (
            practice.summary(store, house.stockroom, learner, attempt.id, at=house.now()).answered
            == 1
        )


# --- looking ------------------------------------------------------------------


def test_a_page_shows_no_feedback_before_the_answer(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    serve(house, learner, attempt)
    with house.database.reading() as store:
        page = practice.page(store, learner, attempt.id, 1)
    assert (page.attempt, page.number, page.feedback) == (attempt, 1, None)
    assert page.question.stem.startswith("What is right about ")


@pytest.mark.parametrize(("right", "verdict"), [(True, Verdict.RIGHT), (False, Verdict.WRONG)])
def test_a_page_shows_the_feedback_after_the_answer(
    house: Trainer, learner: Account, attempt: Attempt, *, right: bool, verdict: Verdict
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt), right=right)
    with house.database.reading() as store:
        assert practice.page(store, learner, attempt.id, 1).feedback.verdict is verdict


def test_a_page_looks_the_same_each_time(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    serve(house, learner, attempt)
    with house.database.reading() as store:
        pages = [practice.page(store, learner, attempt.id, 1) for _ in range(2)]
    assert pages[0] == pages[1]


def test_only_the_last_page_is_the_last(house: Trainer, learner: Account, attempt: Attempt) -> None:
    run(house, learner, attempt)
    with house.database.reading() as store:
        pages = [practice.page(store, learner, attempt.id, number) for number in (1, 2, 3)]
    assert [page.is_last for page in pages] == [False, False, True]


def test_a_summary_counts_what_was_answered_and_what_was_right(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    respond(house, learner, attempt, serve(house, learner, attempt), right=True)
    respond(house, learner, attempt, serve(house, learner, attempt), right=False)
    serve(house, learner, attempt)
    with house.database.reading() as store:
        found = practice.summary(store, house.stockroom, learner, attempt.id, at=house.now())
    assert (found.answered, found.correct, found.is_short) == (2, 1, True)
    assert [(line.number, line.points) for line in found.lines] == [(1, 1.0), (2, 0.0), (3, None)]


def test_a_summary_of_a_whole_attempt_is_not_short(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    run(house, learner, attempt)
    with house.database.reading() as store:
        assert (
            practice.summary(store, house.stockroom, learner, attempt.id, at=house.now()).is_short
            is False
        )


def test_an_open_attempt_can_be_continued_until_it_is_over(
    house: Trainer, learner: Account, attempt: Attempt
) -> None:
    with house.database.reading() as store:
        assert practice.open_attempt(store, learner) == attempt
    run(house, learner, attempt)
    with house.database.reading() as store:
        assert practice.open_attempt(store, learner) is None


def test_counts_are_of_the_exam(house: Trainer) -> None:
    with house.database.reading() as store:
        assert practice.counts(store, "alpha", house.now().date()) == {MODIFIERS: 5}
        assert practice.counts(store, "beta", house.now().date()) == {}


# --- somebody else's ----------------------------------------------------------

USES: dict[str, Callable[[UnitOfWork, Trainer, Account, int], object]] = {
    "serve": lambda store, house, who, attempt: practice.serve_next(
        store, house.stockroom, who, attempt, at=house.now(), chance=0.0
    ),
    "page": lambda store, _house, who, attempt: practice.page(store, who, attempt, 1),
    "respond": lambda store, house, who, attempt: practice.respond(
        store, who, attempt, 1, Filled(), at=house.now()
    ),
    "finish": lambda store, house, who, attempt: practice.finish(
        store, who, attempt, at=house.now()
    ),
    "summary": lambda store, house, who, attempt: practice.summary(
        store, house.stockroom, who, attempt, at=house.now()
    ),
    "steer": lambda store, house, who, attempt: practice.steer(
        store, who, attempt, 1, Steer.NOT_TODAY, at=house.now()
    ),
}


@pytest.mark.parametrize("use", USES)
def test_an_attempt_of_somebody_else_is_not_found(
    house: Trainer, learner: Account, attempt: Attempt, use: str
) -> None:
    serve(house, learner, attempt)
    stranger = guest_of(house)
    before = rows_of(house.database)
    with pytest.raises(NotFoundError), house.database.unit() as store:
        USES[use](store, house, stranger, attempt.id)
    assert rows_of(house.database) == before


@pytest.mark.parametrize("use", USES)
def test_an_attempt_that_is_not_there_looks_the_same(
    house: Trainer, learner: Account, attempt: Attempt, use: str
) -> None:
    serve(house, learner, attempt)
    messages = []
    for who, number in ((guest_of(house), attempt.id), (learner, attempt.id + 1)):
        with pytest.raises(NotFoundError) as refusal, house.database.unit() as store:
            USES[use](store, house, who, number)
        messages.append(refusal.value.message)
    assert messages[0] == messages[1]


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_slot_that_was_not_served_is_not_found(
    house: Trainer, learner: Account, attempt: Attempt, number: int
) -> None:
    serve(house, learner, attempt)
    answer = filled(slot(house, learner, attempt, 1), right=True)
    with pytest.raises(NotFoundError):
        give(house, learner, attempt, number, answer)
