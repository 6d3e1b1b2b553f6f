"""The review page: what is worth another look, and no word of debt."""

import re

from tests.conftest import Clock, counted
from tests.web.conftest import Visitor, fields

SQL_BUDGET = 3  # login included, once the stock is made


def miss_three(visitor: Visitor) -> None:
    """Answer three questions as badly as their page allows."""
    path = visitor.start_as_guest()
    for _ in range(3):
        visitor.follow(path, {**worst(visitor), "sureness": "unsure"})
        visitor.follow(path.rsplit("/", 1)[0] + "/next")
        path = visitor.page.request.path


def worst(visitor: Visitor) -> dict[str, object]:
    offered = fields(visitor.page)
    if "rows-0-code" in offered:
        return {"rows-0-code": "z99.9"}
    places = {name: values for name, values in offered.items() if name.startswith("place-")}
    if places:
        is_ordering = next(iter(places.values()))[1] == "1"
        return {
            name: str(position) if is_ordering else values[1]
            for position, (name, values) in enumerate(places.items(), start=1)
        }
    wanted = re.search(r"<legend>Choose (\w+)</legend>", visitor.page.text)[1]
    return {"chosen": offered["chosen"][: 1 if wanted == "one" else int(wanted)]}


def test_somebody_new_has_nothing_to_review(visitor: Visitor) -> None:
    visitor.start_as_guest()
    page = visitor.get("/review/").text
    assert "Nothing is worth another look right now" in page
    assert "Quick 10" in page


def test_what_comes_later_is_told_with_its_day(visitor: Visitor) -> None:
    miss_three(visitor)
    page = " ".join(visitor.get("/review/").text.split())
    assert "3 items will come back later, the first on 24 November 2026" in page


def test_after_ten_days_the_most_valuable_are_offered_and_no_debt_is_told(
    visitor: Visitor, clock: Clock
) -> None:
    miss_three(visitor)
    clock.move(days=10)
    page = " ".join(visitor.get("/review/").text.split())
    assert "The 3 that matter most now, about 6 min." in page
    assert not re.search(r"overdue|debt|behind|streak", page)


def test_a_review_can_be_worked_off(visitor: Visitor, clock: Clock) -> None:
    miss_three(visitor)
    clock.move(days=10)
    visitor.get("/review/")
    visitor.follow("/practice/", {"exam": "alpha", "pool": "review", "length": "3"})
    for _ in range(3):
        assert "chance that you still know it" in visitor.page.text
        path = visitor.page.request.path
        visitor.follow(path, worst(visitor))
        visitor.follow(path.rsplit("/", 1)[0] + "/next")
    assert "of 3 right" in visitor.page.text


def test_the_page_keeps_to_its_sql_budget(visitor: Visitor) -> None:
    visitor.start_as_guest()
    visitor.get("/review/")
    with counted(visitor.house.database) as statements:
        visitor.get("/review/")
    assert len(statements) <= SQL_BUDGET, statements.texts
