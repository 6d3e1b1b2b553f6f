"""What an option is: codes, modifiers, a number, a term, a sentence, or none of what is asked."""

import re
from collections.abc import Sequence
from enum import StrEnum

from trainer.banks.quantity import calendar_date, quantity
from trainer.banks.text import CODE, codes, plain, words

# What may stand between codes without making them prose.
_CODE_WORDS = frozenset(
    """
    alone along and as by each first for line lines modifier modifiers of on only or per plus
    second secondary then times twice unit units with without x
    """.split()
)
_MODIFIER = re.compile(
    r"(?:[Mm]odifiers?\s+)?-?(?:[A-Z0-9]{2}(?:,? (?:and |with )?|[-,/]\s?|$)){1,4}"
)
_NOTHING = re.compile(r"(?:no|none|nothing|neither|not)\b", re.IGNORECASE)
_TERM_WORDS = 3
_SENTENCE_WORDS = 8
_NOTHING_WORDS = 8


class OptionClass(StrEnum):
    """Classes that learners tell apart at a glance."""

    CODES = "a code set"
    MODIFIERS = "a modifier"
    NUMBER = "a number"
    TERM = "a term"
    PHRASE = "a phrase"
    SENTENCE = "a sentence"
    NOTHING = "an empty answer"


# A phrase passes for a long term or a short sentence, so it stands out from neither.
_ALIKE = frozenset(
    {
        frozenset({OptionClass.TERM, OptionClass.PHRASE}),
        frozenset({OptionClass.PHRASE, OptionClass.SENTENCE}),
    }
)


def option_classes(texts: Sequence[str]) -> tuple[OptionClass, ...]:
    """The class of each option; two characters are modifiers only where all options are."""
    modifiers = [bool(_MODIFIER.fullmatch(plain(text).strip())) for text in texts]
    if all(modifiers):
        return (OptionClass.MODIFIERS,) * len(texts)
    return tuple(option_class(text) for text in texts)


def option_class(text: str) -> OptionClass:
    """The class of an option by itself."""
    shown = plain(text)
    count = len(words(shown))
    if _NOTHING.match(shown) and count <= _NOTHING_WORDS:
        return OptionClass.NOTHING
    if codes(shown) and all(word in _CODE_WORDS for word in _beside_codes(shown)):
        return OptionClass.CODES
    if calendar_date(shown) or (quantity(shown) and count <= _TERM_WORDS):
        return OptionClass.NUMBER
    if count <= _TERM_WORDS:
        return OptionClass.TERM
    return OptionClass.SENTENCE if count >= _SENTENCE_WORDS else OptionClass.PHRASE


def _beside_codes(text: str) -> list[str]:
    rest = re.sub(r"(?<!\w)-?[A-Z0-9]{2}(?!\w)", " ", CODE.sub(" ", text))
    return words(rest)


def alike(one: OptionClass, other: OptionClass) -> bool:
    """Whether neither option stands out beside the other; an empty answer never does."""
    if OptionClass.NOTHING in (one, other) or one is other:
        return True
    return frozenset({one, other}) in _ALIKE


def code_parts(text: str) -> frozenset[str]:
    """Codes of an option and the modifiers on them, each once: what options can share."""
    parts = (code.split("-") for code in codes(text))
    return frozenset(
        part if place == 0 else f"-{part}" for pieces in parts for place, part in enumerate(pieces)
    )


def entry_count(text: str) -> int:
    """How many codes an option asks for; 0 where it is not made of codes."""
    return len(codes(text)) if option_class(text) is OptionClass.CODES else 0
