"""B06: an item that a large part of the learners have lately seen."""

from collections.abc import Iterator

from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.core.bank import Bank

_MOST = 0.30


def over_exposed(bank: Bank, context: Context) -> Iterator[Flaw]:
    for item in bank:
        share = context.exposures.get(item.id, 0.0)
        if share > _MOST:
            message = f"{share:.0%} of the learners saw it in the last 30 days; {_MOST:.0%} is much"
            yield Flaw(message, "", item.id)


RULE = BankRule(
    id="B06",
    severity=Severity.ADVICE,
    title="Over-exposed item",
    why="What many have seen is passed on and remembered, so the item measures acquaintance with "
    "itself and gets easier by the week.",
    fix="Write siblings for its subtopic and difficulty, or rest the item for a while.",
    source="exposure control in adaptive testing, Sympson & Hetter (1985)",
    check=over_exposed,
)
