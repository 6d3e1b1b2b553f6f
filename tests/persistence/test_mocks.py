"""Mock exams as stored: every value comes back, one open exam of a kind, one's own only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.conftest import counted
from tests.persistence.samples import CASE, ITEMS, NOW, put_attempt, put_guest, put_items
from tests.persistence.waiting import after_waiting
from trainer.core.attempt import MOCK, Attempt, Plan, Pool
from trainer.core.form import Size
from trainer.core.mock import USUAL, Accommodation, Choice, Ending, Seat, Sitting
from trainer.persistence.database import Database
from trainer.persistence.tables import MockRow
from trainer.persistence.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
GRANTED = Accommodation(1.25, timedelta(minutes=17), larger_type=True)
CUSTOM = Choice(
    items=3, domains=(0, 2), subtopics=("coding.modifiers",), minutes=7, digital_book=True
)


def sitting(learner: int, **changes: object) -> Sitting:
    begun = Sitting(
        Attempt(0, learner, "alpha", MOCK, Plan(Pool.MOCK, 2), "seed", NOW),
        Choice(Size.HALF),
        date(2026, 11, 23),
        minutes=20,
        accommodation=USUAL,
        seats=(Seat(0, scored=True), Seat(3, scored=False)),
    )
    return replace(begun, **changes)


class Hall:
    """Two people, and the items of all kinds."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        items = put_items(store, ITEMS.values(), cases=(CASE,))
        self.items = [tuple(put) for put in items.values()]
        self.learner = put_guest(store).id
        self.stranger = put_guest(store).id

    def begin(self, learner: int | None = None, exam: str = "alpha", **changes: object) -> int:
        begun = sitting(learner or self.learner, **changes)
        begun = replace(begun, attempt=replace(begun.attempt, exam=exam))
        key = self.store.mocks.add(begun, self.items[:2])
        assert key is not None
        return key

    def found(self, attempt: int) -> Sitting:
        found = self.store.mocks.find(attempt, self.learner)
        assert found is not None
        return found

    def end(self, attempt: int, learner: int | None = None) -> None:
        found = self.store.mocks.find(attempt, learner or self.learner)
        self.store.mocks.put(replace(found, ending=Ending.SUBMITTED))


@pytest.fixture
def hall(database: Database) -> Iterator[Hall]:
    with database.unit() as store:
        yield Hall(store)


def deadline(hall: Hall, attempt: int) -> object:
    statement = select(MockRow.deadline_at).where(MockRow.attempt_id == attempt)
    return hall.store.mocks._connection.scalar(statement)


# --- there and back -----------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"choice": CUSTOM, "accommodation": GRANTED},
        {"flags": frozenset({1, 2}), "furthest": 2},
        {"rested": timedelta(seconds=61, microseconds=123_457), "break_at": LATER},
        {"ending": Ending.EXPIRED},
    ],
)
def test_an_exam_comes_back_as_it_was_stored(hall: Hall, changes: dict[str, object]) -> None:
    key = hall.begin(**changes)
    stored = sitting(hall.learner, **changes)
    assert hall.found(key) == replace(stored, attempt=replace(stored.attempt, id=key))


@pytest.mark.parametrize(
    "changes",
    [
        {"accommodation": GRANTED},
        {"flags": frozenset({2}), "furthest": 2},
        {"rested": timedelta(seconds=0.1), "break_at": LATER},
        {"ending": Ending.SUBMITTED},
    ],
)
def test_what_changes_of_an_exam_is_stored(hall: Hall, changes: dict[str, object]) -> None:
    key = hall.begin()
    changed = replace(hall.found(key), **changes)
    hall.store.mocks.put(changed)
    assert hall.found(key) == changed


def test_changing_one_exam_leaves_the_others_alone(hall: Hall) -> None:
    mine, theirs = hall.begin(), hall.begin(hall.stranger)
    before = hall.store.mocks.find(theirs, hall.stranger)
    hall.store.mocks.put(replace(hall.found(mine), flags=frozenset({1})))
    assert hall.store.mocks.find(theirs, hall.stranger) == before


def test_questions_come_in_their_order_with_their_cases(hall: Hall) -> None:
    key = hall.store.mocks.add(sitting(hall.learner), hall.items[::-1])
    papers = hall.store.mocks.papers(key)
    assert [paper.number for paper in papers] == [1, 2, 3, 4, 5]
    assert [paper.item for paper in papers] == list(ITEMS.values())[::-1]
    assert [paper.case for paper in papers] == [CASE] * 4 + [None]
    assert [hall.store.mocks.paper(key, number) for number in range(1, 6)] == papers


@pytest.mark.parametrize("number", [0, 3])
def test_a_question_that_is_not_there_is_none(hall: Hall, number: int) -> None:
    assert hall.store.mocks.paper(hall.begin(), number) is None


# --- one open exam, one's own -----------------------------------------------------------


def test_a_second_open_exam_of_a_kind_is_not_stored(hall: Hall) -> None:
    first = hall.begin()
    assert hall.store.mocks.add(sitting(hall.learner), hall.items) is None
    assert hall.store.mocks.find_open(hall.learner, "alpha") == first
    assert len(hall.store.mocks.papers(first)) == 2


@pytest.mark.parametrize("other", [{"exam": "beta"}, {"ending": Ending.EXPIRED}])
def test_an_exam_of_another_kind_or_one_that_ended_is_no_hindrance(
    hall: Hall, other: dict[str, object]
) -> None:
    hall.begin(**other)
    hall.begin()


def test_an_open_exam_is_found_until_it_ends(hall: Hall) -> None:
    key = hall.begin()
    assert hall.store.mocks.find_open(hall.learner, "alpha") == key
    assert hall.store.mocks.find_open(hall.learner, "beta") is None
    assert hall.store.mocks.find_open(hall.stranger, "alpha") is None
    hall.end(key)
    assert hall.store.mocks.find_open(hall.learner, "alpha") is None


@pytest.mark.parametrize("to_change", [False, True])
def test_an_exam_of_somebody_else_is_not_found(hall: Hall, *, to_change: bool) -> None:
    key = hall.begin()
    assert hall.store.mocks.find(key, hall.stranger, to_change=to_change) is None


@pytest.mark.parametrize("to_change", [False, True])
def test_a_practice_is_not_found_among_the_exams(hall: Hall, *, to_change: bool) -> None:
    practice = put_attempt(hall.store, hall.learner)
    assert hall.store.mocks.find(practice.id, hall.learner, to_change=to_change) is None


def test_all_open_exams_of_somebody_are_listed(hall: Hall) -> None:
    keys = [hall.begin(exam=exam) for exam in ("beta", "alpha", "gamma")]
    hall.begin(hall.stranger)
    hall.end(keys[2])
    assert hall.store.mocks.all_open(hall.learner) == [(keys[0], "beta"), (keys[1], "alpha")]


# --- overdue ------------------------------------------------------------------------------


def test_overdue_exams_come_oldest_first(hall: Hall) -> None:
    long = hall.begin(minutes=40)
    short = hall.begin(hall.stranger, minutes=10)
    ended = hall.begin(exam="beta", minutes=1)
    hall.end(ended)
    found = hall.store.mocks.overdue(NOW + timedelta(minutes=41), 10)
    assert found == [(short, hall.stranger), (long, hall.learner)]
    assert hall.store.mocks.overdue(NOW + timedelta(minutes=41), 1) == found[:1]


def test_an_exam_is_not_overdue_at_its_deadline(hall: Hall) -> None:
    key, end = hall.begin(), NOW + timedelta(minutes=20)
    assert hall.store.mocks.overdue(end, 10) == []
    assert hall.store.mocks.overdue(end + timedelta(microseconds=1), 10) == [(key, hall.learner)]


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        ({}, 20),
        ({"accommodation": GRANTED}, 25),
        ({"accommodation": GRANTED, "rested": timedelta(minutes=2)}, 27),
        ({"accommodation": GRANTED, "rested": timedelta(minutes=2), "break_at": LATER}, 42),
    ],
)
def test_the_stored_deadline_follows_what_it_is_made_of(
    hall: Hall, changes: dict[str, object], minutes: int
) -> None:
    key = hall.begin()
    hall.store.mocks.put(replace(hall.found(key), **changes))
    assert deadline(hall, key) == NOW + timedelta(minutes=minutes)


# --- what came before -----------------------------------------------------------------------


def test_finished_exams_come_newest_first(hall: Hall) -> None:
    keys = []
    for _ in range(3):
        keys.append(hall.begin())
        hall.end(keys[-1])
    hall.begin()
    hall.end(hall.begin(exam="beta"))
    hall.end(hall.begin(hall.stranger), hall.stranger)
    finished = hall.store.mocks.finished
    assert finished(hall.learner, "alpha", 10) == keys[::-1]
    assert finished(hall.learner, "alpha", 2) == keys[:0:-1]
    assert finished(hall.learner, "alpha", 1, before=keys[2]) == [keys[1]]
    assert finished(hall.learner, "alpha", 1, before=keys[0]) == []


def test_items_of_forms_come_in_the_order_of_the_forms(hall: Hall) -> None:
    first = hall.store.mocks.add(sitting(hall.learner), hall.items[3:])
    second = hall.store.mocks.add(sitting(hall.stranger), hall.items[:2])
    numbers = [item for item, _ in hall.items]
    assert hall.store.mocks.items_of([first, second]) == [*numbers[3:], *numbers[:2]]
    assert hall.store.mocks.items_of([second, first]) == [*numbers[:2], *numbers[3:]]
    assert hall.store.mocks.items_of([]) == []


# --- accommodation ----------------------------------------------------------------------------


def test_what_is_granted_comes_back(hall: Hall) -> None:
    assert hall.store.mocks.accommodation(hall.learner) == USUAL
    for granted in (GRANTED, Accommodation(2.0), GRANTED):
        hall.store.mocks.accommodate(hall.learner, granted)
        assert hall.store.mocks.accommodation(hall.learner) == granted
    assert hall.store.mocks.accommodation(hall.stranger) == USUAL


def test_handing_over_moves_exams_and_forgets_what_was_granted(hall: Hall) -> None:
    key = hall.begin()
    hall.store.mocks.accommodate(hall.learner, GRANTED)
    hall.store.mocks.hand_over(hall.learner, hall.stranger)
    assert hall.store.mocks.find_open(hall.stranger, "alpha") == key
    assert hall.store.mocks.all_open(hall.learner) == []
    assert hall.store.mocks.accommodation(hall.learner) == USUAL


def test_handing_over_into_an_open_exam_of_the_kind_is_refused(database: Database) -> None:
    with database.unit() as store:
        hall = Hall(store)
        hall.begin()
        hall.begin(hall.stranger)
    with pytest.raises(IntegrityError), database.unit() as store:
        store.mocks.hand_over(hall.learner, hall.stranger)


# --- taking turns -------------------------------------------------------------------------------


def test_finding_an_exam_is_one_statement(database: Database) -> None:
    with database.unit() as store:
        hall = Hall(store)
        key = hall.begin()
    with counted(database) as statements, database.unit() as store:
        store.mocks.find(key, hall.learner, to_change=True)
    assert len(statements) == 1


def test_whoever_waited_for_an_exam_sees_what_the_other_changed(postgres: Database) -> None:
    with postgres.unit() as store:
        hall = Hall(store)
        key = hall.begin()

    def change(store: UnitOfWork) -> None:
        found = store.mocks.find(key, hall.learner, to_change=True)
        store.mocks.put(replace(found, ending=Ending.EXPIRED, flags=frozenset({2})))

    seen = after_waiting(
        postgres, change, lambda store: store.mocks.find(key, hall.learner, to_change=True)
    )
    assert (seen.ending, seen.flags) == (Ending.EXPIRED, {2})


def test_of_two_that_begin_at_once_the_second_waits_and_gets_none(postgres: Database) -> None:
    with postgres.unit() as store:
        hall = Hall(store)

    def begin(store: UnitOfWork) -> int | None:
        return store.mocks.add(sitting(hall.learner), hall.items)

    assert after_waiting(postgres, begin, begin) is None
