"""Which item comes next; numbers worked out by hand from the formulas in the docstrings."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.errors import PoolEmptyError
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.selection import (
    LADDER,
    NO_WISH,
    Candidate,
    Rules,
    Served,
    Wish,
    bars,
    choose,
    fit,
    item_score,
    recall_by_heart,
)

ALMOST_ONE = 1 - 2**-53
STEPS = 12  # of chance: each of one, two or three choices gets a whole number of them
A, B = SubtopicView("a", 0.6), SubtopicView("b", 0.4)


def candidate(item: int, subtopic: str = "a", **known) -> Candidate:
    return Candidate(item, 1, subtopic, **known)


def outcomes(views, candidates, trail=(), wish=NO_WISH, spent=()) -> dict[int, float]:
    """The propensity of each item that some chance leads to, held against how often it does."""
    choices = [
        choose(views, candidates, trail, chance=step / STEPS, wish=wish, spent=spent)
        for step in range(STEPS)
    ]
    counts = Counter(choice.candidate.item for choice in choices)
    told = {choice.candidate.item: choice.propensity for choice in choices}
    assert told == pytest.approx({item: count / STEPS for item, count in counts.items()})
    return told


class TestItemScore:
    @pytest.mark.parametrize(
        ("p", "recall", "last_right", "exposure", "expected"),
        [
            (0.5, 0.0, None, 0.0, 1.0),
            (0.8, 0.0, None, 0.0, 0.856),  # .6 + 1.6 × .16
            (0.8, 0.5, None, 0.0, 0.5564),  # × .65
            (0.8, 0.5, False, 0.0, 0.5564),
            (0.8, 0.5, True, 0.0, 0.50076),  # × .9
            (0.8, 0.5, True, 1.0, 0.350532),  # × .7
            (1.0, 1.0, None, 0.0, 0.18),
        ],
    )
    def test_is_fit_by_novelty(self, p, recall, last_right, exposure, expected) -> None:
        score = item_score(p, recall=recall, last_right=last_right, exposure=exposure, target=None)
        assert score == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("p", "target", "expected"),
        [
            (0.7, 0.7, 1.0),
            (0.2, 0.7, 0.747152),  # .6 + .4 / e
            (0.5, 0.5, 1.0),
        ],
    )
    def test_follows_a_wish(self, p: float, target: float, expected: float) -> None:
        assert fit(p, target) == pytest.approx(expected, abs=1e-6)

    def test_lets_an_answer_fade_from_the_mind(self) -> None:
        assert recall_by_heart(0) == pytest.approx(0.85)
        assert recall_by_heart(5) == pytest.approx(0.85 / 2.718281828)


class TestWish:
    @pytest.mark.parametrize(
        ("offset", "target"),
        [(0, None), (1, 0.7), (2, 0.75), (4, 0.85), (5, 0.85), (-1, 0.6), (-3, 0.5), (-9, 0.5)],
    )
    def test_moves_the_target_within_bounds(self, offset: int, target: float | None) -> None:
        assert Wish(offset).target == (None if target is None else pytest.approx(target))

    def test_for_easier_items_is_heard(self) -> None:
        even = [candidate(number, p=0.5) for number in (1, 2, 3)]
        easy = [candidate(number, p=0.85) for number in (4, 5, 6)]
        assert set(outcomes([A], even + easy)) == {1, 2, 3}
        assert set(outcomes([A], even + easy, wish=Wish(4))) == {4, 5, 6}


class TestChoice:
    def test_is_the_best_item_of_the_best_subtopic(self) -> None:
        # a: .6·√3·1.5 = 1.559, b: 1.039; a known by heart: 1.559 × (1 − .7·.85) = .631
        known = [candidate(number, recall=0.85) for number in (1, 2, 3)]
        fresh = [candidate(number, "b") for number in (4, 5, 6)]
        assert set(outcomes([A, B], known + fresh)) == {4, 5, 6}

    def test_weighs_subtopic_and_item_together(self) -> None:
        # the worst of a, 1.559 × .6 = .935, stays below b's 1.039
        mixed = [candidate(1), candidate(2), candidate(3, p=0.0), candidate(4, "b")]
        assert set(outcomes([A, B], mixed)) == {1, 2, 4}

    def test_tells_its_exact_propensity(self) -> None:
        told = outcomes([A], [candidate(number) for number in range(5)])
        assert told == {0: pytest.approx(1 / 3), 1: pytest.approx(1 / 3), 2: pytest.approx(1 / 3)}

    def test_is_never_one_of_less_than_half_the_worth(self) -> None:
        # 1 − .7 × .72 = .496 of the others'
        assert outcomes([A], [candidate(1), candidate(2), candidate(3, recall=0.72)]) == {
            1: 0.5,
            2: 0.5,
        }
        assert 3 in outcomes([A], [candidate(1), candidate(2), candidate(3, recall=0.71)])

    @pytest.mark.parametrize("count", [1, 2])
    def test_of_few_is_among_them(self, count: int) -> None:
        told = outcomes([A], [candidate(number) for number in range(count)])
        assert told == dict.fromkeys(range(count), 1 / count)

    @pytest.mark.parametrize(
        ("chance", "item"), [(0.0, 0), (0.333, 0), (0.334, 1), (0.667, 2), (ALMOST_ONE, 2)]
    )
    def test_gives_each_an_equal_part_of_chance(self, chance: float, item: int) -> None:
        choice = choose([A], [candidate(number) for number in range(3)], chance=chance)
        assert choice.candidate.item == item

    def test_among_equals_prefers_the_new_and_the_long_ago(self) -> None:
        equals = [candidate(1, last=9), candidate(2, last=0), candidate(3), candidate(4, last=5)]
        assert set(outcomes([A], equals)) == {2, 3, 4}

    def test_looks_into_twelve_subtopics(self) -> None:
        views = [SubtopicView(f"s{number}", 0.05) for number in range(13)]
        hopeless = [candidate(n, f"s{n}", p=0.0) for n in range(12)]
        fitting = [candidate(99, "s12", p=0.5)]
        assert 99 not in outcomes(views, hopeless + fitting)

    def test_comes_with_its_reason(self) -> None:
        view = SubtopicView("a", 0.6, answered=2, mastery=0.0, gap=3, days=1.2)
        missed = candidate(1, difficulty=0.5, last_right=False)
        reason = choose([view], [missed], chance=0.0).reason
        assert (reason.view, reason.difficulty, reason.missed) == (view, 0.5, True)

    def test_ignores_subtopics_that_were_not_asked_for(self) -> None:
        assert outcomes([B], [candidate(1), candidate(2, "b")]) == {2: 1.0}

    @STEADY
    @given(
        st.lists(
            st.tuples(st.sampled_from("abcd"), st.floats(0, 1), st.floats(0, 1)),
            min_size=1,
            max_size=15,
        ),
        st.lists(st.integers(0, 14), max_size=12),
        st.sets(st.sampled_from("abcd")),
        st.integers(-5, 5),
    )
    def test_always_exists_and_its_propensities_sum_to_one(self, drawn, served, off, offset):
        candidates = [
            candidate(n, subtopic, p=p, recall=recall)
            for n, (subtopic, p, recall) in enumerate(drawn)
        ]
        trail = [Served(n, drawn[n % len(drawn)][0]) for n in served]
        views = [SubtopicView(name, 0.25) for name in "abcd"]
        told = outcomes(views, candidates, trail, Wish(offset, frozenset(off)))
        assert sum(told.values()) == pytest.approx(1)

    def test_of_nothing_is_refused(self) -> None:
        with pytest.raises(PoolEmptyError):
            choose([A], [], chance=0.5)

    def test_is_the_same_again(self) -> None:
        candidates = [candidate(n, "ab"[n % 2], p=n / 9) for n in range(10)]
        first, again = (choose([A, B], candidates, chance=0.7) for _ in range(2))
        assert first == again


def trail_of(*items: tuple[int, str]) -> list[Served]:
    return [Served(item, subtopic) for item, subtopic in items]


class TestRules:
    def test_keep_an_item_away_for_ten(self) -> None:
        candidates = [candidate(number) for number in range(12)]
        trail: list[Served] = []
        for step in range(100):
            chosen = choose([A], candidates, trail, chance=(step * 0.37) % 1).candidate.item
            assert chosen not in [served.item for served in trail[-10:]]
            trail.append(Served(chosen, "a"))

    def test_let_an_item_return_after_ten(self) -> None:
        trail = [Served(number, "a") for number in range(11)]
        barred = bars(Rules(), trail, NO_WISH)
        assert barred.items == frozenset(range(1, 11))

    def test_allow_two_of_a_subtopic_in_a_row(self) -> None:
        candidates = [candidate(1), candidate(2), candidate(3), candidate(4, "b")]
        assert 4 not in outcomes([A, replace(B, weight=0.01)], candidates, trail_of((1, "a")))
        assert outcomes([A, B], candidates, trail_of((1, "a"), (2, "a"))) == {4: 1.0}

    def test_keep_enemies_apart_all_sitting_long(self) -> None:
        candidates = [candidate(1, enemies=frozenset({7})), candidate(2)]
        trail = [Served(7, "b"), *trail_of(*((n, "b") for n in range(20, 35)))]
        assert outcomes([A], candidates, trail) == {2: 1.0}

    def test_put_off_what_is_not_wanted_today(self) -> None:
        candidates = [candidate(1), candidate(2, "b")]
        assert outcomes([A, B], candidates, wish=Wish(postponed=frozenset({"a"}))) == {2: 1.0}

    def test_finish_a_begun_case_in_its_order(self) -> None:
        mates = [candidate(number, "b", case="c1") for number in (5, 6, 7)]
        trail = [Served(5, "b", "c1")]
        assert outcomes([A, B], [candidate(1), *mates], trail) == {6: 1.0}
        trail = [*trail, Served(6, "b", "c1")]
        assert outcomes([A, B], [candidate(1), *mates], trail) == {7: 1.0}
        trail = [*trail, Served(7, "b", "c1")]
        assert outcomes([A, B], [candidate(1), *mates], trail) == {1: 1.0}


class TestSpent:
    """What was served in this sitting does not come again in it."""

    def test_does_not_count(self) -> None:
        candidates = [candidate(1), candidate(2), candidate(3, p=0.1)]
        assert outcomes([A], candidates, spent=(1, 2)) == {3: 1.0}

    def test_stays_away_from_the_last_rung_too(self) -> None:
        trail = trail_of(*((n, "a") for n in range(12)))
        candidates = [candidate(n) for n in range(12)]
        assert outcomes([A], candidates, trail, spent=range(11)) == {11: 1.0}
        with pytest.raises(PoolEmptyError):
            choose([A], candidates, trail, chance=0.5, spent=range(12))

    def test_is_passed_over_in_a_begun_case(self) -> None:
        mates = [candidate(number, "b", case="c1") for number in (5, 6, 7)]
        trail = [Served(5, "b", "c1")]
        assert outcomes([A, B], [candidate(1), *mates], trail, spent=(5, 6)) == {7: 1.0}
        assert outcomes([A, B], [candidate(1), *mates], trail, spent=(5, 6, 7)) == {1: 1.0}


class TestRelaxing:
    """One bank after another in which nothing but the next rule to fall helps."""

    def test_first_lets_a_subtopic_go_on(self) -> None:
        # b waits for tomorrow, 4 is an enemy, 1 and 2 were just seen: a third of a it is
        candidates = [candidate(1), candidate(2), candidate(3), candidate(9, "b")]
        candidates.append(candidate(4, enemies=frozenset({1})))
        told = outcomes(
            [A, B],
            candidates,
            trail_of((1, "a"), (2, "a")),
            Wish(postponed=frozenset({"b"})),
        )
        assert told == {3: 1.0}

    def test_then_lets_enemies_meet(self) -> None:
        candidates = [candidate(1), candidate(4, enemies=frozenset({1})), candidate(9, "b")]
        told = outcomes([A, B], candidates, trail_of((1, "a")), Wish(postponed=frozenset({"b"})))
        assert told == {4: 1.0}

    def test_then_takes_up_what_was_put_off(self) -> None:
        candidates = [candidate(1), candidate(9, "b")]
        told = outcomes([A, B], candidates, trail_of((1, "a")), Wish(postponed=frozenset({"b"})))
        assert told == {9: 1.0}

    @pytest.mark.parametrize(
        ("size", "returning"), [(11, {0}), (10, {0, 1, 2}), (6, {0}), (3, {0}), (2, {0})]
    )
    def test_then_lets_items_return_the_oldest_first(self, size: int, returning: set) -> None:
        trail = [Served(number, "a") for number in range(size)]
        assert set(outcomes([A], [candidate(n, last=n) for n in range(size)], trail)) == returning

    def test_ends_with_the_only_item_there_is(self) -> None:
        assert outcomes([A], [candidate(1)], trail_of(*[(1, "a")] * 12)) == {1: 1.0}

    def test_goes_in_the_order_told(self) -> None:
        steps = [
            (rules.keeps_run, rules.keeps_enemies, rules.keeps_wish, rules.rest) for rules in LADDER
        ]
        assert steps == [
            (True, True, True, 10),
            (False, True, True, 10),
            (False, False, True, 10),
            (False, False, False, 10),
            (False, False, False, 5),
            (False, False, False, 2),
            (False, False, False, 1),
            (False, False, False, 0),
        ]
