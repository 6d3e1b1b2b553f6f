"""Mock exams in a real browser: by keyboard, without network, twice at once, to the end."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select, update

from tests.journeys.test_accessibility import LOOKS, violations
from trainer.persistence.database import Database
from trainer.persistence.tables import AttemptRow, MockRow

PASSWORD = "a long enough password"
SAVED = re.compile(r"^\s*Saved \d\d:\d\d:\d\d")
WATCH = """
// Notes whenever "Saved" is painted while an answer that was sent has no acknowledgement.
window.lies = [];
window.unproven = new Set();
const real = window.fetch;
window.fetch = async (path, options) => {
  const match = String(path).match(/(\\d+)\\/save$/);
  const name = match && `${match[1]}/${new URLSearchParams(options.body).get("revision")}`;
  if (name) window.unproven.add(name);
  const response = await real(path, options);
  const isOurs = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (name && (response.ok || response.status === 409) && isOurs) window.unproven.delete(name);
  return response;
};
new MutationObserver(() => {
  const text = document.querySelector("[data-saved]")?.textContent ?? "";
  const isLie = /^\\s*Saved/.test(text) && window.unproven.size;
  if (isLie) window.lies.push(`${text}: ${[...window.unproven]}`);
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@pytest.fixture
def desk(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A computer whose network may fail; a script error still fails the test."""
    context = browser.new_context(base_url=base_url)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.add_init_script(WATCH)
    yield context
    context.close()
    assert errors == []


def sign_up(page: Page, name: str = "Dana K.") -> str:
    """A new account; its address."""
    email = f"{name.lower().partition(' ')[0]}{Random().randrange(10**9)}@college.edu"  # noqa: S311
    page.goto("/account/register")
    page.get_by_label(re.compile("^Name")).fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    return email


def enter(page: Page, query: str = "exam=ccs&size=custom&items=12") -> str:
    """Begin an exam and wait until all questions are there; its address."""
    page.goto(f"/mock/?{query}")
    page.get_by_role("button", name=re.compile("^Start as")).click()
    return ready(page)


def ready(page: Page) -> str:
    page.wait_for_selector("[data-room][data-ready]")
    return page.locator("[data-room]").get_attribute("data-room") or ""


def length_of(page: Page) -> int:
    return int(page.locator("[data-room]").get_attribute("data-length") or 0)


def state(page: Page, room: str) -> dict[str, Any]:
    answer = page.request.get(f"{room}state", headers={"Accept": "application/json"})
    return dict(answer.json())


def answered(page: Page, room: str) -> int:
    return sum(slot["answered"] for slot in state(page, room)["slots"])


def kind_of(page: Page) -> str:
    return page.locator("form.answer").get_attribute("data-kind") or ""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def answer_by_keyboard(page: Page, kind: str, letter: str = "a") -> None:
    if kind == "single":
        page.keyboard.press(letter)
    elif kind == "multiple":
        wanted = int(re.findall(r"\d+", page.locator("fieldset.options legend").inner_text())[0])
        for place in range(1, wanted + 1):
            page.keyboard.press(str(place))
    elif kind == "code_entry":
        tab_to(page, "input.code")
        page.keyboard.type("e11.9")
    elif kind == "matching":
        tab_to(page, ".pair select")
        page.keyboard.press("ArrowDown")
    else:
        tab_to(page, ".step-buttons button")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")


def to_single(page: Page) -> int:
    """Go on to a question with radios; its number."""
    while kind_of(page) != "single":
        page.get_by_role("button", name="Next").click()
    return int(page.locator("b[data-number]").inner_text())


def answer_singles(page: Page, number: int) -> list[int]:
    """Answer a number of questions with radios; which they were."""
    done = []
    for _ in range(number):
        done.append(to_single(page))
        page.keyboard.press("b")
        page.get_by_role("button", name="Next").click()
    return done


def no_lies(page: Page) -> None:
    assert page.evaluate("window.lies") == []


# --- from start to result -----------------------------------------------------


def test_a_whole_exam_by_keyboard_alone(page: Page) -> None:
    """As many questions as the bank has for a CPC."""
    sign_up(page)
    page.goto("/practice/?exam=cpc")
    tab_to(page, "a[href*='/mock/?exam=cpc'].btn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mock/**")
    tab_to(page, "form[method=post] button.btn-lg")
    page.keyboard.press("Enter")
    room, length = ready(page), length_of(page)
    for number in range(1, length + 1):
        expect(page.locator(".room-heading")).to_have_text(
            re.compile(rf"Question {number} of {length}")
        )
        kind = kind_of(page)
        answer_by_keyboard(page, kind)
        if number == 2:
            tab_to(page, ".room-buttons [data-do=flag]")
            page.keyboard.press("Enter")
            expect(page.locator(".room-heading")).to_contain_text("flagged")
        tab_to(page, ".room-buttons [data-do=next]")
        page.keyboard.press("Enter")
        if number < length:
            expect(page.locator(".room-heading")).to_be_focused()
    expect(page.locator("[data-summary]")).to_have_text("0 unanswered, 1 flagged")
    tab_to(page, "[data-ask]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-stay]")).to_be_focused()
    tab_to(page, "[data-submit] button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{room}result")
    expect(page.locator(".result-facts")).to_contain_text(f"{length} given, 0 empty, 1 flagged")


def test_an_exam_without_script_from_start_to_result(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    sign_up(page)
    page.goto("/mock/?exam=cca&size=custom&items=8")
    page.get_by_role("button", name=re.compile("^Start as")).click()
    length = length_of(page)
    for _ in range(length):
        kind = kind_of(page)
        if kind in {"single", "multiple"}:
            page.locator("input[name=chosen]").first.check()
        elif kind == "code_entry":
            page.get_by_label("Code, line 1").fill("E11.9")
        else:
            page.locator("fieldset.places select").first.select_option(index=1)
        page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-summary]")).to_have_text("0 unanswered, 0 flagged")
    page.get_by_role("link", name="Submit …").click()
    page.get_by_role("button", name="Submit now").click()
    expect(page.locator(".result-facts")).to_contain_text(f"{length} given")
    context.close()


# --- the keys -----------------------------------------------------------------


def test_every_action_has_a_key(page: Page) -> None:
    sign_up(page)
    enter(page)
    number = to_single(page)
    said = page.locator("[data-said]")
    page.keyboard.press("2")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("d")
    expect(page.get_by_role("radio").nth(3)).to_be_checked()
    page.keyboard.press("x")
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Strike out A")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.get_by_role("radio").nth(3)).to_be_checked()
    page.keyboard.press("t")
    expect(said).to_have_text(re.compile(r"\d+ minutes left"))
    page.keyboard.press("f")
    expect(page.locator(".room-heading")).to_have_text(
        re.compile(rf"Question {number} .*, flagged")
    )
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text(re.compile(rf"Question {number + 1} of"))
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(re.compile(rf"Question {number} of .*, flagged"))
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Review")).to_be_focused()


def test_scribbles_are_kept_and_typing_is_left_alone(page: Page) -> None:
    sign_up(page)
    room = enter(page)
    number = to_single(page)
    page.keyboard.press("d")
    page.keyboard.press("n")
    page.keyboard.type("fax 1 of b, right?")
    expect(page.get_by_role("radio").nth(3)).to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.press("a")
    page.keyboard.press("k")
    for key in ("1", "2", "*", "4", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-display]")).to_have_text("48")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".stem p").first.select_text()
    page.keyboard.press("h")
    expect(page.locator("[data-said]")).to_have_text("Highlighted")
    assert page.evaluate("CSS.highlights.get('stem').size") == 1
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.wait_for_timeout(600)  # scribbles follow the answer
    page.goto(f"{room}{number}")
    ready(page)
    expect(page.get_by_role("button", name="Strike out A")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("CSS.highlights.get('stem').size") == 1
    page.keyboard.press("n")
    expect(page.get_by_label("Your note for this question")).to_have_value("fax 1 of b, right?")


# --- the network --------------------------------------------------------------


def test_answers_given_offline_wait_and_arrive(desk: BrowserContext) -> None:
    page = desk.new_page()
    sign_up(page)
    room = enter(page)
    desk.set_offline(True)
    done = answer_singles(page, 3)
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet – offline, 3 answers waiting")
    expect(page.get_by_role("status").filter(has_text="3 answers waiting")).to_be_visible()
    page.keyboard.press("r")
    page.get_by_role("link", name="Submit …").click()
    page.get_by_role("button", name="Submit now").click()
    expect(page.locator("[data-blocked]")).to_contain_text(
        "3 answers are not saved yet", timeout=8000
    )
    expect(page.locator("[data-blocked]").get_by_role("button", name="Retry")).to_be_visible()
    desk.set_offline(False)
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("link", name="Back to question").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(page.locator("[data-banner]")).to_be_empty()
    stored = [slot["n"] for slot in state(page, room)["slots"] if slot["answered"]]
    assert stored == done
    no_lies(page)


def test_a_third_of_all_responses_is_lost_and_no_answer(desk: BrowserContext) -> None:
    page = desk.new_page()
    sign_up(page)
    room = enter(page)
    chance, lost = Random(3), []  # noqa: S311

    def lose(route: Route) -> None:
        answer = route.fetch()  # the server has it
        if chance.random() < 0.3:
            lost.append(route.request.url)
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/save", lose)
    for number in range(length_of(page)):
        kind = kind_of(page)
        answer_by_keyboard(page, kind, "ab"[number % 2])
        page.wait_for_timeout(60)
        page.locator("[data-do=next]").click()
    expect(page.locator("[data-summary]")).to_have_text("0 unanswered, 0 flagged")
    page.get_by_role("link", name="Back to question").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=30_000)
    assert lost
    assert answered(page, room) == length_of(page)
    no_lies(page)


@pytest.mark.parametrize(
    "body", ["<html>Welcome to the hotel</html>", '{"slot": 1}'], ids=["a portal", "another shape"]
)
def test_a_strangers_200_is_no_acknowledgement(desk: BrowserContext, body: str) -> None:
    page = desk.new_page()
    sign_up(page)
    room = enter(page)
    kind = "application/json" if body.startswith("{") else "text/html"
    page.route("**/save", lambda route: route.fulfill(status=200, body=body, content_type=kind))
    to_single(page)
    page.keyboard.press("a")
    expect(page.locator("[data-saved]")).to_contain_text(
        "Not saved yet – the server does not answer"
    )
    page.unroute("**/save")
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(page, room) == 1


def test_an_answer_that_cannot_be_taken_is_said_and_holds_back_submitting(
    desk: BrowserContext,
) -> None:
    page = desk.new_page()
    sign_up(page)
    enter(page)
    said = '{"error": "invalid", "message": "Units are 1 to 9999."}'
    page.route(
        "**/save",
        lambda route: route.fulfill(status=422, body=said, content_type="application/json"),
    )
    number = to_single(page)
    page.keyboard.press("a")
    expect(page.locator("[data-refused]")).to_have_text("Not saved: Units are 1 to 9999.")
    page.keyboard.press("r")
    page.get_by_role("link", name="Submit …").click()
    page.get_by_role("button", name="Submit now").click()
    blocked = page.locator("[data-blocked]")
    expect(blocked).to_contain_text(f"the answer to question {number} cannot be saved")
    page.unroute("**/save")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("link", name="Back to question").click()
    page.keyboard.press("b")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(page.locator("[data-refused]")).to_be_hidden()
    no_lies(page)


def test_what_waits_survives_the_end_of_its_page(desk: BrowserContext) -> None:
    page = desk.new_page()
    sign_up(page)
    room = enter(page)
    desk.set_offline(True)
    done = answer_singles(page, 2)
    expect(page.locator("[data-saved]")).to_contain_text("2 answers waiting")
    page.close()
    desk.set_offline(False)
    page = desk.new_page()
    page.goto(f"{room}{done[0]}")
    ready(page)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert answered(page, room) == 2


def test_a_reload_in_the_middle_of_saving_loses_nothing(desk: BrowserContext) -> None:
    page = desk.new_page()
    sign_up(page)
    room = enter(page)
    number = to_single(page)
    page.keyboard.press("c")
    page.reload()
    ready(page)
    expect(page.locator(".room-heading")).to_contain_text(f"Question {number} of")
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(page, room) == 1


# --- two of something ---------------------------------------------------------


def test_an_older_tab_cannot_overwrite_a_newer_answer(desk: BrowserContext) -> None:
    page = desk.new_page()
    sign_up(page)
    room = enter(page)
    number = to_single(page)
    other = desk.new_page()
    other.goto(f"{room}{number}")
    ready(other)
    other.keyboard.press("b")
    expect(other.locator("[data-saved]")).to_have_text(SAVED)
    page.route("**/state*", lambda route: route.abort())  # which would have told in time
    page.bring_to_front()
    page.keyboard.press("c")
    expect(page.locator("[data-banner]")).to_contain_text("was answered in another window")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("d")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert state(page, room)["slots"][number - 1]["revision"] == 2
    no_lies(page)


def sign_out_elsewhere(desk: BrowserContext) -> Page:
    other = desk.new_page()
    other.goto("/practice/")
    other.get_by_role("button", name="Sign out").click()
    return other


def test_signed_out_in_another_tab_signs_in_by_dialog_and_replays(desk: BrowserContext) -> None:
    page = desk.new_page()
    email = sign_up(page)
    room = enter(page)
    sign_out_elsewhere(desk).close()
    to_single(page)
    page.keyboard.press("b")
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    expect(page.locator("[data-saved]")).to_have_text(
        "Not saved yet – signed out, 1 answer waiting"
    )
    dialog.get_by_label("E-mail address").fill(email)
    dialog.get_by_label("Password").fill("not the password")
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("That did not work")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(page, room) == 1
    no_lies(page)


def test_somebody_else_at_the_same_computer_sends_nothing_of_it(desk: BrowserContext) -> None:
    page = desk.new_page()
    email = sign_up(page)
    room = enter(page)
    number = to_single(page)
    sign_up(sign_out_elsewhere(desk), "Eve L.")
    page.bring_to_front()
    page.keyboard.press("b")
    expect(page.locator("[data-banner]")).to_contain_text(
        "Eve L. is signed in on this computer now"
    )
    expect(page.locator(".stem")).to_be_hidden()
    other = sign_out_elsewhere(desk)
    other.goto(f"/account/sign-in?next={room}{number}")
    other.get_by_label("E-mail address").fill(email)
    other.get_by_label("Password").fill(PASSWORD)
    page.close()
    other.get_by_role("button", name="Sign in").click()
    ready(other)
    expect(other.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(other, room) == 1


# --- the clock ----------------------------------------------------------------


@pytest.fixture
def leave(instance: Path) -> Callable[[str, float], None]:
    """Let an exam have begun so early that this many seconds of it are left."""

    def shift(room: str, seconds: float) -> None:
        key = int(room.split("/")[2])
        database = Database(f"sqlite:///{instance / 'clean_claim.db'}")
        with database.engine.begin() as connection:
            minutes = connection.scalar(select(MockRow.minutes).where(MockRow.attempt_id == key))
            began = connection.scalar(select(AttemptRow.started_at).where(AttemptRow.id == key))
            now = connection.scalar(select(AttemptRow.started_at).order_by(AttemptRow.id.desc()))
            assert began == now  # begun a moment ago
            earlier = began - timedelta(minutes=minutes) + timedelta(seconds=seconds)
            of_it = AttemptRow.id == key
            connection.execute(update(AttemptRow).where(of_it).values(started_at=earlier))
        database.close()

    return shift


def test_at_zero_what_is_on_the_screen_counts_and_nothing_is_asked(
    desk: BrowserContext, leave: Callable[[str, float], None]
) -> None:
    page = desk.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    sign_up(page)
    room = enter(page, "exam=cpc&size=custom&items=5")
    length = length_of(page)
    leave(room, 8)
    page.reload()
    ready(page)
    to_single(page)
    expect(page.locator("[data-clock]")).to_have_text("0:00:01", timeout=10_000)
    page.keyboard.press("b")
    page.wait_for_url(f"**{room}over", timeout=15_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        f"Time is up – 1 of {length} answers received"
    )
    assert page.goto(room).url.endswith("/over")
    no_lies(page)


def test_the_time_is_said_at_marks_and_on_demand_only(desk: BrowserContext) -> None:
    page = desk.new_page()
    sign_up(page)
    page.clock.install()
    enter(page)
    page.route("**/state*", lambda route: route.abort())  # the server knows the real time
    timer, said = page.get_by_role("timer"), page.locator("[data-said]")
    expect(timer).to_have_attribute("aria-live", "off")
    left = float(page.locator("[data-room]").get_attribute("data-left") or 0)
    page.clock.fast_forward(int(left - 299) * 1000)
    expect(said).to_have_text(re.compile(r"^[45] minutes left$"))
    page.keyboard.press("f")
    expect(said).to_have_text("Flagged")
    page.keyboard.press("t")
    expect(said).to_have_text(re.compile(r"^\d+ (minutes|seconds) left$"))


def test_breaks_stop_the_clock_and_blank_the_screen(page: Page) -> None:
    sign_up(page)
    page.goto("/mock/accommodation")
    page.get_by_label("Minutes of breaks").fill("5")
    page.get_by_role("button", name="Save").click()
    room = enter(page)
    page.get_by_role("button", name=re.compile("^Break")).click()
    page.wait_for_url(f"**{room}")
    expect(page.get_by_role("timer")).to_have_text(re.compile("0:0[45]:"))
    assert "stem" not in page.content()
    page.get_by_role("button", name="Resume").click()
    ready(page)
    page.get_by_role("button", name="Hide").click()
    expect(page.locator("[data-clock]")).to_be_hidden()


# --- every look ---------------------------------------------------------------


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_no_page_of_it_breaks_a_rule(browser: Browser, base_url: str, look: str) -> None:
    viewport, scheme = LOOKS[look]
    context = browser.new_context(viewport=viewport, color_scheme=scheme, base_url=base_url)
    page = context.new_page()
    sign_up(page)
    found = []
    for path in ("/mock/?exam=ccs", "/mock/?exam=ccs&size=custom", "/mock/accommodation"):
        page.goto(path)
        found += violations(page)
    page.get_by_label("Minutes of breaks").fill("5")
    page.get_by_label("Larger type").check()
    page.get_by_role("button", name="Save").click()
    enter(page, "exam=ccs")
    kinds = set()
    for _ in range(length_of(page)):
        if kind_of(page) not in kinds:
            kinds.add(kind_of(page))
            found += violations(page)
        page.keyboard.press("ArrowRight")
    for key in ("n", "k", "?"):
        page.get_by_role("link", name="Back to question").click()
        page.keyboard.press(key)
        found += violations(page)
        page.keyboard.press("Escape")
        page.keyboard.press("r")
    page.get_by_role("link", name="Submit …").click()
    found += violations(page)
    page.evaluate("document.querySelector('[data-sign-in]').showModal()")
    found += violations(page)
    page.evaluate("document.querySelector('[data-sign-in]').close()")
    page.get_by_role("button", name=re.compile("^Break")).click()
    page.wait_for_selector("[data-rest]")
    found += violations(page)
    context.close()
    assert found == []


def test_no_page_of_it_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})  # WCAG 1.4.10 reflow
    width = "document.documentElement.scrollWidth"
    sign_up(page)
    for path in ("/mock/?exam=ccs", "/mock/?exam=ccs&size=custom", "/mock/accommodation"):
        page.goto(path)
        assert page.evaluate(width) <= 320, path
    enter(page, "exam=ccs")
    for number in range(length_of(page)):
        assert page.evaluate(width) <= 320, number
        page.keyboard.press("ArrowRight")
    assert page.evaluate(width) <= 320
