"""R04: “option B” in a text that learners read beside options shuffled for them."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import folded, shown_after_answering, shown_options
from trainer.core.code import CodeSet
from trainer.core.item import Item

# Capital letters only, and “A” not as the article of the next word.
_LETTER = r"(?P<letter>[B-H]|A(?!\s+[a-z])|A(?=\s+(?:is|and|or|was|would|because|since|names)\b))"
_NOT_PART = r"(?![\w/&’'-]|\.\w)"
_NAMED = re.compile(
    rf"\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice|[Dd]istractor)s?"
    rf"(?:\s*[:=]|\s+(?:is|was|would be))?\s+[“\"'(]*{_LETTER}{_NOT_PART}"
)
_SENTENCE = r"(?:^|(?<=[.;:!?])\s+|\n\s*)"
_BRACKETED = re.compile(rf"{_SENTENCE}\((?P<letter>[A-H])\)\s")
# “B and C are wrong”. In PCS and 7th-character items a bare letter is a value of the code.
_JUDGED = re.compile(
    rf"{_SENTENCE}\(?(?P<letter>[A-H])\)?(?:(?:,|,?\s+and|,?\s+or|\s*&)\s+\(?[A-H]\)?)*"
    r"\s+(?:is|are)\s+(?:also\s+|both\s+|the\s+)?(?:incorrect|wrong|correct|right)\b"
)
_CHARACTERS = re.compile(r"\bcharacters?\b|\bvalues?\b", re.IGNORECASE)


def letter_reference(item: Item, _context: Context) -> Iterator[Flaw]:
    own = {folded(option.text) for option in shown_options(item)}
    patterns = [_NAMED] if _speaks_of_characters(item) else [_NAMED, _BRACKETED, _JUDGED]
    for field, text in shown_after_answering(item):
        found = next(
            (
                match
                for pattern in patterns
                for match in pattern.finditer(text)
                if match["letter"].lower() not in own
            ),
            None,
        )
        if found:
            yield Flaw(f"“{found.group(0).strip()}” names a letter that shuffling changes", field)


def _speaks_of_characters(item: Item) -> bool:
    if any(edition.code_set is CodeSet.ICD_10_PCS for edition in item.editions):
        return True
    return bool(_CHARACTERS.search(item.stem + item.rationale))


RULE = ItemRule(
    id="R04",
    severity=Severity.ERROR,
    title="Rationale refers to letters",
    why="Options are shuffled for each learner, so “option B” points at a different option on "
    "every screen and explains the wrong one.",
    fix="Name the option by its words or write {{opt:id}}, which shows the learner's own letter.",
    source="house rule, from imported rationales",
    check=letter_reference,
)
