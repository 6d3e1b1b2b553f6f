"""How much a subtopic is worth asking about, in numbers worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.learning.priority import (
    SubtopicView,
    decayed,
    priorities,
    priority,
    share_right,
    urgency,
    weakest,
)

# 0.12/(1+3) = 0.03; (3−2)^½ = 1; 1−.6/e = 0.779272; 1+.5(1−1/e) = 1.316060; 1+.5·1 = 1.5
SEEN = SubtopicView("a", 0.12, answered=3, mastery=2, variance=1, gap=12, days=7)
NEW = SubtopicView("b", 0.2)


class TestPriority:
    def test_has_the_five_factors(self) -> None:
        factors = priority(SEEN)
        assert factors.share == pytest.approx(0.03)
        assert factors.weakness == pytest.approx(1)
        assert factors.interleaving == pytest.approx(0.779272, abs=1e-6)
        assert factors.forgetting == pytest.approx(1.316060, abs=1e-6)
        assert factors.uncertainty == pytest.approx(1.5)

    def test_is_their_product(self) -> None:
        assert priority(SEEN).value == pytest.approx(0.046151, abs=1e-6)
        assert urgency(SEEN) == pytest.approx(priority(SEEN).value)

    def test_of_what_was_never_asked_is_not_damped(self) -> None:
        # .2/1 · 3^½ · 1 · 1.5 · 1
        assert urgency(NEW) == pytest.approx(0.2 * 1.7320508 * 1.5)

    @pytest.mark.parametrize(
        ("view", "factor", "expected"),
        [
            (SubtopicView("a", 0.0, answered=1), "share", 0.0005),  # outside the blueprint
            (SubtopicView("a", 0.001, answered=1), "share", 0.0005),
            (SubtopicView("a", 0.5, mastery=2.95), "weakness", 0.2236068),  # √.05, the floor
            (SubtopicView("a", 0.5, mastery=9.0), "weakness", 0.2236068),
            (SubtopicView("a", 0.5, mastery=-6.0), "weakness", 3.0),
            (SubtopicView("a", 0.5, gap=0), "interleaving", 0.4),
            (SubtopicView("a", 0.5, days=0.0), "forgetting", 1.0),
            (SubtopicView("a", 0.5, variance=4.0), "uncertainty", 2.0),
        ],
    )
    def test_keeps_its_bounds(self, view: SubtopicView, factor: str, expected: float) -> None:
        assert getattr(priority(view), factor) == pytest.approx(expected)
        assert urgency(view) == pytest.approx(priority(view).value)

    def test_of_several_is_told_by_name(self) -> None:
        assert priorities([SEEN, NEW]) == {"a": priority(SEEN), "b": priority(NEW)}

    @STEADY
    @given(
        st.floats(0, 1), st.floats(0, 500), st.floats(-9, 9), st.floats(0, 5), st.integers(0, 999)
    )
    def test_never_falls_to_nothing(self, weight, answered, mastery, variance, gap) -> None:
        assert urgency(SubtopicView("a", weight, answered, mastery, variance, gap, 0.0)) > 0


class TestCount:
    def test_halves_in_three_weeks(self) -> None:
        assert decayed(8, 0) == 8
        assert decayed(8, 21) == pytest.approx(4)
        assert decayed(8, 63) == pytest.approx(1)


class TestShareRight:
    def test_is_the_logistic(self) -> None:
        assert share_right(0) == 0.5
        assert share_right(1.0986123) == pytest.approx(0.75)  # ln 3


class TestWeakest:
    # weight × (1 − share): a .5 × 1/4, b .3 × 1/2, c .2 × 1/4; d was never tried
    VIEWS = (
        SubtopicView("a", 0.5, answered=2, mastery=1.0986123),
        SubtopicView("b", 0.3, answered=2),
        SubtopicView("c", 0.2, answered=1, mastery=1.0986123),
        SubtopicView("d", 0.6),
        SubtopicView("outside", 0.0, answered=9, mastery=-5),
    )

    @pytest.mark.parametrize(
        ("count", "names"), [(0, ()), (1, ("b",)), (2, ("b", "a")), (9, ("b", "a", "c"))]
    )
    def test_leads_with_what_costs_most_points(self, count: int, names: tuple[str, ...]) -> None:
        assert weakest(self.VIEWS, count) == names

    def test_of_a_new_learner_is_the_heaviest(self) -> None:
        assert weakest((SubtopicView("a", 0.4), SubtopicView("b", 0.6)), 2) == ("b", "a")
