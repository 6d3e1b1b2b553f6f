"""R06: a link that is not https, or a source of another time than the item's code set."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.core.item import Item, Reference

_OLDEST = 10  # years behind the code set
# Law and professional standards hold until they are changed, whatever their year.
_LASTING = re.compile(
    r"\b(?:act|c\.?f\.?r|u\.?s\.?c|statute|rule|law|regulation|standard|code of ethics)s?\b",
    re.IGNORECASE,
)
_GUIDELINES = re.compile(r"guidelines?\b|\btabular\b|\bindex\b|\bcode book\b", re.IGNORECASE)


def stale_reference(item: Item, _context: Context) -> Iterator[Flaw]:
    for position, reference in enumerate(item.references, start=1):
        if reference.url and not reference.url.startswith("https://"):
            yield Flaw(f"source {position}: “{reference.url}” is no https address", "references")
        message = _out_of_time(reference, item)
        if message:
            yield Flaw(f"source {position} (“{reference.source}”) {message}", "references")


def _out_of_time(reference: Reference, item: Item) -> str | None:
    """What is odd about the year; nothing where the item names no edition."""
    if not item.editions:
        return None
    for edition in item.editions:
        behind = _year(edition.year) - reference.year
        # A fiscal-year edition appears in the year before, and sources are dated either way.
        usual = (0, 1) if edition.year.startswith("FY") else (0,)
        own = edition.code_set.label.lower() in reference.source.lower()
        if own and _GUIDELINES.search(reference.source) and behind not in usual:
            name = f"{edition.code_set.label} {edition.year}"
            return f"is of {reference.year}, the item is written for {name}"
    newest = max(_year(edition.year) for edition in item.editions)
    if newest - reference.year > _OLDEST and not _LASTING.search(reference.source):
        return f"is of {reference.year}, {newest - reference.year} years older than the code set"
    return None


def _year(text: str) -> int:
    """`FY2027` is 2027."""
    return int(text.removeprefix("FY"))


RULE = ItemRule(
    id="R06",
    severity=Severity.ADVICE,
    title="Dead or foreign reference",
    why="Rules of another year may have changed since; an open http address is often a dead one.",
    fix="Look the rule up in the edition that the item is written for and cite that one.",
    source="house rule, after CMS's yearly code-set updates",
    check=stale_reference,
)
