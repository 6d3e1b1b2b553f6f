"""The record of a finished exam: complete, its learner's own, and nothing of it before the end."""

from datetime import timedelta

import pytest

from tests.conftest import Clock, counted, guest_of
from tests.services.hall import (
    FULL,
    answer,
    begin,
    grant,
    record,
    save,
    saves,
    sitting,
    slot,
    stocked,
    submit,
)
from tests.services.shelf import Shelf, start
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import NotFoundError
from trainer.core.mock import Ending
from trainer.core.presentation import Filled
from trainer.services import records, rooms
from trainer.services.records import Record

MOST = 6  # statements


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house in memory with items for two full forms."""
    return stocked(memory_shop, shelf)


@pytest.fixture
def exam(house: Trainer, learner: Account) -> int:
    """Four questions, twenty minutes."""
    return begin(house, learner)


def finished(house: Trainer, who: Account, attempt: int) -> Record:
    """The record of an exam that is handed in now."""
    submit(house, who, attempt)
    found = record(house, who, attempt)
    assert found is not None
    return found


def previous(house: Trainer, who: Account, later: Record) -> Record | None:
    with house.database.reading() as store:
        return records.previous(store, house.stockroom, who, later)


def test_there_is_no_record_while_an_exam_goes_on(
    house: Trainer, learner: Account, exam: int
) -> None:
    save(house, learner, exam, 1)
    assert record(house, learner, exam) is None


def test_a_record_of_somebody_else_is_not_found(
    house: Trainer, learner: Account, exam: int
) -> None:
    submit(house, learner, exam)
    with pytest.raises(NotFoundError):
        record(house, guest_of(house), exam)


def test_a_practice_has_no_record(house: Trainer, learner: Account) -> None:
    with pytest.raises(NotFoundError):
        record(house, learner, start(house, learner).id)


def test_a_record_has_every_question_in_its_place(house: Trainer, learner: Account) -> None:
    attempt = begin(house, learner, FULL)
    found = finished(house, learner, attempt)
    seats = sitting(house, learner, attempt).seats
    assert [kept.number for kept in found.slots] == list(range(1, 13))
    assert tuple(kept.seat for kept in found.slots) == seats
    for kept in found.slots:
        stored = slot(house, learner, attempt, kept.number)
        assert (kept.item, kept.seed) == (stored.item, stored.seed)


def test_a_record_has_every_save_and_whether_it_was_right(
    house: Trainer, learner: Account, exam: int, clock: Clock
) -> None:
    forms = [answer(house, learner, exam, 2, right=right) for right in (False, True, False)]
    for revision, form in enumerate([*forms, Filled()], start=1):
        clock.move(seconds=30)
        save(house, learner, exam, 2, form, revision=revision, seconds=25 * revision)
    stored = saves(house, exam)
    kept = finished(house, learner, exam).slots[1]
    assert kept.saves == tuple(stored)
    assert kept.corrects == (False, True, False, False)
    assert (kept.response, kept.points, kept.correct, kept.seconds) == (None, 0.0, False, 100)


def test_what_counts_is_the_last_answer_with_its_points(
    house: Trainer, learner: Account, exam: int
) -> None:
    save(house, learner, exam, 1)
    save(house, learner, exam, 2, answer(house, learner, exam, 2, right=False))
    found = finished(house, learner, exam)
    assert [(kept.points, kept.correct) for kept in found.slots] == [
        (1.0, True),
        (0.0, False),
        (0.0, False),
        (0.0, False),
    ]
    assert [kept.response is None for kept in found.slots] == [False, False, True, True]


def test_a_question_without_an_answer_has_taken_no_time(
    house: Trainer, learner: Account, exam: int
) -> None:
    assert finished(house, learner, exam).slots[0].seconds == 0


def test_flags_are_on_record(house: Trainer, learner: Account, exam: int) -> None:
    with house.database.unit() as store:
        rooms.flag(store, learner, exam, 3, on=True, at=house.now())
    found = finished(house, learner, exam)
    assert [kept.is_flagged for kept in found.slots] == [False, False, True, False]


def test_times_of_start_last_save_and_end_are_on_record(
    house: Trainer, learner: Account, exam: int, clock: Clock
) -> None:
    begun = clock.time
    clock.move(minutes=2)
    save(house, learner, exam, 1)
    clock.move(minutes=1)
    found = finished(house, learner, exam)
    assert (found.started_at, found.last_save, found.finished_at) == (
        begun,
        begun + timedelta(minutes=2),
        begun + timedelta(minutes=3),
    )


def test_without_a_save_there_is_no_last_one(house: Trainer, learner: Account, exam: int) -> None:
    assert finished(house, learner, exam).last_save is None


def test_everything_that_happened_is_on_record(house: Trainer, learner: Account, exam: int) -> None:
    grant(house, learner, 1.5, breaks=5)
    found = finished(house, learner, exam)
    assert [event.kind for event in found.events] == ["start", "accommodation", "submitted"]
    assert [event.number for event in found.events] == [1, 2, 3]


def test_a_record_goes_by_the_rules_of_its_own_day(
    memory_shop: Trainer, shelf: Shelf, clock: Clock
) -> None:
    clock.time = clock.time.replace(month=9)
    house = stocked(memory_shop, shelf)
    who = guest_of(house)
    exam = begin(house, who, FULL)
    clock.move(days=60)
    found = finished(house, who, exam)
    assert (found.profile.items, found.sitting.ending) == (10, Ending.EXPIRED)


def test_a_record_never_changes(house: Trainer, learner: Account, exam: int, clock: Clock) -> None:
    save(house, learner, exam, 1)
    before = finished(house, learner, exam)
    clock.move(days=40)
    assert record(house, learner, exam) == before


def test_the_exam_before_is_the_last_finished_one_of_the_same_kind(
    house: Trainer, learner: Account, exam: int
) -> None:
    first = finished(house, learner, exam)
    finished(house, learner, begin(house, learner, exam="beta"))
    stranger = guest_of(house)
    finished(house, stranger, begin(house, stranger))
    second = finished(house, learner, begin(house, learner))
    third = finished(house, learner, begin(house, learner))
    assert previous(house, learner, third) == second
    assert previous(house, learner, second) == first
    assert previous(house, learner, first) is None


def test_a_record_keeps_to_its_budget(house: Trainer, learner: Account) -> None:
    exam = begin(house, learner, FULL)
    for number in range(1, 9):
        save(house, learner, exam, number)
    submit(house, learner, exam)
    with counted(house.database) as statements:
        record(house, learner, exam)
    assert len(statements) <= MOST, statements.texts
