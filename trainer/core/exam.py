"""Certification exams as dated facts: how many items, how long, what passes, which domains.

An exam changes its rules from time to time; each `ExamProfile` holds from `valid_from` on.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Navigation(StrEnum):
    FREE = "free"
    FORWARD_ONLY = "forward-only"


class PassRule(StrEnum):
    """`percent`: a share of the scored items. `scaled`: a mark on the exam's own scale."""

    PERCENT = "percent"
    SCALED = "scaled"


@dataclass(frozen=True, slots=True)
class Cut:
    """What passes. `raw` is the share of scored items that the cut is estimated to need.

    For a scaled exam the real conversion is secret; `raw` is then a labelled estimate.
    """

    rule: PassRule
    mark: int
    scale: tuple[int, int]
    raw: float

    @property
    def text(self) -> str:
        if self.rule is PassRule.PERCENT:
            return f"{self.mark} %"
        return f"{self.mark} on a scale of {self.scale[0]}–{self.scale[1]}"


@dataclass(frozen=True, slots=True)
class Domain:
    """A weighted section of an exam. `subtopics` splits its scored items; halves rotate."""

    name: str
    items: int
    subtopics: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read, and how far it can be trusted."""

    title: str
    trust: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ExamProfile:
    """One exam's rules from a date on. `unofficial` says why the weights are only a guess."""

    exam: str
    valid_from: date
    items: int
    pretest: int
    minutes: int
    cut: Cut
    navigation: Navigation
    open_book: bool
    books: str
    kinds: tuple[str, ...]
    domains: tuple[Domain, ...]
    sources: tuple[Source, ...]
    verified_on: date
    unofficial: str | None = None
    change: str | None = None

    @property
    def scored(self) -> int:
        return self.items - self.pretest

    @property
    def seconds_per_item(self) -> int:
        return round(self.minutes * 60 / self.items)

    @property
    def blueprint(self) -> dict[str, float]:
        """Share of the scored items that each subtopic has; sums to 1."""
        weights: dict[str, float] = {}
        for domain in self.domains:
            for subtopic, items in domain.subtopics:
                weights[subtopic] = weights.get(subtopic, 0.0) + items
        total = sum(weights.values())
        return {subtopic: items / total for subtopic, items in weights.items()}


@dataclass(frozen=True, slots=True)
class Exam:
    """A certification and its profiles, oldest first."""

    id: str
    short: str
    name: str
    body: str
    setting: str
    profiles: tuple[ExamProfile, ...]

    def profile(self, on: date) -> ExamProfile:
        """The profile in force on a day; before the first one, the first."""
        current = self.profiles[0]
        for profile in self.profiles:
            if profile.valid_from <= on:
                current = profile
        return current
