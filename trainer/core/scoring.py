"""How a response is scored.

`points` lie in 0–1 and carry partial credit for practice and the learner model; `correct` means
all of it is right and is what an exam counts. The rules are the ones `docs/bank-format.md` tells:
a multiple item earns its hits less its wrong picks, ordering and matching their parts in place,
a code entry what its codes earn.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from trainer.core.code import EnteredCode, normalised
from trainer.core.errors import InvalidResponseError
from trainer.core.item import (
    CodeEntryItem,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    OrderRule,
    SingleItem,
)
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)

HALF = 0.5
CATEGORY = 3  # characters of an ICD-10-CM category; the first axes of a PCS table as well


class RowVerdict(StrEnum):
    """What a row of a code entry turned out to be."""

    RIGHT = "right"
    DETAIL = "detail"  # the code is right; a modifier, the units or the POA indicator is not
    PLACE = "place"  # the code is right; the sequence is not
    NEAR = "near"  # the category is right; the rest of the code is not
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """An entered row, its verdict, and the expected code that it answers (by position)."""

    entered: EnteredCode
    verdict: RowVerdict
    expected: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """`points` in 0–1; `rows` for code entry only."""

    points: float
    correct: bool
    rows: tuple[ScoredRow, ...] = ()


def score(item: Item, response: Response) -> Score:
    """The score of a response. Raises InvalidResponseError if it is of another kind."""
    match item, response:
        case SingleItem(), SingleResponse():
            return _all_or_nothing(response.option == item.key)
        case MultipleItem(), MultipleResponse():
            return _multiple(item, response)
        case CodeEntryItem(), CodeEntryResponse():
            return _code_entry(item, response)
        case OrderingItem(), OrderingResponse():
            right = tuple(step.id for step in item.steps)
            return _share(sum(a == b for a, b in zip(right, response.steps, strict=True)), right)
        case MatchingItem(), MatchingResponse():
            given = dict(response.pairs)
            hits = sum(given.get(prompt.id) == prompt.match for prompt in item.prompts)
            return _share(hits, item.prompts)
        case _:
            raise InvalidResponseError(f"A {item.kind} item cannot take a {response.kind} answer.")


def _all_or_nothing(right: bool) -> Score:  # noqa: FBT001  # the verdict itself
    return Score(1.0 if right else 0.0, right)


def _share(hits: int, parts: Sequence[object]) -> Score:
    return Score(hits / len(parts), hits == len(parts))


def _multiple(item: MultipleItem, response: MultipleResponse) -> Score:
    chosen, keys = set(response.options), set(item.keys)
    hits = len(chosen & keys)
    points = max(0, hits - len(chosen - keys)) / len(keys)
    return Score(points, chosen == keys)


def _code_entry(item: CodeEntryItem, response: CodeEntryResponse) -> Score:
    rows = scored_rows(item, response.rows)
    earned = sum(_CREDIT[row.verdict] for row in rows)
    points = max(0.0, earned) / len(item.codes)
    right = len(rows) == len(item.codes) and all(r.verdict is RowVerdict.RIGHT for r in rows)
    return Score(points, right, rows)


# A near miss is a wrong code all the same: it costs what any code too many costs.
_CREDIT = {
    RowVerdict.RIGHT: 1.0,
    RowVerdict.DETAIL: HALF,
    RowVerdict.PLACE: HALF,
    RowVerdict.NEAR: -HALF,
    RowVerdict.EXTRA: -HALF,
}


def scored_rows(item: CodeEntryItem, rows: Sequence[EnteredCode]) -> tuple[ScoredRow, ...]:
    """Each row with its verdict. A code entered twice counts once; the second is extra."""
    matched = _matched(item.codes, rows)
    taken = {position for position in matched if position is not None}
    missing = [n for n in range(len(item.codes)) if n not in taken]
    scored: list[ScoredRow] = []
    for place, (row, position) in enumerate(zip(rows, matched, strict=True)):
        if position is None:
            near = _near(item, row, missing)
            scored.append(ScoredRow(row, RowVerdict.NEAR if near is not None else _EXTRA, near))
        else:
            scored.append(ScoredRow(row, _verdict(item, row, place, position), position))
    return tuple(scored)


_EXTRA = RowVerdict.EXTRA


def _matched(codes: Sequence[ExpectedCode], rows: Sequence[EnteredCode]) -> list[int | None]:
    """For each row the position of the expected code that it answers.

    Rows that are right in every detail choose first: a code may be expected twice, as -RT and -LT.
    """
    matched: list[int | None] = [None] * len(rows)
    free = list(range(len(codes)))
    for fits in (_all_right, _code_right):
        for place, row in enumerate(rows):
            position = next((n for n in free if fits(codes[n], row)), None)
            if matched[place] is None and position is not None:
                matched[place] = position
                free.remove(position)
    return matched


def _code_right(expected: ExpectedCode, row: EnteredCode) -> bool:
    return normalised(expected.code) == normalised(row.code)


def _all_right(expected: ExpectedCode, row: EnteredCode) -> bool:
    return _code_right(expected, row) and _details_right(expected, row)


def _near(item: CodeEntryItem, row: EnteredCode, missing: Sequence[int]) -> int | None:
    category = normalised(row.code)[:CATEGORY]
    for position in missing:
        if normalised(item.codes[position].code)[:CATEGORY] == category:
            return position
    return None


def _verdict(item: CodeEntryItem, row: EnteredCode, place: int, position: int) -> RowVerdict:
    if not _details_right(item.codes[position], row):
        return RowVerdict.DETAIL
    return RowVerdict.RIGHT if _place_right(item.order, place, position) else RowVerdict.PLACE


def _details_right(expected: ExpectedCode, row: EnteredCode) -> bool:
    """Modifiers in any order; units and POA only where they are asked for."""
    if Counter(expected.modifiers) != Counter(row.modifiers):
        return False
    if expected.units is not None and (row.units or 1) != expected.units:
        return False
    return expected.poa is None or row.poa == expected.poa


def _place_right(rule: OrderRule, place: int, position: int) -> bool:
    match rule:
        case OrderRule.ANY:
            return True
        case OrderRule.EXACT:
            return place == position
        case OrderRule.PRINCIPAL_FIRST:
            return (place == 0) == (position == 0)
        case _:
            assert_never(rule)
