"""D07: a long stem of which options, reasons and rationale use little."""

from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import shown_after_answering, shown_before_answering, words
from trainer.banks.wording import prose, roots
from trainer.core.item import Item

_LONGEST = 60
_LEAST_USED = 0.30


def window_dressing(item: Item, _context: Context) -> Iterator[Flaw]:
    """A case's stem leans on its record and is left alone."""
    length = len(words(prose(item.stem)))
    if item.case or length <= _LONGEST:
        return
    told = roots(prose(item.stem))
    after = (text for _, text in shown_after_answering(item))
    options = (text for field, text in shown_before_answering(item) if field != "stem")
    used = told & frozenset().union(*map(roots, (*options, *after)))
    share = len(used) / len(told) if told else 1.0
    if share < _LEAST_USED:
        message = f"{length} words, but options and rationale come back to {share:.0%} of them"
        yield Flaw(message, "stem")


RULE = ItemRule(
    id="D07",
    severity=Severity.ADVICE,
    title="Stem longer than its task",
    why="Words that decide nothing cost reading time and favour fast readers.",
    fix="Strike what neither leads to the key nor tempts to a distractor, or explain its part in "
    "the rationale.",
    source="Haladyna et al. 2002, rules 13 and 16",
    check=window_dressing,
)
