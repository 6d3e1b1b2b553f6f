"""S07: two items that ask nearly the same and are not yet known as enemies."""

from collections.abc import Iterator

from trainer.banks.records import Asked, all_asked
from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.banks.similarity import (
    alike_pairs,
    content_words,
    first_with_text,
    token_set_ratio,
)
from trainer.banks.text import lead_in
from trainer.core.bank import Bank

_SAME_TASK = 0.6  # of the lead-ins' words; one note may carry several different tasks


def near_duplicate(bank: Bank, context: Context) -> Iterator[Flaw]:
    """Reported at the later item, so once a pair; equal stems are left to S06."""
    asked = all_asked(context)
    texts = tuple(one.text for one in asked)
    first = first_with_text(texts)
    for pair in alike_pairs(texts):
        earlier, later = asked[pair.earlier], asked[pair.later]
        if later.bank is not bank or first[pair.earlier] == first[pair.later]:
            continue
        if _kept_apart(earlier, later) or not _same_task(earlier, later):
            continue
        message = f"{pair.likeness:.0%} like {earlier.origin}"
        yield Flaw(f"{message}; if both stay: enemies: [{earlier.item.id}]", "stem", later.item.id)


def _kept_apart(earlier: Asked, later: Asked) -> bool:
    """Whether the pair never meets by chance: enemies, or items of one case."""
    one, other = earlier.item, later.item
    if other.id in one.enemies or one.id in other.enemies:
        return True
    return one.case is not None and one.case == other.case and earlier.bank is later.bank


def _same_task(earlier: Asked, later: Asked) -> bool:
    return token_set_ratio(_task(earlier), _task(later)) >= _SAME_TASK


def _task(asked: Asked) -> frozenset[str]:
    """The words of the lead-in, looked for in the last paragraph: a quoted note may end before."""
    return content_words(lead_in(asked.item.stem.rstrip().rsplit("\n\n", 1)[-1]))


RULE = BankRule(
    id="S07",
    severity=Severity.WARNING,
    title="Near-duplicate",
    why="Two nearly equal items on one form give each other away and test one thing twice.",
    fix="Keep the better one, or name the other under `enemies` so that no form holds both.",
    source="Haladyna, Downing & Rodriguez (2002), rule 4",
    check=near_duplicate,
)
