"""Where points were made and lost: by domain, by topic, and the weakest subtopics."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from trainer.core.analysis.interval import Band, wilson
from trainer.core.analysis.outcome import Outcome, Tally, counted, tally
from trainer.core.exam import ExamProfile

MOST_WEAKNESSES = 3

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class DomainResult:
    """A domain of the exam. `weight`: its share of the scored items; `band`: 80 %.

    `before`: the same domain in the previous exam, None where it had no item there.
    """

    name: str
    weight: float
    tally: Tally
    band: Band
    before: Tally | None

    @property
    def delta(self) -> float | None:
        """The change of the share since; None where one of the two has no item."""
        return self.tally.share - self.before.share if self.before and self.tally.n else None


@dataclass(frozen=True, slots=True)
class Weakness:
    """A subtopic and the points that it cost: those of n items less those earned."""

    subtopic: str
    lost: float
    tally: Tally


def domains(
    profile: ExamProfile, outcomes: Sequence[Outcome], before: Mapping[str, Tally]
) -> tuple[DomainResult, ...]:
    """The domains in the profile's order. `before`: what `tallies` said of the previous exam."""
    found, total = tallies(profile, outcomes), sum(domain.items for domain in profile.domains)
    nothing = Tally(0, 0)
    return tuple(
        DomainResult(
            domain.name,
            domain.items / total,
            own := found.get(domain.name, nothing),
            wilson(own.correct, own.n),
            before.get(domain.name),
        )
        for domain in profile.domains
    )


def tallies(profile: ExamProfile, outcomes: Sequence[Outcome]) -> dict[str, Tally]:
    """Right answers by the name of the domain; domains without a scored item are left out."""
    return {
        profile.domains[number].name: tally(own)
        for number, own in _grouped(outcomes, lambda each: each.domain).items()
    }


def topics(outcomes: Sequence[Outcome]) -> dict[str, Tally]:
    """Right answers by topic; topics without a scored item are left out."""
    return {name: tally(own) for name, own in _grouped(outcomes, lambda each: each.topic).items()}


def weaknesses(outcomes: Sequence[Outcome]) -> tuple[Weakness, ...]:
    """The subtopics that cost most points, if they cost any: at most three.

    Of two that cost the same, the one with fewer items is the weaker.
    """
    groups = _grouped(outcomes, lambda each: each.subtopic)
    found = [
        Weakness(name, sum(1 - each.points for each in own), tally(own))
        for name, own in groups.items()
        if not all(each.correct for each in own)
    ]
    found.sort(key=lambda each: (-each.lost, each.tally.n, each.subtopic))
    return tuple(found[:MOST_WEAKNESSES])


def _grouped(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], Key]
) -> dict[Key, list[Outcome]]:
    groups: dict[Key, list[Outcome]] = {}
    for each in counted(outcomes):
        groups.setdefault(key(each), []).append(each)
    return groups
