"""80 % intervals for a share of right answers: of all that could be asked, and of one more form."""

from dataclasses import dataclass
from math import sqrt

from trainer.core.learning.readiness import Z80


@dataclass(frozen=True, slots=True)
class Band:
    """The ends of an interval for a share, in 0–1."""

    low: float
    high: float


ANYTHING = Band(0.0, 1.0)


def wilson(hits: int, n: int, z: float = Z80) -> Band:
    """Where the chance of a hit lies (Wilson 1927, JASA 22, 209–212); n = 0 says nothing."""
    return _inverted(hits / n, z * z / n, 1.0) if n else ANYTHING


def predicted(hits: int, n: int, items: int, z: float = Z80) -> Band:
    """Where the share of hits among that many further items lies: wider, since they vary too.

    The score test of both samples having one share, solved for the second (Krishnamoorthy & Peng
    2011, J. Stat. Plan. Inference 141, 1709–1718, joint sampling); Wilson's as items → ∞.
    """
    if not n or not items:
        return ANYTHING
    return _inverted(hits / n, z * z * (1 / n + 1 / items), items / (n + items))


def _inverted(share: float, spread: float, part: float) -> Band:
    """The two d = y − share with d² = spread · q (1 − q), where q = share + part · d."""
    lean = spread * part * (1 - 2 * share)
    scale = 1 + spread * part * part
    width = sqrt(lean * lean + 4 * scale * spread * share * (1 - share))
    low, high = (share + (lean + side * width) / (2 * scale) for side in (-1, 1))
    return Band(max(0.0, low), min(1.0, high))
