"""The progress page: per topic and subtopic, every number with its n."""

from tests.conftest import counted
from tests.web.conftest import Visitor, an_answer

SQL_BUDGET = 3  # login included


def test_an_answer_shows_up_with_its_n(visitor: Visitor) -> None:
    visitor.follow(visitor.start_as_guest(), an_answer(visitor.page))
    page = visitor.get("/progress/").text
    assert "1 answered" in page
    assert "(n = 1)" in page
    assert "today" in page


def test_without_answers_no_mastery_is_claimed(visitor: Visitor) -> None:
    visitor.start_as_guest()
    page = visitor.get("/progress/").text
    assert "(n = " not in page
    assert "no answers yet" in page


def test_last_seen_ages(visitor: Visitor, clock) -> None:
    visitor.follow(visitor.start_as_guest(), an_answer(visitor.page))
    clock.move(days=3)
    assert "3 days ago" in visitor.get("/progress/").text


def test_weights_follow_the_chosen_exam(visitor: Visitor) -> None:
    visitor.start_as_guest()
    assert "of the BETA" in visitor.get("/progress/?exam=beta").text


def test_the_page_keeps_to_its_sql_budget(visitor: Visitor) -> None:
    visitor.start_as_guest()
    with counted(visitor.house.database) as statements:
        visitor.client.get("/progress/")
    assert len(statements) <= SQL_BUDGET, statements.texts
