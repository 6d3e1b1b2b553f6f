"""B01: keys that stand in one place more often than chance would put them there."""

from collections import Counter
from collections.abc import Iterator
from string import ascii_uppercase

from trainer.banks.answers import key_place
from trainer.banks.chance import chi_square, chi_square_critical
from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.core.bank import Bank
from trainer.core.item import SingleItem

_ALPHA = 0.01
_FEWEST_ITEMS = 40


def key_position(bank: Bank, _context: Context) -> Iterator[Flaw]:
    """For each number of options by itself: chance is another with three than with four."""
    groups: dict[int, Counter[int]] = {}
    for item in bank:
        # Without shuffling the options have an order of their own, and so has the key.
        if isinstance(item, SingleItem) and item.shuffle:
            place = key_place(item)
            if place is not None:
                groups.setdefault(len(item.options), Counter())[place] += 1
    for options, places in sorted(groups.items()):
        if places.total() >= _FEWEST_ITEMS and options > 1:
            yield from _biased([places[place] for place in range(options)])


def _biased(counts: list[int]) -> Iterator[Flaw]:
    statistic = chi_square(counts)
    limit = chi_square_critical(_ALPHA, len(counts) - 1)
    if statistic <= limit:
        return
    told = ", ".join(f"{ascii_uppercase[at]} {count}" for at, count in enumerate(counts))
    share = max(counts) / sum(counts)
    yield Flaw(
        f"of {sum(counts)} items with {len(counts)} options the key is {told} times; "
        f"always guessing {ascii_uppercase[counts.index(max(counts))]} scores {share:.0%} "
        f"(χ² = {statistic:.1f}, limit {limit:.1f} at α = {_ALPHA})",
        "key",
    )


RULE = BankRule(
    id="B01",
    severity=Severity.WARNING,
    title="Key position bias",
    why="Writers favour a place for the key. The page shuffles it away, but a printed form or an "
    "export into another system keeps the written order.",
    fix="Sort the options of each item by length, code or alphabet; the key then falls anywhere.",
    source="Haladyna, Downing & Rodriguez (2002), rule 20; NBME item-writing guide (2020)",
    check=key_position,
)
