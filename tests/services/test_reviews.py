"""Review: missed and unsure items come back, the most valuable first, within the day's minutes."""

from datetime import date, timedelta

import pytest

from tests.conftest import Clock
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
from trainer.core.attempt import LONGEST, Pool
from trainer.core.errors import PoolEmptyError
from trainer.core.learning.decision import Policy
from trainer.core.learning.memory import Confidence
from trainer.services import accounts, reviews
from trainer.services.reviews import Agenda

EACH = 10


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """Ten items of each subtopic."""
    items = [
        single(f"{subtopic}-{number}", subtopic)
        for subtopic in (MODIFIERS, ICD, CLAIMS, WORDS)
        for number in range(EACH)
    ]
    load(memory_shop, shelf.write("alpha", *items))
    return memory_shop


def agenda(house: Trainer, learner: Account) -> Agenda:
    with house.database.reading() as store:
        mine = store.accounts.find(learner.id)
        return reviews.agenda(store, house.stockroom, mine, "alpha", at=house.now())


def plan(house: Trainer, learner: Account, minutes: int, exam_on: date | None = None) -> None:
    with house.database.unit() as store:
        accounts.plan(store, learner, exam="alpha", exam_on=exam_on, minutes=minutes)


def miss_everything(house: Trainer, learner: Account) -> None:
    run(house, learner, start(house, learner, length=LONGEST), right=lambda _slot: False)


def test_nothing_is_due_for_somebody_new(house: Trainer, learner: Account) -> None:
    assert agenda(house, learner) == Agenda((), 0, 0, None)


def test_what_was_missed_is_due_tomorrow_and_not_today(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    attempt = start(house, learner, length=1)
    run(house, learner, attempt, right=lambda _slot: False)
    today = agenda(house, learner)
    assert (today.length, today.waiting) == (0, 1)
    assert today.next_at == clock.time + timedelta(days=1)
    clock.move(days=1)
    assert agenda(house, learner).length == 1


def test_what_was_right_and_not_unsure_never_comes_up_for_review(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    run(house, learner, start(house, learner, length=5))
    clock.move(days=200)
    assert agenda(house, learner).length == 0


def test_what_was_right_but_unsure_comes_back(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    attempt = start(house, learner, length=1)
    number = serve(house, learner, attempt)
    respond(house, learner, attempt, number, confidence=Confidence.UNSURE)
    clock.move(days=30)
    assert agenda(house, learner).length == 1


@pytest.mark.parametrize(("minutes", "length"), [(10, 5), (20, 10), (60, 30), (600, 40)])
def test_a_day_holds_what_its_minutes_hold(
    house: Trainer, learner: Account, clock: Clock, minutes: int, length: int
) -> None:
    """An exam with 120 s an item, forty items overdue for ten days."""
    plan(house, learner, minutes)
    miss_everything(house, learner)
    clock.move(days=10)
    found = agenda(house, learner)
    assert (found.length, found.minutes) == (length, 2 * length)


def test_the_heaviest_subtopics_come_first(house: Trainer, learner: Account, clock: Clock) -> None:
    miss_everything(house, learner)
    clock.move(days=10)
    assert {each.subtopic for each in agenda(house, learner).due} == {ICD}


def test_items_of_other_exams_do_not_come_up(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    miss_everything(house, learner)
    clock.move(days=10)
    with house.database.reading() as store:
        found = reviews.agenda(store, house.stockroom, learner, "beta", at=house.now())
    assert found.length == 0


def test_a_review_serves_its_agenda_in_order_and_says_why(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    plan(house, learner, minutes=6)
    miss_everything(house, learner)
    clock.move(days=10)
    due = [each.item for each in agenda(house, learner).due]
    slots = run(house, learner, start(house, learner, Pool.REVIEW, length=len(due)))
    assert [each.item_id for each in slots] == due
    for each in slots:
        assert (each.decision.policy, each.decision.propensity) == (Policy.REVIEW, 1.0)
        assert 0 < each.decision.reason.recall < 1
        assert each.decision.reason.missed


def test_what_was_reviewed_today_is_no_longer_due(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    run(house, learner, start(house, learner, length=3), right=lambda _slot: False)
    clock.move(days=1)
    run(house, learner, start(house, learner, Pool.REVIEW))
    assert agenda(house, learner).length == 0
    with pytest.raises(PoolEmptyError, match="Nothing is due"):
        start(house, learner, Pool.REVIEW)


def test_a_far_exam_and_a_near_one_may_rank_differently_but_never_owe(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    miss_everything(house, learner)
    clock.move(days=10)
    for days in (0, 1, 30, 300):
        plan(house, learner, 20, house.now().date() + timedelta(days=days))
        assert agenda(house, learner).length == 10
