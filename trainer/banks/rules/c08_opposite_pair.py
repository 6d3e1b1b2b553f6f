"""C08: two options that say the opposite of each other, one of them the key."""

from collections.abc import Iterator
from itertools import combinations

from trainer.banks.lexicon import ANTONYMS, NEGATIONS
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, words
from trainer.core.item import Item, Option

_OPPOSITES = frozenset(frozenset(pair) for pair in ANTONYMS)
_AUXILIARY = frozenset("a an the do does is are be".split())


def opposite_pair(item: Item, _context: Context) -> Iterator[Flaw]:
    """Where every option has its opposite (two by two), the pair points to nothing."""
    picked = choices(item)
    if picked is None:
        return
    pairs = [pair for pair in combinations(picked.options, 2) if _opposite(*pair)]
    paired = {option.id for pair in pairs for option in pair}
    if len(paired) == len(picked.options):
        return
    for one, other in pairs:
        if (one in picked.keys) != (other in picked.keys):
            key, rival = (one, other) if one in picked.keys else (other, one)
            message = f"“{key.text}” and “{rival.text}” are opposites, and one of them is the key"
            yield Flaw(message, f"options.{rival.id}")


def _opposite(one: Option, other: Option) -> bool:
    left, right = _said(one), _said(other)
    only_left, only_right = left - right, right - left
    difference = only_left | only_right
    if len(only_left) == len(only_right) == 1:
        return difference in _OPPOSITES
    return bool(left & right) and len(difference) == 1 and difference <= NEGATIONS


def _said(option: Option) -> frozenset[str]:
    return frozenset(words(option.text)) - _AUXILIARY


RULE = ItemRule(
    id="C08",
    severity=Severity.ADVICE,
    title="Opposite pair with the key",
    why="Of two opposites one is usually right, so four options shrink to two.",
    fix="Give the other options opposites as well, or reword one side of the pair.",
    source="NBME item-writing guide (2020), ch. 3 (collectively exhaustive options); Haladyna et "
    "al. 2002, rule 28e",
    check=opposite_pair,
)
