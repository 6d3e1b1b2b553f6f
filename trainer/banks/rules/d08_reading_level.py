"""D08: a stem that reads harder than the books of the exam."""

from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import words
from trainer.banks.wording import grade_level, prose
from trainer.core.item import Item

_HIGHEST_GRADE = 14
_FEWEST_WORDS = 30  # the formula was fitted on passages; one long term upsets a short stem


def reading_level(item: Item, _context: Context) -> Iterator[Flaw]:
    """Tables, quoted notes and case records keep the language they come in."""
    text = prose(item.stem)
    if item.case or len(words(text)) < _FEWEST_WORDS:
        return
    grade = grade_level(text)
    if grade > _HIGHEST_GRADE:
        message = f"reading grade {grade:.0f} (Flesch–Kincaid); {_HIGHEST_GRADE} is hard enough"
        yield Flaw(message, "stem")


RULE = ItemRule(
    id="D08",
    severity=Severity.ADVICE,
    title="Hard to read",
    why="Long sentences of long words test reading first, above all where English is a second "
    "language.",
    fix="Make two sentences of one, and use the shorter word where it says the same.",
    source="Haladyna et al. 2002, rule 8; grade after Kincaid et al. 1975",
    check=reading_level,
)
