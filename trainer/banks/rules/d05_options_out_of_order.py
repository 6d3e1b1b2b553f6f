"""D05: amounts, dates or codes as options that do not stand in their order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from trainer.banks.option_class import OptionClass, option_classes
from trainer.banks.quantity import calendar_date, quantities, single_code
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.core.item import Item, MultipleItem, SingleItem

_FEWEST = 3


def options_out_of_order(item: Item, _context: Context) -> Iterator[Flaw]:
    """Matching and ordering are always shuffled, so only choices have an order to keep."""
    if not isinstance(item, SingleItem | MultipleItem) or len(item.options) < _FEWEST:
        return
    kind, places = _sortable([option.text for option in item.options])
    if not places:
        return
    rises = all(one <= other for one, other in pairwise(places))
    falls = all(one >= other for one, other in pairwise(places))
    if not (rises or falls):
        listed = ", ".join(option.text for option in item.options)
        yield Flaw(f"the {kind} stand in no order: {listed}", "options")
    elif item.shuffle:
        yield Flaw(f"the {kind} stand in order, but are shuffled: say `shuffle: no`", "shuffle")


def _sortable(texts: Sequence[str]) -> tuple[str, Sequence[Any]]:
    """What the options are, and by what they sort; nothing where they have no order."""
    codes = [single_code(text) for text in texts]
    if all(codes):
        return "codes", codes
    dates = [calendar_date(text) for text in texts]
    if all(dates):
        return "dates", dates
    if set(option_classes(texts)) == {OptionClass.MODIFIERS}:
        return "modifiers", [text.strip(" -") for text in texts]
    found = quantities(texts)
    return "numbers", [(each.low, each.high) for each in found]


RULE = ItemRule(
    id="D05",
    severity=Severity.ADVICE,
    title="Options out of order",
    why="Looking for one's own result in a jumble costs time and measures nothing; a fixed order "
    "also leaves authors no favourite place for the key.",
    fix="Sort the options (amounts, dates and codes upwards) and add `shuffle: no`.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 21",
    check=options_out_of_order,
)
