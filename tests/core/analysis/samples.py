"""Outcomes and a profile for tests of the analysis."""

from datetime import date
from typing import Any

from trainer.core.analysis.outcome import Outcome
from trainer.core.exam import Cut, Domain, ExamProfile, Navigation, PassRule

PERCENT = Cut(PassRule.PERCENT, 70, (0, 100), 0.7)
SCALED = Cut(PassRule.SCALED, 300, (100, 400), 0.7)


def outcome(number: int = 1, **changes: Any) -> Outcome:
    """A scored, wrong answer to an item of coding."""
    usual: dict[str, Any] = {
        "subtopic": "coding.modifiers",
        "domain": 0,
        "scored": True,
        "points": 1.0 if changes.get("correct") else 0.0,
        "correct": False,
        "answered": True,
    }
    return Outcome(number=number, **usual | changes)


def outcomes(right: int, wrong: int, **changes: Any) -> list[Outcome]:
    """So many right and so many wrong ones."""
    verdicts = [True] * right + [False] * wrong
    return [
        outcome(number, correct=verdict, **changes) for number, verdict in enumerate(verdicts, 1)
    ]


def profile(cut: Cut = PERCENT) -> ExamProfile:
    """Ten scored items in two domains, 6 : 4."""
    return ExamProfile(
        "alpha", date(2027, 1, 1), 12, 2, 24, cut, Navigation.FREE, open_book=True, books="Any.",
        kinds=("single",),
        domains=(
            Domain("Codes", 6, (("coding.modifiers", 6.0),)),
            Domain("Rest", 4, (("billing.claims", 4.0),)),
        ),
        sources=(), verified_on=date(2027, 1, 1),
    )  # fmt: skip
