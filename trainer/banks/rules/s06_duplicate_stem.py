"""S06: a stem that another item already has, in this bank or in any other."""

from collections.abc import Iterator

from trainer.banks.records import all_asked
from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.banks.similarity import first_with_text
from trainer.core.bank import Bank


def duplicate_stem(bank: Bank, context: Context) -> Iterator[Flaw]:
    """Reported at the later item, so once a pair."""
    asked = all_asked(context)
    for later, first in zip(asked, first_with_text(tuple(a.text for a in asked)), strict=True):
        if later.bank is bank and asked[first] is not later:
            yield Flaw(f"asks word for word what {asked[first].origin} asks", "stem", later.item.id)


RULE = BankRule(
    id="S06",
    severity=Severity.ERROR,
    title="Duplicate stem",
    why="The same question twice on one form looks careless, and its statistics are split in two.",
    fix="Delete the later item, or let it ask something else.",
    source="house rule, from banks that met in an import",
    check=duplicate_stem,
)
