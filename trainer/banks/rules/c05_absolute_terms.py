"""C05: always, never, all, none … in distractors and not in the key."""

from collections.abc import Iterator

from trainer.banks.lexicon import ABSOLUTE_TERMS
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, words
from trainer.core.item import Item, Option


def absolute_terms(item: Item, _context: Context) -> Iterator[Flaw]:
    """A term that the key or the stem uses too is part of the matter, not a cue."""
    picked = choices(item)
    if picked is None or any(_absolutes(key) for key in picked.keys):
        return
    asked = set(words(item.stem))
    for option in picked.distractors:
        found = [word for word in _absolutes(option) if word not in asked]
        if found:
            listed = ", ".join(f"“{word}”" for word in found)
            message = f"{listed} in a distractor, and nothing as absolute in the key"
            yield Flaw(message, f"options.{option.id}")


def _absolutes(option: Option) -> list[str]:
    return [word for word in words(option.text) if word in ABSOLUTE_TERMS]


RULE = ItemRule(
    id="C05",
    severity=Severity.WARNING,
    title="Absolute terms in distractors",
    why="Rules of coding have exceptions, so learners strike every option that says always or "
    "never without knowing why it is wrong.",
    fix="Say in which case the distractor would hold, or use the same term in the key.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 28a",
    check=absolute_terms,
)
