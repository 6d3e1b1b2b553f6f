"""Breaks off the clock, and exams that go forward only."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import Clock, rows_of
from tests.services.hall import (
    answer,
    begin,
    grant,
    record,
    refused,
    rest,
    resume,
    room,
    save,
    settle,
    sheet,
    sitting,
    stocked,
    submit,
)
from tests.services.shelf import Shelf
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import InvalidResponseError, NotFoundError
from trainer.services import rooms


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house in memory with items for two full forms."""
    return stocked(memory_shop, shelf)


@pytest.fixture
def exam(house: Trainer, learner: Account) -> int:
    """Four questions, twenty minutes, any order."""
    return begin(house, learner)


@pytest.fixture
def forward(house: Trainer, learner: Account) -> int:
    """Four questions that are gone once left."""
    return begin(house, learner, exam="beta")


# --- breaks ---------------------------------------------------------------------------


@pytest.fixture
def with_breaks(house: Trainer, learner: Account) -> int:
    """Twenty minutes, and ten minutes of breaks."""
    grant(house, learner, breaks=10)
    return begin(house, learner)


def test_a_break_stops_the_clock_until_it_ends(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    clock.move(minutes=5)
    rest(house, learner, with_breaks)
    clock.move(minutes=4)
    found = room(house, learner, with_breaks)
    assert (found.is_resting, found.left) == (True, timedelta(minutes=15))
    resume(house, learner, with_breaks)
    clock.move(minutes=1)
    found = room(house, learner, with_breaks)
    assert (found.is_resting, found.left) == (False, timedelta(minutes=14))


def test_breaks_add_up_to_the_allowance(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    for minutes in (4, 3, 30):
        rest(house, learner, with_breaks)
        clock.move(minutes=minutes)
        if minutes < 30:
            resume(house, learner, with_breaks)
    found = sitting(house, learner, with_breaks)
    assert found.rested_until(clock.time) == timedelta(minutes=10)


def test_an_overdue_break_takes_what_is_left_and_no_more(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    rest(house, learner, with_breaks)
    clock.move(minutes=25)
    resume(house, learner, with_breaks)
    found = sitting(house, learner, with_breaks)
    assert (found.rested, found.left(clock.time)) == (timedelta(minutes=10), timedelta(minutes=5))


def test_whoever_has_no_break_left_gets_none(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    rest(house, learner, with_breaks)
    clock.move(minutes=12)
    resume(house, learner, with_breaks)
    before = rows_of(house.database)
    rest(house, learner, with_breaks)
    assert rows_of(house.database) == before


@pytest.mark.parametrize("use", [rest, resume])
def test_without_a_break_to_take_or_to_end_nothing_happens(
    house: Trainer, learner: Account, exam: int, use: Callable[..., None]
) -> None:
    before = rows_of(house.database)
    use(house, learner, exam)
    assert rows_of(house.database) == before


def test_asking_for_a_break_twice_does_not_begin_it_anew(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    rest(house, learner, with_breaks)
    before = rows_of(house.database)
    clock.move(minutes=3)
    rest(house, learner, with_breaks)
    assert rows_of(house.database) == before


def test_the_grace_is_no_time_for_a_break(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    clock.move(minutes=20, seconds=5)
    rest(house, learner, with_breaks)
    clock.move(seconds=6)
    assert room(house, learner, with_breaks).is_over


def test_the_sweep_waits_for_a_break_and_no_longer(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    clock.move(minutes=19)
    rest(house, learner, with_breaks)
    clock.move(minutes=11, seconds=10)
    settle(house, learner)
    assert sitting(house, learner, with_breaks).ending is None
    clock.move(seconds=0.001)
    settle(house, learner)
    assert sitting(house, learner, with_breaks).ending is not None


def test_breaks_are_events(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    rest(house, learner, with_breaks)
    clock.move(seconds=90)
    resume(house, learner, with_breaks)
    with house.database.reading() as store:
        events = store.saves.events(with_breaks)
    assert [each[2:] for each in events[1:]] == [("break", ""), ("resume", "90 s of breaks")]


def test_answers_on_their_way_are_taken_during_a_break(
    house: Trainer, learner: Account, with_breaks: int, clock: Clock
) -> None:
    rest(house, learner, with_breaks)
    clock.move(seconds=3)
    assert save(house, learner, with_breaks, 1).serial == 1


# --- forward only -----------------------------------------------------------------------


def advance(house: Trainer, who: Account, attempt: int, number: int) -> None:
    with house.database.unit() as store:
        rooms.advance(store, house.stockroom, who, attempt, number, at=house.now())


def test_a_forward_only_exam_goes_on_where_it_was_left(
    house: Trainer, learner: Account, forward: int
) -> None:
    numbers = [room(house, learner, forward).next_number]
    for number in (2, 4):
        advance(house, learner, forward, number)
        numbers.append(room(house, learner, forward).next_number)
    assert numbers == [1, 2, 4]


@pytest.mark.parametrize("number", [-1, 0, 1, 2, 3, 5, 99])
def test_a_forward_only_exam_goes_neither_back_nor_beyond_its_end(
    house: Trainer, learner: Account, forward: int, number: int
) -> None:
    advance(house, learner, forward, 3)
    before = rows_of(house.database)
    advance(house, learner, forward, number)
    assert rows_of(house.database) == before


def test_what_was_left_behind_cannot_be_seen_or_answered_again(
    house: Trainer, learner: Account, forward: int
) -> None:
    save(house, learner, forward, 1)
    wrong = answer(house, learner, forward, 1, right=False)
    advance(house, learner, forward, 3)
    refused(house, NotFoundError, sheet, learner, forward, 1)
    refused(house, InvalidResponseError, save, learner, forward, 1, wrong, revision=2)
    with house.database.reading() as store:
        found = rooms.questions(store, learner, forward, at=house.now())
    assert [each.number for each in found] == [3, 4]


def test_what_was_left_behind_still_acknowledges_what_it_has(
    house: Trainer, learner: Account, forward: int
) -> None:
    given = save(house, learner, forward, 1)
    advance(house, learner, forward, 2)
    assert save(house, learner, forward, 1) == given


def test_what_was_left_behind_counts(house: Trainer, learner: Account, forward: int) -> None:
    save(house, learner, forward, 1)
    advance(house, learner, forward, 4)
    submit(house, learner, forward)
    assert [kept.points for kept in record(house, learner, forward).slots] == [1.0, 0, 0, 0]


def test_an_exam_in_any_order_closes_nothing(house: Trainer, learner: Account, exam: int) -> None:
    advance(house, learner, exam, 4)
    assert save(house, learner, exam, 1).serial == 1
    assert room(house, learner, exam).is_forward_only is False
