"""The counts per subtopic, and the learner's way to JSON and back."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from trainer.core.learning.estimate import observe
from trainer.core.learning.learner import (
    Learner,
    Mastery,
    day_of,
    from_state,
    moment,
    to_state,
)
from trainer.core.learning.population import new_item
from trainer.core.learning.state import NEW_MEMORY, NEW_TAG_STATE

AT = datetime(2026, 11, 23, 9, 0, 12, 345_678, tzinfo=UTC)
LATER = AT + timedelta(days=21)
ITEM = new_item("bank:1", ("coding", "coding.modifiers"))
SUBTOPIC = "coding.modifiers"


@pytest.mark.parametrize(
    ("answered", "points", "estimate"),
    [(0, 0.0, 1 / 2), (1, 1.0, 2 / 3), (1, 0.0, 1 / 3), (3, 1.5, 1 / 2), (98, 98.0, 99 / 100)],
)
def test_without_a_forecast_the_estimate_is_drawn_to_the_middle(
    answered: int, points: float, estimate: float
) -> None:
    assert Mastery(answered, points).estimate == pytest.approx(estimate)


def test_a_forecast_is_the_estimate() -> None:
    assert Mastery(8, 8.0, 8, AT, expected=0.6).estimate == 0.6


def test_a_subtopic_without_an_answer_has_no_counts() -> None:
    assert Learner()[SUBTOPIC] == Mastery(0, 0.0, 0, None)


def test_a_tag_or_item_without_an_answer_is_the_prior() -> None:
    assert (Learner().tag("x"), Learner().memory("x")) == (NEW_TAG_STATE, NEW_MEMORY)


@pytest.mark.parametrize(
    ("score", "mastery"),
    [
        (1.0, Mastery(1, 1.0, 1, AT)),
        (0.5, Mastery(1, 0.5, 0, AT)),
        (0.0, Mastery(1, 0.0, 0, AT)),
    ],
)
def test_an_answer_adds_its_points_and_whether_it_was_fully_right(score: float, mastery) -> None:
    assert observe(Learner(), ITEM, score, AT)[SUBTOPIC] == mastery


def test_an_answer_counts_for_each_of_its_tags_and_no_other() -> None:
    after = observe(Learner(), ITEM, 1.0, AT)
    assert [after[name].answered for name in ("coding", SUBTOPIC, "other")] == [1, 1, 0]


def test_the_learner_before_stays_as_it_was() -> None:
    before = observe(Learner(), ITEM, 1.0, AT)
    told = to_state(before)
    observe(before, ITEM, 0.0, LATER)
    assert to_state(before) == told


def test_an_answer_is_worth_half_after_three_weeks() -> None:
    after = observe(observe(Learner(), ITEM, 1.0, AT), ITEM, 1.0, LATER)
    assert after.tag(SUBTOPIC).recent == pytest.approx(1.5)


@pytest.mark.parametrize("microsecond", [0, 1, 345_678, 999_999])
def test_a_day_gives_back_its_instant(microsecond: int) -> None:
    at = AT.replace(microsecond=microsecond)
    assert moment(day_of(at)) == at


def test_a_state_survives_json_exactly() -> None:
    learner = Learner()
    for number in range(40):
        item = new_item(f"i{number % 13}", ("t", f"t.{number % 3}"))
        learner = observe(learner, item, (number % 4) / 3, AT + timedelta(hours=number))
    again = from_state(json.loads(json.dumps(to_state(learner))))
    assert again == learner
    assert to_state(again) == to_state(learner)


def test_rows_left_out_count_as_never_answered() -> None:
    told = to_state(observe(Learner(), ITEM, 1.0, AT))
    assert from_state({**told, "tags": {}})[SUBTOPIC] == Mastery()
