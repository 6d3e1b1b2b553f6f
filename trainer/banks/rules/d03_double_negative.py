"""D03: a negative question with a negative option."""

import re
from collections.abc import Iterator

from trainer.banks.lexicon import NEGATIVE_OPTION
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_options
from trainer.banks.wording import negative_word
from trainer.core.item import Item

# “Not elsewhere classified” is a name, and “not only” adds.
_NEGATION = re.compile(
    rf"\b(?:{'|'.join(sorted(NEGATIVE_OPTION))}|no\b(?! more| less| later)|\w+n['’]t)\b"
    r"(?! (?:elsewhere|otherwise) |(?<=not) only)",
    re.IGNORECASE,
)


def double_negative(item: Item, _context: Context) -> Iterator[Flaw]:
    word = negative_word(item.stem)
    for option in shown_options(item) if word else ():
        found = _NEGATION.search(plain(option.text))
        if found:
            message = f"“{found.group(0)}” in the option on top of “{word}” in the question"
            yield Flaw(message, f"options.{option.id}")


RULE = ItemRule(
    id="D03",
    severity=Severity.ERROR,
    title="Double negative",
    why="Undoing two negations tests logic, not coding, and costs slow readers most.",
    fix="State the option positively, or ask for what is right.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 27",
    check=double_negative,
)
