"""D04: usually, often, sometimes … in an option."""

import re
from collections.abc import Iterator

from trainer.banks.lexicon import ESTIMATED, VAGUE_FREQUENCY
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_options
from trainer.core.item import Item

# “Often” may also belong to a term or a permission; these never do.
_VAGUE = re.compile(rf"\b(?:{'|'.join(sorted(VAGUE_FREQUENCY))})\b", re.IGNORECASE)
_MAY = re.compile(rf"\bmay (?:{'|'.join(sorted(ESTIMATED))})\b", re.IGNORECASE)


def vague_frequency(item: Item, _context: Context) -> Iterator[Flaw]:
    for option in shown_options(item):
        text = plain(option.text)
        found = _VAGUE.search(text) or _MAY.search(text)
        if found:
            message = f"how often is “{found.group(0)}”? Every reader has another number in mind"
            yield Flaw(message, f"options.{option.id}")


RULE = ItemRule(
    id="D04",
    severity=Severity.WARNING,
    title="Vague frequency",
    why="Even experts disagree by half on what such words mean, so an option that hangs on one "
    "cannot be judged right or wrong.",
    fix="Give the number or the condition, or say who may do what.",
    source="NBME item-writing guide (2020), ch. 3 (vague terms)",
    check=vague_frequency,
)
