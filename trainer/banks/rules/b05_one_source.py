"""B05: a subtopic whose items all rest on one source or all have the same key.

The table of rules also names “one author”: a bank knows its authors but not who wrote which item,
and a linter that counts people would soon be used to rank them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trainer.banks.answers import solution
from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.banks.text import folded
from trainer.core.bank import Bank
from trainer.core.item import Item, SingleItem

_FEWEST_ITEMS = 10


def one_source(bank: Bank, _context: Context) -> Iterator[Flaw]:
    by_subtopic: defaultdict[str, list[Item]] = defaultdict(list)
    for item in bank:
        by_subtopic[item.subtopic].append(item)
    for subtopic, items in sorted(by_subtopic.items()):
        if len(items) >= _FEWEST_ITEMS:
            yield from _same_source(subtopic, items)
            yield from _same_key(subtopic, items)


def _same_source(subtopic: str, items: Sequence[Item]) -> Iterator[Flaw]:
    """One book is fine where it is read in many places; a few passages of it are not."""
    cited = {(r.source, folded(r.section)) for item in items for r in item.references}
    sources = {folded(source) for source, _ in cited}
    few = len(cited) * 2 < len(items)
    if few and len(sources) == 1 and all(item.references for item in items):
        source = items[0].references[0].source
        passages = f"{len(cited)} passage{'s' * (len(cited) != 1)}"
        message = f"all {len(items)} items of {subtopic} rest on {passages} of “{source}”"
        yield Flaw(message, "references")


def _same_key(subtopic: str, items: Sequence[Item]) -> Iterator[Flaw]:
    keys = [" ".join(solution(item)) for item in items if isinstance(item, SingleItem)]
    if len(keys) >= _FEWEST_ITEMS and len(set(map(folded, keys))) == 1:
        yield Flaw(f"all {len(keys)} single items of {subtopic} have the key “{keys[0]}”", "key")


RULE = BankRule(
    id="B05",
    severity=Severity.ADVICE,
    title="One source or one key for a whole subtopic",
    why="A subtopic seen through a single source inherits its blind spots; a key that is always "
    "the same is soon learned without the rule.",
    fix="Add items from another source, and items for which another answer is right.",
    source="house rule",
    check=one_source,
)
