"""Simulated learners over real HTTP: they sign in as guests, read pages, send forms."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from itertools import count
from typing import Any
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
TIMEOUT = 60.0
LENGTH = 50  # questions a practice
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_INPUT = re.compile(r"<input[^>]*>")
_SELECT = re.compile(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_OPTION = re.compile(r'<option value="([^"]*)"')
_KIND = re.compile(r'data-kind="(\w+)"')
_SHEET = re.compile(r'<article[^>]*data-slot="(\d+)".*?</article>', re.DOTALL)
_CHOOSE = re.compile(r"<legend>Choose (\d+)</legend>")

Form = Mapping[str, Any]


class Failure(Exception):  # noqa: N818  # a page that no learner would have liked to see
    """An answer of the server that is neither a page nor a redirect."""


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    status: int
    location: str | None
    text: str

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.text)
        if found is None:
            raise Failure(f"{self.path}: no form in {self.text[:400]}")
        return found[1]


class Browser:
    """One connection, kept open, with its cookies."""

    def __init__(self, port: int) -> None:
        self._cookies: dict[str, str] = {}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: Form, **headers: str) -> Page:
        body = urlencode(form, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": FORM} | headers)

    def follow(self, page: Page) -> Page:
        """The page that an answer leads to."""
        return self.get(page.location) if page.location else page

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Page:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            answer = self._send(method, path, body, headers | {"Cookie": cookie})
        except (
            RemoteDisconnected,
            ConnectionError,
        ):  # idle for too long: once more, as browsers do
            self._connection.close()
            answer = self._send(method, path, body, headers | {"Cookie": cookie})
        text = answer.read().decode()
        for sent in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = sent.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status >= 400:  # noqa: PLR2004  # errors begin there
            raise Failure(f"{method} {path}: {answer.status} {text[:400]}")
        return Page(path, answer.status, answer.headers["Location"], text)

    def _send(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> HTTPResponse:
        self._connection.request(method, path, body, headers)
        return self._connection.getresponse()


def guest(browser: Browser, exam: str) -> Page:
    """Start as a guest; the first question."""
    token = browser.get("/account/sign-in").token
    return browser.follow(browser.post("/account/guest", {"csrf_token": token, "exam": exam}))


def practice(browser: Browser, exam: str) -> Iterator[float]:
    """Answer one question after the other; seconds that each took, from *Check* to the next.

    Four requests: the answer, its feedback, *Next question*, the question.
    """
    page = guest(browser, exam)
    start = {"exam": exam, "pool": "quick", "length": LENGTH}
    while True:
        if not _KIND.search(page.text):  # the summary
            token = browser.get("/practice/").token
            page = browser.follow(browser.post("/practice/", start | {"csrf_token": token}))
        attempt = page.path.rpartition("/")[0]
        begun = time.perf_counter()
        feedback = browser.follow(browser.post(page.path, answer(page)))
        page = browser.follow(browser.post(f"{attempt}/next", {"csrf_token": feedback.token}))
        yield time.perf_counter() - begun


def exam(browser: Browser, exam: str) -> Iterator[float]:
    """Answer a mock exam as the room's script does; seconds that each save took.

    The questions come once; from there on an answer is one request.
    """
    room, told = _begun(browser, exam)
    sheets = {int(found[1]): found[0] for found in _SHEET.finditer(_questions(browser, room, told))}
    forms = {n: answer(Page(room, 200, None, text)) for n, text in sheets.items()}
    for revision in count(1):
        for number, form in forms.items():
            changed = form | {"revision": revision, "person": told["person"], "seconds": 7}
            start = time.perf_counter()
            browser.post(f"{room}/{number}/save", changed, **_headers(told))
            yield time.perf_counter() - start


def exam_by_pages(browser: Browser, exam: str) -> Iterator[float]:
    """Answer one with a page for each question; seconds that a page and its save took together."""
    room, told = _begun(browser, exam)
    while True:
        for slot in told["slots"]:
            path, start = f"{room}/{slot['n']}", time.perf_counter()
            form = answer(browser.get(path)) | {"person": told["person"], "seconds": 7}
            browser.post(f"{path}/save", form, **_headers(told))
            yield time.perf_counter() - start


def _begun(browser: Browser, exam: str) -> tuple[str, dict[str, Any]]:
    """The address of a new mock exam's room, and its state."""
    token = guest(browser, exam).token
    begun = browser.post("/mock/", {"csrf_token": token, "exam": exam, "size": "full"})
    room = str(begun.location).rstrip("/")
    return room, json.loads(browser.get(f"{room}/state").text)


def _questions(browser: Browser, room: str, told: dict[str, Any]) -> str:
    return browser.get(f"{room}/questions?person={told['person']}").text


def _headers(told: dict[str, Any]) -> dict[str, str]:
    return {"X-CSRFToken": told["csrf"], "Accept": "application/json"}


def answer(page: Page) -> dict[str, Any]:
    """Something valid for whatever kind of question a page shows, with its hidden fields."""
    given: dict[str, list[str]] = {}
    for tag in _INPUT.findall(page.text):
        named, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if named:
            given.setdefault(named[1], []).append(unescape(value[1]) if value else "")
    hidden = {name: given[name][0] for name in ("csrf_token", "revision") if name in given}
    found = _KIND.search(page.text)
    places = {name: _OPTION.findall(inner) for name, inner in _SELECT.findall(page.text)}
    match found[1] if found else None:
        case "code_entry":
            return hidden | {"rows-0-code": "E11.22"}
        case "ordering":
            return hidden | {name: str(place) for place, name in enumerate(places, start=1)}
        case "matching":
            return hidden | {name: values[1] for name, values in places.items()}
        case "single" | "multiple":
            wanted = _CHOOSE.search(page.text)
            return hidden | {"chosen": given["chosen"][: int(wanted[1]) if wanted else 1]}
        case kind:
            raise Failure(f"{page.path}: no answer for {kind}")
