"""S04: a stem that is hardly there, or that never asks anything."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain
from trainer.core.item import Item

_SHORTEST = 25
_FEWEST_WORDS = 2
_QUESTION_OR_BLANK = re.compile(r"\?[)”\"'*_]*(?:\s|$)|_{3,}|\[blank\]", re.IGNORECASE)
# A sentence that sets a task asks as clearly as a question does. Verbs that are also nouns
# (“Type 2 diabetes”) need an object behind them.
_VERBS = (
    "arrange|assign|build|calculate|choose|classify|compute|decide|determine|drag|enter|fill|"
    "identify|match|pair|pick|put|select|sort"
)
_NOUN_VERBS = "code|complete|find|give|label|list|mark|name|order|place|rank|report|sequence|type"
_OBJECT = r"(?:the|this|these|each|every|all|both|only|its|one|two|three)\b"
_TASK = re.compile(
    rf"(?:^|[.!?:,][”\"')]*\s+)(?:then\s+)?(?:(?:{_VERBS})\b|(?:{_NOUN_VERBS})\s+{_OBJECT})",
    re.IGNORECASE,
)


def no_lead_in(item: Item, _context: Context) -> Iterator[Flaw]:
    text = plain(item.stem)
    words = len(text.split())
    # In a case the record tells what a stand-alone stem must tell itself.
    if words < _FEWEST_WORDS or (len(text) < _SHORTEST and item.case is None):
        message = f"the stem has {len(text)} characters in {words} word{'s' * (words != 1)}"
        yield Flaw(f"{message}; at least {_SHORTEST} characters are needed", "stem")
    elif not _asks(item.stem):
        yield Flaw(f"nothing is asked: the stem ends “…{text[-40:]}”", "stem")


def _asks(stem: str) -> bool:
    text = plain(stem)
    if _QUESTION_OR_BLANK.search(stem) or text.endswith((":", "…", "...")):
        return True
    return bool(_TASK.search(text))


RULE = ItemRule(
    id="S04",
    severity=Severity.WARNING,
    title="No lead-in",
    why="A learner should know what is asked before reading the options; a bare topic turns the "
    "item into a list of true-or-false statements.",
    fix="End the stem with a question, a colon or a task (“Enter the diagnoses in order”).",
    source="Haladyna, Downing & Rodriguez (2002), rule 15; IWF rubric, unfocused stem",
    check=no_lead_in,
)
