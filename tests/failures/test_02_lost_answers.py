"""2. What the page calls saved is stored; what is not stored is sent again."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from werkzeug.test import TestResponse

from tests.conftest import Clock
from tests.failures.browser import Browser, Outbox
from tests.services.hall import saves
from trainer.bootstrap import Trainer
from trainer.core.draft import draft
from trainer.core.presentation import Filled
from trainer.core.shuffle import token
from trainer.persistence.unit_of_work import UnitOfWork

ANSWERS = 60
LOST = 0.3  # of the replies, and as many of the requests before them


class BadNetwork:
    """Loses requests on the way there and replies on the way back."""

    def __init__(self, seat: Browser, seed: int, requests: float) -> None:
        self.browser = seat
        self.chance = random.Random(seed)  # noqa: S311  # the same in every run
        self.requests = requests
        self.lost = 0

    def send(self, number: int, form: Filled, revision: int) -> TestResponse | None:
        if self.chance.random() < self.requests:
            return None
        reply = self.browser.save(number, form, revision)
        if self.chance.random() < LOST:
            self.lost += 1
            return None
        return reply


def expected(seat: Browser, number: int, form: Filled) -> object:
    with seat.house.database.reading() as store:
        paper = store.mocks.paper(seat.attempt, number)
        sitting = store.mocks.find(seat.attempt, seat.who.id)
    return draft(paper.item, sitting.attempt.seed_of(number), form)


@pytest.mark.parametrize("requests", [0.0, LOST])
def test_over_a_bad_network_no_answer_is_lost_and_none_is_called_saved_that_is_not(
    house: Trainer, seat: Browser, clock: Clock, requests: float
) -> None:
    network = BadNetwork(seat, 2, requests)
    outbox = Outbox(network.send)
    chance = random.Random(3)  # noqa: S311  # the same in every run
    vain = 0
    for _ in range(ANSWERS):
        clock.move(seconds=5)
        number = chance.randint(1, 4)
        form = chance.choice([Filled(), seat.answer(number), seat.answer(number, right=False)])
        outbox.put(number, form)
        vain += outbox.flush(tries=2)  # now and then several answers wait
    vain += outbox.flush()
    stored = {(each.slot, each.revision): each for each in saves(house, seat.attempt)}
    assert (network.lost > ANSWERS / 5, vain >= network.lost, len(outbox.saved)) == (
        True,
        True,
        ANSWERS,
    )
    for number, form, revision, serial in outbox.saved:
        save = stored.pop((number, revision))
        assert save.serial == serial
        assert save.response == expected(seat, number, form)
    assert stored == {}


def test_an_acknowledgement_has_its_row(house: Trainer, seat: Browser) -> None:
    told = seat.save(2, seat.answer(2)).get_json()
    (row,) = saves(house, seat.attempt)
    assert told == {
        "slot": row.slot,
        "revision": row.revision,
        "serial": row.serial,
        "at": row.at.isoformat(),
    }


def test_what_cannot_be_stored_is_not_acknowledged(
    house: Trainer, seat: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = seat.answer(1)
    whole = house.database.unit

    @contextmanager
    def full_disk(**how: bool) -> Iterator[UnitOfWork]:
        with whole(**how) as store:
            yield store
            raise OSError("No space left on device")

    monkeypatch.setattr(house.database, "unit", full_disk)
    reply = seat.save(1, form)
    monkeypatch.undo()
    assert reply.status_code == 500
    assert saves(house, seat.attempt) == []
    assert seat.save(1, form).status_code == 200


def test_a_foreign_option_is_refused_and_not_called_saved(house: Trainer, seat: Browser) -> None:
    reply = seat.save(1, Filled(chosen=(token("another seed", "right"),)))
    assert (reply.status_code, reply.get_json()["error"]) == (422, "invalid")
    assert saves(house, seat.attempt) == []
