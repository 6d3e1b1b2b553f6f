"""D13: all options begin with the same words."""

from collections.abc import Iterator
from itertools import takewhile

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_options
from trainer.core.item import Item, OrderingItem

_FEWEST_WORDS = 3


def repeated_opening(item: Item, _context: Context) -> Iterator[Flaw]:
    """Steps to be put in order have no stem to move the words to."""
    options = () if isinstance(item, OrderingItem) else shown_options(item)
    texts = [plain(option.text).lower().split() for option in options]
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*texts, strict=False))
    opening = [column[0] for column in columns]
    if sum(word.isalpha() for word in opening) >= _FEWEST_WORDS:
        yield Flaw(f"every option begins with “{' '.join(opening)}”", "options")


RULE = ItemRule(
    id="D13",
    severity=Severity.ADVICE,
    title="Opening repeated in all options",
    why="The same words are read four times before the options begin to differ.",
    fix="Move them to the end of the stem.",
    source="Haladyna et al. 2002, rule 13",
    check=repeated_opening,
)
