"""What the page of a result shows, ready to print."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.core.analysis.grade import Grade, scaled
from trainer.core.analysis.outcome import Tally
from trainer.core.analysis.pace import SLOW, Changes
from trainer.core.analysis.sections import DomainResult
from trainer.core.exam import Cut, Exam, ExamProfile
from trainer.core.form import Size
from trainer.core.mock import Choice, Ending, Sitting
from trainer.core.topic import Subtopic, Taxonomy, Topic
from trainer.services.analysis import Analysis, analysis
from trainer.services.records import Record
from trainer.web.filters import number
from trainer.web.mocks.charts import PaceChart, ShareBar, pace_chart, share_bar

_MINUTE = timedelta(minutes=1)
_PRACTISE = (
    "",
    "Practise it",
    "Practise these two",
    "Practise your three weakest",
)


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain's result; without a scored item there is no bar. `delta`: points of a hundred."""

    result: DomainResult
    bar: ShareBar | None
    delta: str | None


@dataclass(frozen=True, slots=True)
class WeakLine:
    subtopic: Subtopic
    lost: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which rules an exam was sat. `granted`: what was used of an accommodation, in words."""

    form: str
    items: int
    minutes: int
    is_expired: bool
    ended_at: datetime
    has_digital_book: bool
    granted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result of one exam.

    `scaled_sitting`: the interval of `grade.sitting` on the exam's own scale, as estimated.
    `is_mixed_as_exam`: whether the form had all of the exam's domains, so that it foretells one.
    `previous_at`: when the exam was sat that `delta` compares with.
    """

    attempt_id: int
    exam: Exam
    profile: ExamProfile
    terms: Terms
    grade: Grade
    scaled_sitting: tuple[int, int] | None
    is_mixed_as_exam: bool
    answered: int
    unanswered: int
    flagged: int
    regraded: int
    domains: tuple[DomainLine, ...]
    topics: tuple[tuple[Topic, Tally], ...]
    weaknesses: tuple[WeakLine, ...]
    pace: PaceChart | None
    changes: Changes
    previous_at: datetime | None

    @property
    def practice_label(self) -> str:
        """What the button says that starts practising the weakest subtopics."""
        return _PRACTISE[len(self.weaknesses)]

    @property
    def practice(self) -> list[tuple[str, str]]:
        """What the form sends that starts practising the weakest subtopics."""
        topics = [("topics", each.subtopic.id) for each in self.weaknesses]
        return [("exam", self.exam.id), ("pool", "topics"), *topics]


def result_page(record: Record, previous: Record | None, taxonomy: Taxonomy) -> ResultPage:
    """The page of a finished exam. `previous`: the one before it, if there is any."""
    found = analysis(record, previous)
    choice, cut = record.sitting.choice, record.profile.cut
    length = record.sitting.length
    return ResultPage(
        attempt_id=record.sitting.attempt.id,
        exam=record.exam,
        profile=record.profile,
        terms=_terms(record),
        grade=found.grade,
        scaled_sitting=_scaled_sitting(cut, found.grade),
        is_mixed_as_exam=not (choice.is_custom and (choice.domains or choice.subtopics)),
        answered=found.answered,
        unanswered=length - found.answered,
        flagged=found.flagged,
        regraded=len(record.regrades),
        domains=tuple(_domain(each, cut) for each in found.domains),
        topics=tuple((t, found.topics[t.id]) for t in taxonomy.topics if t.id in found.topics),
        weaknesses=_weaknesses(found, taxonomy),
        pace=pace_chart(found.pace, length, SLOW * found.pace.target),
        changes=found.changes,
        previous_at=previous.finished_at if previous else None,
    )


def _terms(record: Record) -> Terms:
    sitting = record.sitting
    return Terms(
        form=_form(sitting.choice),
        items=sitting.length,
        minutes=round(sitting.allowed / _MINUTE),
        is_expired=sitting.ending is Ending.EXPIRED,
        ended_at=record.finished_at,
        has_digital_book=sitting.choice.digital_book,
        granted=_granted(sitting),
    )


def _form(choice: Choice) -> str:
    if choice.is_custom:
        return "Custom form"
    return {Size.FULL: "Full form", Size.HALF: "Half form", Size.QUARTER: "Quarter form"}[
        choice.size
    ]


def _granted(sitting: Sitting) -> tuple[str, ...]:
    granted, said = sitting.accommodation, []
    if granted.factor > 1:
        said.append(f"time × {granted.factor:g}")
    if granted.breaks:
        used, most = sitting.rested / _MINUTE, granted.breaks / _MINUTE
        said.append(f"breaks off the clock, {number(used)} of {number(most)} min used")
    if granted.larger_type:
        said.append("larger type")
    return tuple(said)


def _scaled_sitting(cut: Cut, grade: Grade) -> tuple[int, int] | None:
    if grade.scaled is None:
        return None
    return scaled(cut, grade.sitting.low), scaled(cut, grade.sitting.high)


def _domain(result: DomainResult, cut: Cut) -> DomainLine:
    bar = share_bar(result.tally, result.band, cut.raw) if result.tally.n else None
    return DomainLine(result, bar, _points(result.delta))


def _points(delta: float | None) -> str | None:
    """0.083 → +8; a true minus sign for what fell."""
    if delta is None:
        return None
    points = round(delta * 100)
    return f"{points:+d}".replace("-", "−") if points else "same"


def _weaknesses(found: Analysis, taxonomy: Taxonomy) -> tuple[WeakLine, ...]:
    return tuple(
        WeakLine(taxonomy[each.subtopic], number(each.lost), each.tally)
        for each in found.weaknesses
    )
