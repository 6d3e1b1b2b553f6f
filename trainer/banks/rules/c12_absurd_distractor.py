"""C12: a distractor that has nothing to do with options which all belong together."""

import re
from collections.abc import Iterator
from itertools import combinations

from trainer.banks.option_class import OptionClass, option_class
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, words
from trainer.banks.wording import roots
from trainer.core.item import Item, Option

_FEWEST_OTHERS = 3
_ENDING = 4  # -itis, -tomy, -gram: fewer letters join what is no family
_SMALL_WORD = 3


def absurd_distractor(item: Item, _context: Context) -> Iterator[Flaw]:
    """The part that needs no data; who is chosen by nobody shows after 50 answers."""
    picked = choices(item)
    if picked is None:
        return
    for option in picked.distractors:
        others = [other for other in picked.options if other is not option]
        if len(others) < _FEWEST_OTHERS or any(_akin(option, other) for other in others):
            continue
        if all(_akin(one, other) for one, other in combinations(others, 2)):
            message = f"“{option.text}” has no word and no kind in common with the other options"
            yield Flaw(message, f"options.{option.id}")


def _akin(one: Option, other: Option) -> bool:
    """Whether a learner sees a family: a word, an ending, or a class that is no mere prose."""
    kinds = {option_class(one.text), option_class(other.text)}
    if OptionClass.NOTHING in kinds or roots(one.text) & roots(other.text):
        return True
    if kinds <= {OptionClass.TERM, OptionClass.PHRASE}:
        return bool(_endings(one) & _endings(other))
    return len(kinds) == 1


def _endings(option: Option) -> set[str]:
    parts = (part for word in words(option.text) for part in re.split(r"[-'’]", word))
    return {part[-_ENDING:] for part in parts if len(part) > _SMALL_WORD + 1}


RULE = ItemRule(
    id="C12",
    severity=Severity.ADVICE,
    title="Distractor out of place",
    why="A distractor that belongs to another world is struck at once, and chance rises from one "
    "in four to one in three.",
    fix="Replace it with a mistake that learners make on this very question.",
    source="Haladyna et al. 2002, rules 28f and 29; Schmucker & Moore 2025 (arXiv 2503.10533)",
    check=absurd_distractor,
)
