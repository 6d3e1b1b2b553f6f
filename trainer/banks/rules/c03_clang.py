"""C03: a rare word of the stem that comes back in the key and in no distractor."""

from collections.abc import Iterator
from math import log

from trainer.banks.lexicon import TRADE_WORDS
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, words
from trainer.banks.wording import document_frequency, idf, root, roots
from trainer.core.item import Item, Option

_SHORTEST = 4
_RARE = log(20)  # in at most one stem of twenty
_FEW = 2  # in a small bank, one or two stems are rare enough


def clang(item: Item, context: Context) -> Iterator[Flaw]:
    """Where a distractor echoes as much of the stem, in other words, the echo misleads nobody."""
    picked = choices(item)
    if picked is None:
        return
    elsewhere = frozenset().union(*(roots(option.text) for option in picked.distractors))
    if not any(set(_echoes(item.stem, key)) - elsewhere for key in picked.keys):
        return  # before the costly look at all stems of all banks
    stems = tuple(other.stem for other in context.items)
    heard = {o.id: _rare(_echoes(item.stem, o), stems) for o in picked.options}
    most = max((len(heard[option.id]) for option in picked.distractors), default=0)
    for key in picked.keys:
        own = [word for word_root, word in heard[key.id].items() if word_root not in elsewhere]
        if own and len(heard[key.id]) > most:
            found = ", ".join(f"“{word}”" for word in own)
            yield Flaw(f"{found} of the stem is echoed by the key only", f"options.{key.id}")


def _echoes(stem: str, option: Option) -> dict[str, str]:
    """Root → word as written, of the option's telling words that the stem has too."""
    asked = roots(stem)
    return {
        root(word): word
        for word in words(option.text)
        if len(word) >= _SHORTEST and word not in TRADE_WORDS and root(word) in asked
    }


def _rare(echoes: dict[str, str], stems: tuple[str, ...]) -> dict[str, str]:
    uses = document_frequency(stems)
    return {
        word_root: word
        for word_root, word in echoes.items()
        if uses.get(word_root, 0) <= _FEW or idf(word_root, stems) >= _RARE
    }


RULE = ItemRule(
    id="C03",
    severity=Severity.WARNING,
    title="Word of the stem repeated in the key only",
    why="Who knows nothing of the matter looks for the option that sounds like the question.",
    fix="Use another word in the stem, or let a tempting distractor echo it as well.",
    source="NBME item-writing guide (2020), ch. 3 (word repeats); Haladyna et al. 2002, rule 28b",
    check=clang,
)
