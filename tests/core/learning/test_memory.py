"""Spaced review: FSRS itself is the reference, called directly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.learning.memory import (
    Confidence,
    Memory,
    Remembered,
    queue,
    rating,
    retrievability,
    reviewed,
    value,
)
from trainer.core.scoring import Score

SCHEDULER = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False
)
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
WRONG, HALF, RIGHT = Score(0.0, False), Score(0.5, False), Score(1.0, True)
SURE, UNSURE = Confidence.SURE, Confidence.UNSURE


class TestRating:
    @pytest.mark.parametrize(
        ("score", "confidence", "expected"),
        [
            (WRONG, None, Rating.Again),
            (WRONG, SURE, Rating.Again),
            (Score(0.49, False), None, Rating.Again),
            (HALF, None, Rating.Hard),
            (Score(0.99, False), SURE, Rating.Hard),
            (RIGHT, UNSURE, Rating.Hard),
            (RIGHT, None, Rating.Good),
            (RIGHT, SURE, Rating.Easy),
        ],
    )
    def test_comes_from_points_and_confidence(self, score, confidence, expected) -> None:
        assert rating(score, confidence) is expected


class TestReviewed:
    @STEADY
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([WRONG, HALF, RIGHT]),
                st.sampled_from([None, SURE, UNSURE]),
                st.floats(0, 60),
            ),
            min_size=1,
            max_size=8,
        )
    )
    def test_is_what_fsrs_says(self, reviews: list) -> None:
        card, memory, at = Card(card_id=1, due=START), None, START
        for score, confidence, days in reviews:
            at += timedelta(days=days)
            card, _ = SCHEDULER.review_card(card, rating(score, confidence), at)
            memory = reviewed(memory, score, confidence, at)
            told = (memory.stability, memory.difficulty, memory.due, memory.last)
            assert told == (card.stability, card.difficulty, card.due, at)
            later = at + timedelta(days=12)
            assert retrievability(memory, later) == SCHEDULER.get_card_retrievability(card, later)

    def test_comes_back_when_nine_in_ten_would_know_it(self) -> None:
        # FSRS-6's initial stability for Good is 2.3065 days, the interval is in whole days
        memory = reviewed(None, RIGHT, None, START)
        assert memory.stability == pytest.approx(2.3065)
        assert memory.due == START + timedelta(days=2)
        assert retrievability(memory, START) == 1
        exact = replace(memory, stability=2.0)
        assert retrievability(exact, memory.due) == pytest.approx(0.9)

    def test_takes_any_time_zone(self) -> None:
        east = START.astimezone(timezone(timedelta(hours=5)))
        assert reviewed(None, RIGHT, None, east) == reviewed(None, RIGHT, None, START)
        assert retrievability(reviewed(None, RIGHT, None, START), east) == 1

    @pytest.mark.parametrize(
        ("answers", "lapsed"),
        [
            ([(RIGHT, None)], False),
            ([(RIGHT, SURE)], False),
            ([(RIGHT, UNSURE)], True),
            ([(WRONG, None)], True),
            ([(WRONG, SURE)], True),
            ([(HALF, None)], True),
            ([(HALF, SURE)], True),
            ([(RIGHT, None), (RIGHT, SURE)], False),
            ([(RIGHT, None), (WRONG, None)], True),
            ([(WRONG, None), (RIGHT, SURE)], True),
            ([(RIGHT, UNSURE), (RIGHT, None), (RIGHT, SURE)], True),
        ],
    )
    def test_never_forgets_that_an_answer_was_not_all_right_and_sure(
        self, answers: list, lapsed: bool
    ) -> None:
        memory = None
        for days, (score, confidence) in enumerate(answers):
            memory = reviewed(memory, score, confidence, START + timedelta(days=days))
        assert memory.lapsed is lapsed

    def test_is_the_same_again(self) -> None:
        first = reviewed(reviewed(None, RIGHT, None, START), RIGHT, SURE, START)
        assert first == reviewed(reviewed(None, RIGHT, None, START), RIGHT, SURE, START)


def remembered(item: int, weight: float = 0.1, score: Score = RIGHT, ago: int = 10) -> Remembered:
    """An item last answered so many days before `NOW`, and due since."""
    return Remembered(item, "a", weight, reviewed(None, score, None, NOW - timedelta(days=ago)))


NOW = START + timedelta(days=30)


class TestValue:
    def test_is_weight_by_loss_by_what_lasts(self) -> None:
        each = remembered(1, weight=0.2)
        exam = NOW + timedelta(days=20)
        recall = retrievability(each.memory, NOW)
        right, wrong = (
            retrievability(reviewed(each.memory, score, None, NOW), exam)
            for score in (RIGHT, WRONG)
        )
        expected = 0.2 * (1 - recall) * (recall * right + (1 - recall) * wrong)
        assert value(each, NOW, exam) == pytest.approx(expected)

    def test_doubles_with_the_weight(self) -> None:
        light, heavy = remembered(1, 0.1), remembered(1, 0.2)
        assert value(heavy, NOW, NOW) == pytest.approx(2 * value(light, NOW, NOW))

    def test_on_the_exam_day_is_what_is_forgotten(self) -> None:
        each = remembered(1, weight=1.0)
        assert value(each, NOW, NOW) == pytest.approx(1 - retrievability(each.memory, NOW))


class TestQueue:
    def test_after_ten_days_away_holds_the_ten_that_matter_most(self) -> None:
        away = [remembered(n, weight=(n % 37 + 1) / 100) for n in range(100)]
        ten = queue(away, NOW, minutes=10, seconds_per_item=60)
        assert len(ten) == 10
        # all were forgotten alike: the weight decides, then the number
        assert [each.item for each in ten] == [36, 73, 35, 72, 34, 71, 33, 70, 32, 69]

    def test_leaves_out_what_is_not_due(self) -> None:
        fresh = remembered(1, ago=0)
        assert queue([fresh], NOW, minutes=10, seconds_per_item=60) == ()
        assert queue([fresh], fresh.memory.due, minutes=10, seconds_per_item=60) == (fresh,)

    @pytest.mark.parametrize(
        ("minutes", "seconds", "count"),
        [(0, 60, 0), (-1, 60, 0), (1, 61, 0), (1, 60, 1), (5, 90, 3)],
    )
    def test_holds_what_the_time_allows(self, minutes, seconds, count) -> None:
        due = [remembered(n) for n in range(9)]
        assert len(queue(due, NOW, minutes=minutes, seconds_per_item=seconds)) == count

    def test_prefers_what_was_forgotten(self) -> None:
        known, lost = remembered(1, ago=3), remembered(2, score=WRONG, ago=3)
        assert queue([known, lost], NOW, minutes=1, seconds_per_item=60) == (lost,)

    @pytest.mark.parametrize(
        ("parity", "days", "first"),
        [
            (1.6, 5, "fleeting"),
            (1.6, 15, "lasting"),
            (1.497, 29, "fleeting"),
            (1.497, 30, "lasting"),
            (1.497, None, "lasting"),  # a month
            (1.497, -1, "lasting"),  # over: a month
            (1.494, None, "fleeting"),
            (2.5, 0, "fleeting"),  # today
            (2.5, 1, "lasting"),
        ],
    )
    def test_looks_to_the_exam(self, parity: float, days: int | None, first: str) -> None:
        # Of equal weight the fleeting item is worth 2.779 times the lasting one today, 1.749
        # in 5 days, 1.574 in 15, 1.499 in 29, 1.4955 in 30 and 1.492 in 31; worked out apart.
        fleeting = Remembered(1, "a", 1 / parity, memory(stability=0.05, difficulty=9))
        lasting = Remembered(2, "a", 1.0, memory(stability=3.0, difficulty=2))
        exam = None if days is None else (NOW + timedelta(days=days)).date()
        told = queue([fleeting, lasting], NOW, minutes=1, seconds_per_item=60, exam_date=exam)
        assert told == ({"fleeting": fleeting, "lasting": lasting}[first],)


def memory(stability: float, difficulty: float) -> Memory:
    return Memory(stability, difficulty, NOW - timedelta(days=9), NOW - timedelta(days=10))
