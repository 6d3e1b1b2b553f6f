"""R01: no rationale, or one too short to explain anything."""

from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import plain
from trainer.core.item import Item

_SHORTEST = 40


def no_rationale(item: Item, _context: Context) -> Iterator[Flaw]:
    length = len(plain(item.rationale))
    if length < _SHORTEST:
        yield Flaw(f"{length} characters; at least {_SHORTEST} are needed", "rationale")


RULE = ItemRule(
    id="R01",
    severity=Severity.ERROR,
    title="No rationale for the key",
    why="Most of the learning happens after the answer; without a reason only a letter is learned.",
    fix="Say which fact of the question decides, which rule applies to it, and what to remember.",
    source="house rule; feedback research in Shute (2008), Rev Educ Res 78: 153",
    check=no_rationale,
)
