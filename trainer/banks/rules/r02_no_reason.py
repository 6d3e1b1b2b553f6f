"""R02: a wrong option, step or pair whose reason says nothing."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.similarity import content_words
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

# Words that are left when a reason only repeats the verdict.
_VERDICTS = content_words(
    "right wrong correct incorrect true false invalid inappropriate answer option choice code "
    "distractor response key reason because none nil todo tbd fixme n/a na xxx placeholder see "
    "rationale explanation apply applicable best"
)


def no_reason(item: Item, _context: Context) -> Iterator[Flaw]:
    seen: dict[str, str] = {}
    for field, text, reason in _reasons(item):
        telling = content_words(reason) - _VERDICTS
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
