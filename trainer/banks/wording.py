"""Words weighed: their roots, their rarity, and how hard a text is to read."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import log

from trainer.banks.lexicon import NEGATIVE_STEM, STOP_WORDS
from trainer.banks.text import CODE, lead_in, plain, words

_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables (ra·di·ol·o·gy), but one after the consonants that swallow the
# i (na·tion, pneu·mo·nia, rep·til·ian, as Merriam-Webster divides them).
_HIATUS = re.compile(r"(?<=[bdfhkmprvz])i[aou]|(?<=[a-z][fr])ie(?=rs?$)|eo(?=l|p)|ua(?=l|t)|uou")
_SILENT_E = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$")
_SENTENCE_END = re.compile(r"(?<=[.?!:;])\s+|\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)")
_SHORTEST_ROOT = 3
_TABLE_OR_QUOTE = re.compile(r"^\s*[|>].*$", re.MULTILINE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SUBORDINATE = re.compile(
    r"\b(?:when|if|because|that|who|whose|where|unless|although|since|while|until|for which)\b"
)
_NEGATIVE = re.compile(rf"\b(?<!at )(?:{'|'.join(sorted(NEGATIVE_STEM))})\b", re.IGNORECASE)


def root(word: str) -> str:
    """A word without its inflection, for comparing; not itself a word.

    Plurals after Harman's S-stemmer (“How effective is suffixing?”, JASIS 42(1), 1991), then the
    endings -ing, -ed and -ly after step 1b of Porter (“An algorithm for suffix stripping”,
    Program 14(3), 1980). Deliberately light: a cue that only a linguist sees is no cue.
    """
    short = _singular(word.lower().removesuffix("'s").removesuffix("’s"))
    for ending in ("ing", "ed", "ly"):
        rest = short.removesuffix(ending)
        if rest != short and len(rest) >= _SHORTEST_ROOT and _VOWELS.search(rest):
            return _undoubled(rest).removesuffix("e")
    bare = short.removesuffix("e")
    return bare if len(bare) >= _SHORTEST_ROOT else short


def _singular(word: str) -> str:
    if len(word) <= _SHORTEST_ROOT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word.removesuffix("s")


def _undoubled(word: str) -> str:
    """`billed` keeps its two l as Porter has it, `stopped` loses a p."""
    doubled = word[-1] == word[-2] and word[-1] not in "aeioulsz"
    return word[:-1] if doubled else word


def roots(text: str) -> frozenset[str]:
    """Roots of the content words of a text: no stop words, no codes, no single letters."""
    return frozenset(root(word) for word in words(text) if word not in STOP_WORDS and len(word) > 1)


@lru_cache(maxsize=8)
def document_frequency(texts: tuple[str, ...]) -> Mapping[str, int]:
    """In how many of the texts each root occurs."""
    return Counter(found for text in texts for found in roots(text))


def idf(word_root: str, texts: tuple[str, ...]) -> float:
    """Inverse document frequency of a root, ln(N / n).

    Spärck Jones, “A statistical interpretation of term specificity”, J. Doc. 28(1), 1972. A root
    that occurs nowhere counts as if it stood in one text.
    """
    return log(len(texts) / max(1, document_frequency(texts).get(word_root, 0)))


def sentences(text: str) -> list[str]:
    """Sentences, clauses after a semicolon or colon, and list entries, without markup."""
    parts = (plain(part) for part in _SENTENCE_END.split(text))
    return [part for part in parts if part]


def prose(markdown: str) -> str:
    """What an item's author wrote as running text: no tables, quotations or codes."""
    return CODE.sub(" ", _QUOTED.sub(" ", _TABLE_OR_QUOTE.sub("", markdown)))


def syllables(word: str) -> int:
    """Syllables of an English word by its vowel groups; right for most, never below one."""
    letters = word.lower()
    spoken = _SILENT_E.sub("", letters) or letters
    return max(1, len(_VOWELS.findall(spoken)) + len(_HIATUS.findall(spoken)))


def grade_level(text: str) -> float:
    """Flesch–Kincaid grade: 0.39 words/sentence + 11.8 syllables/word - 15.59.

    Kincaid, Fishburne, Rogers & Chissom, Research Branch Report 8-75, Naval Technical Training
    Command, 1975. A text without words has grade 0.
    """
    counted = [found for found in map(words, sentences(text)) if found]
    total = sum(map(len, counted))
    if not total:
        return 0.0
    spoken = sum(syllables(word) for sentence in counted for word in sentence)
    return 0.39 * total / len(counted) + 11.8 * spoken / total - 15.59


def asking(stem: str) -> str:
    """The sentence that asks: the last with a question mark, else the last of all."""
    questions = [part for part in sentences(stem) if part.endswith("?")]
    return questions[-1] if questions else lead_in(stem)


def negative_word(stem: str) -> str | None:
    """The word that turns the question round (“which is not …”), as written.

    A “why … not” asks about a negative fact and a “not” in a subordinate clause belongs to the
    case; neither turns the question round.
    """
    question = asking(stem)
    if re.match(r"(?:why|how|if|when)\b", question, re.IGNORECASE):
        return None
    main = _SUBORDINATE.split(question, maxsplit=1)[0]
    found = _NEGATIVE.search(main)
    return found.group(0) if found else None
