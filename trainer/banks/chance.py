"""What chance alone would do: tail probabilities for the rules that count over a whole bank.

A&S is Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964).
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

_HALVINGS = 60  # of an interval that holds the answer: finer than any printed table


def chi_square_tail(statistic: float, freedom: int) -> float:
    """Probability that chi-square with `freedom` degrees is at least `statistic`.

    The finite sums of A&S 26.4.4 (odd degrees) and 26.4.5 (even degrees).
    """
    half = statistic / 2
    if half <= 0:
        return 1.0
    odd = freedom % 2 == 1
    powers = [step + 0.5 * odd for step in range(freedom // 2)]
    total = math.fsum(math.pow(half, power) / math.gamma(power + 1) for power in powers)
    return math.exp(-half) * total + (math.erfc(math.sqrt(half)) if odd else 0.0)


def chi_square_critical(alpha: float, freedom: int) -> float:
    """The value that chi-square exceeds with probability `alpha`, found by bisection."""
    low, high = 0.0, 1.0
    while chi_square_tail(high, freedom) > alpha:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if chi_square_tail(middle, freedom) > alpha:
            low = middle
        else:
            high = middle
    return high


def chi_square(observed: Sequence[int]) -> float:
    """Pearson's statistic against equal shares of all classes (Pearson 1900)."""
    expected = sum(observed) / len(observed)
    return sum((count - expected) ** 2 / expected for count in observed)


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    """Probability of at least `successes` in `trials`, each with `chance` (A&S 26.1.20).

    Summed in logarithms, since the coefficients of a large bank exceed a float. `chance` lies
    strictly between 0 and 1.
    """
    return math.fsum(
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * math.log(chance)
            + (trials - count) * math.log1p(-chance)
        )
        for count in range(successes, trials + 1)
    )


@dataclass(frozen=True, slots=True)
class Runs:
    """A runs test: stretches of one value, how many chance would give, two-sided p."""

    observed: int
    expected: float
    p: float


def runs_test(sequence: Sequence[Hashable]) -> Runs:
    """Whether equal values cluster or alternate more than a shuffled sequence would have it.

    Mean and variance for any number of classes after Barton & David, *Biometrika* 44 (1957) 168;
    with two classes they are those of Wald & Wolfowitz (1940). Normal approximation.
    """
    observed = sum(1 for _ in groupby(sequence))
    counts = Counter(sequence).values()
    n = len(sequence)
    if len(counts) < 2:  # noqa: PLR2004 - one class has one run, whatever its order
        return Runs(observed, float(observed), 1.0)
    squares = sum(count**2 for count in counts)
    cubes = sum(count**3 for count in counts)
    expected = (n * (n + 1) - squares) / n
    variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n**3) / (n**2 * (n - 1))
    if variance <= 0:
        return Runs(observed, expected, 1.0)
    z = (observed - expected) / math.sqrt(variance)
    return Runs(observed, expected, math.erfc(abs(z) / math.sqrt(2)))
