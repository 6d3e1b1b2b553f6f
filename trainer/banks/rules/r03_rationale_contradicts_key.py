"""R03: a rationale that calls a wrong option right, or never comes to the key."""

import re
from collections.abc import Iterator, Sequence

from trainer.banks.answers import Answer, answers
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.similarity import content_words
from trainer.banks.text import plain
from trainer.core.item import CodeEntryItem, Item

_MARKER = re.compile(r"\{\{opt:([^}]*)\}\}")
_SENTENCES = re.compile(r"(?<=[.!?;])\s+")
_VERDICT = r"(?:correct|right|best)"
_NOUN = r"(?:answer|option|choice|code|modifier|term|response|one)"
# “If it were planned, 58 is right” calls nothing right here.
_CONDITION = re.compile(
    r"\b(?:if|when|where|unless|until|would|were|had|only|not|never|nor|neither|otherwise|while|"
    r"before|after|for|tempting|seems?|looks?)\b",
    re.IGNORECASE,
)
_TOO_GENERAL = frozenset({"true", "fals", "yes", "no"})
_IS_RIGHT = (
    rf"[”\"')]*\s+is\s+(?:therefore\s+|thus\s+)?(?:the\s+)?{_VERDICT}"
    rf"(?:\s+{_NOUN})?(?=\s*(?:[.;,:]|$|because|since))"
)
_CATEGORY = 3  # characters of a code that name its category


def rationale_contradicts_key(item: Item, _context: Context) -> Iterator[Flaw]:
    known = answers(item)
    if not known:
        return
    texts = {answer.field.removeprefix("options."): answer.text for answer in known}
    rationale = _MARKER.sub(lambda found: texts.get(found[1], " "), item.rationale)
    for wrong in _called_right(rationale, known):
        yield Flaw(f"calls “{wrong.text}” right, which is not the key", "rationale")
    yield from _unmentioned(item, rationale, [answer for answer in known if answer.right])


def _called_right(rationale: str, known: Sequence[Answer]) -> Iterator[Answer]:
    by_text = {plain(answer.text).lower(): answer for answer in known}
    longest_first = sorted(filter(None, by_text), key=len, reverse=True)
    name = "(?P<name>" + "|".join(map(re.escape, longest_first)) + ")"
    patterns = (
        rf"\b{_VERDICT}\s+{_NOUN}\s+is\s+(?:therefore\s+|thus\s+)?[“\"'(]*{name}(?!\w|\.\w|-\d)",
        rf"(?<![\w.]){name}{_IS_RIGHT}",
    )
    for sentence in _SENTENCES.split(plain(rationale).lower()):
        if longest_first and not _CONDITION.search(sentence):
            found = re.search(patterns[0], sentence) or re.search(patterns[1], sentence)
            if found and not by_text[found["name"]].right:
                yield by_text[found["name"]]


def _unmentioned(item: Item, rationale: str, keys: Sequence[Answer]) -> Iterator[Flaw]:
    words = content_words(rationale)
    missing = [key for key in keys if not _mentioned(key.text, words)]
    if isinstance(item, CodeEntryItem) and len(missing) < len(keys):
        return  # of several codes, the rationale may dwell on the one that is hard
    for key in missing:
        yield Flaw(f"never mentions the key “{key.text}”", "rationale")


def _mentioned(text: str, words: frozenset[str]) -> bool:
    """Whether a word of the text occurs, or a code's category (E11 for E11.9)."""
    wanted = content_words(text) - _TOO_GENERAL
    if not wanted or wanted & words:
        return True
    return any(
        word.startswith(found) for word in wanted for found in words if len(found) >= _CATEGORY
    )


RULE = ItemRule(
    id="R03",
    severity=Severity.WARNING,
    title="Rationale contradicts the key",
    why="A rationale that argues for another answer, or about something else, betrays a wrong key "
    "or a text copied from another item.",
    fix="Check the key against the source, then name the key and the fact that decides for it.",
    source="house rule, from faults in circulating question banks",
    check=rationale_contradicts_key,
)
