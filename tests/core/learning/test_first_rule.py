"""What comes next, in numbers worked out by hand from the formula in the module's docstring."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.errors import PoolEmptyError
from trainer.core.learning.first_rule import (
    Candidate,
    candidate,
    chances,
    priority,
    subtopic,
    weakest,
)
from trainer.core.learning.learner import Mastery
from trainer.core.learning.tally import Tally

BLUEPRINT = {"a": 0.5, "b": 0.3, "c": 0.2}
# Estimates after Laplace: a (3 + 1) / (4 + 2) = 2/3, b (0 + 1) / (1 + 2) = 1/3, c 1/2.
LEARNER = Tally({"a": Mastery(4, 3.0), "b": Mastery(1, 0.0)})
ALMOST_ONE = 1 - 2**-53


class TestPriority:
    @pytest.mark.parametrize(
        ("name", "weight", "expected"),
        [
            ("a", 0.5, Fraction(1, 2) / 5 * Fraction(1, 3)),
            ("b", 0.3, Fraction(3, 10) / 2 * Fraction(2, 3)),
            ("c", 0.2, Fraction(2, 10) / 1 * Fraction(1, 2)),
            ("d", 0.0, Fraction(1, 1000) * Fraction(1, 2)),
        ],
    )
    def test_is_weight_by_practice_by_weakness(self, name, weight, expected: Fraction) -> None:
        assert priority(weight, LEARNER, name) == pytest.approx(float(expected))

    @pytest.mark.parametrize(
        ("answered", "weakness"),
        [
            (17, Fraction(1, 19)),  # 1 - 18/19, still above the floor
            (18, Fraction(1, 20)),  # exactly the floor
            (98, Fraction(1, 20)),  # 1 - 99/100 would be less
        ],
    )
    def test_of_a_mastered_subtopic_never_falls_to_nothing(self, answered, weakness) -> None:
        learner = Tally({"a": Mastery(answered, float(answered))})
        expected = Fraction(1, 2) / (1 + answered) * weakness
        assert priority(0.5, learner, "a") == pytest.approx(float(expected))


class TestChances:
    def test_are_in_proportion_to_the_priorities(self) -> None:
        # 1/30, 1/10 and 1/10 of a sum of 7/30
        assert chances(BLUEPRINT, LEARNER, ["a", "b", "c"]) == pytest.approx(
            {"a": 1 / 7, "b": 3 / 7, "c": 3 / 7}
        )

    def test_of_a_new_learner_are_the_blueprint(self) -> None:
        assert chances(BLUEPRINT, Tally(), list(BLUEPRINT)) == pytest.approx(BLUEPRINT)

    def test_are_shared_among_what_is_available(self) -> None:
        assert chances(BLUEPRINT, LEARNER, ["a", "c"]) == pytest.approx({"a": 1 / 4, "c": 3 / 4})

    def test_of_a_lone_subtopic_are_certain(self) -> None:
        assert chances(BLUEPRINT, LEARNER, ["a"]) == {"a": 1.0}

    def test_a_subtopic_outside_the_blueprint_comes_up_too(self) -> None:
        given_chances = chances(BLUEPRINT, Tally(), ["a", "outside"])
        assert given_chances["outside"] == pytest.approx(0.001 / 0.501)

    def test_of_nothing_are_refused(self) -> None:
        with pytest.raises(PoolEmptyError):
            chances(BLUEPRINT, LEARNER, [])

    @STEADY
    @given(
        st.dictionaries(
            st.sampled_from("abcdefgh"),
            st.tuples(st.integers(0, 500), st.floats(0, 1), st.floats(0, 1)),
            min_size=1,
        )
    )
    def test_sum_to_one_and_leave_nothing_out(self, drawn: dict) -> None:
        learner = Tally({name: Mastery(n, n * share) for name, (n, share, _) in drawn.items()})
        blueprint = {name: weight for name, (_, _, weight) in drawn.items()}
        told = chances(blueprint, learner, sorted(drawn))
        assert sum(told.values()) == pytest.approx(1)
        assert min(told.values()) > 0


class TestSubtopic:
    QUARTERS = {"a": 0.25, "b": 0.5, "c": 0.25}

    @pytest.mark.parametrize(
        ("chance", "name"),
        [
            (0.0, "a"),
            (0.2499, "a"),
            (0.25, "b"),
            (0.5, "b"),
            (0.7499, "b"),
            (0.75, "c"),
            (ALMOST_ONE, "c"),
        ],
    )
    def test_is_the_one_that_the_chance_falls_on(self, chance: float, name: str) -> None:
        assert subtopic(self.QUARTERS, chance) == name

    def test_is_the_last_where_the_sum_ends_below_one(self) -> None:
        tenths = dict.fromkeys("abcdefghij", 0.1)
        assert sum(tenths.values()) < 1
        assert subtopic(tenths, ALMOST_ONE) == "j"

    def test_of_one_is_that_one(self) -> None:
        assert subtopic({"a": 1.0}, ALMOST_ONE) == "a"


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


NEW = Candidate(1, 1)
ALSO_NEW = Candidate(2, 1)
ONCE_LONG_AGO = Candidate(3, 1, seen=1, last_at=at(1))
ONCE_LATELY = Candidate(4, 1, seen=1, last_at=at(20))
ONCE_AT_NO_KNOWN_TIME = Candidate(6, 1, seen=1)
TWICE_LONG_AGO = Candidate(5, 1, seen=2, last_at=at(1))


class TestCandidate:
    @pytest.mark.parametrize(
        ("candidates", "chosen"),
        [
            ([ONCE_LONG_AGO, NEW], NEW),
            ([ONCE_LATELY, TWICE_LONG_AGO], ONCE_LATELY),
            ([ONCE_LATELY, ONCE_LONG_AGO], ONCE_LONG_AGO),
            ([TWICE_LONG_AGO, ONCE_LATELY, ONCE_LONG_AGO], ONCE_LONG_AGO),
            ([ONCE_LONG_AGO, ONCE_AT_NO_KNOWN_TIME], ONCE_AT_NO_KNOWN_TIME),
            ([TWICE_LONG_AGO], TWICE_LONG_AGO),
        ],
    )
    @pytest.mark.parametrize("chance", [0.0, 0.5, ALMOST_ONE])
    def test_is_the_least_seen_and_longest_ago(self, candidates, chosen, chance: float) -> None:
        assert candidate(candidates, chance) is chosen

    @pytest.mark.parametrize(
        ("chance", "chosen"), [(0.0, NEW), (0.4999, NEW), (0.5, ALSO_NEW), (ALMOST_ONE, ALSO_NEW)]
    )
    def test_among_equals_is_left_to_chance(self, chance: float, chosen: Candidate) -> None:
        assert candidate([NEW, ONCE_LATELY, ALSO_NEW], chance) is chosen

    @STEADY
    @given(st.integers(1, 2000), st.floats(0, 1, exclude_max=True) | st.just(ALMOST_ONE))
    def test_is_always_one_of_them(self, count: int, chance: float) -> None:
        candidates = [Candidate(number, 1) for number in range(count)]
        assert candidate(candidates, chance) in candidates

    def test_of_none_is_refused(self) -> None:
        with pytest.raises(PoolEmptyError):
            candidate([], 0.5)

    def test_was_never_seen_unless_it_is_told(self) -> None:
        assert Candidate(1, 1) == Candidate(1, 1, seen=0, last_at=None, case=None)


class TestWeakest:
    # weight × (1 − estimate): a 1/2 × 1/3 = 1/6, b 3/10 × 2/3 = 1/5, c 1/5 × 1/2 = 1/10
    TRIED = Tally({**LEARNER.mastery, "c": Mastery(2, 1.0)})

    def test_leads_with_what_costs_most_points(self) -> None:
        assert weakest(BLUEPRINT, self.TRIED, 3) == ("b", "a", "c")

    @pytest.mark.parametrize(("count", "names"), [(0, ()), (1, ("b",)), (2, ("b", "a"))])
    def test_is_cut_to_a_count(self, count: int, names: tuple[str, ...]) -> None:
        assert weakest(BLUEPRINT, self.TRIED, count) == names

    def test_leaves_out_what_was_never_tried(self) -> None:
        assert weakest(BLUEPRINT, LEARNER, 3) == ("b", "a")

    def test_of_a_new_learner_is_the_heaviest(self) -> None:
        assert weakest(BLUEPRINT, Tally(), 2) == ("a", "b")

    def test_leaves_out_what_the_exam_does_not_ask(self) -> None:
        learner = Tally({"a": Mastery(1, 1.0), "outside": Mastery(9, 0.0)})
        assert weakest(BLUEPRINT, learner, 3) == ("a",)
