"""The learner's two first journeys, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import answer, answered_total, go_on, practise, start_as_guest

PASSWORD = "a long enough password"


def test_register_practise_ten_see_progress(page: Page) -> None:
    page.goto("/account/register")
    page.get_by_label(re.compile("^Name")).fill("Dana K.")
    page.get_by_label("E-mail address").fill("dana@college.edu")
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("button", name="Quick 10").click()
    practise(page, 10)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d+ of 10 right"))
    assert answered_total(page) == 10
    expect(
        page.locator(".progress-table").get_by_text(re.compile(r"\(n = \d+\)")).first
    ).to_be_visible()


def test_a_guest_answers_within_three_clicks_and_claims(page: Page) -> None:
    start_as_guest(page, "CBCS")  # the first click; the second chooses, the third checks
    answer(page)
    go_on(page)
    answer(page)
    page.get_by_role("link", name="Keep my progress").click()
    page.get_by_label(re.compile("^Name")).fill("Guest No More")
    page.get_by_label("E-mail address").fill("guest@college.edu")
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Keep my progress").click()
    assert answered_total(page) == 2
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in")
    page.get_by_label("E-mail address").fill("guest@college.edu")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert answered_total(page) == 2


def test_every_kind_can_be_answered_in_the_browser(page: Page) -> None:
    kinds: set[str] = set()
    start_as_guest(page, "CCS")
    for _ in range(5):
        kinds |= practise(page, 10)
        page.goto("/practice/?exam=ccs")
        page.get_by_role("button", name="Quick 10").click()
        if len(kinds) == 5:
            break
    assert kinds == {"single", "multiple", "ordering", "matching", "code_entry"}


def test_reload_and_back_lose_and_double_nothing(page: Page) -> None:
    start_as_guest(page)
    answer(page)
    verdict = page.locator(".verdict").inner_text()
    page.reload()
    assert page.locator(".verdict").inner_text() == verdict
    go_on(page)
    page.go_back()
    assert page.locator(".verdict").inner_text() == verdict
    assert answered_total(page) == 1


def test_two_tabs_answer_once(page: Page) -> None:
    start_as_guest(page)
    other = page.context.new_page()
    other.goto(page.url)
    answer(page)
    kind = other.locator("form.answer").get_attribute("data-kind")
    if kind == "single":
        other.locator(".options").get_by_role("radio").last.check()
    other.get_by_role("button", name="Check").click()
    assert answered_total(page) == 1


def test_keys_choose_check_and_go_on(page: Page) -> None:
    start_as_guest(page)
    while page.locator("form.answer").get_attribute("data-kind") != "single":
        answer(page)
        go_on(page)
    page.keyboard.press("b")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("1")
    expect(page.get_by_role("radio").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".counter")).not_to_have_text(re.compile("Question 1 of"))
