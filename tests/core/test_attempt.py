"""A slot takes one answer while its attempt is open, and knows its seed and number."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.banks.rules.samples import GOOD_SINGLE
from trainer.core.attempt import (
    MOCK,
    MODES,
    PLACEMENT,
    TUTOR,
    Answer,
    Attempt,
    FeedbackTime,
    Mode,
    Plan,
    Pool,
    Slot,
)
from trainer.core.errors import AlreadyAnsweredError, AttemptFinishedError
from trainer.core.response import SingleResponse

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ATTEMPT = Attempt(7, 1, "cpc", TUTOR, Plan(Pool.QUICK, 10), "secret", NOW)
AT_THE_END = replace(ATTEMPT, mode=Mode("mock", FeedbackTime.END))
FINISHED = replace(ATTEMPT, finished_at=NOW)
ANSWER = Answer(SingleResponse("m78"), 1.0, correct=True, revision=1, answered_at=NOW)
OPEN = Slot(ATTEMPT, 3, 11, 1, GOOD_SINGLE, None, None)


def test_an_open_slot_takes_an_answer() -> None:
    OPEN.check_open()


def test_an_answered_slot_takes_no_other() -> None:
    with pytest.raises(AlreadyAnsweredError, match="first answer counts"):
        replace(OPEN, answer=ANSWER).check_open()


def test_a_finished_attempt_takes_no_answer() -> None:
    with pytest.raises(AttemptFinishedError):
        replace(OPEN, attempt=FINISHED).check_open()


def test_in_a_finished_attempt_an_answered_slot_says_that_it_is_answered() -> None:
    with pytest.raises(AlreadyAnsweredError):
        replace(OPEN, attempt=FINISHED, answer=ANSWER).check_open()


def test_a_slot_put_off_takes_no_answer() -> None:
    with pytest.raises(AttemptFinishedError, match="put this question off"):
        replace(OPEN, is_skipped=True).check_open()


def test_in_a_finished_attempt_a_slot_put_off_says_that_all_is_finished() -> None:
    with pytest.raises(AttemptFinishedError, match="practice is finished"):
        replace(OPEN, attempt=FINISHED, is_skipped=True).check_open()


def test_a_slot_that_was_answered_and_put_off_says_that_it_is_answered() -> None:
    with pytest.raises(AlreadyAnsweredError):
        replace(OPEN, answer=ANSWER, is_skipped=True).check_open()


def test_a_slot_is_not_put_off_until_it_is() -> None:
    assert OPEN.is_skipped is False


def test_each_slot_has_a_seed_of_its_own() -> None:
    assert len({replace(OPEN, number=number).seed for number in range(1, 101)}) == 100


def test_a_slots_seed_is_its_attempts_seed_for_that_number() -> None:
    assert OPEN.seed == ATTEMPT.seed_of(3)


def test_attempts_with_different_seeds_order_differently() -> None:
    assert replace(ATTEMPT, seed="other").seed_of(3) != ATTEMPT.seed_of(3)


@pytest.mark.parametrize(("answer", "revision"), [(None, 1), (ANSWER, 2)])
def test_revisions_count_from_one(answer: Answer | None, revision: int) -> None:
    assert replace(OPEN, answer=answer).next_revision == revision


@pytest.mark.parametrize(
    ("attempt", "answer", "tells"),
    [
        (ATTEMPT, None, False),
        (ATTEMPT, ANSWER, True),
        (FINISHED, None, False),
        (FINISHED, ANSWER, True),
        (AT_THE_END, None, False),
        (AT_THE_END, ANSWER, False),
        (replace(AT_THE_END, finished_at=NOW), None, False),
        (replace(AT_THE_END, finished_at=NOW), ANSWER, True),
    ],
)
def test_feedback_is_seen_once_the_mode_allows(attempt, answer, tells: bool) -> None:
    assert replace(OPEN, attempt=attempt, answer=answer).tells is tells


@pytest.mark.parametrize(
    ("mode", "time"), [(TUTOR, FeedbackTime.EACH), (PLACEMENT, FeedbackTime.END)]
)
def test_a_mode_says_when_it_tells(mode: Mode, time: FeedbackTime) -> None:
    assert mode.feedback is time


@pytest.mark.parametrize("pool", Pool)
def test_placements_and_mock_exams_keep_their_feedback_to_the_end(pool: Pool) -> None:
    assert pool.mode == {"placement": PLACEMENT, "mock": MOCK}.get(pool.value, TUTOR)


def test_a_mock_exam_alone_is_no_practice() -> None:
    assert [pool for pool in Pool if not pool.is_practice] == [Pool.MOCK]


def test_modes_are_found_by_their_own_id() -> None:
    assert all(mode.id == name for name, mode in MODES.items())


def test_modes_and_pools_are_stored_by_these_words() -> None:
    assert list(MODES) == ["tutor", "placement", "mock"]
    assert [pool.value for pool in Pool] == [
        "quick",
        "weakest",
        "missed",
        "topics",
        "review",
        "placement",
        "mock",
    ]


def test_every_pool_has_a_label_of_its_own() -> None:
    assert len({pool.label for pool in Pool}) == len(Pool)
