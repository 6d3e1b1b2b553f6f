"""C13: the key in a case title, a record heading, or an image's name or alt text."""

import re
from collections.abc import Iterator

from trainer.banks.answers import answers
from trainer.banks.images import images
from trainer.banks.lexicon import STOP_WORDS, TRADE_WORDS
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import folded, words
from trainer.core.item import Case, Item

_SHORTEST = 4
_COMMON = STOP_WORDS | TRADE_WORDS


def give_away(item: Item, context: Context) -> Iterator[Flaw]:
    """An item's id is never shown, and what stands in the record is there to be read."""
    right = [answer.text for answer in answers(item) if answer.right]
    wrong = [answer.text for answer in answers(item) if not answer.right]
    for field, shown in _labels(item, context):
        for text in right:
            if _tells(shown, text) and not any(_tells(shown, other) for other in wrong):
                yield Flaw(f"“{shown}” gives the key “{text}” away", field)


def _labels(item: Item, context: Context) -> Iterator[tuple[str, str]]:
    """(field, text) of all that stands around the question."""
    for image in images(item.stem):
        yield "stem", image.alt
        yield "stem", image.src
    case = _case(item, context)
    if case is None:
        return
    yield "case.title", case.title
    yield "case.record_type", case.record_type
    for section in case.sections:
        yield f"case.{section.heading}", section.heading
        for image in images(section.text):
            yield f"case.{section.heading}", image.alt
            yield f"case.{section.heading}", image.src


def _case(item: Item, context: Context) -> Case | None:
    homes = (bank for bank in context.banks if any(other.id == item.id for other in bank))
    return next((bank.cases_by_id.get(item.case or "") for bank in homes), None)


def _tells(shown: str, text: str) -> bool:
    """Whether the text stands in what is shown, word for word, and is not a common word."""
    said = set(words(text))
    if len(folded(text)) < _SHORTEST or (said and said <= _COMMON):
        return False
    pattern = r"[\W_]*".join(map(re.escape, re.findall(r"[a-z0-9]+", text.lower())))
    return bool(re.search(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", shown.lower()))


RULE = ItemRule(
    id="C13",
    severity=Severity.ERROR,
    title="Key given away beside the question",
    why="Titles, headings and image names are read before the question and answer it.",
    fix="Name the case, the heading or the file after what is known before the question is solved.",
    source="Clean Claim: labels around an item are part of what its learner reads",
    check=give_away,
)
