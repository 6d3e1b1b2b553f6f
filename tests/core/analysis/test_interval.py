"""Intervals for a share, against published values, a solved example and their own promise."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.analysis.interval import Band, predicted, wilson

Z95 = 1.959963984540054


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [  # Newcombe 1998, Stat. Med. 17, 857–872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_the_published_table(hits: int, n: int, low: float, high: float) -> None:
    band = wilson(hits, n, Z95)
    assert (round(band.low, 4), round(band.high, 4)) == (low, high)


def test_eighty_percent_is_usual() -> None:
    """By hand: n = 4, 2 right, z = 1.28155: 0.5 ± z / 2 / √(4 + z²)."""
    band = wilson(2, 4)
    assert band.low == pytest.approx(0.23024, abs=1e-5)
    assert band.high == pytest.approx(0.76976, abs=1e-5)


def test_the_next_form_by_hand() -> None:
    """n = m = 4, 2 right: k = z²/2 = 0.82119, part 1/2: d² (1 + k/4) = k/4."""
    band = predicted(2, 4, 4)
    assert band.high - 0.5 == pytest.approx(0.41271, abs=1e-5)
    assert 0.5 - band.low == pytest.approx(0.41271, abs=1e-5)


@pytest.mark.parametrize("band", [wilson(0, 0), predicted(0, 0, 100), predicted(3, 4, 0)])
def test_nothing_known_means_anything(band: Band) -> None:
    assert band == Band(0.0, 1.0)


@given(st.integers(1, 200), st.data())
@STEADY
def test_an_interval_holds_the_share_and_stays_in_its_range(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    for band in (wilson(hits, n), predicted(hits, n, 100)):
        assert 0 <= band.low <= hits / n <= band.high <= 1


@given(st.integers(1, 200), st.data())
@STEADY
def test_endless_items_vary_no_more_than_the_share_itself(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    band, limit = wilson(hits, n), predicted(hits, n, 10**12)
    assert limit.low == pytest.approx(band.low, abs=1e-6)
    assert limit.high == pytest.approx(band.high, abs=1e-6)


def binomial(n: int, p: float) -> list[float]:
    return [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


@pytest.mark.parametrize("n", [25, 50, 100])
@pytest.mark.parametrize("p", [0.4, 0.6, 0.7, 0.8, 0.9])
def test_four_in_five_real_forms_fall_into_the_band(n: int, p: float) -> None:
    """Summed over every mock and every real form of 100 items; Wilson's alone holds 63–76 %."""
    real, coverage = binomial(100, p), 0.0
    for hits, chance in enumerate(binomial(n, p)):
        band = predicted(hits, n, 100)
        coverage += chance * sum(
            real[k] for k in range(101) if band.low * 100 <= k <= band.high * 100
        )
    assert coverage == pytest.approx(0.8, abs=0.02)
