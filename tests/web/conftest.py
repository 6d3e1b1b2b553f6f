"""A visitor's worth of client around a house in memory with the test bank loaded."""

import re
from dataclasses import dataclass, field
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Clock
from trainer.bootstrap import Trainer
from trainer.services import banks
from trainer.web.application import create_app


@pytest.fixture
def loaded(memory_house: Trainer) -> Trainer:
    """The house with the test bank in its database."""
    for source in banks.sources(memory_house.config.question_banks):
        with memory_house.database.unit() as store:
            banks.load(store, memory_house.catalogue, source, at=memory_house.now())
    return memory_house


@dataclass
class Visitor:
    """A client that sends forms as a page would, token and all."""

    client: FlaskClient
    house: Trainer
    page: TestResponse | None = field(default=None)

    def get(self, path: str, **kwargs: object) -> TestResponse:
        self.page = self.client.get(path, **kwargs)
        return self.page

    def post(self, path: str, data: dict[str, object] | None = None) -> TestResponse:
        """Post with the token of a page just loaded; redirects are not followed."""
        token = self.token()
        return self.client.post(path, data={"csrf_token": token, **(data or {})})

    def follow(self, path: str, data: dict[str, object] | None = None) -> TestResponse:
        answer = self.post(path, data)
        assert answer.status_code in {302, 303}, answer.text
        return self.get(answer.location)

    def token(self) -> str:
        page = self.client.get("/account/sign-in").text
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]

    def start_as_guest(self, exam: str = "alpha") -> str:
        """Begin as a guest; the path of the first question."""
        answer = self.post("/account/guest", {"exam": exam})
        assert answer.status_code == 302, answer.text
        self.get(answer.location)
        return answer.location


def fields(page: TestResponse) -> dict[str, list[str]]:
    """Names and offered values of a page's inputs and selects."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        named = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if named:
            found.setdefault(named[1], []).append(unescape(value[1]) if value else "")
    for select, inner in re.findall(
        r"<select[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", page.text, re.DOTALL
    ):
        found[select] = re.findall(r'<option value="([^"]*)"', inner)
    return found


def an_answer(page: TestResponse) -> dict[str, object]:
    """Something valid to send for whatever kind of question a page shows."""
    offered = fields(page)
    if "rows-0-code" in offered:
        return {"rows-0-code": "e11.22"}
    places = {name: values for name, values in offered.items() if name.startswith("place-")}
    if places:
        is_ordering = next(iter(places.values()))[1] == "1"
        return {
            name: str(position) if is_ordering else values[1]
            for position, (name, values) in enumerate(places.items(), start=1)
        }
    wanted = re.search(r"<legend>Choose (\w+)</legend>", page.text)[1]
    return {"chosen": offered["chosen"][: 1 if wanted == "one" else int(wanted)]}


@pytest.fixture
def visitor(loaded: Trainer) -> Visitor:
    app = create_app(loaded)
    app.testing = False  # errors become pages, as they do for people
    return Visitor(app.test_client(), loaded)


@pytest.fixture
def other_visitor(loaded: Trainer) -> Visitor:
    """Somebody else at another computer."""
    return Visitor(create_app(loaded).test_client(), loaded)


__all__ = ["Clock", "Visitor", "an_answer", "fields"]
