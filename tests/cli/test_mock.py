"""`flask mock …`: the sweep, and what somebody is granted."""

from datetime import timedelta

import pytest

from tests.cli.conftest import Flask
from tests.conftest import Clock, guest_of
from trainer.core.mock import Accommodation, Choice, Ending
from trainer.services import accounts, mocks

ANA, PASSWORD = "ana@example.org", "correct horse"


@pytest.fixture
def begun(flask: Flask) -> tuple[int, int]:
    """An exam under way: its attempt and learner."""
    flask("bank", "load")
    learner, house = guest_of(flask.house), flask.house
    with house.database.unit() as store:
        number = mocks.begin(
            store, house.stockroom, learner, "alpha", Choice(), at=house.now(), seed="s"
        )
    return number, learner.id


def ending(flask: Flask, attempt: int, learner: int) -> Ending | None:
    with flask.house.database.reading() as store:
        return store.mocks.find(attempt, learner).ending


def test_a_sweep_ends_what_is_over_and_nothing_else(
    flask: Flask, begun: tuple[int, int], clock: Clock
) -> None:
    assert flask("mock", "sweep").stdout == "0 exams ended.\n"
    assert ending(flask, *begun) is None
    clock.move(hours=1)
    assert flask("mock", "sweep").stdout == "1 exams ended.\n"
    assert ending(flask, *begun) is Ending.EXPIRED
    assert flask("mock", "sweep").stdout == "0 exams ended.\n"


def test_an_accommodation_is_granted(flask: Flask) -> None:
    house = flask.house
    with house.database.unit() as store:
        ana = accounts.register(
            store, name="Ana", email=ANA, password=PASSWORD, session_key="k", at=house.now()
        )
    result = flask("mock", "accommodate", ANA, "--factor", "1.5", "--breaks", "30")
    assert result.stdout == f"{ANA}: time × 1.5, 30 min of breaks.\n"
    with house.database.reading() as store:
        assert mocks.accommodation(store, ana) == Accommodation(1.5, timedelta(minutes=30))


@pytest.mark.parametrize("words", [("--factor", "0.5"), ("--factor", "9"), ("--breaks", "-1")])
def test_what_cannot_be_granted_is_refused(flask: Flask, words: tuple[str, str]) -> None:
    assert flask("mock", "accommodate", ANA, *words).exit_code == 2


def test_an_unknown_address_is_told(flask: Flask) -> None:
    result = flask("mock", "accommodate", "nobody@example.org")
    assert (result.exit_code, "nobody@example.org" in result.stderr) == (4, True)
