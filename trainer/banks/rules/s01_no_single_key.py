"""S01: no key, a key that is no option, an id used twice, or another number of keys than asked."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain
from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    Prompt,
    SingleItem,
)

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = r"(?P<count>one|two|three|four|five|six|[1-6])\b(?!\s*-|\s*(?:or|to)\b)"
# “Choose two” binds more than “which two”: the latter may speak of something else in the stem.
_DECLARED = (
    re.compile(rf"\b(?:choose|select|pick|mark)\s+(?:(?:the|exactly)\s+)?{_COUNT}", re.IGNORECASE),
    re.compile(rf"\bwhich\s+{_COUNT}", re.IGNORECASE),
)


def no_single_key(item: Item, _context: Context) -> Iterator[Flaw]:
    match item:
        case SingleItem():
            yield from _unnamed("key", item.key, item.options)
        case MultipleItem():
            yield from _multiple(item)
        case CodeEntryItem():
            if not item.codes:
                yield Flaw("no code is expected", "codes")
        case OrderingItem():
            yield from _repeated("steps", item.steps)
        case MatchingItem():
            yield from _repeated("prompts", item.prompts)
            for prompt in item.prompts:
                yield from _unnamed(f"prompts.{prompt.id}.match", prompt.match, item.options)
        case _:
            assert_never(item)


def _multiple(item: MultipleItem) -> Iterator[Flaw]:
    if not item.keys:
        yield Flaw("no option is a key", "keys")
    for key in item.keys:
        yield from _unnamed("keys", key, item.options)
    if len(set(item.keys)) < len(item.keys):
        yield Flaw(f"a key is named twice ({', '.join(item.keys)})", "keys")
    if len(set(item.keys)) >= len(item.options):
        yield Flaw(f"all {len(item.options)} options are keys; none is wrong", "keys")
    declared = _declared(item.stem)
    if declared and declared != len(item.keys):
        yield Flaw(f"the stem asks for {declared}, but {len(item.keys)} are keys", "keys")


def _declared(stem: str) -> int | None:
    """How many options the stem says to choose."""
    for pattern in _DECLARED:
        found = pattern.search(plain(stem))
        if found:
            count = found["count"].lower()
            return _NUMBERS.get(count) or int(count)
    return None


def _unnamed(field: str, key: str, options: Sequence[Option]) -> Iterator[Flaw]:
    ids = [option.id for option in options]
    if key not in ids:
        yield Flaw(f"“{key}” is the id of no option ({', '.join(ids)})", field)
    if ids.count(key) > 1:
        yield Flaw(
            f"{ids.count(key)} options have the id “{key}”, so it means no one of them", field
        )


def _repeated(field: str, parts: Sequence[Option | Prompt]) -> Iterator[Flaw]:
    ids = [part.id for part in parts]
    for repeated in sorted({part for part in ids if ids.count(part) > 1}):
        yield Flaw(f"{ids.count(repeated)} of the {field} have the id “{repeated}”", field)


RULE = ItemRule(
    id="S01",
    severity=Severity.ERROR,
    title="No key, or not the keys that the stem asks for",
    why="An item without exactly the keys it announces cannot be answered or scored.",
    fix="Name as key the id of an existing option; for several, as many as the stem says.",
    source="Haladyna, Downing & Rodriguez (2002), rule 19",
    check=no_single_key,
)
