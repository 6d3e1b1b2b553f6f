"""A server that is shot twenty times while four people answer loses nothing it acknowledged."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import Clock, guest_of, house_of
from tests.failures.browser import fields_of
from tests.services.hall import answer, begin, saves, stocked
from tests.services.shelf import Shelf
from trainer.bootstrap import Trainer
from trainer.config import ROOT
from trainer.core.account import Account
from trainer.core.draft import draft
from trainer.core.mock import Choice
from trainer.core.presentation import Filled
from trainer.persistence.database import Database
from trainer.web.application import create_app

SHOTS, PEOPLE, QUESTIONS = 20, 4, 4
LEAST, MOST = 0.05, 0.25  # seconds from a worker's first acknowledgement to the shot
PATIENCE = 20.0  # seconds
FILE = "power.db"


class Server:
    """The master and its newest worker."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.failures.server"]
        self._master = subprocess.Popen(  # noqa: S603  # ours
            [*command, str(folder / FILE), str(folder / "shelf")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port, self._worker = self._number(), self._number()

    def shoot(self) -> None:
        """Kill the worker without a warning; another one takes its place."""
        os.kill(self._worker, signal.SIGKILL)
        self._worker = self._number()

    def close(self) -> None:
        self._master.kill()
        os.kill(self._worker, signal.SIGKILL)
        self._master.wait(PATIENCE)
        self._master.stdout.close()

    def _number(self) -> int:
        return int(self._master.stdout.readline())


@dataclass
class Person:
    """Somebody who answers one question after the other, and sends again what got no reply."""

    who: Account
    attempt: int
    cookie: str
    forms: dict[int, list[Filled]]
    csrf: str = ""
    saved: dict[tuple[int, int], tuple[Filled, int]] = field(default_factory=dict)
    in_vain: int = 0

    def run(self, port: int, over: Event) -> None:
        revisions = dict.fromkeys(self.forms, 0)
        chance = random.Random(self.attempt)  # noqa: S311  # the same in every run
        while not over.is_set():
            number = chance.choice(list(self.forms))
            form = chance.choice(self.forms[number])
            revisions[number] += 1
            told = self.send_until_told(port, number, form, revisions[number])
            assert (told["slot"], told["revision"]) == (number, revisions[number])
            self.saved[number, revisions[number]] = (form, told["serial"])

    def expected(self, shop: Trainer) -> dict[tuple[int, int], tuple[object, int]]:
        """What was acknowledged: slot and revision, answer and serial."""
        with shop.database.reading() as store:
            seed = store.mocks.find(self.attempt, self.who.id).attempt.seed_of
            items = {paper.number: paper.item for paper in store.mocks.papers(self.attempt)}
        return {
            (number, revision): (draft(items[number], seed(number), form), serial)
            for (number, revision), (form, serial) in self.saved.items()
        }

    def send_until_told(
        self, port: int, number: int, form: Filled, revision: int
    ) -> dict[str, int]:
        until = time.monotonic() + PATIENCE
        sent = {"revision": revision, "person": self.who.id, "seconds": 1, **fields_of(form)}
        while True:
            try:
                return self.request(port, "POST", f"{number}/save", sent)
            except (OSError, HTTPException):
                self.in_vain += 1
                assert time.monotonic() < until, "the server did not come back"
                time.sleep(0.01)

    def request(
        self, port: int, method: str, place: str, sent: dict[str, object] | None = None
    ) -> dict[str, int]:
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "X-CSRFToken": self.csrf,
        }
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            body = urlencode(sent or {}, doseq=True)
            connection.request(method, f"/mock/{self.attempt}/{place}", body, headers)
            reply = connection.getresponse()
            told = reply.read()
            if reply.status != 200:
                raise AssertionError(f"{reply.status}: {told.decode()}")
            return json.loads(told)
        finally:
            connection.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Trainer]:
    """A house whose database is a file, closed again so that only the server has it open."""
    shelf = Shelf(tmp_path / "shelf")
    database = Database(f"sqlite:///{tmp_path / FILE}")
    database.upgrade()
    house = stocked(house_of(database, Clock(), tmp_path, shelf.root), shelf)
    yield house
    database.close()


@pytest.fixture
def people(shop: Trainer) -> list[Person]:
    """Each with an exam that goes on by the real clock."""
    app, choice = create_app(shop), Choice(items=QUESTIONS, minutes=60)
    shop.now.time = datetime.now(UTC)
    found = [_person(shop, app, begin(shop, who, choice), who) for who in _guests(shop)]
    shop.database.close()
    return found


def _guests(shop: Trainer) -> list[Account]:
    return [guest_of(shop) for _ in range(PEOPLE)]


def _person(shop: Trainer, app: Flask, attempt: int, who: Account) -> Person:
    forms = {
        number: [Filled(), *(answer(shop, who, attempt, number, right=r) for r in (True, False))]
        for number in range(1, QUESTIONS + 1)
    }
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{who.id}:{who.session_key}"
    state = client.get(f"/mock/{attempt}/state", headers={"Accept": "application/json"})
    cookie = f"session={client.get_cookie('session').value}"
    return Person(who, attempt, cookie, forms, state.get_json()["csrf"])


@pytest.fixture
def server(people: list[Person], tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    yield running
    running.close()


def acknowledged(people: list[Person]) -> int:
    return sum(len(each.saved) for each in people)


def shots(server: Server, people: list[Person]) -> None:
    """Shoot one worker after the other, each in the middle of its work."""
    chance = random.Random(20)  # noqa: S311  # the same in every run
    for _ in range(SHOTS):
        _wait_for_one_more(people)
        time.sleep(chance.uniform(LEAST, MOST))
        server.shoot()
    _wait_for_one_more(people)


def _wait_for_one_more(people: list[Person]) -> None:
    before, until = acknowledged(people), time.monotonic() + PATIENCE
    while acknowledged(people) == before:
        assert time.monotonic() < until, "nobody was answered"
        time.sleep(0.005)


def test_nothing_that_was_acknowledged_is_lost_when_the_server_dies(
    shop: Trainer, people: list[Person], server: Server
) -> None:
    over = Event()
    with ThreadPoolExecutor(PEOPLE) as pool:
        running = [pool.submit(each.run, server.port, over) for each in people]
        try:
            shots(server, people)
        finally:
            over.set()
        assert [each.result(PATIENCE) for each in running] == [None] * PEOPLE
    in_vain = sum(each.in_vain for each in people)
    figures = {"shots": SHOTS, "acknowledged": acknowledged(people), "sent again": in_vain}
    print(figures)  # noqa: T201  # shown by pytest -s
    assert in_vain >= SHOTS / 2, figures  # the shots did hit somebody at work
    for each in people:
        assert stored(shop, each) == each.expected(shop)
    with shop.database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def stored(shop: Trainer, person: Person) -> dict[tuple[int, int], tuple[object, int]]:
    """Every row: slot and revision, answer and serial."""
    rows = saves(shop, person.attempt)
    assert sorted(row.serial for row in rows) == list(range(1, len(rows) + 1))
    return {(row.slot, row.revision): (row.response, row.serial) for row in rows}
