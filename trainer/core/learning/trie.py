"""An immutable map whose copies share all but the path to what changed.

A learner remembers thousands of items; copying a dict of them for each answer would cost more
than the arithmetic. Path copying after Bagwell (2001), "Ideal Hash Trees", with small dicts as
leaves: a `with_` touches O(log n) nodes of 16.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeAlias, TypeVar

V = TypeVar("V")

BITS = 4
WIDTH = 1 << BITS
LEAF = 8  # entries of a leaf before it splits
DEEPEST = 60  # bits of a hash that are looked at; beyond, a leaf just grows

Node: TypeAlias = "dict[str, V] | tuple[Node[V], ...]"


class Trie(Mapping[str, V], Generic[V]):
    """Equal when the entries are equal, whatever the order they came in."""

    __slots__ = ("_root", "_size")

    def __init__(self, entries: Iterable[tuple[str, V]] = ()) -> None:
        root: Node[V] = {}
        for key, value in entries:
            root = _with(root, key, value, 0)
        self._root = root
        self._size = sum(1 for _ in _entries(root))

    def with_(self, key: str, value: V) -> "Trie[V]":
        """The map with one entry added or replaced."""
        changed: Trie[V] = Trie()
        changed._size = self._size + (key not in self)
        changed._root = _with(self._root, key, value, 0)
        return changed

    def __getitem__(self, key: str) -> V:
        node, path = self._root, hash(key)
        while isinstance(node, tuple):
            node = node[path & (WIDTH - 1)]
            path >>= BITS
        return node[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in _entries(self._root))

    def __len__(self) -> int:
        return self._size

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"Trie({sorted(self.items())!r})"


def _with(node: "Node[V]", key: str, value: V, depth: int) -> "Node[V]":
    if isinstance(node, tuple):
        slot = _slot(key, depth)
        child = _with(node[slot], key, value, depth + BITS)
        return (*node[:slot], child, *node[slot + 1 :])
    leaf = {**node, key: value}
    return leaf if len(leaf) <= LEAF or depth >= DEEPEST else _split(leaf, depth)


def _split(leaf: dict[str, V], depth: int) -> "Node[V]":
    children: list[Node[V]] = [{} for _ in range(WIDTH)]
    for key, value in leaf.items():
        slot = _slot(key, depth)
        children[slot] = _with(children[slot], key, value, depth + BITS)
    return tuple(children)


def _slot(key: str, depth: int) -> int:
    return (hash(key) >> depth) & (WIDTH - 1)


def _entries(node: "Node[V]") -> Iterator[tuple[str, V]]:
    if isinstance(node, tuple):
        for child in node:
            yield from _entries(child)
    else:
        yield from node.items()
