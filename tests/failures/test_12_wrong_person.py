"""12. On a shared computer nobody answers for somebody else."""

import pytest

from tests.conftest import guest_of, rows_of
from tests.failures.browser import HTML, JSON, Browser, fields_of
from tests.services.hall import begin, record, submit
from trainer.bootstrap import Trainer
from trainer.core.account import Account

PAGES = ("", "1", "check", "questions", "over", "result", "review", "review/1", "receipt.csv")


@pytest.fixture
def other(house: Trainer, seat: Browser) -> Account:
    """Somebody else signs in while the page of the first one is still open."""
    somebody = guest_of(house)
    begin(house, somebody)
    seat.sign_in(somebody)
    page = seat.client.get("/account/sign-in")  # the session gets a token of its own
    assert page.status_code == 200
    return somebody


def token(seat: Browser, who: Account) -> str:
    """A token that is good in the session of whoever is signed in."""
    with seat.house.database.reading() as store:
        attempt = store.mocks.find_open(who.id, "alpha")
    return seat.client.get(f"/mock/{attempt}/state", headers=JSON).get_json()["csrf"]


@pytest.mark.parametrize("what", ["save", "flag", "advance"])
def test_what_was_meant_for_the_first_one_is_refused_by_name(
    house: Trainer, seat: Browser, other: Account, what: str
) -> None:
    before = rows_of(house.database)
    seat.csrf = token(seat, other)
    sent = {"revision": 1, "person": seat.who.id, "on": "y", **fields_of(seat.answer(1))}
    headers = {"X-CSRFToken": seat.csrf, **JSON}
    reply = seat.client.post(f"{seat.room}1/{what}", data=sent, headers=headers)
    assert (reply.status_code, reply.get_json()["error"]) == (403, "person")
    assert rows_of(house.database) == before


def test_a_save_that_does_not_say_for_whom_is_refused(house: Trainer, seat: Browser) -> None:
    before = rows_of(house.database)
    reply = seat.save(1, seat.answer(1), person="")
    assert (reply.status_code, reply.get_json()["error"]) == (403, "person")
    assert rows_of(house.database) == before


def test_naming_oneself_does_not_open_the_exam_of_another(
    house: Trainer, seat: Browser, other: Account
) -> None:
    before = rows_of(house.database)
    seat.csrf = token(seat, other)
    assert seat.save(1, seat.answer(1), person=other.id).status_code == 404
    assert rows_of(house.database) == before


def test_a_page_without_script_saves_nothing_for_another(
    house: Trainer, seat: Browser, other: Account
) -> None:
    before = rows_of(house.database)
    sent = {"csrf_token": token(seat, other), "revision": 1, **fields_of(seat.answer(1))}
    assert seat.client.post(f"{seat.room}1", data=sent, headers=HTML).status_code == 404
    assert rows_of(house.database) == before


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("place", PAGES)
def test_no_page_of_anothers_exam_is_found(
    house: Trainer, seat: Browser, other: Account, place: str, *, is_over: bool
) -> None:
    if is_over:
        submit(house, seat.who, seat.attempt)
    assert seat.get(place).status_code == 404


@pytest.mark.parametrize("place", ["submit", "break", "resume"])
def test_nothing_of_anothers_exam_can_be_ended_or_stopped(
    house: Trainer, seat: Browser, other: Account, place: str
) -> None:
    sent = {"csrf_token": token(seat, other)}
    before = rows_of(house.database)
    assert seat.client.post(f"{seat.room}{place}", data=sent, headers=HTML).status_code == 404
    assert rows_of(house.database) == before


def test_the_first_one_finds_everything_on_coming_back(house: Trainer, seat: Browser) -> None:
    seat.save(1, seat.answer(1))
    seat.sign_in(guest_of(house))
    seat.sign_in(seat.who)
    seat.csrf = seat.state()["csrf"]
    assert seat.save(2, seat.answer(2)).status_code == 200
    submit(house, seat.who, seat.attempt)
    assert [each.points for each in record(house, seat.who, seat.attempt).slots] == [1, 1, 0, 0]
