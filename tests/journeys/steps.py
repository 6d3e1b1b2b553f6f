"""What a learner does, as functions of a page."""

import re

from playwright.sync_api import Page, expect


def start_as_guest(page: Page, exam: str = "CPC") -> None:
    page.goto("/")
    page.get_by_role("button", name=f"Practice {exam}", exact=True).click()
    settle(page, "form.answer")


def settle(page: Page, what: str) -> None:
    """Wait for an element and then for the whole page: scripts and styles act from there on."""
    page.locator(what).first.wait_for()
    page.wait_for_load_state("load")


def answer(page: Page) -> str:
    """Answer the question on the page, rightly or not; its kind."""
    settle(page, "form.answer")
    kind = page.locator("form.answer").get_attribute("data-kind") or ""
    if kind == "single":
        page.locator(".options").get_by_role("radio").first.check()
    elif kind == "multiple":
        wanted = int(re.findall(r"\d+", page.locator("fieldset.options legend").inner_text())[0])
        for box in page.get_by_role("checkbox").all()[:wanted]:
            box.check()
    elif kind == "code_entry":
        page.get_by_label("Code, line 1").fill("e11.9")
    elif kind == "matching":
        for box in page.locator("fieldset.places select").all():
            box.select_option(index=1)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_be_focused()
    return kind


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Next question|See the summary")).click()
    settle(page, "form.answer, .summary-lines")


def practise(page: Page, questions: int) -> set[str]:
    """Answer a number of questions; the kinds that came up."""
    kinds = set()
    for _ in range(questions):
        kinds.add(answer(page))
        go_on(page)
    return kinds


def answered_total(page: Page) -> int:
    page.goto("/progress/")
    totals = page.locator(".topic-total").all_inner_texts()
    return sum(int(n) for total in totals for n in re.findall(r"(\d+) answered", total))
