"""Orders and tokens: the same everywhere, even over many seeds, telling nothing."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.banks.rules.samples import GOOD_SINGLE
from tests.core.samples import STEADY
from trainer.core.item import Option
from trainer.core.shuffle import shuffled, token

SEEDS = [f"{number:032x}|{number % 10}" for number in range(2400)]
SLUGS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True)


def options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(each, f"Text {each}", "Reason.") for each in ids)


def order(ids: str, seed: str) -> str:
    return "".join(option.id for option in shuffled(options(*ids), seed))


class TestToken:
    @pytest.mark.parametrize(
        ("seed", "option", "expected"),
        [
            # printf 'seed|1|m78' | sha256sum | head -c 12
            ("seed|1", "m78", "eeaa610d955d"),
            ("s|2", "a", "d8604580f371"),
        ],
    )
    def test_is_the_same_on_every_machine(self, seed: str, option: str, expected: str) -> None:
        assert token(seed, option) == expected

    def test_differs_in_every_slot(self) -> None:
        assert len({token(seed, "m78") for seed in SEEDS}) == len(SEEDS)

    @STEADY
    @given(st.sets(SLUGS, min_size=2, max_size=12))
    def test_names_one_option_of_an_item(self, ids: set[str]) -> None:
        assert len({token("seed|1", each) for each in ids}) == len(ids)

    @STEADY
    @given(SLUGS.filter(lambda slug: len(slug) > 3))
    def test_does_not_hold_the_id(self, option: str) -> None:
        assert option not in token("seed|1", option)


class TestShuffled:
    def test_is_the_same_on_every_machine(self) -> None:
        # The order of: for i in m58 m76 m78 m79; do printf "$i|seed" | sha256sum; done
        ids = [option.id for option in shuffled(GOOD_SINGLE.options, "seed")]
        assert ids == ["m79", "m78", "m58", "m76"]

    @STEADY
    @given(st.permutations("abcdef"), st.text(max_size=20))
    def test_does_not_depend_on_the_order_in_the_file(self, ids: list[str], seed: str) -> None:
        assert order("".join(ids), seed) == order("abcdef", seed)

    @STEADY
    @given(st.lists(SLUGS, unique=True, max_size=10), st.text(max_size=20))
    def test_loses_and_adds_nothing(self, ids: list[str], seed: str) -> None:
        assert sorted(o.id for o in shuffled(options(*ids), seed)) == sorted(ids)

    @STEADY
    @given(st.text(max_size=20))
    def test_an_added_option_leaves_the_others_in_their_order(self, seed: str) -> None:
        assert order("abcde", seed).replace("e", "") == order("abcd", seed)

    @pytest.mark.parametrize("option", "abcd")
    def test_each_option_stands_everywhere_equally_often(self, option: str) -> None:
        places = Counter(order("abcd", seed).index(option) for seed in SEEDS)
        assert chi_square(places, cells=range(4)) < 16.27  # 3 degrees of freedom, p = .001

    def test_all_orders_are_equally_frequent(self) -> None:
        orders = Counter(order("abcd", seed) for seed in SEEDS)
        cells = ["".join(each) for each in permutations("abcd")]
        assert chi_square(orders, cells) < 49.73  # 23 degrees of freedom, p = .001

    def test_neighbouring_slots_are_shuffled_independently(self) -> None:
        firsts = Counter((order("abcd", f"{s}|1")[0], order("abcd", f"{s}|2")[0]) for s in SEEDS)
        cells = [(one, other) for one in "abcd" for other in "abcd"]
        assert chi_square(firsts, cells) < 37.70  # 15 degrees of freedom, p = .001


def chi_square(counts: Counter, cells) -> float:
    """Pearson's statistic against equal frequencies."""
    expected = counts.total() / len(cells)
    return sum((counts[cell] - expected) ** 2 / expected for cell in cells)
