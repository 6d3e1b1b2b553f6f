"""A browser in the exam room: what its script sends, over a network that may fail."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.hall import SHORT, answer, begin
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.mock import Choice
from trainer.core.presentation import Filled
from trainer.web.application import create_app

JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html"}


def fields_of(form: Filled) -> dict[str, Any]:
    """An answer as a page sends it."""
    sent: dict[str, Any] = {"chosen": list(form.chosen)}
    sent |= {f"place-{token}": place for token, place in (form.placed or {}).items()}
    for line, row in enumerate(form.rows):
        for name, value in zip(("code", "modifiers", "units", "poa"), row, strict=True):
            sent[f"rows-{line}-{name}"] = "" if value is None else str(value)
    return sent


@dataclass
class Browser:
    """Somebody at a computer; `attempt` is the exam that is open on it."""

    client: FlaskClient
    house: Trainer
    who: Account
    attempt: int = 0
    csrf: str = ""

    @classmethod
    def of(cls, house: Trainer, who: Account) -> "Browser":
        app = create_app(house)
        app.testing = False  # errors become pages, as they do for people
        browser = cls(app.test_client(), house, who)
        browser.sign_in(who)
        return browser

    def sign_in(self, who: Account) -> None:
        """Begin a session for somebody, who may not be whom the open page was made for."""
        with self.client.session_transaction() as session:
            session.clear()
            session.permanent = True
            session["_user_id"] = f"{who.id}:{who.session_key}"
            session["_fresh"] = True

    def begin(self, choice: Choice = SHORT, exam: str = "alpha") -> Self:
        """Open an exam, and its page with the token of the session."""
        self.attempt = begin(self.house, self.who, choice, exam)
        self.csrf = self.state()["csrf"]
        return self

    @property
    def room(self) -> str:
        return f"/mock/{self.attempt}/"

    def state(self) -> dict[str, Any]:
        return self.client.get(f"{self.room}state", headers=JSON).get_json()

    def get(self, place: object = "") -> TestResponse:
        """A page of the room; redirects are followed."""
        return self.client.get(f"{self.room}{place}", headers=HTML, follow_redirects=True)

    def post(self, place: object, sent: dict[str, Any] | None = None) -> TestResponse:
        """A form of the room as a page without script sends it; redirects are followed."""
        page = self.client.get("/account/sign-in").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        wanted = token[1] if token else self.csrf
        data = {"csrf_token": wanted, **(sent or {})}
        address = f"{self.room}{place}"
        return self.client.post(address, data=data, headers=HTML, follow_redirects=True)

    def save(self, number: int, form: Filled, revision: int = 1, **more: Any) -> TestResponse:
        """A save as the script sends it."""
        headers = {"X-CSRFToken": self.csrf, **JSON, **more.pop("headers", {})}
        sent = {"revision": revision, "person": self.who.id, "seconds": 1, **fields_of(form)}
        return self.client.post(f"{self.room}{number}/save", data=sent | more, headers=headers)

    def answer(self, number: int, *, right: bool = True) -> Filled:
        """The form of a right or a wrong answer."""
        return answer(self.house, self.who, self.attempt, number, right=right)


Send = Callable[[int, Filled, int], TestResponse | None]


@dataclass
class Outbox:
    """What the script does so that nothing is lost: answers wait in a line, each with a revision
    of its own, and the first is sent again and again until the server acknowledges it.

    `send` gives None where no reply came. `saved` is what the page calls saved.
    """

    send: Send
    waiting: deque[tuple[int, Filled, int]] = field(default_factory=deque)
    given: dict[int, int] = field(default_factory=dict)  # slot → the last revision given out
    saved: list[tuple[int, Filled, int, int]] = field(default_factory=list)  # … and serial

    def put(self, number: int, form: Filled) -> None:
        """The learner answers."""
        self.given[number] = self.given.get(number, 0) + 1
        self.waiting.append((number, form, self.given[number]))

    def flush(self, tries: int = 1000) -> int:
        """Send what waits, in its order; how many times was sent in vain."""
        vain = 0
        while self.waiting and tries:
            tries -= 1
            number, form, revision = self.waiting[0]
            reply = self.send(number, form, revision)
            if reply is None:
                vain += 1
                continue
            assert reply.status_code == 200, reply.text
            told = reply.get_json()
            assert (told["slot"], told["revision"]) == (number, revision)
            self.saved.append((number, form, revision, told["serial"]))
            self.waiting.popleft()
        return vain
