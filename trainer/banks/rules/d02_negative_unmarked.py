"""D02: the word that turns the question round is written like any other."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.wording import negative_word
from trainer.core.item import Item

_MARKED = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")


def negative_unmarked(item: Item, _context: Context) -> Iterator[Flaw]:
    word = negative_word(item.stem)
    if word and not word.isupper() and not _is_bold(word, item.stem):
        yield Flaw(f"“{word}” is neither bold nor in capitals", "stem")


def _is_bold(word: str, stem: str) -> bool:
    return any(word in found.group(2).split() for found in _MARKED.finditer(stem))


RULE = ItemRule(
    id="D02",
    severity=Severity.WARNING,
    title="Negative word not emphasised",
    why="Overlooking one short word is not what the item should measure.",
    fix="Write it in bold (`**not**`) or in capitals, if the question must be negative at all.",
    source="Haladyna et al. 2002, rule 17",
    check=negative_unmarked,
)
