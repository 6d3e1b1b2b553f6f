"""Options as intervals."""

from datetime import date
from math import inf

import pytest

from trainer.banks.quantity import calendar_date, code_range, quantities, quantity, single_code


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30 minutes", 30, 30),
        ("$1,250.50", 1250.5, 1250.5),
        (".5 cm", 0.5, 0.5),
        ("20 %", 20, 20),
        ("Two units", 2, 2),
        ("10–19 minutes", 10, 19),
        ("10 to 19 minutes", 10, 19),
        ("At least 30 minutes", 30, inf),
        ("30 minutes or more", 30, inf),
        ("Within 10 days", -inf, 10),
        ("12 months from the date of service", 12, 12),
    ],
)
def test_the_interval_that_a_text_names(text: str, low: float, high: float) -> None:
    found = quantity(text)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["N18.30", "COVID-19", "Liver", "24 and 25", "99213-25", "I.C.9", "CMS-1500", "19–10 days"],
)
def test_what_is_no_quantity(text: str) -> None:
    assert quantity(text) is None


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("10–20 days", "20–30 days", True),
        ("10–19 days", "20–30 days", False),
        ("less than 20 days", "20–30 days", False),
        ("20 days or less", "20–30 days", True),
        ("more than 30 days", "20–30 days", False),
        ("30 days or more", "20–30 days", True),
        ("10–40 days", "20–30 days", True),
    ],
)
def test_overlap(one: str, other: str, overlap: bool) -> None:
    first, second = quantities([one, other])
    assert first.overlaps(second) is overlap
    assert second.overlaps(first) is overlap


def test_times_are_compared_in_one_unit() -> None:
    texts = ["90 minutes", "1 hour", "1 day", "2 weeks", "1 month", "1 year"]
    minutes = [90, 60, 24 * 60, 2 * 7 * 24 * 60, 365.25 / 12 * 24 * 60, 365.25 * 24 * 60]
    assert [each.low for each in quantities(texts)] == minutes


def test_a_sign_is_a_unit() -> None:
    assert [each.unit for each in quantities(["$5"]) + quantities(["5 percent"])] == [
        ("$",),
        ("%",),
    ]


def test_a_text_of_more_than_eight_words_is_no_quantity() -> None:
    assert quantity("30 days from the day of the visit") is not None
    assert quantity("30 days from the day of the first visit") is None


@pytest.mark.parametrize("texts", [(), ("2 units", "3 claims"), ("$5", "5 %"), ("2 days", "Never")])
def test_quantities_of_several_units_are_not_compared(texts: tuple[str, ...]) -> None:
    assert quantities(texts) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("99213", "99213"),
        ("+99292", "99292"),
        ("99213-25", "99213-25"),
        ("E11.9", "E11.9"),
        ("**I10**", "I10"),
        ("I10, E11.9", None),
        ("Code I10", None),
        ("58", None),
    ],
)
def test_a_text_that_is_one_code(text: str, code: str | None) -> None:
    assert single_code(text) == code


def test_a_range_of_codes() -> None:
    assert code_range("11600–11606") == ("11600", "11606")
    assert code_range("11600, 11606") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 1, 2026", date(2026, 10, 1)),
        ("Oct. 1, 2026", date(2026, 10, 1)),
        ("10/1/2026", date(2026, 10, 1)),
        ("2026-10-01", date(2026, 10, 1)),
        ("February 29", date(2000, 2, 29)),
        ("February 30, 2026", None),
        ("Modifier 25", None),
        ("Level 3", None),
    ],
)
def test_a_date(text: str, day: date | None) -> None:
    assert calendar_date(text) == day
