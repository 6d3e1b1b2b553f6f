"""S10: what imports and word processors leave in a text: tags, entities, broken characters."""

import re
from collections.abc import Iterator
from itertools import chain

from trainer.banks.records import record_sections_once
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import shown_after_answering, shown_before_answering
from trainer.core.item import Item

_SHOWN = 3
_URL = re.compile(r"https?://\S+")
_TAGS = "p|br|hr|b|i|u|s|em|strong|span|div|font|sup|sub|ul|ol|li|table|tr|td|th|tbody|img|a|h[1-6]"
_DEBRIS = (
    ("HTML tag", re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)),
    ("HTML entity", re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)),
    # UTF-8 read as Windows-1252: é becomes Ã©, ’ becomes â€™, § becomes Â§.
    (
        "wrongly decoded character",
        re.compile(r"Ã[\u0080-\u00bf]|â€.?|Â[\u00a0-\u00bf]|ï»¿|ðŸ|\ufffd"),
    ),
    ("lost quotation mark", re.compile(r"[a-z]\?[a-z]+|[\u0091-\u0094]")),
    (
        "invisible character",
        re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u0090\u0095-\u009f\u00ad\u200b\ufeff]"),
    ),
    ("escape sequence", re.compile(r"\\[nrt](?![a-z])|\\u[0-9a-f]{4}", re.IGNORECASE)),
)


def text_debris(item: Item, context: Context) -> Iterator[Flaw]:
    fields = chain(
        shown_before_answering(item),
        shown_after_answering(item),
        record_sections_once(item, context),
    )
    for field, text in fields:
        bare = _URL.sub(" ", text)
        for name, pattern in _DEBRIS:
            found = list(dict.fromkeys(match.group(0) for match in pattern.finditer(bare)))
            if found:
                yield Flaw(f"{name}: {', '.join(map(_visible, found[:_SHOWN]))}", field)


def _visible(found: str) -> str:
    return f"“{found}”" if found.isprintable() else f"U+{ord(found[0]):04X}"


RULE = ItemRule(
    id="S10",
    severity=Severity.WARNING,
    title="Debris in the text",
    why="Left-over tags and broken characters make a learner stumble and doubt the rest.",
    fix="Type the character itself, and Markdown in place of HTML.",
    source="NBME questionnaire in BMC Med Educ 2016, table 1: orthography",
    check=text_debris,
)
