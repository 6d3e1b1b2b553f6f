"""What the item review shows, ready to print: which items, and one of them with its reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from trainer.core.analysis.outcome import Change, Outcome
from trainer.core.errors import NotFoundError
from trainer.core.exam import Exam
from trainer.core.feedback import Feedback, Verdict, feedback
from trainer.core.presentation import Question, question
from trainer.core.receipt import in_words
from trainer.services.analysis import analysis
from trainer.services.records import Kept, Record
from trainer.web.mocks.charts import clock


class Only(StrEnum):
    """Which items a review lists."""

    ALL = "all"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    FLAGGED = "flagged"
    SLOW = "slow"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Line:
    """An item at a glance. `time` None: not measured; an unscored one is a pretest item.

    A regraded one counts by a key that was corrected later.
    """

    number: int
    subtopic: str
    verdict: Verdict
    is_flagged: bool
    is_unscored: bool
    is_regraded: bool
    time: str | None
    is_slow: bool
    change: Change | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The lines of one filter; `counts`: how many each filter lists."""

    attempt_id: int
    exam: Exam
    only: Only
    counts: Mapping[Only, int]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One saved answer, in words."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """Why an answer counts otherwise than the key of its form says."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One item with its reasons, between its neighbours in the filter.

    `place`: its place among the `total` items of the filter, None if it is not one of them.
    """

    attempt_id: int
    exam: Exam
    line: Line
    question: Question
    feedback: Feedback
    history: tuple[Version, ...]
    correction: Correction | None
    target: str
    only: Only
    place: int | None
    total: int
    earlier: int | None
    later: int | None


def review_page(record: Record, only: str | None) -> ReviewPage:
    """The list. An unknown filter lists all."""
    lines, wanted = _lines(record), _only(only)
    counts = {each: sum(map(_KEEPS[each], lines)) for each in Only}
    kept = tuple(filter(_KEEPS[wanted], lines))
    return ReviewPage(record.sitting.attempt.id, record.exam, wanted, counts, kept)


def review_item(record: Record, number: int, only: str | None = None) -> ReviewItem:
    """One item. Raises NotFoundError if the exam has no such number."""
    if not 1 <= number <= len(record.slots):
        raise NotFoundError("There is no such question.")
    kept, lines, wanted = record.slots[number - 1], _lines(record), _only(only)
    listed = [line.number for line in filter(_KEEPS[wanted], lines)]
    return ReviewItem(
        attempt_id=record.sitting.attempt.id,
        exam=record.exam,
        line=lines[number - 1],
        question=question(kept.item, kept.case, kept.seed),
        feedback=_told(kept, lines[number - 1]),
        history=_history(kept),
        correction=_correction(record, number),
        target=clock(analysis(record).pace.target),
        only=wanted,
        place=listed.index(number) + 1 if number in listed else None,
        total=len(listed),
        earlier=max((each for each in listed if each < number), default=None),
        later=min((each for each in listed if each > number), default=None),
    )


def _only(wanted: str | None) -> Only:
    return next((each for each in Only if each.value == wanted), Only.ALL)


def _lines(record: Record) -> tuple[Line, ...]:
    found = analysis(record)
    slow, regraded = found.pace.slow, record.regrades
    return tuple(
        _line(each, is_slow=each.number in slow, is_regraded=each.number in regraded)
        for each in found.outcomes
    )


def _line(outcome: Outcome, *, is_slow: bool, is_regraded: bool) -> Line:
    return Line(
        outcome.number,
        outcome.subtopic,
        _verdict(outcome),
        outcome.flagged,
        not outcome.scored,
        is_regraded,
        clock(outcome.seconds) if outcome.seconds else None,
        is_slow,
        outcome.change,
    )


def _verdict(outcome: Outcome) -> Verdict:
    if not outcome.answered:
        return Verdict.UNANSWERED
    if outcome.correct:
        return Verdict.RIGHT
    return Verdict.PARTLY if outcome.points else Verdict.WRONG


_KEEPS: dict[Only, Callable[[Line], bool]] = {
    Only.ALL: lambda _: True,
    Only.WRONG: lambda line: line.verdict in {Verdict.WRONG, Verdict.PARTLY},
    Only.UNANSWERED: lambda line: line.verdict is Verdict.UNANSWERED,
    Only.FLAGGED: lambda line: line.is_flagged,
    Only.SLOW: lambda line: line.is_slow,
    Only.CHANGED: lambda line: line.change is not None,
}


def _told(kept: Kept, line: Line) -> Feedback:
    """The reasons of the version that was asked, with the verdict that counts now."""
    told = feedback(kept.item, kept.seed, kept.response)
    return replace(told, verdict=line.verdict, points=kept.points)


def _correction(record: Record, number: int) -> Correction | None:
    found = record.regrades.get(number)
    return Correction(found.reason, found.applied_at) if found else None


def _history(kept: Kept) -> tuple[Version, ...]:
    """What was saved, one after the other; nothing where it was saved once."""
    saved = [Version(in_words(kept.item, kept.seed, s.response), s.at) for s in kept.saves]
    return tuple(saved) if len(saved) > 1 else ()
