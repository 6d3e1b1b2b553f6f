"""S02: fewer or more options than the bank's single items usually have, or than make sense."""

from collections import Counter
from collections.abc import Iterator

from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.core.bank import Bank
from trainer.core.item import MultipleItem, SingleItem

_FEWEST = 3
_MOST = 6
_MOST_MULTIPLE = 8  # several keys leave room for more options before reading tires
_FEWEST_ITEMS_FOR_NORM = 5


def option_count(bank: Bank, _context: Context) -> Iterator[Flaw]:
    norm, share = _norm(bank)
    for item in bank:
        if not isinstance(item, SingleItem | MultipleItem):
            continue
        count = len(item.options)
        most = _MOST if isinstance(item, SingleItem) else _MOST_MULTIPLE
        if not _FEWEST <= count <= most:
            yield Flaw(f"{count} options; {_FEWEST} to {most} are usual", "options", item.id)
        elif isinstance(item, SingleItem) and norm and count != norm:
            message = f"{count} options; {share:.0%} of this bank's single items have {norm}"
            yield Flaw(message, "options", item.id)


def _norm(bank: Bank) -> tuple[int | None, float]:
    """The commonest number of options of single items and its share, if it is the majority's."""
    counts = Counter(len(item.options) for item in bank if isinstance(item, SingleItem))
    total = counts.total()
    if total < _FEWEST_ITEMS_FOR_NORM:
        return None, 0.0
    norm, items = counts.most_common(1)[0]
    return (norm, items / total) if items * 2 > total else (None, 0.0)


RULE = BankRule(
    id="S02",
    severity=Severity.WARNING,
    title="Unusual number of options",
    why="An odd number of options stands out on a form and changes the odds of a guess; the exams "
    "themselves keep to one number.",
    fix="Add a distractor that learners would fall for, or drop the one that nobody would.",
    source="Haladyna, Downing & Rodriguez (2002), rule 18",
    check=option_count,
)
