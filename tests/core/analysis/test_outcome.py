"""What a history of saves says of an answer."""

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
)
from tests.core.analysis.samples import outcome
from tests.core.samples import right_response
from trainer.core.analysis.outcome import Change, corrects
from trainer.core.item import Item
from trainer.core.response import MatchingResponse, MultipleResponse, Response, SingleResponse
from trainer.core.scoring import score

RIGHT, WRONG, OTHER = (SingleResponse(option) for option in ("m78", "m58", "m76"))
KEYS = MultipleResponse(GOOD_MULTIPLE.keys)
HALF = MultipleResponse(GOOD_MULTIPLE.keys[:1])
PAIRS = right_response(GOOD_MATCHING)
ONE_PAIR = MatchingResponse(PAIRS.pairs[:1])


def history(item: Item, *given: Response | None) -> tuple[bool, ...]:
    return corrects(item, [(each, bool(each and score(item, each).correct)) for each in given])


@pytest.mark.parametrize(
    ("item", "given", "said"),
    [
        (GOOD_SINGLE, (), ()),
        (GOOD_SINGLE, (RIGHT,), (True,)),
        (GOOD_SINGLE, (WRONG, RIGHT), (False, True)),
        (GOOD_SINGLE, (RIGHT, WRONG), (True, False)),
        (GOOD_SINGLE, (WRONG, OTHER), (False, False)),
        (GOOD_SINGLE, (WRONG, RIGHT, WRONG), (False,)),  # back to the first
        (GOOD_SINGLE, (RIGHT, WRONG, OTHER), (True, False)),  # from first to last
        (GOOD_SINGLE, (RIGHT, None), (True, False)),  # taken back
        (GOOD_SINGLE, (None, RIGHT), (True,)),  # nothing is no first answer
        (GOOD_MULTIPLE, (HALF, KEYS), (True,)),  # choosing the second is no change of mind
        (GOOD_MULTIPLE, (KEYS, HALF), (True, False)),
        (GOOD_MULTIPLE, (HALF,), ()),
        (GOOD_MATCHING, (ONE_PAIR, PAIRS), (True,)),
        (GOOD_CODE_ENTRY, (right_response(GOOD_CODE_ENTRY),), ()),
        (GOOD_ORDERING, (right_response(GOOD_ORDERING),), ()),
    ],
)
def test_the_first_finished_answer_against_the_last(
    item: Item, given: tuple[Response | None, ...], said: tuple[bool, ...]
) -> None:
    assert history(item, *given) == said


@pytest.mark.parametrize(
    ("known", "change"),
    [
        ((), None),
        ((True,), None),
        ((False,), None),
        ((True, False), Change.TO_WRONG),
        ((False, True), Change.TO_RIGHT),
        ((False, False), Change.STILL_WRONG),
        ((True, True), None),
    ],
)
def test_a_change_has_a_name(known: tuple[bool, ...], change: Change | None) -> None:
    assert outcome(corrects=known).change is change
