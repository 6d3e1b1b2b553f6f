"""6. Clock and number of attempts are the server's; replays and second tabs gain nothing."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.conftest import Clock, rows_of
from tests.failures.browser import Browser
from tests.services.hall import begin, room, saves, sitting
from trainer.bootstrap import Trainer
from trainer.config import ROOT
from trainer.core.presentation import Filled

SKEWS = [timedelta(days=-1), timedelta(0), timedelta(days=1)]


@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_a_browser_whose_clock_is_wrong_gets_the_same_exam(
    house: Trainer, seat: Browser, clock: Clock, skew: timedelta
) -> None:
    """Whatever it may say of the time is not listened to."""
    before = sitting(house, seat.who, seat.attempt)
    clock.move(minutes=7)
    theirs = clock.time + skew
    said = dict.fromkeys(("at", "now", "time", "saved_at", "started_at", "deadline"), theirs)
    headers = {"Date": format_datetime(theirs), "If-Unmodified-Since": format_datetime(theirs)}
    reply = seat.save(1, seat.answer(1), headers=headers, **said)
    assert reply.get_json()["at"] == clock.time.isoformat()
    assert saves(house, seat.attempt)[0].at == clock.time
    assert sitting(house, seat.who, seat.attempt) == before
    assert seat.state()["left"] == 13 * 60


@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_a_browser_whose_clock_is_wrong_ends_no_earlier_and_no_later(
    house: Trainer, seat: Browser, clock: Clock, skew: timedelta
) -> None:
    deadline = sitting(house, seat.who, seat.attempt).deadline
    statuses = []
    for seconds in (10, 10.001):
        clock.time = deadline + timedelta(seconds=seconds)
        said = format_datetime(clock.time + skew)
        form = seat.answer(1)
        statuses.append(seat.save(2, form, headers={"Date": said}, at=said).status_code)
    assert statuses == [422, 409]  # the form of another question, and then no form at all


def test_only_bootstrap_and_nothing_from_the_browser_tells_the_time() -> None:
    code = [path.read_text() for path in (ROOT / "trainer" / "web" / "mocks").glob("*.py")]
    assert any("at=house.now()" in text for text in code)
    for text in code:
        assert "at=form" not in text
        assert "at=request" not in text
        assert "fromtimestamp" not in text
        assert "If-" not in text


def test_a_recorded_request_that_is_sent_again_changes_nothing(
    house: Trainer, seat: Browser, clock: Clock
) -> None:
    old = seat.answer(1, right=False)
    first = seat.save(1, old)
    seat.save(1, seat.answer(1), 2)
    before = rows_of(house.database)
    clock.move(minutes=3)
    replayed = seat.save(1, old)
    assert (first.status_code, replayed.status_code) == (200, 409)
    assert replayed.get_json() == {"error": "stale", "revision": 2}
    assert rows_of(house.database) == before


def test_a_second_tab_has_the_same_exam_and_the_same_time(
    house: Trainer, seat: Browser, clock: Clock
) -> None:
    clock.move(minutes=12)
    assert begin(house, seat.who) == seat.attempt
    assert room(house, seat.who, seat.attempt).left == timedelta(minutes=8)


def test_loading_the_page_again_does_not_begin_the_time_anew(seat: Browser, clock: Clock) -> None:
    left = []
    for _ in range(3):
        clock.move(minutes=5)
        seat.get(1)
        left.append(seat.state()["left"])
    assert left == [15 * 60, 10 * 60, 5 * 60]


@pytest.mark.parametrize("seconds", ["-5", "999999999", "1e9", "soon", ""])
def test_what_a_browser_says_of_its_pace_never_exceeds_the_time_that_passed(
    house: Trainer, seat: Browser, clock: Clock, seconds: str
) -> None:
    clock.move(seconds=30)
    seat.save(1, Filled(), seconds=seconds)
    assert all(0 <= each.seconds <= 30 for each in saves(house, seat.attempt))
