"""C07: one option of another kind than all the rest."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from trainer.banks.option_class import OptionClass, alike, option_classes
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices
from trainer.core.item import Item

_FEWEST = 3  # of two options, none is the odd one


def mixed_classes(item: Item, _context: Context) -> Iterator[Flaw]:
    picked = choices(item)
    if picked is None or len(picked.options) < _FEWEST:
        return
    classes = option_classes([option.text for option in picked.options])
    for place, option in enumerate(picked.options):
        if _is_odd(place, classes):
            others = [found for found in classes if not alike(found, classes[place])]
            message = f"“{option.text}” is {classes[place]} where the others are {others[0]} each"
            yield Flaw(message, f"options.{option.id}")


def _is_odd(place: int, classes: Sequence[OptionClass]) -> bool:
    others = [found for number, found in enumerate(classes) if number != place]
    if any(alike(classes[place], other) for other in others):
        return False
    return all(alike(one, other) for one, other in combinations(others, 2))


RULE = ItemRule(
    id="C07",
    severity=Severity.WARNING,
    title="One option of another kind",
    why="The odd one draws the eye: it is either the key or a distractor that nobody takes.",
    fix="Let all options answer on the same level: all codes, all terms, all amounts or all acts.",
    source="NBME item-writing guide (2020), ch. 3 (homogeneous options); Haladyna et al. 2002, "
    "rule 23",
    check=mixed_classes,
)
