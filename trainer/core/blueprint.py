"""What a form needs, set against what a bank has."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.exam import ExamProfile


@dataclass(frozen=True, slots=True)
class Shortage:
    """A subtopic and how many forms its items last for."""

    subtopic: str
    items: int
    forms: float


@dataclass(frozen=True, slots=True)
class Fill:
    """How many full forms without a repeated item can be drawn, and what runs out first."""

    forms: float
    shortages: tuple[Shortage, ...]


def fill(profile: ExamProfile, counts: Mapping[str, int]) -> Fill:
    """The forms that items per subtopic can fill; shortages come scarcest first.

    Subtopics are counted over the whole form, because domains share them.
    """
    shortages = [
        Shortage(name, counts.get(name, 0), counts.get(name, 0) / (share * profile.scored))
        for name, share in profile.blueprint.items()
    ]
    shortages.sort(key=lambda shortage: shortage.forms)
    return Fill(shortages[0].forms, tuple(shortages))
