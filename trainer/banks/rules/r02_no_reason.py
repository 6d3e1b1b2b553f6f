"""R02: a wrong option, step or pair whose reason says nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, folded
from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    Prompt,
    SingleItem,
)

Reason = tuple[str, str, str]  # field, text, reason
_WORD = re.compile(r"[^\W_]+")

# Words of which a reason is made that only repeats the verdict.
_VERDICTS = frozenset(
    "a an and answer applicable apply applies because best choice code correct distractor does "
    "doesn explanation false fixme for here in inappropriate incorrect invalid is it key n na nil "
    "no none not of one option placeholder rationale reason response right see so t tbd that the "
    "therefore this todo true was would wrong xxx".split()
)


def no_reason(item: Item, _context: Context) -> Iterator[Flaw]:
    seen: dict[str, str] = {}
    for field, text, reason in _reasons(item):
        telling = set(_WORD.findall(reason.lower())) - _VERDICTS
        if not telling:
            yield Flaw(f"“{reason.strip()}” gives no reason", field)
        elif folded(reason) == folded(text):
            yield Flaw("the reason only repeats the text", field)
        elif (first := seen.setdefault(folded(reason), field)) != field:
            yield Flaw(f"the same reason as at {first}", field)


def _reasons(item: Item) -> Iterator[Reason]:
    """Wherever a learner can go wrong."""
    match item:
        case SingleItem() | MultipleItem():
            split = choices(item)
            return _written("options", split.distractors if split else ())
        case OrderingItem():
            return _written("options", item.steps)
        case MatchingItem():
            return _written("prompts", item.prompts)
        case CodeEntryItem():
            return ((f"near_misses.{m.code}.reason", m.code, m.reason) for m in item.near_misses)
        case _:
            assert_never(item)


def _written(field: str, parts: Sequence[Option | Prompt]) -> Iterator[Reason]:
    return ((f"{field}.{part.id}.reason", part.text, part.reason) for part in parts)


RULE = ItemRule(
    id="R02",
    severity=Severity.WARNING,
    title="No reason for a wrong answer",
    why="A learner who chose it wants to know what led astray; “incorrect” repeats the verdict.",
    fix="Name in one line the thought behind the mistake and the fact that speaks against it.",
    source="house rule; NBME item-writing guide (2020) on distractor review",
    check=no_reason,
)
