"""Passed or not, by the exam's own rule; counted by hand."""

import pytest

from tests.core.analysis.samples import PERCENT, SCALED, outcome, outcomes, profile
from trainer.core.analysis.grade import grade, scaled
from trainer.core.analysis.interval import predicted, wilson
from trainer.core.analysis.outcome import Tally
from trainer.core.exam import Cut, PassRule


@pytest.mark.parametrize(
    ("cut", "right", "wrong", "is_passed"),
    [
        (PERCENT, 7, 3, True),  # at the mark
        (PERCENT, 69, 31, False),
        (PERCENT, 70, 30, True),
        (PERCENT, 10, 5, False),  # 66.7 %
        (SCALED, 63, 27, True),  # 70 % of 90
        (SCALED, 62, 28, False),
        (Cut(PassRule.SCALED, 390, (200, 500), 0.75), 75, 25, True),
    ],
)
def test_the_mark_itself_passes(cut: Cut, right: int, wrong: int, is_passed: bool) -> None:
    assert grade(profile(cut), outcomes(right, wrong)).is_passed is is_passed


def test_only_what_is_all_right_counts() -> None:
    partly = outcome(4, points=0.9)
    assert grade(profile(), [*outcomes(3, 0), partly]).tally == Tally(3, 4)


def test_pretest_items_never_count() -> None:
    pretest = [outcome(11, scored=False, correct=True), outcome(12, scored=False)]
    assert grade(profile(), [*outcomes(6, 4), *pretest]) == grade(profile(), outcomes(6, 4))


@pytest.mark.parametrize(
    ("share", "estimate"),
    [
        (0.0, 100),
        (0.35, 200),  # half the way to the cut
        (0.7, 300),
        (0.85, 350),  # half the way from it to the top
        (1.0, 400),
        (0.69999, 299),  # never the mark without passing
    ],
)
def test_a_scaled_score_lies_on_two_lines(share: float, estimate: int) -> None:
    assert scaled(SCALED, share) == estimate


def test_a_percent_exam_has_no_scaled_score() -> None:
    assert grade(profile(PERCENT), outcomes(7, 3)).scaled is None


def test_bands_carry_the_items_of_this_form_and_of_a_real_one() -> None:
    found = grade(profile(), outcomes(15, 5))
    assert found.share == wilson(15, 20)
    assert found.sitting == predicted(15, 20, 10)  # the profile scores ten


def test_a_form_without_scored_items_is_not_passed() -> None:
    assert not grade(profile(), [outcome(1, scored=False, correct=True)]).is_passed
