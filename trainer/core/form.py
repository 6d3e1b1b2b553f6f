"""A form: the items of one sitting of an exam, and the outline that it is drawn to.

An `Outline` is what both an exam profile in a size and a learner's own choice turn into: how much
of everything. Its counts are settled per form, by the form's seed; `assembly` finds the items.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, inf

from trainer.core.exam import ExamProfile
from trainer.core.shuffle import token

_DIGITS = 9  # that a float sum of weights is good for
_GRAIN = 1_000_000  # of an item: what `Outline.forms` counts in

Cell = tuple[int, str]  # a section's number in its outline, and a subtopic of its split


class Size(StrEnum):
    """How much of the exam a form is."""

    FULL = "full"
    HALF = "half"
    QUARTER = "quarter"

    @property
    def parts(self) -> int:
        """How many such forms make a full one."""
        return {Size.FULL: 1, Size.HALF: 2, Size.QUARTER: 4}[self]


@dataclass(frozen=True, slots=True)
class Section:
    """A domain's part of an outline. `domain`: its index in the profile; `split`: weights."""

    domain: int
    split: tuple[tuple[str, float], ...]

    @property
    def weight(self) -> float:
        return sum(weight for _, weight in self.split)


@dataclass(frozen=True, slots=True)
class Outline:
    """What forms are drawn to: scored items, divided by weight, and pretest items besides.

    `minutes` are those of a form that holds all of it.
    """

    sections: tuple[Section, ...]
    scored: int
    pretest: int
    minutes: int

    @property
    def items(self) -> int:
        return self.scored + self.pretest

    @property
    def subtopics(self) -> frozenset[str]:
        return frozenset(name for section in self.sections for name, _ in section.split)

    def minutes_for(self, items: int) -> int:
        """Time at the same pace for a form that came out shorter."""
        return ceil(self.minutes * items / self.items) if self.items else 0

    def quotas(self, seed: str, *, scored: bool = True) -> dict[Cell, int]:
        """The scored (or pretest) items of one form. Their fractions rotate with the seed."""
        purpose = f"{seed}|{scored}"
        total = self.scored if scored else self.pretest
        weights = [section.weight for section in self.sections]
        counts = apportioned(weights, total, purpose)
        return {
            (number, subtopic): items
            for number, section in enumerate(self.sections)
            for subtopic, items in sampled(section.split, counts[number], f"{purpose}|{number}")
        }

    def forms(self, supply: Mapping[str, int]) -> float:
        """How many forms' scored items a supply (items by subtopic) lasts for, no item twice.

        Subtopics of a section stand in for one another, and sections share what they have in
        common: the least supply over demand of all sets of sections (Gale 1957, after Hall 1935),
        reached in Newton steps from set to tighter set (Dinkelbach 1967).
        """
        if not self.scored:
            return 0.0
        per_weight = self.scored / sum(section.weight for section in self.sections)
        needs = [per_weight * section.weight for section in self.sections]
        forms, tight = inf, set(range(len(needs)))
        while tight:
            names = {name for n in tight for name, _ in self.sections[n].split}
            tighter = sum(supply.get(name, 0) for name in names) / sum(needs[n] for n in tight)
            if tighter >= forms:
                break  # what is left to gain is less than a grain
            forms = tighter
            tight = _Sharing(self.sections, supply).unfilled([forms * need for need in needs])
        return forms


@dataclass(frozen=True, slots=True)
class Available:
    """An item that may stand on a form. `place`: its order within its case.

    `case` names a case among all banks; `enemies` need to be told by one of the two only.
    """

    item: int
    version: int
    subtopic: str
    case: str | None = None
    place: int = 0
    enemies: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FormSlot:
    """An item's place on a form. `domain`: index in the profile; pretest items are not scored."""

    item: int
    version: int
    domain: int
    subtopic: str
    scored: bool
    case: str | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Fewer items than wanted: missing from a domain, or, in a subtopic, given by its siblings.

    A domain's own line has no subtopic. What its subtopics lack beyond it was replaced.
    """

    domain: int
    subtopic: str | None
    scored: bool
    wanted: int
    found: int


@dataclass(frozen=True, slots=True)
class Form:
    """One sitting's items in order. `repeats`: items of recent forms among them, oldest first."""

    seed: str
    slots: tuple[FormSlot, ...]
    shortages: tuple[Shortfall, ...]
    repeats: tuple[int, ...]

    def missing(self, *, scored: bool) -> int:
        """Slots that were left out."""
        lines = [line for line in self.shortages if line.scored is scored and not line.subtopic]
        return sum(line.wanted - line.found for line in lines)

    @property
    def replaced(self) -> int:
        """Items that stand in for a subtopic that is short."""
        lacking = sum(line.wanted - line.found for line in self.shortages if line.subtopic)
        return lacking - self.missing(scored=True) - self.missing(scored=False)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said before a form is begun.

    `forms`: how many the bank can fill, no scored item twice. `unseen`: the same without the items
    of recent forms. `shortages` and the number of `repeats`: those of one form drawn now.
    """

    forms: float
    unseen: float
    shortages: tuple[Shortfall, ...]
    repeats: int


def outline(profile: ExamProfile, size: Size = Size.FULL) -> Outline:
    """An exam's outline. Half items count as one, part minutes as whole."""
    sections = [Section(n, domain.subtopics) for n, domain in enumerate(profile.domains)]
    return Outline(
        tuple(sections),
        floor(profile.scored / size.parts + 0.5),
        floor(profile.pretest / size.parts + 0.5),
        ceil(profile.minutes / size.parts),
    )


def custom_outline(
    profile: ExamProfile,
    items: int,
    *,
    domains: Collection[int] = (),
    subtopics: Collection[str] = (),
    minutes: int | None = None,
) -> Outline:
    """What a learner chose, by the exam's weights and, unless told, at its pace; no pretest.

    A domain brings all its subtopics, a subtopic is taken wherever it occurs; choosing none of
    either means all. A choice that the exam knows nothing of makes an outline of no items.
    """
    is_open = not domains and not subtopics
    sections = [
        Section(number, split)
        for number, domain in enumerate(profile.domains)
        if (
            split := tuple(
                (name, weight)
                for name, weight in domain.subtopics
                if is_open or number in domains or name in subtopics
            )
        )
    ]
    scored = max(0, items) if sections else 0
    pace = ceil(profile.minutes * scored / profile.items)
    return Outline(tuple(sections), scored, 0, pace if minutes is None else minutes)


def apportioned(weights: Sequence[float], total: int, seed: str) -> list[int]:
    """Whole numbers in proportion to the weights, by largest remainder (Hamilton 1792).

    Equal remainders draw lots, so that the same domains do not lose on every short form.
    """
    quotas = [total * weight / sum(weights) for weight in weights]
    counts = [floor(quota) for quota in quotas]
    rest = [round(quota - count, _DIGITS) for quota, count in zip(quotas, counts, strict=True)]
    order = sorted(range(len(weights)), key=lambda n: (-rest[n], chance(seed, "tie", n)))
    for number in order[: total - sum(counts)]:
        counts[number] += 1
    return counts


def sampled(split: Iterable[tuple[str, float]], total: int, seed: str) -> Iterable[tuple[str, int]]:
    """Whole numbers that are in proportion to the weights on average over many seeds.

    Systematic sampling (Madow & Madow 1944): the subtopics lie end to end in a drawn order, and
    `total` evenly spaced marks fall on them from a drawn start. Each has its share rounded down
    or up.
    """
    order = sorted(split, key=lambda part: chance(seed, "order", part[0]))
    step = total / sum(weight for _, weight in order)
    start = chance(seed, "start")
    end, before = 0.0, 0
    for name, weight in order:
        end += weight * step
        marks = ceil(round(end, _DIGITS) - start)
        yield name, marks - before
        before = marks


def chance(seed: str, *purpose: object) -> float:
    """A number in [0, 1) that a seed gives for a purpose, the same on every machine."""
    drawn = token(seed, "|".join(map(str, purpose)))
    return int(drawn, 16) / (1 << 4 * len(drawn))


class _Sharing:
    """Items dealt out among sections that may have subtopics in common, in grains."""

    def __init__(self, sections: Sequence[Section], supply: Mapping[str, int]) -> None:
        self._sections = sections
        self._left = {n: _GRAIN * supply.get(n, 0) for part in sections for n, _ in part.split}
        self._given = {(n, name): 0 for n, part in enumerate(sections) for name, _ in part.split}

    def unfilled(self, needs: Sequence[float]) -> set[int]:
        """Sections that all of their items together cannot fill; empty if there are none."""
        for number, need in enumerate(needs):
            lack = floor(_GRAIN * need)
            while lack:
                reached: set[int] = set()
                got = self._pull(number, lack, reached)
                if not got:
                    return reached
                lack -= got
        return set()

    def _pull(self, number: int, wanted: int, reached: set[int]) -> int:
        """Grains for a section: from what is left, or from a section that can replace its own."""
        reached.add(number)
        for name, _ in self._sections[number].split:
            got = min(wanted, self._left[name])
            if got:
                self._left[name] -= got
                self._given[number, name] += got
                return got
        for other, name in self._givers(number):
            if other not in reached:
                got = self._pull(other, min(wanted, self._given[other, name]), reached)
                if got:
                    self._given[other, name] -= got
                    self._given[number, name] += got
                    return got
        return 0

    def _givers(self, number: int) -> list[Cell]:
        names = {name for name, _ in self._sections[number].split}
        return [cell for cell, given in self._given.items() if given and cell[1] in names]
