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
# Parts of Medicare and lines of a claim bear letters and numbers of their own.
_LETTERED = re.compile(r"\bmedicare\b|\bpart [A-D]\b|\bblood\b|\bhepatitis\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\bwhich (?:\w+ )?(?:lines?|items?|box(?:es)?|stages?|grades?|levels?|types?)\b",
    re.IGNORECASE,
)


def k_type(item: Item, _context: Context) -> Iterator[Flaw]:
    for option in shown_options(item):
        text = plain(option.text)
        own = _NUMBERED if re.search(r"\d|\bI", text) else _LETTERED
        if own.search(item.stem):
            continue
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
