"""S08: words that send the learner to another item, which may not stand on the same form."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_before_answering
from trainer.core.item import Item

_EARLIER = r"(?:previous|preceding|prior|earlier|last)"
_ANYWHERE = re.compile(
    rf"\b{_EARLIER} (?:question|exercise|problem|scenario|vignette)s?\b"
    rf"|\b(?:in|from|to|of) the {_EARLIER} (?:item|case|example)\b"
    r"|\bnext question\b"
    r"|\b(?:question|exercise) (?:above|below)\b"
    r"|\b(?:question|exercise) (?:no\. ?|# ?)?\d+\b"
    r"|\b(?:using|based on|given) your (?:previous |last )?answer\b"
    r"|\bsame patient as (?:in|above|before)\b",
    re.IGNORECASE,
)
# In a stem “as above” may point at its own note; in an option it points nowhere.
_IN_OPTION = re.compile(r"\b(?:as|same as|see) (?:above|before|below)\b", re.IGNORECASE)


def depends_on_other_item(item: Item, _context: Context) -> Iterator[Flaw]:
    if item.case is not None:
        return  # the items of a case are served together
    for field, text in shown_before_answering(item):
        found = _ANYWHERE.search(plain(text))
        if not found and field != "stem":
            found = _IN_OPTION.search(plain(text))
        if found:
            yield Flaw(f"“{found.group(0)}” leans on another item", field)


RULE = ItemRule(
    id="S08",
    severity=Severity.WARNING,
    title="Depends on another item",
    why="Forms are drawn at random, so the item that is leaned on may be missing; and a slip there "
    "would cost the learner twice.",
    fix="Repeat what is needed, or put both items into one case.",
    source="Haladyna, Downing & Rodriguez (2002), rule 4",
    check=depends_on_other_item,
)
