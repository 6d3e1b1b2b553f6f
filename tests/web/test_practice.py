"""Practice in the visitor, without script: choose, answer, read why, go on."""

import re

import pytest
from sqlalchemy import func, select

from tests.conftest import counted
from tests.web.conftest import Visitor, an_answer, fields
from trainer.persistence.tables import ResponseRow, SlotRow

SQL_BUDGET_ANSWER = 6  # login included
SQL_BUDGET_PAGE = 2


def rows(visitor: Visitor, table: type) -> int:
    with visitor.house.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def without_token(page: str) -> str:
    """A page without the token that changes every second."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


def answered(visitor: Visitor) -> str:
    """Start as a guest and answer the first question; its path."""
    path = visitor.start_as_guest()
    visitor.follow(path, an_answer(visitor.page))
    return path


def test_a_guest_is_at_the_first_question_after_one_click(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    assert re.fullmatch(r"/practice/\d+/1", path)
    assert "Question <b>1</b>" in visitor.page.text


def test_every_kind_of_item_can_be_answered(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    kinds = set()
    while 'data-kind="' in visitor.page.text:
        kinds.add(re.search(r'data-kind="(\w+)"', visitor.page.text)[1])
        feedback = visitor.follow(path, an_answer(visitor.page))
        assert 'class="verdict' in feedback.text
        attempt = path.rsplit("/", 1)[0]
        visitor.follow(f"{attempt}/next")
        path = visitor.page.request.path
    assert kinds == {"single", "multiple", "ordering", "matching", "code_entry"}
    assert "of 6 right" in visitor.page.text


def test_no_page_before_an_answer_holds_a_key_a_reason_or_an_option_id(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    with visitor.house.database.reading() as store:
        known = {}
        for slug in ("single", "multiple", "ordering", "matching", "case-1", "case-2"):
            item, _ = store.items.current(f"alpha-{slug}")
            known[item.stem.split("\n")[0][:40]] = item
    for _ in range(6):
        page = visitor.page.text
        item = next(item for start, item in known.items() if start in page)
        assert item.rationale not in page
        assert item.id not in page
        for part in (*getattr(item, "options", ()), *getattr(item, "steps", ())):
            assert part.reason not in page
            assert f'"{part.id}"' not in page
        for code in getattr(item, "codes", ()):
            assert code.code not in page
        visitor.follow(path, an_answer(visitor.page))
        visitor.follow(path.rsplit("/", 1)[0] + "/next")
        path = visitor.page.request.path


def test_feedback_gives_verdict_reasons_and_sources(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.start_as_guest()
    feedback = visitor.get(answered(visitor))
    for part in ('class="verdict', "Why</h2>", "Sources</h2>"):
        assert part in feedback.text


def test_a_double_click_stores_one_answer_and_shows_it(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    answer = an_answer(visitor.page)
    first, second = visitor.post(path, answer), visitor.post(path, answer)
    assert first.location == second.location == path
    assert rows(visitor, ResponseRow) == 1
    assert "answered already" not in visitor.get(path).text


def test_a_second_tab_cannot_change_an_answer_and_says_so(visitor: Visitor) -> None:
    path = visitor.start_as_guest("beta")
    chosen = fields(visitor.page)["chosen"]
    visitor.follow(path, {"chosen": chosen[0]})
    page = visitor.follow(path, {"chosen": chosen[1]})
    assert "first answer counts" in page.text
    assert rows(visitor, ResponseRow) == 1


def test_a_reload_after_answering_shows_the_same_feedback(visitor: Visitor) -> None:
    path = answered(visitor)
    first, second = (without_token(visitor.get(path).text) for _ in range(2))
    assert first == second


def test_pages_are_not_kept_by_the_back_button(visitor: Visitor) -> None:
    assert visitor.get(visitor.start_as_guest()).headers["Cache-Control"] == "no-store"


def test_next_twice_serves_one_question(visitor: Visitor) -> None:
    attempt = answered(visitor).rsplit("/", 1)[0]
    first, second = visitor.post(f"{attempt}/next"), visitor.post(f"{attempt}/next")
    assert first.location == second.location == f"{attempt}/2"
    assert rows(visitor, SlotRow) == 2


def test_next_before_answering_stays(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    assert visitor.post(path.rsplit("/", 1)[0] + "/next").location == path


@pytest.mark.parametrize(
    "answer",
    [{}, {"chosen": "deadbeef0000"}, {"chosen": ["a", "b"]}, {"rows-0-code": "E11.9"}],
    ids=["nothing", "a foreign token", "two options", "another kind"],
)
def test_an_answer_that_is_none_is_refused_and_stores_nothing(
    visitor: Visitor, answer: dict[str, object]
) -> None:
    path = visitor.start_as_guest("beta")
    refused = visitor.post(path, answer)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert rows(visitor, ResponseRow) == 0


def test_a_refused_code_entry_keeps_what_was_typed(visitor: Visitor) -> None:
    path = to_kind(visitor, "code_entry")
    refused = visitor.post(path, {"rows-0-code": "e11.22", "rows-0-modifiers": "x" * 50})
    assert refused.status_code == 422
    assert 'value="e11.22"' in refused.text


def to_kind(visitor: Visitor, kind: str) -> str:
    """Answer on until a question of a kind is served; its path."""
    path = visitor.start_as_guest()
    while f'data-kind="{kind}"' not in visitor.page.text:
        visitor.follow(path, an_answer(visitor.page))
        visitor.follow(path.rsplit("/", 1)[0] + "/next")
        path = visitor.page.request.path
    return path


def test_anothers_practice_does_not_exist(visitor: Visitor, other_visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    other_visitor.start_as_guest()
    assert other_visitor.get(path).status_code == 404
    assert other_visitor.post(path, an_answer(visitor.page)).status_code == 404
    assert other_visitor.get(path.rsplit("/", 1)[0]).status_code == 404
    assert rows(visitor, ResponseRow) == 0


def test_stopping_early_keeps_what_is_answered(visitor: Visitor) -> None:
    attempt = answered(visitor).rsplit("/", 1)[0]
    summary = visitor.follow(f"{attempt}/finish")
    assert "Ended after 1 of 10" in summary.text


def test_a_finished_practice_takes_no_answer(visitor: Visitor) -> None:
    path = visitor.start_as_guest("beta")
    attempt = path.rsplit("/", 1)[0]
    answer = an_answer(visitor.page)
    visitor.post(f"{attempt}/finish")
    assert visitor.post(path, answer).status_code == 409
    assert rows(visitor, ResponseRow) == 0


def test_chosen_topics_bound_what_is_served(visitor: Visitor) -> None:
    visitor.start_as_guest()
    data = {"exam": "alpha", "pool": "topics", "topics": ["billing.claims"], "length": "5"}
    page = visitor.get(visitor.post("/practice/", data).location)
    assert "Claims" in page.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"exam": "alpha", "pool": "topics"}, "Choose at least one topic."),
        ({"exam": "alpha", "pool": "quick", "length": "0"}, "Choose 1 to 100 questions."),
        ({"exam": "nope", "pool": "quick"}, "Not a valid choice"),
        ({"exam": "alpha", "pool": "nope"}, "Not a valid choice"),
    ],
)
def test_a_choice_that_is_none_is_explained(visitor: Visitor, data, said: str) -> None:
    visitor.start_as_guest()
    page = visitor.post("/practice/", data)
    assert page.status_code in {404, 422}
    if page.status_code == 422:
        assert said in page.text


def test_nothing_missed_is_said_kindly(visitor: Visitor) -> None:
    visitor.start_as_guest()
    page = visitor.follow("/practice/", {"exam": "alpha", "pool": "missed"})
    assert "no missed items" in page.text


def test_answering_keeps_to_its_sql_budget(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    token, answer = visitor.token(), an_answer(visitor.page)
    with counted(visitor.house.database) as statements:
        visitor.client.post(path, data={"csrf_token": token, **answer})
    assert len(statements) <= SQL_BUDGET_ANSWER, statements.texts


def test_a_question_page_keeps_to_its_sql_budget(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    with counted(visitor.house.database) as statements:
        visitor.client.get(path)
    assert len(statements) <= SQL_BUDGET_PAGE, statements.texts


def test_the_unofficial_blueprint_says_so_where_it_is_used(visitor: Visitor) -> None:
    assert "Unofficial approximation" in visitor.get("/exams/alpha").text
    visitor.start_as_guest()
    assert "Unofficial approximation" in visitor.get("/practice/?exam=alpha").text
    assert "Unofficial approximation" not in visitor.get("/practice/?exam=beta").text


# --- why, and what the learner says of it ---------------------------------------


def test_every_question_says_why_it_was_chosen(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    for page in (visitor.page, visitor.follow(path, an_answer(visitor.page))):
        assert "Why this question?" in page.text
        assert "% of ALPHA, new to you" in page.text
        assert "of the points from you" in page.text


def test_too_hard_is_noted_shown_and_taken_back(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    page = visitor.follow(f"{path}/steer", {"word": "too-hard"})
    assert "easier questions from here on" in page.text
    assert page.request.path == path
    assert "You asked for easier questions" in visitor.get("/practice/").text
    visitor.follow("/practice/usual")
    assert "You asked for" not in visitor.page.text


def test_not_today_goes_on_to_another_question(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    page = visitor.follow(f"{path}/steer", {"word": "not-today"})
    assert page.request.path == path.removesuffix("/1") + "/2"
    assert "Question <b>1</b>" in page.text
    assert "Put off for today" in visitor.get("/practice/").text


def test_an_unknown_word_is_refused(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    assert visitor.post(f"{path}/steer", {"word": "boring"}).status_code == 400


def test_how_sure_somebody_is_stands_in_the_log(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    visitor.follow(path, {**an_answer(visitor.page), "sureness": "unsure"})
    with visitor.house.database.engine.connect() as connection:
        assert connection.scalar(select(ResponseRow.confidence)) == "unsure"


def test_a_placement_asks_without_feedback_and_ends_with_a_level(visitor: Visitor) -> None:
    visitor.start_as_guest()
    visitor.follow("/practice/", {"exam": "alpha", "pool": "placement"})
    first = visitor.page.request.path
    while 'data-kind="' in visitor.page.text:
        assert "Too easy" not in visitor.page.text
        page = visitor.follow(visitor.page.request.path, an_answer(visitor.page))
        assert 'class="verdict' not in page.text
    assert "Where you stand" in visitor.page.text
    assert "80 % interval, n = " in visitor.page.text
    assert 'class="verdict' in visitor.get(first).text


# --- the plan -------------------------------------------------------------------


def test_a_plan_is_saved_and_shown(visitor: Visitor) -> None:
    visitor.start_as_guest()
    visitor.follow("/account/plan", {"exam": "beta", "exam_on": "2027-03-12", "minutes": "45"})
    assert "12 March 2027, 45 minutes a day" in " ".join(visitor.page.text.split())


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("exam_on", "2026-11-22", "This day is over"),
        ("exam_on", "soon", "Not a valid date"),
        ("minutes", "0", "5 to 600 minutes"),
        ("minutes", "", "Enter a number"),
        ("exam", "nope", "Not a valid choice"),
    ],
)
def test_a_plan_that_cannot_be_is_explained_and_kept(
    visitor: Visitor, field: str, value: str, error: str
) -> None:
    visitor.start_as_guest()
    given = {"exam": "beta", "exam_on": "", "minutes": "45"} | {field: value}
    answer = visitor.post("/account/plan", given)
    assert error in answer.text
    assert visitor.get("/practice/").text.count("20 minutes a day") == 1
