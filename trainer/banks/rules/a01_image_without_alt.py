"""A01: an image without a text in its place, or whose text gives the key away."""

import re
from collections.abc import Iterator
from itertools import chain

from trainer.banks.answers import Answer, answers
from trainer.banks.images import images
from trainer.banks.records import record_sections
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.similarity import content_words
from trainer.banks.text import shown_after_answering, shown_before_answering
from trainer.core.item import Item, MatchingItem

_SAYS_NOTHING = re.compile(
    r"(?:the\s+|an?\s+)?(?:image|picture|figure|photo|graphic|diagram|screenshot|img|alt)?[\s\d.:#-]*"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp)",
    re.IGNORECASE,
)


def image_without_alt(item: Item, context: Context) -> Iterator[Flaw]:
    before = list(chain(shown_before_answering(item), record_sections(item, context)))
    for field, text in (*before, *shown_after_answering(item)):
        for image in images(text):
            if _SAYS_NOTHING.fullmatch(image.alt):
                yield Flaw(f"the alt text “{image.alt}” of {image.src} describes nothing", field)
    for field, text in before:
        # An option that is a picture must be named by what it shows.
        if not field.startswith("options."):
            for image in images(text):
                yield from _give_away(image.alt, field, item)


def _give_away(alt: str, field: str, item: Item) -> Iterator[Flaw]:
    words = content_words(alt)
    named = [answer for answer in _candidates(item) if _names(words, answer.text)]
    # A legend that names wrong answers as well gives nothing away.
    if named and all(answer.right for answer in named):
        yield Flaw(f"the alt text “{alt}” names the key “{named[0].text}”", field)


def _candidates(item: Item) -> tuple[Answer, ...]:
    """What an alt text must not single out; in matching, an option that some prompt waits for."""
    if isinstance(item, MatchingItem):
        matched = {prompt.match for prompt in item.prompts}
        return tuple(Answer("", o.text, right=o.id in matched) for o in item.options)
    return answers(item)


def _names(words: frozenset[str], text: str) -> bool:
    wanted = content_words(text)
    return bool(wanted) and wanted <= words


RULE = ItemRule(
    id="A01",
    severity=Severity.ERROR,
    title="Image without alt text, or with the key in it",
    why="Who cannot see the picture gets nothing to answer from, or hears the answer.",
    fix="Describe between the brackets of ![…](…) what is seen and needed, not what it is called.",
    source="WCAG 2.2, success criterion 1.1.1",
    check=image_without_alt,
)
