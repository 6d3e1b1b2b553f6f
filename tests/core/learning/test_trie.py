"""An immutable map: what a dict would say, and the old copy untouched."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.learning.trie import Trie

KEYS = st.lists(st.integers(0, 300), max_size=60)


@STEADY
@given(KEYS)
def test_holds_what_a_dict_holds(keys: list[int]) -> None:
    entries = [(str(key), place) for place, key in enumerate(keys)]
    grown: Trie[int] = Trie()
    for key, value in entries:
        grown = grown.with_(key, value)
    assert (dict(grown), len(grown)) == (dict(entries), len(dict(entries)))
    assert grown == Trie(entries)
    assert hash(grown) == hash(Trie(reversed(dict(entries).items())))


def test_a_change_leaves_the_old_copy_alone() -> None:
    old = Trie((str(number), number) for number in range(1000))
    new = old.with_("7", -7).with_("new", 1)
    assert (old["7"], "new" in old, len(old)) == (7, False, 1000)
    assert (new["7"], new["new"], len(new)) == (-7, 1, 1001)


def test_a_copy_shares_what_did_not_change() -> None:
    old = Trie((str(number), number) for number in range(1000))
    new = old.with_("7", -7)
    assert sum(one is other for one, other in zip(old._root, new._root, strict=True)) == 15


class _Same(str):
    __slots__ = ()

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other)


def test_keys_of_the_same_hash_live_side_by_side() -> None:
    grown = Trie((_Same(number), number) for number in range(20))
    assert [grown[_Same(number)] for number in range(20)] == list(range(20))


def test_is_told_in_the_order_of_its_keys() -> None:
    assert repr(Trie([("b", 1), ("a", 2)])) == "Trie([('a', 2), ('b', 1)])"
