"""What a row says of an attempt, and of one of its slots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_

from trainer.core.attempt import MODES, Answer, Attempt, Slot
from trainer.core.item import Case
from trainer.core.learning.decision import Decision, Policy
from trainer.core.learning.memory import Confidence
from trainer.core.learning.reasons import Reason
from trainer.core.response import Response
from trainer.persistence.tables import AttemptRow, ResponseRow, SlotRow, VersionRow

ANSWERS_SLOT = and_(
    ResponseRow.attempt_id == SlotRow.attempt_id, ResponseRow.slot == SlotRow.number
)
SERVED_VERSION = and_(VersionRow.item_id == SlotRow.item_id, VersionRow.number == SlotRow.version)
ATTEMPT_COLUMNS = (
    AttemptRow.id,
    AttemptRow.learner_id,
    AttemptRow.exam,
    AttemptRow.mode,
    AttemptRow.plan,
    AttemptRow.seed,
    AttemptRow.started_at,
    AttemptRow.finished_at,
)
_DECISION = (SlotRow.policy, SlotRow.propensity, SlotRow.expected, SlotRow.reason)
_ANSWER = (
    ResponseRow.body,
    ResponseRow.points,
    ResponseRow.correct,
    ResponseRow.revision,
    ResponseRow.answered_at,
    ResponseRow.confidence,
)
_SERVED = (SlotRow.item_id, SlotRow.version, VersionRow.body, SlotRow.skipped_at)
SLOT_COLUMNS = (*ATTEMPT_COLUMNS, *_SERVED, *_DECISION, *_ANSWER)
"""What `slot_of` reads first from a row; the case may follow."""


def attempt_of(values: Sequence[Any]) -> Attempt:
    """From the values of ATTEMPT_COLUMNS."""
    key, learner, exam, mode, *rest = values
    return Attempt(key, learner, exam, MODES[mode], *rest)


def slot_of(row: Sequence[Any], number: int, case: Case | None = None) -> Slot:
    """A slot from a row that begins with SLOT_COLUMNS."""
    attempt, rest = row[: len(ATTEMPT_COLUMNS)], row[len(ATTEMPT_COLUMNS) : len(SLOT_COLUMNS)]
    item_id, version, item, skipped_at, *rest = rest
    return Slot(
        attempt_of(attempt),
        number,
        item_id,
        version,
        item,
        case,
        _answer(*rest[len(_DECISION) :]),
        _decision(*rest[: len(_DECISION)]),
        skipped_at is not None,
    )


def _decision(
    policy: str | None, propensity: float, expected: float | None, reason: Reason | None
) -> Decision | None:
    if policy is None or expected is None:
        return None
    return Decision(Policy(policy), propensity, expected, reason)


def _answer(response: Response | None, *rest: Any) -> Answer | None:
    if response is None:
        return None
    points, correct, revision, at, confidence = rest
    sureness = Confidence(confidence) if confidence else None
    return Answer(response, points, correct, revision, at, sureness)
