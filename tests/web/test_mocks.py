"""The exam room in the visitor: rules, accommodation, questions without script, breaks."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import Clock, house_of
from tests.web.conftest import Visitor, fields
from tests.web.exam_room import (
    JSON,
    answered,
    bank_of_every_kind,
    begin,
    pages,
    rows,
    sign_up,
    text,
    to_kind,
)
from trainer.bootstrap import Trainer
from trainer.persistence.database import Database
from trainer.persistence.tables import MockRow, SaveRow


@pytest.fixture
def memory_house(memory_database: Database, clock: Clock, tmp_path: Path) -> Trainer:
    """A house whose exam asks all kinds of items."""
    return house_of(memory_database, clock, tmp_path, bank_of_every_kind(tmp_path / "bank"))


@pytest.fixture
def room(visitor: Visitor) -> str:
    """An exam of six questions of all kinds."""
    sign_up(visitor)
    return begin(visitor)


# --- before it begins ---------------------------------------------------------------


def test_the_start_page_says_the_rules_plainly(visitor: Visitor) -> None:
    sign_up(visitor)
    page = visitor.get("/mock/?exam=alpha")
    said = text(page)
    for part in (
        "6 questions",
        "12 min",
        "The clock runs on if you leave",
        "You can go back to every question",
        "When the time is up, the exam ends by itself.",
        "Start as Dana K.",
        "Unofficial approximation.",
    ):
        assert part in said
    assert 'datetime="2026-11-23T09:12:00+00:00"' in page.text


def test_a_forward_only_exam_says_so_and_offers_the_digital_book(visitor: Visitor) -> None:
    sign_up(visitor)
    said = text(visitor.get("/mock/?exam=beta"))
    assert "You cannot go back." in said
    assert "Digital book" in said
    assert "Digital book" not in text(visitor.get("/mock/?exam=alpha"))


def test_shortages_are_said_before_the_start_with_numbers_by_domain(visitor: Visitor) -> None:
    sign_up(visitor)
    said = text(visitor.get("/mock/?exam=alpha"))
    assert "It can fill 0.4 of such a form" in said
    assert "Codes 7 3" in said
    assert "It is no full measure of the exam." in said


def test_a_bank_that_suffices_says_how_often(visitor: Visitor) -> None:
    sign_up(visitor)
    page = visitor.get("/mock/?exam=alpha&size=custom&items=2&domains=0&minutes=7")
    assert "It can fill 1.5 such forms with no question twice" in text(page)
    assert "<b>7\u00a0min</b>" in page.text


def test_repeats_of_the_last_forms_are_counted(visitor: Visitor, room: str) -> None:
    visitor.post(f"{room}submit")
    assert "6 of its questions were on one of your last three forms" in text(visitor.get("/mock/"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("items=0", "Choose 1 to 200 questions."),
        ("items=201", "Choose 1 to 200 questions."),
        ("items=5&minutes=0", "Choose 1 to 600 minutes."),
        ("domains=9", "valid choice"),
        ("subtopics=nope", "valid choice"),
    ],
)
def test_a_custom_choice_that_is_none_is_explained(visitor: Visitor, query: str, said: str) -> None:
    sign_up(visitor)
    page = visitor.get(f"/mock/?exam=alpha&size=custom&{query}")
    assert page.status_code == 200
    assert said in page.text


def test_a_choice_that_is_none_begins_nothing(visitor: Visitor) -> None:
    sign_up(visitor)
    assert visitor.post("/mock/", {"exam": "alpha", "size": "huge"}).status_code == 422
    assert visitor.post("/mock/", {"exam": "nope", "size": "full"}).status_code == 404
    assert rows(visitor, MockRow) == 0


def test_an_empty_bank_offers_no_start(visitor: Visitor) -> None:
    sign_up(visitor)
    page = visitor.get("/mock/?exam=beta&size=custom&items=5&subtopics=terminology.word-parts")
    assert "The bank has no question for this choice yet." in page.text
    assert "Start as" not in page.text
    data = {"exam": "beta", "size": "custom", "items": "5", "subtopics": "terminology.word-parts"}
    assert "no item for this exam" in visitor.follow("/mock/", data).text


def test_a_double_click_begins_one_exam(visitor: Visitor) -> None:
    sign_up(visitor)
    assert begin(visitor) == begin(visitor)
    assert rows(visitor, MockRow) == 1


def test_an_open_exam_is_offered_to_go_on_with(visitor: Visitor, room: str) -> None:
    for path in ("/mock/?exam=alpha", "/practice/"):
        assert f'href="{room}">Continue your open mock' in visitor.get(path).text
    assert "Start as" not in visitor.get("/mock/?exam=alpha").text


@pytest.mark.parametrize("path", ["/mock/?exam=alpha", "/practice/", "{room}", "{room}result"])
def test_an_overdue_exam_is_ended_by_whoever_looks(
    visitor: Visitor, room: str, clock: Clock, path: str
) -> None:
    clock.move(minutes=13)
    page = visitor.get(path.format(room=room))
    assert "Continue your open mock" not in page.text
    with visitor.house.database.engine.connect() as connection:
        assert connection.scalar(select(MockRow.ending)) == "expired"


# --- accommodation ----------------------------------------------------------------------


def test_an_accommodation_is_part_of_the_rules(visitor: Visitor) -> None:
    sign_up(visitor)
    given = {"factor": "1.5", "breaks": "20", "larger_type": "y"}
    said = text(visitor.follow("/mock/accommodation", given))
    assert "time and a half → 18 min instead of 12 min" in said
    assert "20 min of breaks" in said
    room = begin(visitor)
    page = visitor.get(f"{room}1")
    assert "has-larger-type" in page.text
    assert ">0:18:00<" in page.text


@pytest.mark.parametrize(
    "given",
    [
        {"factor": "9", "breaks": "0"},
        {"factor": "1", "breaks": "-1"},
        {"factor": "1", "breaks": "241"},
        {"factor": "1", "breaks": "soon"},
    ],
)
def test_an_accommodation_out_of_bounds_is_refused(visitor: Visitor, given) -> None:
    sign_up(visitor)
    page = visitor.post("/mock/accommodation", given)
    assert page.status_code == 200
    assert 'class="field-error"' in page.text


def test_time_granted_in_the_middle_is_seen_at_once(visitor: Visitor, room: str) -> None:
    visitor.follow("/mock/accommodation", {"factor": "2", "breaks": "0"})
    assert visitor.client.get(f"{room}state", headers=JSON).json["left"] == 24 * 60


# --- questions without script -----------------------------------------------------------


def test_an_exam_without_script_from_start_to_result(visitor: Visitor, room: str) -> None:
    page = visitor.get(visitor.get(room).location)
    kinds = set()
    for number in range(1, 7):
        kinds.add(re.search(r'data-kind="(\w+)"', page.text)[1])
        assert page.request.path == f"{room}{number}"
        page = answered(visitor, page)
    assert kinds == {"single", "multiple", "ordering", "matching", "code_entry"}
    assert page.request.path == f"{room}check"
    assert "0 unanswered, 0 flagged" in text(page)
    assert "All 6 questions have an answer." in visitor.get(f"{room}check?ask=1").text
    page = visitor.follow(f"{room}submit")
    assert page.request.path == f"{room}result"
    assert rows(visitor, SaveRow) == 6


def test_what_is_saved_is_shown_again(visitor: Visitor, room: str) -> None:
    for page in pages(visitor, room):
        answered(visitor, page)
    for page in pages(visitor, room):
        kind = re.search(r'data-kind="(\w+)"', page.text)[1]
        shown = {"code_entry": 'value="E1122"', "single": "checked", "multiple": "checked"}
        assert re.search(shown.get(kind, r'value="\w+"\s+selected'), page.text), kind
        assert "Saved" in page.text


def test_going_on_without_a_change_stores_nothing_anew(visitor: Visitor, room: str) -> None:
    for page in pages(visitor, room):
        answered(visitor, page)
    for page in pages(visitor, room):
        kept = {"revision": fields(page)["revision"][0], "go": "next"}
        kept["chosen"] = re.findall(r'value="(\w+)"\s+data-letter="\w"\s+checked', page.text)
        selects = re.findall(r'name="(place-\w+)".*?value="(\w+)"\s+selected', page.text, re.DOTALL)
        lines = re.findall(r'name="(rows-\d-code)"\s+value="([^"]*)"', page.text)
        visitor.follow(page.request.path, kept | dict(selects) | dict(lines))
    assert rows(visitor, SaveRow) == 6


@pytest.mark.parametrize(
    ("go", "leads_to"),
    [("next", "3"), ("previous", "1"), ("check", "check"), ("5", "5"), ("stay", "2"), ("", "2")],
)
def test_buttons_lead_where_they_say(visitor: Visitor, room: str, go: str, leads_to: str) -> None:
    page = answered(visitor, visitor.get(f"{room}2"), go=go)
    assert page.request.path == f"{room}{leads_to}"
    assert rows(visitor, SaveRow) == 1


def test_a_flag_is_put_and_taken_and_the_answer_saved(visitor: Visitor, room: str) -> None:
    page = answered(visitor, visitor.get(f"{room}2"), go="flag")
    assert "Question 2 of 6 , flagged" in text(page)
    assert "5 unanswered, 1 flagged" in text(visitor.get(f"{room}check"))
    assert "flagged" not in text(answered(visitor, page, go="unflag")).split("Review")[0]


def test_the_navigator_tells_shapes_in_words_and_filters(visitor: Visitor, room: str) -> None:
    answered(visitor, visitor.get(f"{room}2"), go="flag")
    squares = text(visitor.get(f"{room}check"))
    assert "1 ○ empty 2 ● ⚑ answered, flagged 3 ○ empty" in squares
    assert visitor.get(f"{room}check?show=flagged").text.count("<li hidden>") == 5
    assert visitor.get(f"{room}check?show=unanswered").text.count("<li hidden>") == 1


def test_asking_puts_the_focus_on_going_back(visitor: Visitor, room: str) -> None:
    page = visitor.get(f"{room}check?ask=1")
    assert "6 of 6 questions have no answer" in page.text
    assert re.search(r"data-stay\s+autofocus\s+href=\"[^\"]*\">Go back", page.text)


def test_an_answer_of_no_shape_is_explained_and_kept(visitor: Visitor, room: str) -> None:
    page = to_kind(visitor, room, "code_entry")
    sent = {"rows-0-code": "E11.9", "rows-0-modifiers": "x" * 50, "revision": "1", "go": "next"}
    refused = visitor.post(page.request.path, sent)
    assert refused.status_code == 422
    assert "Too many modifiers." in refused.text
    assert 'value="E11.9"' in refused.text
    assert rows(visitor, SaveRow) == 0


def test_a_page_that_is_older_than_another_tab_shows_the_newer_answer(
    visitor: Visitor, room: str
) -> None:
    page = to_kind(visitor, room, "single")
    first, second = fields(page)["chosen"][:2]
    path = page.request.path
    visitor.follow(path, {"chosen": first, "revision": "1", "go": "stay"})
    late = visitor.follow(path, {"chosen": second, "revision": "1", "go": "next"})
    assert "answered elsewhere meanwhile" in late.text
    assert re.search(rf'value="{first}"\s+data-letter="\w"\s+checked', late.text)


def test_a_forward_only_exam_does_not_go_back_or_ahead(visitor: Visitor) -> None:
    sign_up(visitor)
    room = begin(visitor, "beta")
    page = visitor.get(f"{room}1")
    assert "Previous" not in text(page)
    assert visitor.get(f"{room}2").location == f"{room}1"
    answered(visitor, page)
    assert visitor.get(f"{room}1").location == f"{room}2"
    assert f'href="{room}1"' not in visitor.get(f"{room}check").text


# --- breaks ---------------------------------------------------------------------------------


def test_a_break_saves_blanks_the_screen_and_stops_the_clock(
    visitor: Visitor, room: str, clock: Clock
) -> None:
    visitor.follow("/mock/accommodation", {"factor": "1", "breaks": "10"})
    page = answered(visitor, visitor.get(f"{room}1"), go="break")
    page = visitor.get(room)
    assert "The exam’s clock stands still at 0:12:00." in page.text
    assert "0:10:00" in page.text
    clock.move(minutes=4)
    for path in (f"{room}2", f"{room}check"):
        assert visitor.get(path).location == room
    assert "stem" not in visitor.client.get(f"{room}questions", headers=JSON).text
    state = visitor.client.get(f"{room}state", headers=JSON).json
    assert (state["resting"], state["left"], state["location"]) == (True, 12 * 60, room)
    visitor.follow(f"{room}resume")
    clock.move(minutes=1)
    assert "0:11:00" in visitor.get(f"{room}2").text
    assert "(6\u00a0min left)" in visitor.page.text
    assert rows(visitor, SaveRow) == 1
