"""11. Neither session nor form token expires inside the longest exam."""

import time
from datetime import timedelta

import pytest

from tests.conftest import Clock, guest_of
from tests.failures.browser import HTML, Browser, fields_of
from tests.services.hall import grant, saves
from trainer.bootstrap import Trainer
from trainer.core.mock import MOST_FACTOR, Choice

LONGEST = Choice(items=4, minutes=600)


@pytest.fixture
def seat(house: Trainer) -> Browser:
    """The longest exam that there is, with all the time that can be granted: forty hours."""
    who = guest_of(house)
    grant(house, who, MOST_FACTOR)
    return Browser.of(house, who).begin(LONGEST)


def pass_time(clock: Clock, monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    """On the server's clock, and on the one that sessions and tokens are signed by."""
    clock.move(hours=hours)
    later = time.time() + hours * 3600
    monkeypatch.setattr(time, "time", lambda: later)


@pytest.mark.parametrize("hours", [1.1, 5, 39.9])
def test_hours_later_the_script_still_saves(
    house: Trainer, seat: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, hours: float
) -> None:
    form = seat.answer(1)
    pass_time(clock, monkeypatch, hours)
    assert seat.save(1, form).status_code == 200
    assert saves(house, seat.attempt)[0].at == clock.time


def test_five_hours_later_a_page_without_script_still_saves(
    house: Trainer, seat: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"csrf_token": seat.csrf, "revision": 1, "go": "next", **fields_of(seat.answer(1))}
    pass_time(clock, monkeypatch, 5)
    reply = seat.client.post(f"{seat.room}1", data=sent, headers=HTML)
    assert (reply.status_code, reply.location) == (302, f"{seat.room}2")
    assert len(saves(house, seat.attempt)) == 1


def test_with_a_limit_of_an_hour_it_would_not(
    seat: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Flask-WTF's default: what the other tests would look like if they proved nothing."""
    seat.client.application.config["WTF_CSRF_TIME_LIMIT"] = 3600
    form = seat.answer(1)
    pass_time(clock, monkeypatch, 5)
    reply = seat.save(1, form)
    assert (reply.status_code, reply.get_json()) == (400, {"error": "token"})


def test_a_session_that_has_ended_says_so_and_the_answer_can_be_sent_again(
    house: Trainer, seat: Browser
) -> None:
    form = seat.answer(1)
    with seat.client.session_transaction() as session:
        session.clear()
    lost = seat.save(1, form)
    assert lost.status_code in {400, 401}
    assert lost.get_json()["error"] in {"token", "sign-in"}
    assert saves(house, seat.attempt) == []
    seat.sign_in(seat.who)
    seat.csrf = seat.state()["csrf"]
    assert seat.save(1, form).status_code == 200


def test_a_signed_out_script_is_told_to_sign_in(seat: Browser) -> None:
    with seat.client.session_transaction() as session:
        session.clear()
    reply = seat.client.get(f"{seat.room}state", headers={"Accept": "application/json"})
    assert (reply.status_code, reply.get_json()) == (401, {"error": "sign-in"})


def test_a_session_outlasts_the_longest_exam(seat: Browser) -> None:
    assert seat.client.application.permanent_session_lifetime > timedelta(hours=40)
