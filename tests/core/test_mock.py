"""A mock exam against the clock: its deadline, its breaks, its grace; which saves are taken."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from trainer.core.attempt import MOCK, Attempt, Plan, Pool
from trainer.core.errors import AttemptFinishedError, StaleRevisionError
from trainer.core.mock import (
    USUAL,
    Accommodation,
    Choice,
    Ending,
    Save,
    Seat,
    Sitting,
    is_repeat,
)
from trainer.core.response import SingleResponse

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GRANTED = Accommodation(1.5, timedelta(minutes=10))
A, B = SingleResponse("a"), SingleResponse("b")


def sitting(**changes: object) -> Sitting:
    """Twenty minutes for ten items, from nine o'clock."""
    begun = Sitting(
        Attempt(7, 1, "alpha", MOCK, Plan(Pool.MOCK, 10), "seed", START),
        Choice(),
        date(2026, 11, 23),
        minutes=20,
        accommodation=USUAL,
        seats=(Seat(0, scored=True),) * 10,
    )
    return replace(begun, **changes)


def after(minutes: float = 0, seconds: float = 0) -> datetime:
    return START + timedelta(minutes=minutes, seconds=seconds)


def resting(since: float = 5, **changes: object) -> Sitting:
    """A break of at most ten minutes goes on since some minute."""
    return sitting(accommodation=GRANTED, break_at=after(since), **changes)


# --- the deadline ---------------------------------------------------------------


@pytest.mark.parametrize(("factor", "minutes"), [(1.0, 20), (1.25, 25), (1.5, 30), (4.0, 80)])
def test_the_time_is_the_usual_one_times_the_factor(factor: float, minutes: int) -> None:
    assert sitting(accommodation=Accommodation(factor)).deadline == after(minutes)


def test_breaks_that_were_taken_move_the_deadline() -> None:
    assert sitting(rested=timedelta(minutes=3)).deadline == after(23)


def test_breaks_that_were_only_granted_do_not_move_the_deadline() -> None:
    assert sitting(accommodation=GRANTED).deadline == after(30)


def test_a_form_is_as_long_as_its_seats() -> None:
    assert sitting().length == 10


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (after(), timedelta(minutes=20)),
        (after(19, 59), timedelta(seconds=1)),
        (after(20), timedelta(0)),
        (after(24 * 60), timedelta(0)),
    ],
)
def test_time_left_never_falls_below_zero(at: datetime, left: timedelta) -> None:
    assert sitting().left(at) == left


@pytest.mark.parametrize(
    ("seconds", "is_over"),
    [(-1, False), (0, False), (9.999, False), (10, False), (10.001, True), (86_400, True)],
)
def test_what_arrives_within_ten_seconds_of_the_deadline_was_in_time(
    seconds: float, *, is_over: bool
) -> None:
    assert sitting().is_over(after(20, seconds)) is is_over


@pytest.mark.parametrize("ending", Ending)
def test_an_exam_that_has_ended_is_over_whatever_the_clock_says(ending: Ending) -> None:
    assert sitting(ending=ending).is_over(after(1)) is True


def test_an_exam_that_is_over_says_that_what_was_saved_counts() -> None:
    with pytest.raises(AttemptFinishedError, match="what was saved until then counts"):
        sitting().check_open(after(20, 10.001))


def test_an_open_exam_is_open() -> None:
    sitting().check_open(after(20, 10))


# --- breaks ---------------------------------------------------------------------


def test_the_clock_stands_still_during_a_break() -> None:
    assert {resting().left(after(minute)) for minute in (5, 9, 15)} == {timedelta(minutes=25)}


def test_after_its_allowance_a_break_is_over_and_the_clock_runs() -> None:
    assert resting().left(after(16)) == timedelta(minutes=24)


@pytest.mark.parametrize(
    ("at", "is_resting"), [(after(5), True), (after(14, 59), True), (after(15), False)]
)
def test_a_break_ends_by_itself(at: datetime, *, is_resting: bool) -> None:
    assert resting().is_resting(at) is is_resting


def test_nobody_rests_who_has_not_begun_a_break() -> None:
    assert sitting(accommodation=GRANTED).is_resting(after(5)) is False


@pytest.mark.parametrize(
    ("at", "minutes"),
    [(after(4), 3), (after(5), 3), (after(8), 6), (after(12), 10), (after(99), 10)],
)
def test_a_break_counts_as_long_as_it_lasts_and_the_allowance_goes(
    at: datetime, minutes: int
) -> None:
    taken = resting(rested=timedelta(minutes=3)).rested_until(at)
    assert taken == timedelta(minutes=minutes)


def test_what_was_rested_is_no_longer_left() -> None:
    granted = sitting(accommodation=GRANTED, rested=timedelta(minutes=4))
    assert granted.break_left == timedelta(minutes=6)


def test_who_was_granted_fewer_breaks_meanwhile_has_none_left() -> None:
    cut = sitting(accommodation=Accommodation(1.0, timedelta(minutes=2)), rested=GRANTED.breaks)
    assert (cut.break_left, cut.deadline) == (timedelta(0), after(30))


def test_a_sweep_waits_for_all_that_a_break_may_take() -> None:
    assert resting(rested=timedelta(minutes=3)).latest == after(40)


def test_without_a_break_a_sweep_waits_for_the_deadline() -> None:
    assert sitting(accommodation=GRANTED).latest == after(30)


@pytest.mark.parametrize("seconds", [-60, 0, 10, 10.001, 60])
@pytest.mark.parametrize("since", [5, 29.9])
def test_the_sweep_and_the_room_agree_on_when_a_break_has_used_up_all(
    seconds: float, since: float
) -> None:
    found = resting(since)
    at = found.latest + timedelta(seconds=seconds)
    assert found.is_over(at) is (found.latest < at - timedelta(seconds=10))


# --- saves ----------------------------------------------------------------------


def saved(revision: int, response: SingleResponse | None = A) -> Save:
    return Save(3, revision, revision, response, START)


@pytest.mark.parametrize(
    ("stored", "revision", "response"),
    [(None, 1, A), (saved(1), 2, B), (saved(1), 2, A), (saved(1), 2, None), (saved(4, None), 5, A)],
)
def test_the_next_revision_is_new(stored, revision: int, response) -> None:
    assert is_repeat(stored, revision, response) is False


@pytest.mark.parametrize(("stored", "response"), [(saved(1), A), (saved(7, None), None)])
def test_the_same_revision_with_the_same_answer_is_a_repeat(stored: Save, response) -> None:
    assert is_repeat(stored, stored.revision, response) is True


@pytest.mark.parametrize(
    ("stored", "revision", "response", "current"),
    [
        (saved(1), 1, B, 1),  # two tabs, one revision
        (saved(2), 2, None, 2),
        (saved(3), 2, A, 3),  # a background tab
        (saved(3), 1, A, 3),
        (saved(3), 5, A, 3),  # what nobody has seen
        (None, 0, None, 0),
        (None, 2, A, 0),
        (None, -1, A, 0),
    ],
)
def test_any_other_revision_is_stale_and_learns_the_current_one(
    stored, revision: int, response, current: int
) -> None:
    with pytest.raises(StaleRevisionError) as refusal:
        is_repeat(stored, revision, response)
    assert refusal.value.revision == current


@pytest.mark.parametrize(("items", "is_custom"), [(None, False), (0, True), (25, True)])
def test_a_choice_of_items_is_custom(items: int | None, *, is_custom: bool) -> None:
    assert Choice(items=items).is_custom is is_custom
