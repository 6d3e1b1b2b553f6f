"""An item's words, taken apart the way the linter's rules need them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    SingleItem,
)

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_MARKUP = re.compile(r"[*_`#>|]+|\{\{opt:[^}]*\}\}|\[([^\]]*)\]\([^)]*\)")
# The shape of a code, never its existence: ICD-10-CM, ICD-10-PCS, then CPT and HCPCS; with any
# modifiers that hang on it.
CODE = re.compile(
    r"(?<![\w.])(?:"
    r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
    r"|(?=[0-9A-Z]*\d)[0-9A-HJ-NP-Z]{7}"
    r"|\+?\d{4}[0-9A-Z]|[A-V]\d{4}"
    r")(?:-[A-Z0-9]{2})*(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a choice item, split by whether they are right."""

    keys: tuple[Option, ...]
    distractors: tuple[Option, ...]

    @property
    def options(self) -> tuple[Option, ...]:
        return self.keys + self.distractors


def choices(item: Item) -> Choices | None:
    """Keys and distractors of a single or multiple item; None for the other kinds."""
    if isinstance(item, SingleItem):
        right = {item.key}
    elif isinstance(item, MultipleItem):
        right = set(item.keys)
    else:
        return None
    keys = tuple(option for option in item.options if option.id in right)
    return Choices(keys, tuple(option for option in item.options if option.id not in right))


def shown_options(item: Item) -> tuple[Option, ...]:
    """Everything that a learner picks, orders or matches; empty for code entry."""
    if isinstance(item, OrderingItem):
        return item.steps
    if isinstance(item, SingleItem | MultipleItem | MatchingItem):
        return item.options
    return ()


def shown_before_answering(item: Item) -> Iterator[tuple[str, str]]:
    """(field, text) of all that a learner reads before answering, the case record aside."""
    yield "stem", item.stem
    for option in shown_options(item):
        yield f"options.{option.id}", option.text
    if isinstance(item, MatchingItem):
        for prompt in item.prompts:
            yield f"prompts.{prompt.id}", prompt.text


def shown_after_answering(item: Item) -> Iterator[tuple[str, str]]:
    """(field, text) of rationale, reasons and route."""
    yield "rationale", item.rationale
    for step in item.route:
        yield "route", step.text
    for option in shown_options(item):
        yield f"options.{option.id}.reason", option.reason
    if isinstance(item, MatchingItem):
        for prompt in item.prompts:
            yield f"prompts.{prompt.id}.reason", prompt.reason
    if isinstance(item, CodeEntryItem):
        for code in item.codes:
            yield f"codes.{code.code}.reason", code.reason
        for miss in item.near_misses:
            yield f"near_misses.{miss.code}.reason", miss.reason


def plain(markdown: str) -> str:
    """Markdown without its marks, for counting and comparing; links keep their words."""
    return " ".join(_MARKUP.sub(lambda found: found.group(1) or " ", markdown).split())


def folded(text: str) -> str:
    """Text as compared for sameness: no case, blanks or punctuation (`E11.9` is `e119`)."""
    return _NOT_WORD.sub("", plain(text).lower())


def words(text: str) -> list[str]:
    """The words of a text in lower case; numbers and codes are none."""
    return [found.lower() for found in _WORD.findall(plain(CODE.sub(" ", text)))]


def codes(text: str) -> list[str]:
    """All that has the shape of a medical code, modifiers included, in upper case."""
    return [found.group(0).upper() for found in CODE.finditer(text)]


def lead_in(stem: str) -> str:
    """The last sentence of a stem: the one that asks."""
    sentences = [part for part in re.split(r"(?<=[.?!:])\s+", plain(stem)) if part]
    return sentences[-1] if sentences else ""
