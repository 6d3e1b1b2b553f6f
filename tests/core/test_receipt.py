"""An answer in words, as its learner saw it."""

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
)
from tests.core.samples import SEED, all_items, right_response
from trainer.core.code import entered
from trainer.core.item import Item
from trainer.core.presentation import letters, question
from trainer.core.receipt import CLEARED, in_words
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    SingleResponse,
)


def test_an_option_has_the_letter_of_its_slot() -> None:
    shown = {option.letter: option.text for option in question(GOOD_SINGLE, None, SEED).options}
    letter, text = in_words(GOOD_SINGLE, SEED, SingleResponse("m58")).split(": ")
    assert shown[letter] == text == "58"


@pytest.mark.parametrize("seed", [f"seed{n}" for n in range(5)])
def test_several_options_stand_in_the_order_of_the_page(seed: str) -> None:
    chosen = tuple(option.id for option in GOOD_MULTIPLE.options[:2])
    said = in_words(GOOD_MULTIPLE, seed, MultipleResponse(chosen))
    wanted = sorted(letters(GOOD_MULTIPLE, seed)[option] for option in chosen)
    assert [part.split(": ")[0] for part in said.split("; ")] == wanted


def test_codes_carry_what_hangs_on_them() -> None:
    rows = (entered("99213", "25"), entered("j1885", "", 2), entered("e11.9", "", None, "y"))
    said = in_words(GOOD_CODE_ENTRY, SEED, CodeEntryResponse(rows))
    assert said == "99213-25; J1885 × 2; E119 (POA Y)"


def test_steps_are_numbered() -> None:
    order = tuple(step.id for step in GOOD_ORDERING.steps)[::-1]
    said = in_words(GOOD_ORDERING, SEED, OrderingResponse(order))
    assert said.startswith(f"1. {GOOD_ORDERING.steps[-1].text}; 2. ")


def test_pairs_name_both_sides_and_leave_out_what_is_empty() -> None:
    given = MatchingResponse((("p2", "spleen"),))
    assert in_words(GOOD_MATCHING, SEED, given) == "nephr/o → Spleen"


def test_an_answer_taken_back_says_so() -> None:
    assert in_words(GOOD_SINGLE, SEED, None) == CLEARED


@pytest.mark.parametrize("item", all_items(), ids=lambda item: item.id)
def test_every_kind_has_words(item: Item) -> None:
    assert in_words(item, SEED, right_response(item))
