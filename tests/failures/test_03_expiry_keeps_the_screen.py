"""3. The end of the time throws nothing away: what was given in time counts when it arrives."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import Clock
from tests.failures.browser import Browser
from tests.services.hall import record, sitting
from trainer.bootstrap import Trainer

LINK = timedelta(seconds=3)


@pytest.fixture
def deadline(house: Trainer, seat: Browser) -> datetime:
    return sitting(house, seat.who, seat.attempt).deadline


@pytest.mark.parametrize("is_scripted", [True, False])
def test_an_answer_a_second_before_the_end_counts_over_a_link_of_three_seconds(
    house: Trainer, seat: Browser, clock: Clock, deadline: datetime, *, is_scripted: bool
) -> None:
    given_at = deadline - timedelta(seconds=1)
    clock.time = given_at + LINK
    form = seat.answer(1)
    if is_scripted:
        assert seat.save(1, form).status_code == 200
    else:
        seat.post(1, {"chosen": form.chosen[0], "revision": 1, "go": "next"})
    clock.move(hours=1)
    seat.get("result")
    found = record(house, seat.who, seat.attempt)
    assert [kept.points for kept in found.slots] == [1.0, 0, 0, 0]


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (10, 200), (10.001, 409), (60, 409)])
def test_answers_are_taken_for_ten_seconds_more(
    seat: Browser, clock: Clock, deadline: datetime, seconds: float, status: int
) -> None:
    clock.time = deadline + timedelta(seconds=seconds)
    reply = seat.save(1, seat.answer(1))
    assert reply.status_code == status
    if status == 409:
        assert reply.get_json() == {"error": "over", "location": seat.room}


def test_a_submission_of_the_browser_at_zero_is_an_expiry_that_keeps_everything(
    house: Trainer, seat: Browser, clock: Clock, deadline: datetime
) -> None:
    seat.save(1, seat.answer(1))
    clock.time = deadline + timedelta(seconds=2)
    assert "1 of 4" in " ".join(seat.post("submit").text.split())
    assert record(house, seat.who, seat.attempt).slots[0].correct
