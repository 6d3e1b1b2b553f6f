"""S09: “A.” or “1)” typed into the option's text."""

import re
from collections.abc import Iterator
from string import ascii_uppercase

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import shown_options
from trainer.core.item import Item

_MARK = re.compile(r"^\W*(?P<mark>[A-Za-z]|\d{1,2})[.):](?=\s)")
_FEWEST = 2
_ROWS = (ascii_uppercase, tuple(str(number) for number in range(1, 27)))


def letter_in_option(item: Item, _context: Context) -> Iterator[Flaw]:
    marks = {
        option.id: found["mark"].upper()
        for option in shown_options(item)
        if (found := _MARK.match(option.text))
    }
    if not _enumerates(list(marks.values())):
        return
    for option_id, mark in marks.items():
        yield Flaw(f"begins with the typed mark “{mark}”", f"options.{option_id}")


def _enumerates(marks: list[str]) -> bool:
    """Whether the marks are A, B, C … or 1, 2, 3 …; E. coli beside C. difficile is no list."""
    found = sorted(marks, key=lambda mark: (len(mark), mark))
    return len(marks) >= _FEWEST and any(found == list(row[: len(found)]) for row in _ROWS)


RULE = ItemRule(
    id="S09",
    severity=Severity.WARNING,
    title="Letter typed into an option",
    why="Options are shuffled and get their letters on the page; a typed letter then contradicts "
    "the real one, and a typed number gives the right order away.",
    fix="Delete the letter; write {{opt:id}} where a text must name an option.",
    source="house rule, from imported word-processor lists",
    check=letter_in_option,
)
