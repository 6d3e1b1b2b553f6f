"""What a learner still remembers of an item, and which items are worth another look.

Spaced review after FSRS-6 (Ye, Su & Cao 2022, doi 10.1145/3534678.3539081) as the `fsrs` package
implements it, with its default parameters: without any data of our own the best choice measured
on 9,999 learners (open-spaced-repetition/srs-benchmark). Nothing is added to it. There are no
steps of minutes: what comes back within a sitting is up to selection.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import cast

from fsrs import Card, Rating, Scheduler, State

from trainer.core.scoring import Score

RETENTION = 0.9  # the chance of remembering at which an item is due
PARTIAL = 0.5  # the share of points from which an answer counts as remembered with an effort
HORIZON = timedelta(days=30)  # how long knowledge should last while no exam is booked

_FSRS = Scheduler(
    desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False
)
_ALL = Score(1.0, correct=True)
_NOTHING = Score(0.0, correct=False)


class Confidence(StrEnum):
    """What the learner said of the answer before seeing whether it is right."""

    UNSURE = "unsure"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Memory:
    """One learner's trace of one item. `stability` in days, `difficulty` 1–10, both FSRS's own.

    `lapsed`: it was missed, partly missed or unsure at least once, and so belongs into review.
    """

    stability: float
    difficulty: float
    due: datetime
    last: datetime
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Remembered:
    """An item, the blueprint weight of its subtopic, and what is remembered of it."""

    item: int
    subtopic: str
    weight: float
    memory: Memory


def rating(score: Score, confidence: Confidence | None) -> Rating:
    """FSRS's four grades from points, and from confidence where it was asked for."""
    if score.points < PARTIAL:
        return Rating.Again
    if not score.correct or confidence is Confidence.UNSURE:
        return Rating.Hard
    return Rating.Easy if confidence is Confidence.SURE else Rating.Good


def reviewed(
    memory: Memory | None, score: Score, confidence: Confidence | None, at: datetime
) -> Memory:
    """The memory after one more answer; None before the first one."""
    now = at.astimezone(UTC)
    before = Card(card_id=0, due=now) if memory is None else _card(memory)
    grade = rating(score, confidence)
    after, _ = _FSRS.review_card(before, grade, now)
    stability, difficulty = cast("float", after.stability), cast("float", after.difficulty)
    lapsed = grade < Rating.Good or (memory is not None and memory.lapsed)
    return Memory(stability, difficulty, after.due, now, lapsed)


def retrievability(memory: Memory, at: datetime) -> float:
    """The chance that it is remembered now; 1 until a whole day has passed."""
    return _FSRS.get_card_retrievability(_card(memory), at.astimezone(UTC))


def queue(
    remembered: Iterable[Remembered],
    at: datetime,
    *,
    minutes: float,
    seconds_per_item: float,
    exam_date: date | None = None,
) -> tuple[Remembered, ...]:
    """The due items worth most, as many as the minutes hold; most valuable first.

    What does not fit is no debt: it is ranked anew the next time.
    """
    until = _until(at, exam_date)
    due = [each for each in remembered if each.memory.due <= at]
    due.sort(key=lambda each: (-value(each, at, until), each.item))
    return tuple(due[: max(0, int(minutes * 60 / seconds_per_item))])


def value(each: Remembered, at: datetime, until: datetime) -> float:
    """Blueprint weight × chance of having forgotten × chance that a review now lasts until then."""
    recall = retrievability(each.memory, at)
    kept_right, kept_wrong = (
        retrievability(reviewed(each.memory, score, None, at), until) for score in (_ALL, _NOTHING)
    )
    lasting = recall * kept_right + (1 - recall) * kept_wrong
    return each.weight * (1 - recall) * lasting


def _until(at: datetime, exam_date: date | None) -> datetime:
    """The exam; HORIZON from now where it is not booked or over."""
    days_left = None if exam_date is None else exam_date - at.date()
    return at + (HORIZON if days_left is None or days_left < timedelta(0) else days_left)


def _card(memory: Memory) -> Card:
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last,
    )
