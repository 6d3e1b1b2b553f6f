"""Placement: what it asks, when it stops, how often an item is shown."""
# ruff: noqa: S311  # simulations, not secrets

import random
from collections import Counter
from math import sqrt

import pytest

from trainer.core.errors import PoolEmptyError
from trainer.core.learning.diagnostic import (
    LEVELS,
    Bank,
    Placed,
    begun,
    is_done,
    next_item,
    updated,
)

STRATA = {f"d{n}": (n % 5 + 1) / 60 for n in range(20)}  # sums to 1


def bank_of(count: int, strata=STRATA, seed: int = 1) -> Bank:
    chance, names = random.Random(seed), list(strata)
    return Bank(
        (
            Placed(
                n, 1, names[n % len(names)], chance.gauss(0, 1), chance.lognormvariate(0, 0.3), 0.2
            )
            for n in range(count)
        ),
        strata,
    )


def placement(bank: Bank, ability: float, chance: random.Random):
    """A whole placement of somebody: the final state and the items served."""
    # ruff: noqa: S311  # simulations, not secrets
    state, served = begun(bank), []
    while not is_done(state):
        item = next_item(state, bank, chance.random()).item
        served.append(item)
        state = updated(state, item, float(chance.random() < item.probability(ability)))
    return state, served


class TestPlaced:
    def test_has_the_3pl_curve(self) -> None:
        item = Placed(1, 1, "d", difficulty=0.5, discrimination=2.0, guess=0.2)
        assert item.probability(0.5) == pytest.approx(0.6)
        assert item.probability(0.5 + 1.0986123 / 2) == pytest.approx(0.2 + 0.8 * 0.75)

    @pytest.mark.parametrize(
        ("guess", "expected"),
        [
            (0.0, 1.0),  # a²PQ = 4 × .25
            (0.2, 4 * (0.4 / 0.6) * 0.25),  # a² Q/P ((P−c)/(1−c))²
        ],
    )
    def test_has_its_information(self, guess: float, expected: float) -> None:
        item = Placed(1, 1, "d", 0.5, 2.0, guess)
        assert item.information(0.5) == pytest.approx(expected)

    def test_stays_a_probability_far_out(self) -> None:
        assert 0 < Placed(1, 1, "d", 9.0, 3.0).probability(-4.0) < 1e-8


class TestState:
    def test_begins_with_the_prior(self) -> None:
        state = begun(bank_of(100))
        assert state.ability == pytest.approx(0, abs=1e-9)
        assert state.error == pytest.approx(1, abs=0.01)

    def test_follows_bayes_rule(self) -> None:
        item = Placed(1, 1, "d0", 0.0)
        state = updated(begun(bank_of(100)), item, 1.0)
        # normal prior × logistic, by Simpson-free summation with another step
        grid = [n / 50 - 4 for n in range(401)]
        weights = [2.718281828459045 ** (-x * x / 2) * item.probability(x) for x in grid]
        mean = sum(w * x for w, x in zip(weights, grid, strict=True)) / sum(weights)
        assert state.ability == pytest.approx(mean, abs=0.002)

    def test_takes_partial_credit_between_wrong_and_right(self) -> None:
        state, item = begun(bank_of(100)), Placed(1, 1, "d0", 0.0)
        wrong, part, right = (updated(state, item, score).ability for score in (0.0, 0.5, 1.0))
        assert wrong < part < right
        assert part == pytest.approx(0, abs=1e-9)

    def test_keeps_a_distribution(self) -> None:
        state = begun(bank_of(100))
        for n in range(40):
            state = updated(state, Placed(n, 1, "d0", 4.0, 3.0), 1.0)
        assert len(state.posterior) == len(LEVELS)
        assert sum(state.posterior) == pytest.approx(1)

    def test_is_the_same_again(self) -> None:
        bank = bank_of(300)
        first, again = (placement(bank, 0.3, random.Random(5)) for _ in range(2))
        assert first == again


class TestLength:
    def test_stops_at_25(self) -> None:
        state, _ = placement(bank_of(1000), 0.0, random.Random(1))
        assert len(state.served) == 25

    def test_stops_when_it_is_sure(self) -> None:
        sharp = Bank([Placed(n, 1, "d0", 0.0, 3.0) for n in range(100)], STRATA)
        state, _ = placement(sharp, 0.0, random.Random(1))
        assert 12 <= len(state.served) < 25
        assert state.error <= 0.3

    def test_asks_12_at_least(self) -> None:
        sharp = Bank([Placed(n, 1, "d0", 0.0, 9.0) for n in range(100)], STRATA)
        assert len(placement(sharp, 0.0, random.Random(1))[0].served) == 12

    @pytest.mark.parametrize("count", [1, 2, 3, 11])
    def test_is_short_where_the_bank_is_small(self, count: int) -> None:
        state, served = placement(bank_of(count), 0.0, random.Random(1))
        assert len({item.item for item in served}) == count
        assert is_done(state)

    def test_of_an_empty_bank_is_nothing(self) -> None:
        bank = Bank([], STRATA)
        assert is_done(begun(bank))
        with pytest.raises(PoolEmptyError):
            next_item(begun(bank), bank, 0.5)


class TestContent:
    def test_follows_the_blueprint(self) -> None:
        _, served = placement(bank_of(1000), 0.0, random.Random(1))
        counts = Counter(item.stratum for item in served)
        for name, weight in STRATA.items():
            assert abs(counts[name] - 25 * weight) < 1.01

    def test_leaves_out_what_the_exam_does_not_ask(self) -> None:
        items = [Placed(n, 1, "ad"[n % 2], 0.0) for n in range(20)]
        _, served = placement(Bank(items, {"d": 1.0}), 0.0, random.Random(1))
        assert {item.stratum for item in served} == {"d"}

    def test_without_a_blueprint_takes_all_alike(self) -> None:
        items = [Placed(n, 1, "ab"[n % 2], 0.0) for n in range(20)]
        _, served = placement(Bank(items, {}), 0.0, random.Random(1))
        assert len(served) == 20

    def test_keeps_enemies_apart_while_it_can(self) -> None:
        items = [Placed(n, 1, "d", 0.0, enemies=frozenset({n ^ 1})) for n in range(20)]
        _, served = placement(Bank(items, {"d": 1.0}), 0.0, random.Random(1))
        first = [item.item // 2 for item in served[:10]]
        assert len(set(first)) == 10
        assert len(served) == 20


class TestDraw:
    def test_is_of_the_most_informative(self) -> None:
        items = [Placed(n, 1, "d", n / 10, enemies=frozenset()) for n in range(-30, 31)]
        bank = Bank(items, {"d": 1.0}, length=1)
        drawn = {next_item(begun(bank), bank, n / 10).item.difficulty for n in range(10)}
        assert drawn == {-0.2, -0.1, 0.0, 0.1}  # four: 1 in 4 is the most an item may have

    def test_tells_its_exact_propensity(self) -> None:
        bank = bank_of(1000)
        draws = [next_item(begun(bank), bank, n / 1000) for n in range(1000)]
        counts = Counter(draw.item.item for draw in draws)
        for draw in draws:
            assert counts[draw.item.item] / 1000 == pytest.approx(draw.propensity, abs=0.002)


EXAMINEES = 500


@pytest.fixture(scope="module")
def simulation() -> tuple[Counter[int], float]:
    """How often each item was shown to 500 examinees, and the error of their abilities."""
    chance, bank = random.Random(7), bank_of(1000, seed=3)
    shown: Counter[int] = Counter()
    squares = 0.0
    for _ in range(EXAMINEES):
        ability = chance.gauss(0, 1)
        state, served = placement(bank, ability, chance)
        shown.update(item.item for item in served)
        squares += (state.ability - ability) ** 2
    return shown, sqrt(squares / EXAMINEES)


class TestSimulation:
    def test_shows_no_item_to_more_than_three_in_ten(self, simulation) -> None:
        assert max(simulation[0].values()) / EXAMINEES <= 0.3

    def test_finds_the_ability(self, simulation) -> None:
        # 25 random items of this kind leave an error of some .5
        assert simulation[1] < 0.42
