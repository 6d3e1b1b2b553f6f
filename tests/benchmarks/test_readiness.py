"""The yardstick of the forecasts."""

import pytest

from benchmarks.readiness import FIGURES, Forecast


def forecast(p_pass: float, passes: float, mean: float = 0.7, score: float = 0.7) -> Forecast:
    return Forecast("A", "ours", 40, mean, 0.05, p_pass, score, passes)


def figures(*forecasts: Forecast) -> dict[str, float]:
    return {name: figure(forecasts) for name, figure in FIGURES.items()}


def test_a_true_forecast_has_no_error() -> None:
    found = figures(forecast(0.3, 0.3), forecast(1.0, 1.0))
    assert (found["MAE"], found["bias"], found["ECE P(pass)"]) == (0, 0, 0)
    assert found["Brier"] == pytest.approx(found["irreducible"])


def test_calibration_is_judged_by_tenths() -> None:
    """Errors within a tenth cancel, those of different tenths do not."""
    assert figures(forecast(0.42, 0.3), forecast(0.48, 0.6))["ECE P(pass)"] == pytest.approx(0)
    assert figures(forecast(0.4, 0.3), forecast(0.6, 0.7))["ECE P(pass)"] == pytest.approx(0.1)


@pytest.mark.parametrize(("off", "covered"), [(0.08, 1.0), (0.083, 0.0)])
def test_an_interval_covers_what_lies_in_it(off: float, covered: float) -> None:
    """1.645 × .05 = .0822."""
    assert figures(forecast(0.5, 0.5, 0.7, 0.7 + off))["cover 90"] == covered
