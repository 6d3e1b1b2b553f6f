"""Tail probabilities against printed tables and worked examples."""

import math
from itertools import permutations
from statistics import fmean, pstdev

import pytest

from trainer.banks.chance import (
    binomial_tail,
    chi_square,
    chi_square_critical,
    chi_square_tail,
    runs_test,
)


class TestChiSquare:
    # NIST/SEMATECH e-Handbook, table 1.3.6.7.4 (upper critical values).
    @pytest.mark.parametrize(
        ("freedom", "alpha", "critical"),
        [
            (1, 0.05, 3.841),
            (1, 0.01, 6.635),
            (2, 0.05, 5.991),
            (2, 0.01, 9.210),
            (3, 0.05, 7.815),
            (3, 0.01, 11.345),
            (4, 0.01, 13.277),
            (5, 0.01, 15.086),
            (10, 0.05, 18.307),
            (10, 0.001, 29.588),
            (15, 0.10, 22.307),
        ],
    )
    def test_critical_values_are_those_of_the_table(
        self, freedom: int, alpha: float, critical: float
    ) -> None:
        assert chi_square_critical(alpha, freedom) == pytest.approx(critical, abs=5e-4)
        assert chi_square_tail(critical, freedom) == pytest.approx(alpha, rel=2e-3)

    def test_nothing_lies_below_zero(self) -> None:
        assert chi_square_tail(0, 3) == 1

    def test_statistic_of_mendels_peas(self) -> None:
        """Mendel (1866): 5474 round and 1850 wrinkled, here against 1 : 1, by hand."""
        assert chi_square([5474, 1850]) == pytest.approx(2 * 1812**2 / 3662)

    def test_statistic_of_equal_shares_is_zero(self) -> None:
        assert chi_square([10, 10, 10, 10]) == 0


class TestBinomial:
    # Cumulative binomial tables (n = 10 and 20), as printed in most textbooks.
    @pytest.mark.parametrize(
        ("successes", "trials", "chance", "tail"),
        [
            (5, 10, 0.25, 1 - 0.9219),
            (8, 10, 0.5, 0.0547),
            (15, 20, 0.5, 0.0207),
            (10, 20, 0.25, 1 - 0.9861),
            (0, 20, 0.25, 1.0),
            (20, 20, 0.5, 2**-20),
        ],
    )
    def test_tail_is_that_of_the_table(
        self, successes: int, trials: int, chance: float, tail: float
    ) -> None:
        assert binomial_tail(successes, trials, chance) == pytest.approx(tail, abs=6e-5)

    def test_holds_for_a_large_bank(self) -> None:
        """One half by symmetry, plus half of the middle term (Stirling: 1/√(πn/2))."""
        assert binomial_tail(1000, 2000, 0.5) == pytest.approx(0.5 + 0.01784 / 2, abs=1e-4)


class TestRuns:
    def test_nist_example(self) -> None:
        """NIST/SEMATECH e-Handbook 1.3.5.13, LEW.DAT: 200 points about the median, Z = 2.6938.

        Any order with 100 of each kind and 120 runs has that Z; two-sided p = .0071.
        """
        runs = runs_test("ab" * 59 + "a" * 41 + "b" * 41)
        assert runs.observed == 120
        assert runs.expected == 101
        assert runs.p == pytest.approx(0.00706, abs=1e-5)

    def test_coin_example(self) -> None:
        """By the two-class formula: n₁ = 15, n₂ = 10, 8 runs give z = -5 / √5.5 = -2.13."""
        runs = runs_test(
            "a" * 9 + "b" * 2 + "a" * 2 + "b" * 2 + "a" * 2 + "b" * 3 + "a" * 2 + "b" * 3
        )
        assert (runs.observed, runs.expected) == (8, 13)
        assert runs.p == pytest.approx(0.0330, abs=5e-5)

    def test_three_classes_have_the_moments_of_all_orders(self) -> None:
        orders = [runs_test(order) for order in set(permutations("AAABBC"))]
        observed = [order.observed for order in orders]
        mean, deviation = fmean(observed), pstdev(observed)
        for order in orders:
            z = abs(order.observed - mean) / deviation
            assert order.expected == pytest.approx(mean)
            assert order.p == pytest.approx(math.erfc(z / math.sqrt(2)))

    @pytest.mark.parametrize("sequence", ["", "A", "AAAA", "AB"])
    def test_says_nothing_where_order_cannot_vary(self, sequence: str) -> None:
        assert runs_test(sequence).p == 1
