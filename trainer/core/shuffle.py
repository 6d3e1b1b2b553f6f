"""Order and disguise from a seed: the same on every machine, with no chance of its own."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol, TypeVar


class Named(Protocol):
    """Anything with a stable id."""

    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=Named)
_TOKEN_LENGTH = 12  # 48 bits: no two options of one item meet by chance


def token(seed: str, part_id: str) -> str:
    """A name for an option that tells nothing about its id, and differs in every slot.

    Ids are an author's words (`right`, or a, b, c with the key first); they never reach a page
    that has not been answered.
    """
    return sha256(f"{seed}|{part_id}".encode()).hexdigest()[:_TOKEN_LENGTH]


def shuffled(parts: Iterable[Thing], seed: str) -> tuple[Thing, ...]:
    """The parts in an order drawn from the seed; an added part leaves the others' order alone."""
    return tuple(sorted(parts, key=lambda part: sha256(f"{part.id}|{seed}".encode()).digest()))
