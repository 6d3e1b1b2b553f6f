"""K08: what looks like a real person's data in a stem or a case record.

The identifiers of HIPAA's safe harbor, 45 CFR 164.514(b)(2), as far as their shape tells them.
"""

import re
from collections.abc import Iterator
from itertools import chain

from trainer.banks.records import record_sections
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.text import shown_before_answering
from trainer.core.item import Item

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})\b|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}})"
)
_BIRTH = r"(?:DOB|D\.O\.B\.?|[Dd]ate of [Bb]irth|[Bb]irth\s?[Dd]ate|[Bb]irthday|[Bb]orn)"
_STREET = (
    r"(?:Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Court|Circle|Terrace|Parkway|Pkwy|Highway"
    r"|(?:Drive|Dr|St)(?!\.?\s+[A-Z]))"  # 3 West St. Mary's, 2 Nurses Dr. Lee
)
_KINDS = (
    (
        "a Social Security number",
        re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])|\bSSN\W{0,4}\d{9}\b"),
    ),
    (
        "a medical record number",
        re.compile(
            r"\b(?:MRN|(?:[Mm]edical [Rr]ecord|[Cc]hart) (?:[Nn]umber|[Nn]o\.?|#))"
            r"\W{0,4}(?:is\s+)?[A-Z]{0,3}-?\d{3,}"
        ),
    ),
    (
        "a telephone number",
        re.compile(
            r"(?<![\w.-])(?:\+?1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])\d{3}[-. ]\d{4}(?![\w-])"
            r"|\b555-01\d{2}\b"
            r"|\b(?:[Pp]hone|[Tt]el|[Ff]ax|[Cc]ell|[Mm]obile)\b\D{0,12}\d{3}[-. ]\d{4}\b"
        ),
    ),
    ("an e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)),
    ("a full date of birth", re.compile(rf"\b{_BIRTH}[^.\d\n]{{0,24}}{_DATE}")),
    (
        "a street address",
        re.compile(
            rf"\b\d{{1,5}}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][a-z]+\s+){{1,3}}{_STREET}\b"
            r"|\bP\.?\s?O\.?\s+Box\s+\d+"
        ),
    ),
)
_SHOWN = 4  # characters: enough to find it, too few to pass it on in a report


def patient_data(item: Item, context: Context) -> Iterator[Flaw]:
    """A case's record is reported at each of its items, since each would show it."""
    stem = (pair for pair in shown_before_answering(item) if not pair[0].startswith("options."))
    for field, text in chain(stem, record_sections(item, context)):
        for name, pattern in _KINDS:
            found = pattern.search(text)
            if found:
                yield Flaw(f"looks like {name}: “{_start(found.group(0))}”", field)


def _start(found: str) -> str:
    at = next((place for place, letter in enumerate(found) if letter.isdigit()), 0)
    return f"{found[: at + _SHOWN]}…"


RULE = ItemRule(
    id="K08",
    severity=Severity.ERROR,
    title="Patient data in a case",
    why="Real identifiers must never leave a practice, and a learner cannot tell invented ones "
    "from real ones; even a number made up on the spot may be somebody's.",
    fix="Delete it, or say only what the task needs: an age for a date of birth, “the patient”.",
    source="HIPAA Privacy Rule, 45 CFR 164.514(b)(2)",
    check=patient_data,
)
