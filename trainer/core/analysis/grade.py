"""Whether an exam was passed, by its own rule, and what the result says of the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from trainer.core.analysis.interval import Band, predicted, wilson
from trainer.core.analysis.outcome import Outcome, Tally, counted, tally
from trainer.core.exam import Cut, ExamProfile, PassRule


@dataclass(frozen=True, slots=True)
class Grade:
    """The scored items of a form against the cut. Shares are in 0–1.

    `scaled` is our estimate for an exam with a scale of its own, None for the others. `share` is
    where the learner's share of right answers lies, `sitting` where one more form would fall,
    both at 80 %.
    """

    tally: Tally
    is_passed: bool
    scaled: int | None
    share: Band
    sitting: Band


def grade(profile: ExamProfile, outcomes: Sequence[Outcome]) -> Grade:
    """The grade of a form, and the likely one of a full form of this exam."""
    found, cut = tally(counted(outcomes)), profile.cut
    return Grade(
        found,
        is_passed=found.n > 0 and _passes(cut, found),
        scaled=scaled(cut, found.share) if cut.rule is PassRule.SCALED else None,
        share=wilson(found.correct, found.n),
        sitting=predicted(found.correct, found.n, profile.scored),
    )


def _passes(cut: Cut, found: Tally) -> bool:
    if cut.rule is PassRule.PERCENT:
        return found.correct * 100 >= cut.mark * found.n
    return found.share >= cut.raw


def scaled(cut: Cut, share: float) -> int:
    """An estimate on the exam's scale, never an official score: the real conversion is secret.

    Two straight lines through (0, lowest), (cut.raw, mark) and (1, highest). Rounded down, so
    that no estimate shows the mark without passing.
    """
    low, high = cut.scale
    if share < cut.raw:
        return floor(low + (cut.mark - low) * (share / cut.raw))
    return floor(cut.mark + (high - cut.mark) * (share - cut.raw) / (1 - cut.raw))
