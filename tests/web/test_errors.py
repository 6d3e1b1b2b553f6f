"""Refusals as pages: the table is total, and nobody sees a stack trace."""

import pytest

from tests.web.conftest import Visitor
from trainer.core import errors
from trainer.core.errors import TrainerError
from trainer.services import practice
from trainer.web.errors import STATUS


def descendants(error: type[TrainerError]) -> set[type[TrainerError]]:
    return {error}.union(*(descendants(each) for each in error.__subclasses__()))


def test_every_core_error_has_a_status() -> None:
    assert set(STATUS) == descendants(TrainerError)


@pytest.mark.parametrize("error", [e for e in STATUS if e is not errors.BankError])
def test_a_core_error_becomes_its_status(visitor: Visitor, monkeypatch, error) -> None:
    visitor.start_as_guest()

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise error("Said plainly.")

    monkeypatch.setattr(practice, "summary", refuse)
    page = visitor.get("/practice/1")
    assert page.status_code == STATUS[error]
    assert "Said plainly." in page.text


def test_a_crash_is_a_calm_page_without_a_trace(visitor: Visitor, monkeypatch) -> None:
    visitor.start_as_guest()

    def crash(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("inner workings")

    monkeypatch.setattr(practice, "summary", crash)
    page = visitor.get("/practice/1")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert "inner workings" not in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/exams/nope", 404),
        ("/practice/999999999999999999999999", 404),
        ("/practice/1/0", 404),
        ("/progress/?exam=nope", 404),
    ],
)
def test_a_wrong_address_is_not_found(visitor: Visitor, path: str, status: int) -> None:
    visitor.start_as_guest()
    assert visitor.get(path).status_code == status


def test_a_wrong_method_is_refused(visitor: Visitor) -> None:
    visitor.start_as_guest()
    assert visitor.get("/practice/1/next").status_code == 405


def test_a_post_without_its_token_is_refused_in_words(visitor: Visitor) -> None:
    page = visitor.client.post("/account/guest", data={"exam": "alpha"})
    assert page.status_code == 400
    assert "reload" in page.text


def test_too_much_at_once_is_refused(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    assert visitor.post(path, {"chosen": "x" * (2 << 20)}).status_code == 413
