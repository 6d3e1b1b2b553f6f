"""What the exam room's script asks for, and every refusal it may get."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import Clock, house_of
from tests.web.conftest import Visitor, an_answer, fields
from tests.web.exam_room import (
    JSON,
    PASSWORD,
    Script,
    bank_of_every_kind,
    begin,
    pages,
    rows,
    sign_up,
    to_kind,
)
from trainer.bootstrap import Trainer
from trainer.persistence.database import Database
from trainer.persistence.tables import MarkRow, SaveRow


@pytest.fixture
def memory_house(memory_database: Database, clock: Clock, tmp_path: Path) -> Trainer:
    """A house whose exam asks all kinds of items."""
    return house_of(memory_database, clock, tmp_path, bank_of_every_kind(tmp_path / "bank"))


@pytest.fixture
def script(visitor: Visitor) -> Script:
    """The script of a page in an exam of six questions."""
    sign_up(visitor)
    return Script(visitor, begin(visitor))


def test_a_save_is_acknowledged_by_slot_revision_and_time(script: Script) -> None:
    answer = script.save(2)
    assert answer.status_code == 200
    at = datetime.fromisoformat(answer.json.pop("at"))
    assert at == script.visitor.house.now()
    assert {**answer.json} | {"at": None} == {"slot": 2, "revision": 1, "serial": 1, "at": None}


def test_the_same_save_again_gets_the_same_answer_and_stores_nothing(script: Script) -> None:
    given = an_answer(script.visitor.get(f"{script.room}2"))
    first, again = (script.save(2, answer=given) for _ in range(2))
    assert first.json == again.json
    assert rows(script.visitor, SaveRow) == 1


def test_a_later_save_of_another_tab_wins_and_the_earlier_is_told_so(script: Script) -> None:
    page = to_kind(script.visitor, script.room, "single")
    number = int(page.request.path.rsplit("/", 1)[1])
    one, other = fields(page)["chosen"][:2]
    assert script.save(number, 1, answer={"chosen": one}).status_code == 200
    assert script.save(number, 2, answer={"chosen": other}).status_code == 200
    late = script.save(number, 2, answer={"chosen": one})
    assert (late.status_code, late.json) == (409, {"error": "stale", "revision": 2})


def test_a_cleared_answer_is_an_answer_less(script: Script) -> None:
    script.save(2)
    assert script.save(2, 2, answer={}).status_code == 200
    slots = script.state().json["slots"]
    assert slots[1] == {"n": 2, "revision": 2, "answered": False, "flagged": False}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"answer": {"chosen": "deadbeef0000"}}, "another question"),
        ({"answer": {"rows-0-code": "x", "rows-0-modifiers": "x" * 31}}, "Too many modifiers."),
        ({"revision": "soon"}, "Not a valid integer value."),
        ({"revision": ""}, "Reload the page."),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(script: Script, given, message: str) -> None:
    page = to_kind(script.visitor, script.room, "single")
    number = int(page.request.path.rsplit("/", 1)[1])
    refused = script.save(number, **({"answer": {}} | given))
    assert refused.status_code == 422
    assert refused.json["error"] == "invalid"
    assert message in refused.json["message"]
    assert rows(script.visitor, SaveRow) == 0


def test_a_question_that_is_none_is_refused(script: Script) -> None:
    assert script.save(7, answer={}).status_code == 404


def test_another_persons_page_is_refused_and_told_who_is_signed_in(script: Script) -> None:
    refused = script.save(2, answer={}, person=99)
    assert (refused.status_code, refused.json) == (403, {"error": "person", "name": "Dana K."})
    for path, data in (("2/flag", {"person": 99}), ("2/advance", {"person": 99})):
        assert script.post(path, data).status_code == 403
    assert script.state(person=99).status_code == 403
    assert script.post("2/marks", json={"person": 99}).status_code == 403
    assert rows(script.visitor, SaveRow) == 0


def test_anothers_exam_does_not_exist(script: Script, other_visitor: Visitor) -> None:
    sign_up(other_visitor, "Eve", "eve@college.edu")
    for path in ("", "1", "check", "result", "over", "review", "receipt.csv"):
        assert other_visitor.get(f"{script.room}{path}").status_code == 404
    assert other_visitor.client.get(f"{script.room}state", headers=JSON).status_code == 404
    for path in ("break", "resume", "submit", "1"):
        sent = {"revision": "1", "rows-0-code": "x"}
        assert other_visitor.post(f"{script.room}{path}", sent).status_code == 404


def test_a_forged_save_is_refused_and_a_new_token_is_to_be_had(script: Script) -> None:
    refused = script.post("2/save", {"revision": 1}, token="forged")
    assert (refused.status_code, refused.json) == (400, {"error": "token"})
    assert (
        script.post("2/save", {"revision": 1}, token=script.state().json["csrf"]).status_code == 200
    )


def test_signed_out_is_said_as_such_and_signing_in_replays(script: Script) -> None:
    visitor = script.visitor
    given = an_answer(visitor.get(f"{script.room}2"))
    visitor.post("/account/sign-out")
    refused = script.save(2, answer=given)
    assert (refused.status_code, refused.json) == (401, {"error": "sign-in"})
    assert script.state().status_code == 401
    sign_in = {"email": "dana@college.edu", "password": PASSWORD, "next": f"{script.room}state"}
    assert visitor.post("/account/sign-in", sign_in).location == f"{script.room}state"
    assert script.save(2, answer=given).json == {"error": "token"}
    script.token = script.state().json["csrf"]
    assert script.save(2, answer=given).status_code == 200


def test_a_page_that_is_no_script_still_gets_a_sign_in_page(script: Script) -> None:
    script.visitor.post("/account/sign-out")
    assert "/account/sign-in" in script.visitor.get(f"{script.room}2").location


def test_an_exam_that_is_over_says_where_to_go(script: Script, clock: Clock) -> None:
    clock.move(minutes=12, seconds=11)
    refused = script.save(2, answer={})
    assert (refused.status_code, refused.json) == (409, {"error": "over", "location": script.room})
    assert script.state().json["over"] is True
    assert script.visitor.get(script.room).location == f"{script.room}over"
    assert script.visitor.get(f"{script.room}2").location == f"{script.room}over"


def test_an_answer_given_in_the_last_second_counts_though_the_line_is_slow(
    script: Script, clock: Clock
) -> None:
    clock.move(minutes=12, seconds=3)
    assert script.save(2).status_code == 200
    page = script.visitor.follow(f"{script.room}submit")
    assert page.request.path == f"{script.room}over"
    assert "1 of 6 answers received" in " ".join(page.text.split())


def test_submitting_is_answered_to_the_script_and_twice_is_once(script: Script) -> None:
    first, again = (script.post("submit", {}) for _ in range(2))
    assert first.json == again.json == {"location": f"{script.room}result"}


def test_a_browser_that_never_comes_back_finds_its_result_next_day(
    script: Script, clock: Clock
) -> None:
    script.save(2)
    clock.move(days=1)
    assert "1 of 6 answers received" in " ".join(
        script.visitor.get(script.visitor.get(script.room).location).text.split()
    )


def test_saving_works_after_five_hours_of_a_longer_exam(
    visitor: Visitor, clock: Clock, monkeypatch
) -> None:
    sign_up(visitor)
    visitor.post("/mock/accommodation", {"factor": "1.5", "breaks": "0"})
    script = Script(visitor, begin(visitor, size="custom", items="2", domains="0", minutes="240"))
    given = an_answer(visitor.get(f"{script.room}2"))
    clock.move(hours=5)
    import time  # noqa: PLC0415  # the clock that itsdangerous reads

    later = time.time() + 5 * 3600
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert script.save(2, answer=given).status_code == 200
    assert script.state().json["left"] == 3600


def test_flags_and_marks_are_kept(script: Script) -> None:
    page = to_kind(script.visitor, script.room, "single")
    number = page.request.path.rsplit("/", 1)[1]
    token = fields(page)["chosen"][0]
    assert script.post(f"{number}/flag", {"on": "y"}).json["flagged"] is True
    body = {"person": 1, "struck": [token], "highlights": [[0, 5]], "note": "see <b>I.C.4</b>"}
    assert script.post(f"{number}/marks", json=body).json == {"slot": int(number)}
    page = script.visitor.get(f"{script.room}{number}").text
    assert f"{{&#34;struck&#34;: [&#34;{token}&#34;], &#34;highlights&#34;: [[0, 5]]" in page
    assert "<b>I.C.4" not in page
    assert script.state().json["slots"][int(number) - 1]["flagged"] is True
    assert script.post(f"{number}/flag", {}).json["flagged"] is False


@pytest.mark.parametrize(
    "body",
    [
        [],
        "nothing",
        {"struck": "a", "highlights": [], "note": ""},
        {"struck": [1], "highlights": [], "note": ""},
        {"struck": [], "highlights": [[5, 5]], "note": ""},
        {"struck": [], "highlights": [[-1, 5]], "note": ""},
        {"struck": [], "highlights": [["a", 5]], "note": ""},
        {"struck": [], "highlights": [], "note": 1},
        {"struck": ["a"] * 41, "highlights": [], "note": ""},
    ],
)
def test_marks_of_another_shape_are_refused(script: Script, body) -> None:
    sent = {"person": 1, **body} if isinstance(body, dict) else body
    assert script.post("1/marks", json=sent).status_code in {403, 422}
    assert rows(script.visitor, MarkRow) == 0


def test_a_forward_only_exam_advances_and_closes_what_is_behind(visitor: Visitor) -> None:
    sign_up(visitor)
    script = Script(visitor, begin(visitor, "beta"))
    given = an_answer(visitor.get(f"{script.room}1"))
    assert script.post("2/advance", {}).status_code == 200
    assert visitor.get(script.room).location == f"{script.room}2"
    assert script.save(1, answer=given).status_code == 422


def test_all_questions_come_at_once_with_their_revisions(script: Script) -> None:
    script.save(2)
    page = script.visitor.client.get(f"{script.room}questions")
    slots = re.findall(r'data-slot="(\d)"\s+data-revision="(\d)"\s+data-seconds="(\d)"', page.text)
    assert slots == [(str(n), *(("1", "0") if n == 2 else ("0", "0"))) for n in range(1, 7)]
    assert page.headers["Cache-Control"] == "no-store"


def test_no_response_of_an_open_exam_holds_a_key_a_reason_or_a_telling_id(script: Script) -> None:
    """Every address that an open exam answers, before and after saving."""
    visitor, room = script.visitor, script.room
    said = [page.text for page in pages(visitor, room)]
    said += [script.save(number).text for number in range(1, 7)]
    said += [script.post("2/flag", {"on": "y"}).text, script.post("2/advance", {}).text]
    marks = {"person": 1, "struck": [], "highlights": [], "note": "x"}
    said += [script.post("2/marks", json=marks).text]
    said += [page.text for page in pages(visitor, room)]
    for path in ("", "state", "questions", "check", "check?ask=1", "over", "result", "review"):
        said.append(visitor.client.get(f"{room}{path}").text)
    for path in ("review/1", "review?only=wrong", "receipt.csv"):
        said.append(visitor.client.get(f"{room}{path}").text)
    said += [visitor.client.get(path).text for path in ("/mock/", "/practice/", "/review/")]
    everything = "\n".join(said)
    for item in items(script):
        assert item.id not in everything
        assert item.rationale not in everything
        for part in (*getattr(item, "options", ()), *getattr(item, "steps", ())):
            assert part.reason not in everything
            assert f'"{part.id}"' not in everything
        for prompt in getattr(item, "prompts", ()):
            assert prompt.reason not in everything
            assert f'"{prompt.id}"' not in everything
        for code in getattr(item, "codes", ()):
            assert code.code not in everything.replace("E11.22", "")


def items(script: Script) -> list:
    slugs = ("single", "multiple", "ordering", "matching", "case-1", "case-2")
    with script.visitor.house.database.reading() as store:
        return [store.items.current(f"alpha-{slug}")[0] for slug in slugs]
