"""C04: a key that has more in common with the other options than any distractor has."""

from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.banks.lexicon import TRADE_WORDS
from trainer.banks.option_class import code_parts
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import codes
from trainer.banks.wording import root, roots
from trainer.core.item import Item, Option, SingleItem

_FEWEST_SHARED = 2
_CODE_RATIO = 1.25
# Prose shares words by chance, so there the key must lead clearly.
_PROSE_RATIO = 1.5
_PROSE_MARGIN = 2
_TRADE_ROOTS = frozenset(root(word) for word in TRADE_WORDS)


def convergence(item: Item, _context: Context) -> Iterator[Flaw]:
    """With several keys, likeness among keys is no cue; only single items are looked at."""
    if not isinstance(item, SingleItem):
        return
    in_codes = all(codes(option.text) for option in item.options)
    parts = {option.id: _elements(option, in_codes=in_codes) for option in item.options}
    uses = Counter(part for found in parts.values() for part in found)
    scores = {id_: sum(uses[part] - 1 for part in found) for id_, found in parts.items()}
    shared = sorted(part for part in parts.get(item.key, ()) if uses[part] > 1)
    rivals = [score for id_, score in scores.items() if id_ != item.key]
    if len(shared) < _FEWEST_SHARED or not _leads(scores[item.key], rivals, in_codes=in_codes):
        return
    found = ", ".join(f"“{_as_written(part, item)}”" for part in shared)
    message = f"the key shares most with the other options ({found}): "
    message += f"{scores[item.key]} meetings, the next option {max(rivals)}"
    yield Flaw(message, f"options.{item.key}")


def _elements(option: Option, *, in_codes: bool) -> frozenset[str]:
    return code_parts(option.text) if in_codes else roots(option.text) - _TRADE_ROOTS


def _leads(score: int, rivals: Sequence[int], *, in_codes: bool) -> bool:
    next_best = max(rivals, default=score)
    if in_codes:
        return score >= _CODE_RATIO * next_best
    return score >= next_best + _PROSE_MARGIN and score >= _PROSE_RATIO * next_best


def _as_written(part: str, item: SingleItem) -> str:
    """A root is no word; the key's own word is shown instead."""
    key = next(option for option in item.options if option.id == item.key)
    written = (word.strip(".,;:()").lower() for word in key.text.split())
    return next((word for word in written if root(word) == part), part)


RULE = ItemRule(
    id="C04",
    severity=Severity.WARNING,
    title="Convergence on the key",
    why="Distractors are made by changing the key, so the option with most parts in common is the "
    "key; with lists of codes it can be found without reading the case.",
    fix="Combine the parts evenly (two choices for each of two parts make four options), so that "
    "no option is the middle of the others.",
    source="NBME item-writing guide (2020), ch. 3 (convergence strategy)",
    check=convergence,
)
