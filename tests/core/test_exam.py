"""An exam's rules hold from a day on; its blueprint is a share of the scored items."""

from dataclasses import replace
from datetime import date

import pytest

from trainer.core.exam import Cut, Domain, Exam, ExamProfile, Navigation, PassRule

PROFILE = ExamProfile(
    exam="test",
    valid_from=date(2024, 1, 1),
    items=105,
    pretest=15,
    minutes=120,
    cut=Cut(PassRule.PERCENT, 70, (0, 100), 0.7),
    navigation=Navigation.FORWARD_ONLY,
    open_book=True,
    books="Any.",
    kinds=("single",),
    domains=(
        Domain("Codes", 6, (("coding.a", 4), ("coding.b", 2))),
        Domain("Rest", 4, (("coding.b", 1), ("billing.c", 2.5), ("billing.d", 0.5))),
    ),
    sources=(),
    verified_on=date(2026, 11, 23),
)
LATER = replace(PROFILE, valid_from=date(2026, 5, 1), navigation=Navigation.FREE)
LATEST = replace(PROFILE, valid_from=date(2027, 1, 1), items=100)
EXAM = Exam("test", "TEST", "Test", "Body", "Setting", (PROFILE, LATER, LATEST))


@pytest.mark.parametrize(
    ("on", "profile"),
    [
        (date(1999, 12, 31), PROFILE),
        (date(2023, 12, 31), PROFILE),
        (date(2024, 1, 1), PROFILE),
        (date(2026, 4, 30), PROFILE),
        (date(2026, 5, 1), LATER),
        (date(2026, 12, 31), LATER),
        (date(2027, 1, 1), LATEST),
        (date(2099, 1, 1), LATEST),
    ],
)
def test_a_profile_holds_from_its_first_day_on(on: date, profile: ExamProfile) -> None:
    assert EXAM.profile(on) is profile


def test_pretest_items_are_not_scored() -> None:
    assert PROFILE.scored == 90


@pytest.mark.parametrize(
    ("items", "minutes", "seconds"), [(100, 240, 144), (105, 120, 69), (107, 240, 135)]
)
def test_time_per_item_counts_every_item(items: int, minutes: int, seconds: int) -> None:
    assert replace(PROFILE, items=items, minutes=minutes).seconds_per_item == seconds


def test_the_blueprint_is_the_share_of_each_subtopic_over_all_domains() -> None:
    assert PROFILE.blueprint == pytest.approx(
        {"coding.a": 0.4, "coding.b": 0.3, "billing.c": 0.25, "billing.d": 0.05}
    )


@pytest.mark.parametrize(
    ("cut", "text"),
    [
        (Cut(PassRule.PERCENT, 70, (0, 100), 0.7), "70 %"),
        (Cut(PassRule.SCALED, 300, (100, 400), 0.7), "300 on a scale of 100–400"),
    ],
)
def test_a_cut_tells_its_scale(cut: Cut, text: str) -> None:
    assert cut.text == text
