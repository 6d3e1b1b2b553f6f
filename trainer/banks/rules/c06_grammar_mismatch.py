"""C06: an option that does not fit the lead-in's article or number."""

import re
from collections.abc import Iterator
from itertools import takewhile

from trainer.banks.lexicon import SINGULAR_S, STOP_WORDS
from trainer.banks.option_class import entry_count
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import choices, plain, words
from trainer.banks.wording import asking
from trainer.core.item import Item, Option

_COMPLETION = re.compile(r"\b(a|an|is|was|are|were)$", re.IGNORECASE)
_BLANK_END = re.compile(r"[\s_:.…-]+$")
_ONE_CODE = re.compile(r"\bwhich (?:[\w-]+ ){0,3}code (?!or\b|and\b)", re.IGNORECASE)
_MANY_CODES = re.compile(r"(?<!code or )(?<!codes or )\bcodes\b", re.IGNORECASE)
# Sound decides, not spelling: a unit, a uterus, an hour, an MRI, an 80-year-old.
_AN = re.compile(r"[aeio]|u(?!ni|s[aeiu]|r[eio]|te)|hour|hono|heir|8|11\b|18\b", re.IGNORECASE)
_A_AFTER_ALL = re.compile(r"eu|on(?:e|ce)\b", re.IGNORECASE)
_SPELLED_OUT = re.compile(r"[A-Z]{2,}\b")
_LETTERS_WITH_AN = "AEFHILMNORSX"
_TERM_WORDS = 3
_ARTICLES = frozenset({"a", "an", "the"})


def grammar_mismatch(item: Item, _context: Context) -> Iterator[Flaw]:
    picked = choices(item)
    if picked is None:
        return
    question = _BLANK_END.sub("", asking(item.stem))
    completion = _COMPLETION.search(question)
    if completion:
        link = completion.group(1).lower()
        for option in picked.options:
            if not _completes(link, option):
                message = f"“… {link}” does not go on with “{plain(option.text)}”"
                yield Flaw(message, f"options.{option.id}")
    else:
        yield from _code_numbers(question, picked.options)


def _completes(link: str, option: Option) -> bool:
    if link in ("a", "an"):
        return _article(plain(option.text)) == link
    found = words(option.text)
    if len(found) > _TERM_WORDS or len(found) != len(option.text.split()) or "and" in found:
        return True
    plural = _looks_plural(_head(found))
    return plural is None or plural == (link in ("are", "were"))


def _head(found: list[str]) -> str:
    """The noun that decides: “removal” in “the removal of stones”."""
    noun = list(takewhile(lambda word: word not in STOP_WORDS - _ARTICLES, found))
    return noun[-1] if noun else ""


def _article(text: str) -> str:
    if _SPELLED_OUT.match(text):
        return "an" if text[0] in _LETTERS_WITH_AN else "a"
    return "an" if _AN.match(text) and not _A_AFTER_ALL.match(text) else "a"


def _looks_plural(word: str) -> bool | None:
    """None where the ending does not tell: bronchi are several, a lesion's pus is not."""
    if word in SINGULAR_S or word.endswith(("ss", "us", "is")):
        return False
    if word.endswith(("s", "ae")):
        return True
    return None if not word or word.endswith(("i", "a")) else False


def _code_numbers(question: str, options: tuple[Option, ...]) -> Iterator[Flaw]:
    """“Which codes” strikes options of one code; “which code is” strikes lists."""
    counts = {option.id: entry_count(option.text) for option in options}
    if not all(counts.values()) or len({count > 1 for count in counts.values()}) == 1:
        return
    one, many = _ONE_CODE.search(question), _MANY_CODES.search(question)
    for option in options:
        if many and not one and counts[option.id] == 1:
            yield Flaw("the question asks for codes, this option has one", f"options.{option.id}")
        if one and not many and counts[option.id] > 1:
            message = f"the question asks for one code, this option has {counts[option.id]}"
            yield Flaw(message, f"options.{option.id}")


RULE = ItemRule(
    id="C06",
    severity=Severity.WARNING,
    title="Option does not fit the question's grammar",
    why="An option that cannot follow the lead-in is struck by its grammar, not by knowledge.",
    fix="Ask a whole question that every option answers (“What is reported?”), or put article and "
    "number into the options.",
    source="NBME item-writing guide (2020), ch. 3 (grammatical cues); Haladyna et al. 2002, "
    "rule 28c",
    check=grammar_mismatch,
)
