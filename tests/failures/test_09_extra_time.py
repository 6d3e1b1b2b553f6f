"""9. Extra time reaches an exam under way, and never opens one that is over."""

from datetime import timedelta

import pytest

from tests.conftest import Clock, rows_of
from tests.failures.browser import Browser
from tests.services.hall import grant, record, save, sitting, sweep
from trainer.bootstrap import Trainer
from trainer.core.mock import Ending


def ask(seat: Browser, factor: str, breaks: int = 0) -> None:
    """Grant it on the page for it."""
    sent = {"csrf_token": seat.csrf, "factor": factor, "breaks": breaks}
    assert seat.client.post("/mock/accommodation", data=sent).status_code == 302


def test_extra_time_in_the_middle_moves_the_clock_of_every_page(
    house: Trainer, seat: Browser, clock: Clock
) -> None:
    clock.move(minutes=19)
    ask(seat, "1.5")
    assert seat.state()["left"] == 11 * 60
    clock.move(minutes=11)
    assert seat.save(1, seat.answer(1)).status_code == 200
    assert sweep(house) == 0


def test_extra_time_reaches_the_sweep(house: Trainer, seat: Browser, clock: Clock) -> None:
    grant(house, seat.who, 2.0)
    clock.move(minutes=40, seconds=10)
    assert sweep(house) == 0
    clock.move(seconds=0.001)
    assert sweep(house) == 1


def test_breaks_that_are_granted_in_the_middle_can_be_taken(seat: Browser, clock: Clock) -> None:
    ask(seat, "1", breaks=5)
    seat.post("break")
    clock.move(minutes=4)
    assert (seat.state()["resting"], seat.state()["left"]) == (True, 20 * 60)


@pytest.mark.parametrize("is_submitted", [True, False])
def test_extra_time_never_opens_an_exam_that_is_over(
    house: Trainer, seat: Browser, clock: Clock, *, is_submitted: bool
) -> None:
    save(house, seat.who, seat.attempt, 1)
    if is_submitted:
        seat.post("submit")
    clock.move(minutes=21)
    ask(seat, "4", breaks=240)
    reply = seat.save(2, seat.answer(2))
    assert (reply.status_code, reply.get_json()["error"]) == (409, "over")
    seat.get("result")
    found = record(house, seat.who, seat.attempt)
    assert found.sitting.ending is (Ending.SUBMITTED if is_submitted else Ending.EXPIRED)
    assert [kept.points for kept in found.slots] == [1.0, 0, 0, 0]


def test_a_finished_exam_keeps_every_row_of_it(house: Trainer, seat: Browser) -> None:
    seat.post("submit")
    before = rows_of(house.database)
    grant(house, seat.who, 4.0, breaks=240)
    after = rows_of(house.database)
    assert {name for name in before if before[name] != after[name]} == {"accommodation"}


def test_the_deadline_is_one_function_of_what_is_stored(
    house: Trainer, seat: Browser, clock: Clock
) -> None:
    begun = clock.time
    for factor, minutes in ((1.25, 25), (2.0, 40), (1.5, 30)):
        grant(house, seat.who, factor)
        found = sitting(house, seat.who, seat.attempt)
        assert found.deadline == begun + timedelta(minutes=minutes)
