"""An exam room for tests: who sits in it, and what its pages are made to send."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.web.conftest import Visitor, an_answer, fields
from trainer.config import ROOT

JSON = {"Accept": "application/json"}
PASSWORD = "a long enough password"


def bank_of_every_kind(folder: Path) -> Path:
    """The test bank with an exam that asks all kinds of items."""
    shutil.copytree(ROOT / "tests" / "bank", folder)
    exam = folder / "alpha" / "exam.yaml"
    kinds = "[single, multiple, code_entry, ordering, matching]"
    exam.write_text(exam.read_text().replace("[single, multiple, code_entry]", kinds))
    return folder


def rows(visitor: Visitor, table: type) -> int:
    with visitor.house.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def text(page: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def sign_up(visitor: Visitor, name: str = "Dana K.", email: str = "dana@college.edu") -> None:
    visitor.follow("/account/register", {"name": name, "email": email, "password": PASSWORD})


def begin(visitor: Visitor, exam: str = "alpha", **choice: object) -> str:
    """Begin an exam; its address, with a slash at the end."""
    data = {"exam": exam, "size": "full"} | choice
    return str(visitor.post("/mock/", data).location)


def pages(visitor: Visitor, room: str) -> list[TestResponse]:
    """All question pages of an exam, or as far as it lets go."""
    length = len(visitor.client.get(f"{room}state", headers=JSON).json["slots"])
    return [visitor.get(f"{room}{number}") for number in range(1, length + 1)]


def answered(
    visitor: Visitor, page: TestResponse, go: str = "next", **more: object
) -> TestResponse:
    """Answer a question page by its own form and follow."""
    sent = an_answer(page) | {"revision": fields(page)["revision"][0], "go": go} | more
    return visitor.follow(page.request.path, sent)


def to_kind(visitor: Visitor, room: str, kind: str) -> TestResponse:
    return next(p for p in pages(visitor, room) if f'data-kind="{kind}"' in p.text)


@dataclass
class Script:
    """What the page's script sends, with the headers it sends."""

    visitor: Visitor
    room: str
    person: int = 1

    def __post_init__(self) -> None:
        self.token = self.state().json["csrf"]

    def state(self, **query: object) -> TestResponse:
        return self.visitor.client.get(f"{self.room}state", query_string=query, headers=JSON)

    def post(self, path: str, data: dict[str, object] | None = None, **kwargs) -> TestResponse:
        headers = JSON | {"X-CSRFToken": kwargs.pop("token", self.token)}
        if data is not None:
            kwargs["data"] = {"person": self.person} | data
        return self.visitor.client.post(f"{self.room}{path}", headers=headers, **kwargs)

    def save(self, number: int, revision: int = 1, **given: object) -> TestResponse:
        """Save an answer; without one, whatever fits the question."""
        answer = given.pop("answer", None)
        if answer is None:
            answer = an_answer(self.visitor.get(f"{self.room}{number}"))
        return self.post(f"{number}/save", answer | {"revision": revision, "seconds": 7} | given)
