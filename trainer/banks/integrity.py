"""What must agree between the fields of an item, and between the items of a bank.

These are faults that would break an item in use, so they stop the load; matters of quality are
for the linter's rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from trainer.banks.document import Document, Location
from trainer.core.catalogue import Catalogue
from trainer.core.code import normalised
from trainer.core.errors import Problem
from trainer.core.item import (
    Case,
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    Prompt,
    SingleItem,
)

Fault = tuple[Location, str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item or case and where its file has it."""

    value: Item | Case
    document: Document
    location: Location

    @property
    def line(self) -> int:
        return self.document.line(self.location)


def integrity_problems(placed: Sequence[Placed], catalogue: Catalogue) -> Iterator[Problem]:
    """Every disagreement among the items and cases of one bank."""
    subtopics = frozenset(subtopic.id for subtopic in catalogue.taxonomy)
    exams = frozenset(exam.id for exam in catalogue.exams)
    first: dict[str, Placed] = {}
    for place in placed:
        earlier = first.setdefault(place.value.id, place)
        faults = list(_faults(place.value, subtopics, exams))
        if earlier is not place:
            where = f"{earlier.document.name}:{earlier.line}"
            faults.append((("id",), f"“{place.value.id}”, used at {where}", "an id of its own"))
        for location, found, expected in faults:
            yield place.document.problem((*place.location, *location), found, expected)


def _faults(
    value: Item | Case, subtopics: frozenset[str], exams: frozenset[str]
) -> Iterator[Fault]:
    if isinstance(value, Case):
        return
    if value.subtopic not in subtopics:
        yield ("subtopic",), f"“{value.subtopic}”", "a subtopic of topics.yaml"
    for position, exam in enumerate(value.exams):
        if exam not in exams:
            yield ("exams", position), f"“{exam}”", "one of " + ", ".join(sorted(exams))
    if value.valid_from and value.valid_to and value.valid_to < value.valid_from:
        yield ("valid_to",), f"{value.valid_to}", f"a day from {value.valid_from} on"
    yield from _kind_faults(value)


def _kind_faults(item: Item) -> Iterator[Fault]:
    match item:
        case SingleItem():
            yield from _repeated_ids("options", item.options)
            yield from _unknown(("key",), item.key, item.options)
        case MultipleItem():
            yield from _repeated_ids("options", item.options)
            yield from _keys_faults(item)
        case CodeEntryItem():
            yield from _near_miss_faults(item)
        case OrderingItem():
            yield from _repeated_ids("steps", item.steps)
        case MatchingItem():
            yield from _repeated_ids("options", item.options)
            yield from _repeated_ids("prompts", item.prompts)
            for position, prompt in enumerate(item.prompts):
                yield from _unknown(("prompts", position, "match"), prompt.match, item.options)
        case _:
            assert_never(item)


def _keys_faults(item: MultipleItem) -> Iterator[Fault]:
    for position, key in enumerate(item.keys):
        yield from _unknown(("keys", position), key, item.options)
        if key in item.keys[:position]:
            yield ("keys", position), f"“{key}” a second time", "each key once"
    if len(item.keys) >= len(item.options):
        yield ("keys",), "every option", "at least one option that is wrong"


def _near_miss_faults(item: CodeEntryItem) -> Iterator[Fault]:
    right = {normalised(code.code) for code in item.codes}
    for position, miss in enumerate(item.near_misses):
        if normalised(miss.code) in right:
            yield ("near_misses", position, "code"), f"“{miss.code}”", "a code that is wrong here"


def _repeated_ids(field: str, parts: Sequence[Option | Prompt]) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, part in enumerate(parts):
        if part.id in seen:
            yield (field, position, "id"), f"“{part.id}” a second time", "an id of its own"
        seen.add(part.id)


def _unknown(location: Location, key: str, options: Sequence[Option]) -> Iterator[Fault]:
    ids = [option.id for option in options]
    if key not in ids:
        yield location, f"“{key}”", "the id of an option: " + ", ".join(ids)
