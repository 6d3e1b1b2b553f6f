"""D09: capitals that stand for words which are nowhere spelled out."""

import re
from collections.abc import Iterator

from trainer.banks.lexicon import EMPHASISED, GLOSSARY, STOP_WORDS
from trainer.banks.option_class import OptionClass, option_classes
from trainer.banks.records import record_sections
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import CODE, plain, shown_before_answering, shown_options, words
from trainer.banks.wording import asking, prose
from trainer.core.item import Item

# Not inside names such as CMS-1500, ICD-10-CM or E/M.
_CAPITALS = re.compile(r"(?<![\w/&.’'-])([A-Z]{2,6})(?:s|'s|’s)?(?![\w/&]|-\w)")
_ROMAN = re.compile(r"[IVX]+")
_ASKS_MEANING = re.compile(r"\b(?:stands? for|abbreviat\w+|acronyms?|short for)\b", re.IGNORECASE)
_MODIFIER_LENGTH = 2
_FEWEST_INITIALS = 3  # the initials of two words in a row are found in any text


def undefined_abbreviation(item: Item, context: Context) -> Iterator[Flaw]:
    """Spelled out anywhere in item or record is enough; once per item is said once."""
    if _ASKS_MEANING.search(asking(item.stem)):
        return
    everything = " ".join(_all_texts(item, context))
    seen: set[str] = set()
    for field, text in _examined(item):
        for found in _CAPITALS.findall(prose(text)):
            if found in seen or _is_known(found, everything) or _is_expanded(found, everything):
                continue
            seen.add(found)
            yield Flaw(f"“{found}” is nowhere spelled out", field)


def _examined(item: Item) -> Iterator[tuple[str, str]]:
    """What a learner reads before answering, modifiers as options aside."""
    options = shown_options(item)
    classes = set(option_classes([option.text for option in options]))
    for field, text in shown_before_answering(item):
        if classes != {OptionClass.MODIFIERS} or not field.startswith("options."):
            yield field, text


def _all_texts(item: Item, context: Context) -> Iterator[str]:
    for _, text in (*shown_before_answering(item), *record_sections(item, context)):
        yield plain(text)
    yield plain(item.rationale)


def _is_known(found: str, everything: str) -> bool:
    if found in GLOSSARY or found.lower() in EMPHASISED or _ROMAN.fullmatch(found):
        return True
    return len(found) == _MODIFIER_LENGTH and "modifier" in everything.lower()


def _is_expanded(found: str, text: str) -> bool:
    """Whether the text says what the letters stand for.

    Either in brackets, `Long Form (LF)` or `LF (long form)`, or by words in a row whose initials
    are the letters: “a certified registered nurse anesthetist is abbreviated CRNA”.
    """
    letters = re.escape(found)
    if re.search(rf"[a-z]\)? \({letters}s?\)|\b{letters}s? \([A-Za-z][a-z]+[ a-z-]*", text):
        return True
    if len(found) < _FEWEST_INITIALS:
        return False
    spoken = [word for word in words(CODE.sub(" ", text).replace("-", " ")) if len(word) > 1]
    full = "".join(word[0] for word in spoken)
    content = "".join(word[0] for word in spoken if word not in STOP_WORDS)
    return found.lower() in full or found.lower() in content


RULE = ItemRule(
    id="D09",
    severity=Severity.WARNING,
    title="Abbreviation not spelled out",
    why="POS is a place of service to one reader and a point of sale to another; unless the item "
    "asks for the abbreviation, it should not hang on it.",
    fix="Spell it out at its first use: “advance beneficiary notice (ABN)”.",
    source="Haladyna et al. 2002, rule 8",
    check=undefined_abbreviation,
)
