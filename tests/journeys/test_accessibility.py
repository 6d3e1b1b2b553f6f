"""Every kind of page against axe's WCAG 2.2 AA rules, in light and dark, wide and narrow."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.steps import answer, go_on, start_as_guest

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
LOOKS = {
    "desk-light": ({"width": 1280, "height": 900}, "light"),
    "phone-light": ({"width": 390, "height": 844}, "light"),
    "desk-dark": ({"width": 1280, "height": 900}, "dark"),
}
PUBLIC = ["/", "/legal", "/exams/", "/exams/ccs_p", "/account/sign-in", "/account/register"]
BEHIND_LOGIN = [
    "/practice/",
    "/review/",
    "/readiness/",
    "/progress/",
    "/account/claim",
    "/account/plan",
]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


@pytest.fixture(params=sorted(LOOKS))
def looked_at(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    viewport, scheme = LOOKS[request.param]
    context = browser.new_context(viewport=viewport, color_scheme=scheme, base_url=base_url)
    yield context.new_page()
    context.close()


def test_no_page_breaks_a_rule(looked_at: Page) -> None:
    found: list[str] = []
    for path in PUBLIC:
        looked_at.goto(path)
        found += violations(looked_at)
    start_as_guest(looked_at, "CCA")
    kinds: set[str] = set()
    for _ in range(10):
        kind = looked_at.locator("form.answer").get_attribute("data-kind") or ""
        fresh = kind not in kinds
        kinds.add(kind)
        found += violations(looked_at) if fresh else []
        answer(looked_at)
        found += violations(looked_at) if fresh else []
        go_on(looked_at)
    found += violations(looked_at)
    for path in BEHIND_LOGIN:
        looked_at.goto(path)
        found += violations(looked_at)
    assert found == []


@pytest.mark.parametrize("path", [*PUBLIC, *BEHIND_LOGIN])
def test_no_page_is_wider_than_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})  # WCAG 1.4.10 reflow
    start_as_guest(page)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
