"""What a learner reads after answering: the verdict, and why each part is right or wrong."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from trainer.core.code import CodeSet, EnteredCode, normalised
from trainer.core.item import (
    CodeEntryItem,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    Reference,
    RouteStep,
    SingleItem,
)
from trainer.core.presentation import display_order, letters
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)
from trainer.core.scoring import RowVerdict, Score, ScoredRow, score

_OPTION_MARK = re.compile(r"\{\{opt:([^}]*)\}\}")


class Verdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class OptionFeedback:
    letter: str
    text: str
    reason: str
    is_key: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PairFeedback:
    prompt: str
    given: str
    right: str
    reason: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class StepFeedback:
    """A step at its right `place` (from 1); `given` is where the learner had it, if anywhere."""

    place: int
    given: int | None
    text: str
    reason: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class RowFeedback:
    """A row as entered, or a missing code (`given` empty). `right` is the expected spelling."""

    given: str
    verdict: str
    right: str
    reason: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything about one slot. Parts that the kind does not have stay empty."""

    verdict: Verdict
    points: float
    rationale: str
    route: tuple[RouteStep, ...]
    references: tuple[Reference, ...]
    options: tuple[OptionFeedback, ...] = ()
    pairs: tuple[PairFeedback, ...] = ()
    steps: tuple[StepFeedback, ...] = ()
    rows: tuple[RowFeedback, ...] = ()


def feedback(item: Item, seed: str, given: Response | None) -> Feedback:
    """The feedback on a response; None where an exam ended without one.

    Raises InvalidResponseError if it is of another kind.
    """
    result = score(item, given) if given else Score(0.0, correct=False)
    shown = letters(item, seed)
    return Feedback(
        verdict=_verdict(result) if given else Verdict.UNANSWERED,
        points=result.points,
        rationale=lettered(item.rationale, shown),
        route=item.route,
        references=item.references,
        options=_options(item, seed, given, shown),
        pairs=_pairs(item, given, shown),
        steps=_steps(item, given),
        rows=_rows(item, result, shown),
    )


def lettered(text: str, shown: dict[str, str]) -> str:
    """The text with each `{{opt:id}}` as the letter that the learner saw."""

    def named(mark: re.Match[str]) -> str:
        before = text[: mark.start()].rstrip(" \n")
        opens = not before or before.endswith((".", "?", "!", ":"))
        return f"{'Option' if opens else 'option'} {shown.get(mark[1], '?')}"

    return _OPTION_MARK.sub(named, text)


def _verdict(result: Score) -> Verdict:
    if result.correct:
        return Verdict.RIGHT
    return Verdict.PARTLY if result.points > 0 else Verdict.WRONG


def _options(
    item: Item, seed: str, given: Response | None, shown: dict[str, str]
) -> tuple[OptionFeedback, ...]:
    """Key first, then what was chosen, then the rest: the order in which they are read."""
    if not isinstance(item, SingleItem | MultipleItem):
        return ()
    keys, chosen = _keys(item), _chosen(given)

    def rank(option: Option) -> tuple[bool, bool]:
        return option.id not in keys, option.id not in chosen

    return tuple(
        OptionFeedback(
            shown[option.id],
            option.text,
            lettered(option.reason, shown),
            option.id in keys,
            option.id in chosen,
        )
        for option in sorted(display_order(item, seed), key=rank)
    )


def _keys(item: SingleItem | MultipleItem) -> frozenset[str]:
    return frozenset((item.key,) if isinstance(item, SingleItem) else item.keys)


def _chosen(given: Response | None) -> frozenset[str]:
    match given:
        case SingleResponse():
            return frozenset((given.option,))
        case MultipleResponse():
            return frozenset(given.options)
        case CodeEntryResponse() | OrderingResponse() | MatchingResponse() | None:
            return frozenset()
        case _:
            assert_never(given)


def _pairs(item: Item, given: Response | None, shown: dict[str, str]) -> tuple[PairFeedback, ...]:
    if not isinstance(item, MatchingItem):
        return ()
    texts = {option.id: option.text for option in item.options}
    chosen = dict(given.pairs) if isinstance(given, MatchingResponse) else {}
    return tuple(
        PairFeedback(
            prompt.text,
            texts.get(chosen.get(prompt.id, ""), ""),
            texts[prompt.match],
            lettered(prompt.reason, shown),
            chosen.get(prompt.id) == prompt.match,
        )
        for prompt in item.prompts
    )


def _steps(item: Item, given: Response | None) -> tuple[StepFeedback, ...]:
    if not isinstance(item, OrderingItem):
        return ()
    order = given.steps if isinstance(given, OrderingResponse) else ()
    put = {step: place for place, step in enumerate(order, start=1)}
    return tuple(
        StepFeedback(place, put.get(step.id), step.text, step.reason, put.get(step.id) == place)
        for place, step in enumerate(item.steps, start=1)
    )


def _rows(item: Item, result: Score, shown: dict[str, str]) -> tuple[RowFeedback, ...]:
    if not isinstance(item, CodeEntryItem):
        return ()
    answered = {row.expected for row in result.rows if row.expected is not None}
    entered = [_row(item, row, shown) for row in result.rows]
    missing = [
        RowFeedback("", "missing", spelled(code), lettered(code.reason, shown), is_right=False)
        for position, code in enumerate(item.codes)
        if position not in answered
    ]
    return (*entered, *missing)


def _row(item: CodeEntryItem, row: ScoredRow, shown: dict[str, str]) -> RowFeedback:
    expected = item.codes[row.expected] if row.expected is not None else None
    missed = {normalised(miss.code): miss.reason for miss in item.near_misses}
    reason = missed.get(normalised(row.entered.code)) or (expected.reason if expected else "")
    return RowFeedback(
        as_entered(row.entered),
        row.verdict.value,
        spelled(expected) if expected else "",
        lettered(reason, shown),
        row.verdict is RowVerdict.RIGHT,
    )


def as_entered(row: EnteredCode) -> str:
    """A row of a code entry with all that hangs on it."""
    return _spelling(row.code, row.modifiers, row.units, row.poa)


def spelled(code: ExpectedCode) -> str:
    """An expected code with all that hangs on it: `99213-25 × 1`, `E11.22 (POA Y)`."""
    text = code.code.upper()
    if code.code_set is CodeSet.ICD_10_CM and "." not in text and len(text) > 3:  # noqa: PLR2004  # the category
        text = f"{text[:3]}.{text[3:]}"
    return _spelling(text, code.modifiers, code.units, code.poa)


def _spelling(code: str, modifiers: tuple[str, ...], units: int | None, poa: str | None) -> str:
    text = "-".join((code, *modifiers))
    text += f" × {units}" if units is not None else ""
    return text + (f" (POA {poa})" if poa else "")
