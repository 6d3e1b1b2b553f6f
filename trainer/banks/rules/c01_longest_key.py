"""C01: a key that is longer than every distractor, in characters or in codes."""

from collections.abc import Iterator

from trainer.banks.option_class import entry_count
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import Choices, choices, plain
from trainer.core.item import Item

_RATIO = 1.25
_CHARACTERS = 15


def longest_key(item: Item, _context: Context) -> Iterator[Flaw]:
    """With several keys, the shortest of them counts: all must stand out to give them away."""
    picked = choices(item)
    if picked is None or not (picked.keys and picked.distractors):
        return
    counts = {option.id: entry_count(option.text) for option in picked.options}
    if all(counts.values()):
        yield from _flaw(picked, counts, 1, "codes")
    else:
        lengths = {option.id: len(plain(option.text)) for option in picked.options}
        yield from _flaw(picked, lengths, _CHARACTERS, "characters")


def _flaw(picked: Choices, sizes: dict[str, int], least: int, unit: str) -> Iterator[Flaw]:
    key = min(picked.keys, key=lambda option: sizes[option.id])
    longest = max(sizes[option.id] for option in picked.distractors)
    size = sizes[key.id]
    if size > _RATIO * longest and size >= longest + least:
        message = f"the key has {size} {unit}, the longest distractor {longest}"
        yield Flaw(message, f"options.{key.id}")


RULE = ItemRule(
    id="C01",
    severity=Severity.WARNING,
    title="Key is longest",
    why="Authors qualify the key until nobody can contest it, and learners have noticed: in one "
    "public bank “pick the longest” scores 56 percent.",
    fix="Move the key's qualifications into the rationale, or detail the distractors as much.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 24",
    check=longest_key,
)
