"""S03: two options that are the same once case, blanks, punctuation and dots are gone."""

from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import folded, shown_options
from trainer.core.item import Item


def duplicate_options(item: Item, _context: Context) -> Iterator[Flaw]:
    seen: dict[str, str] = {}
    for option in shown_options(item):
        first = seen.setdefault(folded(option.text), option.id)
        if first != option.id:
            message = f"“{option.text}” says the same as option {first}"
            yield Flaw(message, f"options.{option.id}")


RULE = ItemRule(
    id="S03",
    severity=Severity.ERROR,
    title="Duplicate options",
    why="Two equal options leave either two keys or none; E11.9 and E119 are the same code.",
    fix="Replace one of them with a mistake that learners really make.",
    source="NBME item-writing guide (2020), ch. 3",
    check=duplicate_options,
)
