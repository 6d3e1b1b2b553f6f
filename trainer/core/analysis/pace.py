"""How the time went, and what changing answers did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.analysis.outcome import Change, Outcome, counted

SLOW = 2  # times the target


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds on the screen, item by item, of the n that were measured; pretest items as well.

    `target`: seconds an item that the exam allows; `slow`: the numbers of those over SLOW times it.
    """

    target: float
    rows: tuple[tuple[int, int], ...]
    slow: frozenset[int]

    @property
    def n(self) -> int:
        return len(self.rows)

    @property
    def mean(self) -> float:
        """Seconds an item; 0 where none was measured."""
        return sum(seconds for _, seconds in self.rows) / self.n if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class Changes:
    """Scored items whose first finished answer is known, and how many were changed how."""

    n: int
    to_wrong: int
    to_right: int
    still_wrong: int

    @property
    def total(self) -> int:
        return self.to_wrong + self.to_right + self.still_wrong


def pace(outcomes: Sequence[Outcome], target: float) -> Pace:
    """`target`: seconds an item."""
    rows = tuple((each.number, each.seconds) for each in outcomes if each.seconds > 0)
    slow = frozenset(number for number, seconds in rows if seconds > SLOW * target)
    return Pace(target, rows, slow)


def changes(outcomes: Sequence[Outcome]) -> Changes:
    """What happened between the first finished answer and the last one."""
    known = [each for each in counted(outcomes) if each.corrects]
    found = Counter(each.change for each in known)
    return Changes(
        len(known), found[Change.TO_WRONG], found[Change.TO_RIGHT], found[Change.STILL_WRONG]
    )
