"""What became of each item of an exam: the input of every analysis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.item import Item, MatchingItem, MultipleItem, SingleItem
from trainer.core.response import (
    MatchingResponse,
    MultipleResponse,
    Response,
    SingleResponse,
)


class Change(StrEnum):
    """What changing an answer did to it."""

    TO_WRONG = "right to wrong"
    TO_RIGHT = "wrong to right"
    STILL_WRONG = "wrong to wrong"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item of a finished exam. `domain`: index in the profile; `seconds` 0: not measured.

    `corrects`: whether the first finished answer was right, and the last one where it differs;
    empty where answers cannot be told from work in progress.
    """

    number: int
    subtopic: str
    domain: int
    scored: bool
    points: float
    correct: bool
    answered: bool
    flagged: bool = False
    seconds: int = 0
    corrects: tuple[bool, ...] = ()

    @property
    def topic(self) -> str:
        return self.subtopic.partition(".")[0]

    @property
    def change(self) -> Change | None:
        """What changing the answer did; None where it stayed."""
        return _CHANGES.get(self.corrects)


_CHANGES: dict[tuple[bool, ...], Change] = {
    (True, False): Change.TO_WRONG,
    (False, True): Change.TO_RIGHT,
    (False, False): Change.STILL_WRONG,
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of n were right."""

    correct: int
    n: int

    @property
    def share(self) -> float:
        return self.correct / self.n if self.n else 0.0


def counted(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Those that score: all but the pretest items."""
    return tuple(each for each in outcomes if each.scored)


def tally(outcomes: Sequence[Outcome]) -> Tally:
    """An exam counts an answer only if all of it is right."""
    return Tally(sum(each.correct for each in outcomes), len(outcomes))


def corrects(item: Item, given: Sequence[tuple[Response | None, bool]]) -> tuple[bool, ...]:
    """Whether the first finished answer was right, and the last one where it differs.

    `given`: each saved answer and whether it was right. Codes and orders are built row by row:
    there a change of mind looks like work in progress, so they have no history.
    """
    begun = next((answer for answer in given if _is_finished(item, answer[0])), None)
    if begun is None:
        return ()
    last, is_right = given[-1]
    return (begun[1],) if last == begun[0] else (begun[1], is_right)


def _is_finished(item: Item, response: Response | None) -> bool:
    """Whether an answer has all its parts, so that another one after it is a change of mind."""
    match item, response:
        case SingleItem(), SingleResponse():
            return True
        case MultipleItem(), MultipleResponse():
            return len(response.options) == len(item.keys)
        case MatchingItem(), MatchingResponse():
            return len(response.pairs) == len(item.prompts)
        case _:
            return False
