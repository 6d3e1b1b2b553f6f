"""C11: options that combine other options or numbered statements (K-type)."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_options
from trainer.core.item import Item

_JOIN = r"(?:\s*,\s*(?:and |& )?|\s+(?:and|or|&)\s+)"
_LETTER, _DIGIT, _ROMAN = r"\(?[A-H]\)?", r"\(?[1-6]\)?", r"\(?(?:I{1,3}|IV|VI{0,3})\)?"
_LISTS = tuple(f"{one}(?:{_JOIN}{one})+" for one in (_LETTER, _DIGIT, _ROMAN))
_K_TYPE = re.compile(
    rf"(?:both |only |neither |options? |answers? |statements? |choices? )*(?:{'|'.join(_LISTS)})"
    r"(?: only| but not [A-H\d]| are (?:correct|true|right))?\W*",
    re.IGNORECASE,
)
_ONE_ONLY = re.compile(r"(?:[1-6]|I{1,3}|IV|[A-H]) only", re.IGNORECASE)
# Parts of Medicare are called by their letters: “A and B” is no combination of options there.
_LETTERED_MATTER = re.compile(r"\b(?:[Pp]arts?|[Bb]lood|[Hh]epatitis|[Ss]tages?|[Ll]evels?)\b")


def k_type(item: Item, _context: Context) -> Iterator[Flaw]:
    if _LETTERED_MATTER.search(item.stem):
        return
    for option in shown_options(item):
        text = plain(option.text)
        if _K_TYPE.fullmatch(text) or _ONE_ONLY.fullmatch(text):
            yield Flaw(f"“{text}” combines other options", f"options.{option.id}")


RULE = ItemRule(
    id="C11",
    severity=Severity.ERROR,
    title="Complex options (K-type)",
    why="One statement judged rightly strikes half of the combinations, and letters change when "
    "options are shuffled.",
    fix="Make it a multiple item: each statement becomes an option of its own.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 9",
    check=k_type,
)
