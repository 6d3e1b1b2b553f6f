"""D06: ranges of numbers or codes that share a value."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isinf

from trainer.banks.quantity import Quantity, code_range, quantities
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import shown_options
from trainer.core.item import Item, Option, OrderingItem


def overlapping_ranges(item: Item, _context: Context) -> Iterator[Flaw]:
    options = () if isinstance(item, OrderingItem) else shown_options(item)
    for one, other in (*_number_clashes(options), *_code_clashes(options)):
        message = f"“{one.text}” and “{other.text}” share a value"
        yield Flaw(message, f"options.{other.id}")


def _number_clashes(options: Sequence[Option]) -> Iterator[tuple[Option, Option]]:
    if any(code_range(option.text) for option in options):
        return
    found = quantities([option.text for option in options])
    if _are_thresholds(found):
        return
    for (one, first), (other, second) in combinations(zip(options, found, strict=False), 2):
        if first.is_range and second.is_range and first.overlaps(second):
            yield one, other


def _are_thresholds(found: Sequence[Quantity]) -> bool:
    """“At least 20”, “at least 30” name a limit each; that one holds the other is no clash."""
    return all(isinf(each.high) for each in found) or all(isinf(each.low) for each in found)


def _code_clashes(options: Sequence[Option]) -> Iterator[tuple[Option, Option]]:
    ranges = [(option, code_range(option.text)) for option in options]
    spans = [(option, span) for option, span in ranges if span]
    for (one, first), (other, second) in combinations(spans, 2):
        same_family = len({_shape(code) for code in first + second}) == 1
        if same_family and first[0] <= second[1] and second[0] <= first[1]:
            yield one, other


def _shape(code: str) -> tuple[bool, bool, int]:
    """Codes of one shape are numbered through: 00210 and 0021T are not."""
    return code[0].isalpha(), code[-1].isalpha(), len(code)


RULE = ItemRule(
    id="D06",
    severity=Severity.WARNING,
    title="Overlapping ranges",
    why="A value that lies in two options makes both right.",
    fix="Let each range begin after the one before it has ended.",
    source="Haladyna et al. 2002, rule 22",
    check=overlapping_ranges,
)
