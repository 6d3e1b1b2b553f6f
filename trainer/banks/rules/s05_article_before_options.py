"""S05: a lead-in that ends in “a” or “an”, which fits only some of the options."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import lead_in
from trainer.core.item import Item, MultipleItem, SingleItem

# Lower case only: “Part A:” and “hepatitis A:” name something. The blank's underscores are markup
# and already gone.
_ARTICLE = re.compile(r"(?<![\w/.])(?P<article>an?)[\s.:…-]*$")


def article_before_options(item: Item, _context: Context) -> Iterator[Flaw]:
    if not isinstance(item, SingleItem | MultipleItem):
        return
    found = _ARTICLE.search(lead_in(item.stem))
    if found:
        yield Flaw(f"the lead-in ends in “{found['article']}” right before the options", "stem")


RULE = ItemRule(
    id="S05",
    severity=Severity.WARNING,
    title="Stem ends with an article",
    why="“a” or “an” before the options tells which of them begin with a vowel.",
    fix="Ask a full question, write “a/an”, or move the article into each option.",
    source="NBME item-writing guide (2020), ch. 3: grammatical cues",
    check=article_before_options,
)
