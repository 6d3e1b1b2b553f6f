"""Options that are amounts, times, dates or ranges, as intervals that can be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from trainer.banks.text import codes, plain
from trainer.banks.wording import root

_NUMBER = r"[$€]?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)\s?(%|percent)?"
# The number stands free: not inside a code, an item number or a word (N18.30, COVID-19, B12).
_AMOUNT = re.compile(rf"(?<![\w.,/-]){_NUMBER}(?![\w,/]|\.\d|-\w)")
_RANGE = re.compile(rf"(?<![\w.,/-]){_NUMBER}\s*(?:–|—|-|\bto\b|\bthrough\b)\s*{_NUMBER}(?![\w/])")
_CODE_RANGE = re.compile(
    r"\+?([A-Z]?\d{4,5}[A-Z]?)\s*(?:–|—|-|\bto\b|\bthrough\b)\s*\+?([A-Z]?\d{4,5}[A-Z]?)"
)
_WORD_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_WORD_NUMBER = re.compile(rf"^(?:{'|'.join(_WORD_NUMBERS)})\b", re.IGNORECASE)
# What makes a number a bound, with whether it is a lower one and whether it belongs to the range:
# words right before it, or words after it.
_Bound = tuple[re.Pattern[str], bool, bool]
_BEFORE: tuple[_Bound, ...] = (
    (re.compile(r"\b(?:at least|from|(?:no|not) (?:less|fewer) than)\s*$"), True, True),
    (re.compile(r"\b(?:at most|up to|within|(?:no|not) more than)\s*$"), False, True),
    (re.compile(r"\b(?:(?:more|greater|longer|older) than|over|above)\s*$"), True, False),
    (re.compile(r"\b(?:(?:less|fewer|shorter|younger) than|under|below)\s*$"), False, False),
)
_AFTER: tuple[_Bound, ...] = (
    (re.compile(r"\b(?:or|and) (?:more|above|over|longer|later|older|greater)\b"), True, True),
    (re.compile(r"\b(?:or|and) (?:less|fewer|below|under|shorter|younger)\b"), False, True),
)
# Minutes; months and years by the mean of the Gregorian calendar, close enough to compare.
_MINUTES = {"minut": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43830, "year": 525960}
_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), start=1)}
_WRITTEN_DATE = re.compile(r"([A-Z][a-z]{2,8})\.? (\d{1,2})(?:, (\d{4}))?")
_SLASHED_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NO_YEAR = 2000  # a leap year, so that every day of a date without a year exists
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval with the words around it; a plain number has `low == high`."""

    low: float
    high: float
    unit: tuple[str, ...]
    low_open: bool = False
    high_open: bool = False

    @property
    def is_range(self) -> bool:
        return self.low < self.high

    def overlaps(self, other: "Quantity") -> bool:
        """Whether some value belongs to both."""
        first, second = sorted((self, other), key=lambda each: (each.low, each.high))
        if first.high == second.low:
            return not (first.high_open or second.low_open)
        return first.high > second.low


def quantities(texts: Sequence[str]) -> tuple[Quantity, ...]:
    """All texts as intervals of one unit; empty unless every text is one.

    The words around the number must agree (“12 months after the service”), times aside, which
    are turned into minutes.
    """
    found = [quantity(text) for text in texts]
    if not found or not all(found):
        return ()
    alike = tuple(_timed(each) for each in found if each)
    return alike if len({each.unit for each in alike}) == 1 else ()


def quantity(text: str) -> Quantity | None:
    """A text that holds one number or range and few words beside it."""
    shown = plain(text).rstrip(".")
    shown = _WORD_NUMBER.sub(lambda word: _WORD_NUMBERS[word.group(0).lower()], shown)
    span = _RANGE.search(shown)
    if span:
        low, high = _value(span.group(1)), _value(span.group(3))
    else:
        span = _AMOUNT.search(shown)
        if span is None:
            return None
        low = high = _value(span.group(1))
    before, after = shown[: span.start()].lower(), shown[span.end() :].lower()
    if low > high or re.search(r"\d", before + after) or len(shown.split()) > _MOST_WORDS:
        return None
    return _bounded(low, high, before, after, _sign(span.group(0)))


def _sign(amount: str) -> tuple[str, ...]:
    return tuple(sign for sign in ("$", "%") if sign in amount.replace("percent", "%"))


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def _bounded(low: float, high: float, before: str, after: str, sign: tuple[str, ...]) -> Quantity:
    """The interval that words such as “more than” or “or less” make of one number."""
    ahead, behind = _first(_BEFORE, before), _first(_AFTER, after)
    before = ahead[0].sub("", before) if ahead else before
    after = behind[0].sub("", after) if behind else after
    words = (word.strip(",;:()") for word in f"{before} {after}".split())
    unit = (*sign, *(root(word) for word in words if word))
    bound = ahead or behind
    if bound is None or low < high:
        return Quantity(low, high, unit)
    _, is_lower, included = bound
    if is_lower:
        return Quantity(low, inf, unit, low_open=not included)
    return Quantity(-inf, high, unit, high_open=not included)


def _first(bounds: tuple[_Bound, ...], text: str) -> _Bound | None:
    return next((bound for bound in bounds if bound[0].search(text)), None)


def _timed(found: Quantity) -> Quantity:
    factor = next((_MINUTES[word] for word in found.unit if word in _MINUTES), None)
    if factor is None:
        return found
    unit = tuple("time" if word in _MINUTES else word for word in found.unit)
    return replace(found, low=found.low * factor, high=found.high * factor, unit=unit)


def code_range(text: str) -> tuple[str, str] | None:
    """First and last code of a text that is a range of codes, such as `11600–11606`."""
    found = _CODE_RANGE.fullmatch(plain(text).strip())
    return (found.group(1), found.group(2)) if found else None


def single_code(text: str) -> str | None:
    """The code of a text that is nothing but one code, with any modifiers; no leading plus."""
    found = codes(text)
    shown = plain(text).strip().upper()
    return found[0].removeprefix("+") if len(found) == 1 and found[0] == shown else None


def calendar_date(text: str) -> date | None:
    """The date of a text that is nothing else; without a year, one in the same leap year."""
    shown = plain(text).strip()
    try:
        if found := _WRITTEN_DATE.fullmatch(shown):
            month = _MONTH.get(found.group(1)[:3].lower(), 0)
            return date(int(found.group(3) or _NO_YEAR), month, int(found.group(2)))
        if found := _SLASHED_DATE.fullmatch(shown):
            return date(int(found.group(3)), int(found.group(1)), int(found.group(2)))
        if found := _ISO_DATE.fullmatch(shown):
            return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        return None
    return None
