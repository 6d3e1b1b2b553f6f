"""C10: an option that says that no other option holds."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_options
from trainer.core.item import Item

_NONE = re.compile(
    r"\b(?:none|neither|not any) (?:of )?(?:the |these )?(?:above|foregoing)\b"
    r"|^(?:none|neither) of (?:these|those|them)\W*$"
    r"|^(?:none|neither) of (?:the|these) (?:\w+ )?(?:answers|options|choices|responses)\b",
    re.IGNORECASE,
)


def none_of_the_above(item: Item, _context: Context) -> Iterator[Flaw]:
    for option in shown_options(item):
        if _NONE.search(plain(option.text)):
            yield Flaw(f"“{option.text}” names no answer", f"options.{option.id}")


RULE = ItemRule(
    id="C10",
    severity=Severity.WARNING,
    title="None of the above",
    why="As a key it shows that a learner knows what is wrong, never that they know what is right.",
    fix="Write a fourth mistake that learners make; “No modifier is reported” says what is done.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 25",
    check=none_of_the_above,
)
