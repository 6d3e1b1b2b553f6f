"""A02: “the red arrow”: something that only its colour tells apart."""

import re
from collections.abc import Iterator
from itertools import chain

from trainer.banks.images import images
from trainer.banks.records import record_sections, record_sections_once
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain, shown_after_answering, shown_before_answering
from trainer.core.item import Item

_COLOUR = (
    r"(?:(?:dark|light|bright)[ -])?"
    r"(?:red|green|blue|yellow|orange|purple|violet|pink|brown|gr[ae]y|black|white|coloured|colored)"
)
_NOT_INK = r"(?! (?:[\w-]+ )?(?:ink|dye|stain))"
# Nothing in a body or on a form is called so.
_ALWAYS = re.compile(
    rf"\b{_COLOUR} (?:arrow|text|font|letters|lettering|outline|pointer|highlight|heading)s?\b"
    r"|\b(?:shown|marked|highlighted|outlined|coloured|colored|shaded|circled|displayed) in "
    rf"{_COLOUR}\b{_NOT_INK}",
    re.IGNORECASE,
)
# A red area may be a burn and a white line the linea alba, unless there is a picture to point at.
_WITH_PICTURE = re.compile(
    rf"\bthe {_COLOUR} (?:area|part|region|section|structure|box|bar|line|circle|dot|row|column"
    r"|cell|field|portion|segment|label|number)s?\b",
    re.IGNORECASE,
)


def colour_only(item: Item, context: Context) -> Iterator[Flaw]:
    shown = [*shown_before_answering(item), *record_sections(item, context)]
    patterns = [_ALWAYS]
    if any(True for _, text in shown for _ in images(text)):
        patterns.append(_WITH_PICTURE)
    fields = chain(
        shown_before_answering(item),
        record_sections_once(item, context),
        shown_after_answering(item),
    )
    for field, text in fields:
        found = next(filter(None, (pattern.search(plain(text)) for pattern in patterns)), None)
        if found:
            yield Flaw(f"“{found.group(0)}” is told apart by its colour alone", field)


RULE = ItemRule(
    id="A02",
    severity=Severity.WARNING,
    title="Reference by colour only",
    why="About one man in twelve sees red and green alike; in print and for a screen reader the "
    "colour is gone for everybody.",
    fix="Add a letter, a place or a shape: “the structure marked 3”.",
    source="WCAG 2.2, success criterion 1.4.1",
    check=colour_only,
)
