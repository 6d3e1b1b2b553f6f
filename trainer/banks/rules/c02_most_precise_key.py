"""C02: a key with more numbers, qualifiers and parentheses than any distractor."""

import re
from collections.abc import Iterator

from trainer.banks.lexicon import QUALIFIERS
from trainer.banks.option_class import OptionClass, option_class
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import CODE, choices, words
from trainer.core.item import Item

_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*")
_TEXTS = (OptionClass.TERM, OptionClass.PHRASE, OptionClass.SENTENCE)
_MARGIN = 2  # one qualifier more is chance; two are a habit


def most_precise_key(item: Item, _context: Context) -> Iterator[Flaw]:
    """Options of codes or numbers are left alone: they are precise by nature."""
    picked = choices(item)
    if picked is None or not (picked.keys and picked.distractors):
        return
    if any(option_class(option.text) not in _TEXTS for option in picked.options):
        return
    most = max(len(_details(option.text)) for option in picked.distractors)
    for key in picked.keys:
        details = _details(key.text)
        if len(details) >= most + _MARGIN:
            found = ", ".join(f"“{detail}”" for detail in details)
            message = f"the key is pinned down {len(details)} times ({found}), no distractor "
            yield Flaw(f"{message}more than {most}", f"options.{key.id}")


def _details(text: str) -> list[str]:
    numbers = _NUMBER.findall(CODE.sub(" ", text))
    qualifiers = [word for word in words(text) if word in QUALIFIERS]
    return numbers + qualifiers + ["(…)"] * text.count("(")


RULE = ItemRule(
    id="C02",
    severity=Severity.ADVICE,
    title="Key most precise",
    why="A statement with numbers, conditions and exceptions sounds true, whoever reads it.",
    fix="State key and distractors at the same level of detail.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 28d",
    check=most_precise_key,
)
