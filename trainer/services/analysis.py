"""What the record of a finished exam says, set beside the exam before."""

from dataclasses import dataclass

from trainer.core.analysis.grade import Grade, grade
from trainer.core.analysis.outcome import Outcome, Tally, corrects
from trainer.core.analysis.pace import Changes, Pace, changes, pace
from trainer.core.analysis.sections import (
    DomainResult,
    Weakness,
    domains,
    tallies,
    topics,
    weaknesses,
)
from trainer.services.records import Kept, Record


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is worked out of one exam. `outcomes` are in the order of its slots."""

    outcomes: tuple[Outcome, ...]
    grade: Grade
    domains: tuple[DomainResult, ...]
    topics: dict[str, Tally]
    weaknesses: tuple[Weakness, ...]
    pace: Pace
    changes: Changes

    @property
    def answered(self) -> int:
        return sum(each.answered for each in self.outcomes)

    @property
    def flagged(self) -> int:
        return sum(each.flagged for each in self.outcomes)


def analysis(record: Record, previous: Record | None = None) -> Analysis:
    """The figures of an exam. `previous`: the one that its domains are compared to."""
    found, profile = outcomes(record), record.profile
    before = tallies(previous.profile, outcomes(previous)) if previous else {}
    return Analysis(
        found,
        grade(profile, found),
        domains(profile, found, before),
        topics(found),
        weaknesses(found),
        pace(found, target(record)),
        changes(found),
    )


def outcomes(record: Record) -> tuple[Outcome, ...]:
    """The slots as analysis wants them."""
    return tuple(_outcome(kept) for kept in record.slots)


def target(record: Record) -> float:
    """Seconds an item that the exam allows this learner."""
    return record.profile.seconds_per_item * record.sitting.accommodation.factor


def _outcome(kept: Kept) -> Outcome:
    answers = [save.response for save in kept.saves]
    return Outcome(
        number=kept.number,
        subtopic=kept.item.subtopic,
        domain=kept.seat.domain,
        scored=kept.seat.scored,
        points=kept.points,
        correct=kept.correct,
        answered=kept.response is not None,
        flagged=kept.is_flagged,
        seconds=kept.seconds,
        corrects=corrects(kept.item, tuple(zip(answers, kept.corrects, strict=True))),
    )
