"""What an item counts as right and as wrong, as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    SingleItem,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that can be chosen or entered. `field` is where its author wrote it."""

    field: str
    text: str
    right: bool


def answers(item: Item) -> tuple[Answer, ...]:
    """Options or codes that are either right or wrong; none for ordering and matching."""
    match item:
        case SingleItem():
            return _chosen(item.options, (item.key,))
        case MultipleItem():
            return _chosen(item.options, item.keys)
        case CodeEntryItem():
            right = tuple(Answer(f"codes.{c.code}", c.code, right=True) for c in item.codes)
            wrong = (Answer(f"near_misses.{m.code}", m.code, right=False) for m in item.near_misses)
            return (*right, *wrong)
        case OrderingItem() | MatchingItem():
            return ()
        case _:
            assert_never(item)


def _chosen(options: Sequence[Option], keys: Sequence[str]) -> tuple[Answer, ...]:
    return tuple(Answer(f"options.{o.id}", o.text, right=o.id in keys) for o in options)


def solution(item: Item) -> tuple[str, ...]:
    """The texts that make up the right answer, of any kind of item."""
    match item:
        case OrderingItem():
            return tuple(step.text for step in item.steps)
        case MatchingItem():
            matched = {prompt.match for prompt in item.prompts}
            return tuple(option.text for option in item.options if option.id in matched)
        case SingleItem() | MultipleItem() | CodeEntryItem():
            return tuple(answer.text for answer in answers(item) if answer.right)
        case _:
            assert_never(item)


def key_place(item: SingleItem) -> int | None:
    """Where the key stands among the options as written, from 0; None where it is not there."""
    ids = [option.id for option in item.options]
    return ids.index(item.key) if item.key in ids else None
