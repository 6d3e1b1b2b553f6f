"""4. Every exam reaches its end, even if the browser never comes back."""

import pytest

from tests.conftest import Clock
from tests.failures.browser import Browser
from tests.services.hall import record, sweep
from trainer.bootstrap import Trainer
from trainer.core.mock import Ending
from trainer.core.presentation import Filled

AFTERWARDS = ("", "1", "4", "check", "over", "result", "review", "review/1", "receipt.csv")


@pytest.fixture
def left(seat: Browser, clock: Clock) -> Browser:
    """Two questions answered, one of them wrong; then the browser was closed until the next day."""
    seat.save(1, seat.answer(1))
    seat.save(3, seat.answer(3, right=False))
    clock.move(days=1)
    return seat


@pytest.mark.parametrize("place", AFTERWARDS)
def test_every_page_leads_to_the_end_the_next_day(
    house: Trainer, left: Browser, place: str
) -> None:
    assert left.get(place).status_code == 200
    found = record(house, left.who, left.attempt)
    assert found.sitting.ending is Ending.EXPIRED
    assert [kept.points for kept in found.slots] == [1.0, 0, 0, 0]


@pytest.mark.parametrize("place", AFTERWARDS)
def test_every_page_shows_the_end_after_a_sweep(house: Trainer, left: Browser, place: str) -> None:
    assert sweep(house) == 1
    assert left.get(place).status_code == 200


def test_the_page_of_the_end_counts_what_was_received(left: Browser) -> None:
    page = " ".join(left.get().text.split())
    assert "2 of 4" in page


@pytest.mark.parametrize("visit", ["/", "/mock/", "/practice/"])
def test_a_visit_elsewhere_ends_it(house: Trainer, left: Browser, visit: str) -> None:
    assert left.client.get(visit, follow_redirects=True).status_code == 200
    assert record(house, left.who, left.attempt) is not None


@pytest.mark.parametrize("place", ["break", "resume", "submit"])
def test_whatever_is_sent_afterwards_leads_to_the_end(left: Browser, place: str) -> None:
    page = left.post(place)
    assert page.status_code == 200
    assert page.request.path in {f"{left.room}over", f"{left.room}result"}


def test_an_empty_exam_reaches_its_end_too(house: Trainer, seat: Browser, clock: Clock) -> None:
    clock.move(days=1)
    assert seat.get("result").status_code == 200
    assert record(house, seat.who, seat.attempt).last_save is None


def test_what_is_sent_afterwards_is_refused_and_changes_nothing(
    house: Trainer, left: Browser
) -> None:
    reply = left.save(2, Filled())
    assert (reply.status_code, reply.get_json()["error"]) == (409, "over")
    left.get("result")
    assert record(house, left.who, left.attempt).slots[1].saves == ()
