"""D12: “best” or “most appropriate” with nothing to measure it by."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.wording import asking
from trainer.core.item import Item

_JUDGEMENT = re.compile(
    r"\b(?:best|most (?:appropriate|suitable|important|likely|accurate|correct)|preferred|ideal)\b",
    re.IGNORECASE,
)


def best_without_basis(item: Item, _context: Context) -> Iterator[Flaw]:
    found = _JUDGEMENT.search(asking(item.stem))
    if found and not item.references:
        yield Flaw(f"“{found.group(0)}” by what measure? The item names no reference", "stem")


RULE = ItemRule(
    id="D12",
    severity=Severity.ADVICE,
    title="Best, without a basis",
    why="A best answer needs somebody who ranks the answers: a guideline, a manual, a payer.",
    fix="Add the reference that ranks them, or ask “according to …”.",
    source="Haladyna et al. 2002, rule 6",
    check=best_without_basis,
)
