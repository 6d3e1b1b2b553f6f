"""Everything works in a browser that runs no script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.steps import start_as_guest


@pytest.fixture
def plain_page(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    yield context.new_page()
    context.close()


def answer_plainly(page: Page, kind: str) -> None:
    """Fill in whatever is asked, by native controls alone."""
    if kind in {"single", "multiple"}:
        wanted = page.locator("fieldset.options legend").inner_text().split()[-1]
        for box in page.locator("input[name=chosen]").all()[
            : 1 if wanted == "one" else int(wanted)
        ]:
            box.check()
    elif kind == "code_entry":
        page.get_by_label("Code, line 1").fill("E11.9")
    else:
        for place, box in enumerate(page.locator("fieldset.places select").all(), start=1):
            box.select_option(index=place if kind == "ordering" else 1)
    page.get_by_role("button", name="Check").click()


def test_a_practice_from_start_to_summary(plain_page: Page) -> None:
    start_as_guest(plain_page, "CCA")
    for _ in range(10):
        kind = plain_page.locator("form.answer").get_attribute("data-kind") or ""
        answer_plainly(plain_page, kind)
        expect(plain_page.locator(".verdict")).to_be_visible()
        plain_page.locator(".actions button").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("of 10 right")


def test_an_incomplete_ordering_is_explained_and_kept(plain_page: Page) -> None:
    start_as_guest(plain_page, "CBCS")
    for _ in range(60):
        if plain_page.locator("form.answer").count() == 0:
            plain_page.goto("/practice/?exam=cbcs")
            plain_page.get_by_role("button", name="Quick 10").click()
        kind = plain_page.locator("form.answer").get_attribute("data-kind") or ""
        if kind == "ordering":
            break
        answer_plainly(plain_page, kind)
        plain_page.locator(".actions button").click()
    boxes = plain_page.locator("fieldset.places select")
    boxes.first.select_option("2")
    plain_page.get_by_role("button", name="Check").click()
    expect(plain_page.get_by_role("alert")).to_have_text("Give each step a place of its own.")
    expect(boxes.first).to_have_value("2")
