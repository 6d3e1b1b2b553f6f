"""What an earlier answer is worth by a later key, and what no longer fits."""

from dataclasses import replace

import pytest

from tests.persistence.samples import ITEMS, RESPONSES
from trainer.core.item import Item
from trainer.core.regrade import rescored
from trainer.core.response import (
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)
from trainer.core.scoring import Score, score


@pytest.mark.parametrize("kind", ITEMS)
def test_an_answer_to_the_same_options_gets_the_new_score(kind: str) -> None:
    item, response = ITEMS[kind], RESPONSES[kind]
    assert rescored(item, response) == score(item, response)


def test_another_key_turns_wrong_into_right() -> None:
    item = replace(ITEMS["single"], key="00100")
    assert rescored(item, SingleResponse("00100")) == Score(1.0, correct=True)
    assert rescored(item, SingleResponse("0042t")) == Score(0.0, correct=False)


GONE: dict[str, Response] = {
    "single": SingleResponse("gone"),
    "multiple": MultipleResponse(("00100", "gone")),
    "ordering": OrderingResponse(("1e3", "no", "0042t")),
    "matching": MatchingResponse((("gone", "00100"),)),
}


@pytest.mark.parametrize("kind", GONE)
def test_an_answer_that_names_what_is_gone_has_no_score(kind: str) -> None:
    assert rescored(ITEMS[kind], GONE[kind]) is None


def test_an_option_of_a_pair_may_be_gone_as_well() -> None:
    assert rescored(ITEMS["matching"], MatchingResponse((("01", "gone"),))) is None


@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("other", RESPONSES)
def test_an_item_of_another_kind_has_no_score_for_it(kind: str, other: str) -> None:
    item: Item = ITEMS[kind]
    assert (rescored(item, RESPONSES[other]) is None) is (kind != other)
