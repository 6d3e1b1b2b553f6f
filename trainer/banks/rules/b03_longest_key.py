"""B03: keys that are the longest option more often than chance allows."""

from collections.abc import Iterator
from statistics import fmean

from trainer.banks.chance import binomial_tail
from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.banks.text import choices, plain, words
from trainer.core.bank import Bank
from trainer.core.item import SingleItem

_ALPHA = 0.01
_FEWEST_ITEMS = 20


def longest_key(bank: Bank, _context: Context) -> Iterator[Flaw]:
    items = [item for item in bank if isinstance(item, SingleItem) and _worded(item)]
    if len(items) < _FEWEST_ITEMS:
        return
    longest = sum(map(_key_is_longest, items))
    # The mean of unequal chances makes the test stricter on itself, never on the bank: a sum of
    # unequal trials spreads less than the binomial (Hoeffding 1956).
    chance = fmean(1 / len(item.options) for item in items)
    if binomial_tail(longest, len(items), chance) < _ALPHA:
        yield Flaw(
            f"the key is the longest option in {longest} of {len(items)} worded items "
            f"({longest / len(items):.0%}; chance {chance:.0%})",
            "options",
        )


def _worded(item: SingleItem) -> bool:
    """Whether length can be seen at all: the length of codes and sums is given by the subject."""
    return len(item.options) > 1 and all(words(option.text) for option in item.options)


def _key_is_longest(item: SingleItem) -> bool:
    split = choices(item)
    if split is None or not split.keys:
        return False
    longest = max((len(plain(option.text)) for option in split.distractors), default=0)
    return len(plain(split.keys[0].text)) > longest


RULE = BankRule(
    id="B03",
    severity=Severity.WARNING,
    title="The key is too often the longest",
    why="Writers hedge what is right and keep what is wrong short; “pick the longest” then passes, "
    "and shuffling does not hide it.",
    fix="Shorten keys and move their conditions into the stem, or write distractors as carefully.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna, Downing & Rodriguez (2002), rule 24",
    check=longest_key,
)
