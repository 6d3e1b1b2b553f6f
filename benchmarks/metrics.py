"""How good probabilities are: area under the ROC curve, accuracy, log loss, Brier, calibration."""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

BINS = 15  # of equal width, as in the literature on calibration
EDGE = 1e-12
HALF = 0.5


class Metrics(NamedTuple):
    """`ece`: expected calibration error, mean |observed − forecast| weighted by answers."""

    auc: float
    accuracy: float
    log_loss: float
    brier: float
    ece: float


def metrics(chances: Sequence[float], outcomes: Sequence[float]) -> Metrics:
    """All five. Outcomes are points, 0–1; halves and more count as right in the accuracy."""
    n = len(chances)
    pairs = list(zip(chances, outcomes, strict=True))
    return Metrics(
        auc(chances, outcomes),
        sum((p >= HALF) == (y >= HALF) for p, y in pairs) / n,
        -sum(y * log(max(EDGE, p)) + (1 - y) * log(max(EDGE, 1 - p)) for p, y in pairs) / n,
        sum((p - y) ** 2 for p, y in pairs) / n,
        ece(chances, outcomes),
    )


def auc(chances: Sequence[float], outcomes: Sequence[float]) -> float:
    """The chance that a right answer was rated above a wrong one, ties half (Mann–Whitney).

    A score between counts as right in part and as wrong for the rest.
    """
    ranked = sorted(range(len(chances)), key=chances.__getitem__)
    right = sum(outcomes)
    wrong = len(outcomes) - right
    if not right or not wrong:
        return HALF
    area, below, start = 0.0, 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and chances[ranked[end]] == chances[ranked[start]]:
            end += 1
        tied = sum(outcomes[row] for row in ranked[start:end])
        missed = end - start - tied
        area += tied * (below + missed / 2)
        below += missed
        start = end
    return area / (right * wrong)


def ece(chances: Sequence[float], outcomes: Sequence[float]) -> float:
    """Expected calibration error in BINS bins of equal width."""
    gaps = [0.0] * BINS
    for p, y in zip(chances, outcomes, strict=True):
        gaps[min(int(p * BINS), BINS - 1)] += p - y
    return sum(map(abs, gaps)) / len(chances)
