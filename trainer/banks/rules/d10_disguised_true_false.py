"""D10: “which is true?” over statements that have nothing to do with each other."""

import re
from collections import Counter
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, words
from trainer.banks.wording import asking, roots
from trainer.core.item import Item

_JUDGES = re.compile(
    r"\bwhich\b.{0,80}\b(?:is|are) (?:not |in)?(?:true|false|correct|accurate|right)\W*$",
    re.IGNORECASE,
)
_STATEMENT_WORDS = 4


def disguised_true_false(item: Item, _context: Context) -> Iterator[Flaw]:
    picked = choices(item)
    if picked is None or not _JUDGES.search(asking(item.stem)):
        return
    texts = [option.text for option in picked.options]
    if any(len(words(text)) < _STATEMENT_WORDS for text in texts):
        return
    uses = Counter(word for text in texts for word in roots(text))
    if max(uses.values(), default=0) <= len(texts) / 2:
        message = "the question asks which is true, and no word is common to most options"
        yield Flaw(message, "options")


RULE = ItemRule(
    id="D10",
    severity=Severity.WARNING,
    title="True/false in disguise",
    why="Four unrelated statements are four true/false items, of which one counts; the question "
    "itself asks nothing.",
    fix="Ask one thing that the options answer differently; the options should be gradeable on one "
    "scale.",
    source="NBME item-writing guide (2020), ch. 3; Schmucker & Moore 2025 (arXiv 2503.10533)",
    check=disguised_true_false,
)
