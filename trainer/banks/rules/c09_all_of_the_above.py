"""C09: an option that stands for all others."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_options
from trainer.core.item import Item

_ALL = re.compile(
    r"\ball (?:of )?(?:the |these )?(?:above|foregoing)\b"
    r"|^(?:all|any) of (?:these|those|them)\W*$"
    r"|^all (?:of )?(?:the |these |other )*(?:answers|options|choices|statements|responses)\b"
    r"|^all (?:are|of (?:these|them) are) (?:correct|true|right)\b",
    re.IGNORECASE,
)


def all_of_the_above(item: Item, _context: Context) -> Iterator[Flaw]:
    for option in shown_options(item):
        if _ALL.search(plain(option.text)):
            yield Flaw(f"“{option.text}” stands for the other options", f"options.{option.id}")


RULE = ItemRule(
    id="C09",
    severity=Severity.ERROR,
    title="All of the above",
    why="Two options known to be right prove it, one known to be wrong strikes it; and once "
    "options are shuffled, nothing is above.",
    fix="Make it a multiple item that asks for each right option, or replace the option.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 26",
    check=all_of_the_above,
)
