"""Each answer is added to its subtopic; the estimate follows Laplace's rule of succession."""

from datetime import UTC, datetime

import pytest

from tests.banks.rules.samples import GOOD_SINGLE
from trainer.core.learning.tally import Mastery, Tally, tallied
from trainer.core.scoring import Score

SUBTOPIC = GOOD_SINGLE.subtopic
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answered", "points", "estimate"),
    [
        (0, 0.0, 1 / 2),
        (1, 1.0, 2 / 3),
        (1, 0.0, 1 / 3),
        (2, 2.0, 3 / 4),
        (3, 1.5, 1 / 2),
        (8, 8.0, 9 / 10),
        (98, 98.0, 99 / 100),
        (98, 0.0, 1 / 100),
    ],
)
def test_the_estimate_is_drawn_to_the_middle_while_answers_are_few(
    answered: int, points: float, estimate: float
) -> None:
    assert Mastery(answered, points).estimate == pytest.approx(estimate)


def test_a_subtopic_without_an_answer_is_the_prior_alone() -> None:
    assert Tally()["coding.modifiers"] == Mastery(0, 0.0, 0, None)


def test_the_first_answer_opens_its_subtopic() -> None:
    after = tallied(Tally(), GOOD_SINGLE, Score(1.0, correct=True), AT)
    assert after[SUBTOPIC] == Mastery(1, 1.0, 1, AT)


@pytest.mark.parametrize(
    ("score", "mastery"),
    [
        (Score(1.0, correct=True), Mastery(5, 3.5, 3, LATER)),
        (Score(0.5, correct=False), Mastery(5, 3.0, 2, LATER)),
        (Score(0.0, correct=False), Mastery(5, 2.5, 2, LATER)),
    ],
)
def test_an_answer_adds_its_points_and_whether_it_was_right(score: Score, mastery) -> None:
    before = Tally({SUBTOPIC: Mastery(4, 2.5, 2, AT)})
    assert tallied(before, GOOD_SINGLE, score, LATER)[SUBTOPIC] == mastery


def test_an_answer_leaves_other_subtopics_alone() -> None:
    other = Mastery(4, 2.5, 2, AT)
    after = tallied(Tally({"other": other}), GOOD_SINGLE, Score(1.0, correct=True), LATER)
    assert after["other"] == other


def test_the_learner_before_stays_as_it_was() -> None:
    before = Tally({SUBTOPIC: Mastery(4, 2.5, 2, AT)})
    tallied(before, GOOD_SINGLE, Score(1.0, correct=True), LATER)
    assert before[SUBTOPIC] == Mastery(4, 2.5, 2, AT)
