"""A03: a table or a page of text shown as a picture."""

import re
from collections.abc import Iterator
from itertools import chain

from trainer.banks.images import Image, images
from trainer.banks.records import record_sections_once
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import shown_after_answering, shown_before_answering
from trainer.core.item import Item

# The picture itself is out of a rule's reach; its text and its file name tell what it shows.
_TEXTUAL = re.compile(
    r"(?<!operating )(?<!exam )(?<!examination )(?<!tilt )\btable\b"
    r"|\b(?:spreadsheet|worksheet|screenshot|screen shot|scanned|fee schedule|remittance|eob"
    r"|claim form|cms[ -]?1500|ub[ -]?04|operative note|progress note|code list)\b",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[_/.]+")


def text_as_picture(item: Item, context: Context) -> Iterator[Flaw]:
    fields = chain(
        shown_before_answering(item),
        shown_after_answering(item),
        record_sections_once(item, context),
    )
    for field, text in fields:
        for image in images(text):
            found = _TEXTUAL.search(_description(image))
            if found:
                yield Flaw(f"{image.src} seems to show text (“{found.group(0)}”)", field)


def _description(image: Image) -> str:
    return f"{image.alt} {_NOT_WORD.sub(' ', image.src)}"


RULE = ItemRule(
    id="A03",
    severity=Severity.ADVICE,
    title="Table or text as a picture",
    why="Text in a picture cannot be enlarged, read aloud, searched or checked by this linter.",
    fix="Write it as a Markdown table or as text in the record.",
    source="WCAG 2.2, success criterion 1.4.5",
    check=text_as_picture,
)
