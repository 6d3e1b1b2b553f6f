"""Drafts: every form that a page can send has a meaning, and that meaning fills the form again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import SEED, STEADY, all_items, right_form, right_response
from trainer.core.code import EnteredCode
from trainer.core.draft import draft, refilled
from trainer.core.errors import InvalidResponseError
from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    SingleItem,
)
from trainer.core.presentation import Filled, question, response
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    SingleResponse,
)
from trainer.core.scoring import score
from trainer.core.shuffle import token

ITEMS = all_items()
OF_KIND = {item.kind: item for item in ITEMS}
KINDS = sorted(OF_KIND)


def name(item: Item) -> str:
    return item.id


def tokens(item: Item) -> list[str]:
    return [option.token for option in question(item, None, SEED).options]


def prompts(item: MatchingItem) -> list[str]:
    return [prompt.token for prompt in question(item, None, SEED).prompts]


CODES = st.from_regex(r"\+?[ A-Za-z0-9.]{0,8}(-[A-Za-z0-9]{2}){0,2}", fullmatch=True)
MODIFIERS = st.from_regex(r"([A-Za-z0-9]{2}[ ,-]*){0,3}", fullmatch=True)
ROWS = st.lists(
    st.tuples(
        CODES, MODIFIERS, st.none() | st.integers(1, 9999), st.sampled_from([None, *"YNUW1y"])
    ),
    max_size=5,
)


@st.composite
def forms(draw: st.DrawFn) -> tuple[Item, Filled]:
    """An item and a form that its page can send, finished or not."""
    item = draw(st.sampled_from(ITEMS))
    match item:
        case SingleItem():
            return item, Filled(
                chosen=tuple(draw(st.lists(st.sampled_from(tokens(item)), max_size=1)))
            )
        case MultipleItem():
            return item, Filled(
                chosen=tuple(draw(st.lists(st.sampled_from(tokens(item)), unique=True)))
            )
        case CodeEntryItem():
            return item, Filled(rows=tuple(draw(ROWS)))
        case OrderingItem():
            places = ["", *(str(place) for place in range(1, len(item.steps) + 1))]
            names, values = tokens(item), st.sampled_from(places)
        case MatchingItem():
            names, values = prompts(item), st.sampled_from(["", *tokens(item)])
    placed = draw(st.dictionaries(st.sampled_from(names), values))
    return item, Filled(placed=placed)


# --- there and back ---------------------------------------------------------------


@STEADY
@given(forms())
def test_a_draft_fills_the_form_that_means_the_same(drawn: tuple[Item, Filled]) -> None:
    item, filled = drawn
    meant = draft(item, SEED, filled)
    assert draft(item, SEED, refilled(SEED, meant)) == meant


@STEADY
@given(forms())
def test_every_draft_can_be_scored(drawn: tuple[Item, Filled]) -> None:
    item, filled = drawn
    meant = draft(item, SEED, filled)
    assert meant is None or 0 <= score(item, meant).points <= 1


@STEADY
@given(forms())
def test_what_practice_takes_means_the_same_in_an_exam(drawn: tuple[Item, Filled]) -> None:
    item, filled = drawn
    try:
        finished = response(item, SEED, filled)
    except InvalidResponseError:
        return
    rows = finished.rows if isinstance(finished, CodeEntryResponse) else ()
    if all(row.code for row in rows):  # practice takes a row of a dot alone; an exam does not
        assert draft(item, SEED, filled) == finished


@pytest.mark.parametrize("item", ITEMS, ids=name)
def test_the_right_answer_goes_there_and_back(item: Item) -> None:
    shown = question(item, None, SEED)
    meant = draft(item, SEED, right_form(item, shown))
    assert score(item, meant).correct
    again = draft(item, SEED, refilled(SEED, meant))
    assert again == meant


@pytest.mark.parametrize("item", ITEMS, ids=name)
def test_a_stored_answer_is_shown_as_what_it_was(item: Item) -> None:
    given_ = right_response(item)
    if isinstance(given_, MultipleResponse):
        given_ = MultipleResponse(tuple(sorted(given_.options)))
    if isinstance(given_, CodeEntryResponse):
        rows = tuple(
            EnteredCode(row.code.replace(".", ""), row.modifiers, row.units, row.poa)
            for row in given_.rows
        )
        given_ = CodeEntryResponse(rows)
    assert draft(item, SEED, refilled(SEED, given_)) == given_


# --- empty and unfinished ---------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_no_answer(kind: str) -> None:
    assert draft(OF_KIND[kind], SEED, Filled()) is None


@pytest.mark.parametrize("kind", KINDS)
def test_blank_fields_are_no_answer(kind: str) -> None:
    item = OF_KIND[kind]
    names = prompts(item) if isinstance(item, MatchingItem) else tokens(item)
    blank = Filled(placed=dict.fromkeys(names, ""), rows=((" ", "", None, None),) * 3)
    assert draft(item, SEED, blank) is None


def test_no_answer_fills_no_field() -> None:
    assert refilled(SEED, None) == Filled()


@pytest.mark.parametrize("count", [1, 3])
def test_too_few_or_too_many_options_are_taken_as_they_stand(count: int) -> None:
    item = next(each for each in ITEMS if isinstance(each, MultipleItem) and len(each.keys) == 2)
    chosen = tokens(item)[:count]
    meant = draft(item, SEED, Filled(chosen=tuple(chosen)))
    ids = {token(SEED, option.id): option.id for option in item.options}
    assert meant == MultipleResponse(tuple(sorted(ids[each] for each in chosen)))


def test_all_options_together_are_not_right() -> None:
    item = OF_KIND["multiple"]
    assert not score(item, draft(item, SEED, Filled(chosen=tuple(tokens(item))))).correct


def test_a_pair_is_kept_without_the_others() -> None:
    item = OF_KIND["matching"]
    first = item.prompts[0]
    pair = {token(SEED, f"prompt|{first.id}"): token(SEED, first.match)}
    assert draft(item, SEED, Filled(placed=pair)) == MatchingResponse(((first.id, first.match),))


@pytest.mark.parametrize("place", range(1, 4))
def test_a_placed_step_stays_in_its_place_and_the_others_as_they_were_shown(place: int) -> None:
    item = OF_KIND["ordering"]
    shown = {token(SEED, step.id): step.id for step in item.steps}
    order = [shown[each] for each in tokens(item)]
    chosen = order[-1]
    meant = draft(item, SEED, Filled(placed={token(SEED, chosen): str(place)}))
    others = [step for step in order if step != chosen]
    assert meant.steps == (*others[: place - 1], chosen, *others[place - 1 :])


@pytest.mark.parametrize("place", ["0", "99", "-1", "²", "1.0", "x", "9" * 5000])
def test_a_place_that_the_page_does_not_offer_is_none(place: str) -> None:
    item = OF_KIND["ordering"]
    assert draft(item, SEED, Filled(placed={tokens(item)[0]: place})) is None


def test_two_steps_in_one_place_lose_neither() -> None:
    item = OF_KIND["ordering"]
    meant = draft(item, SEED, Filled(placed=dict.fromkeys(tokens(item), "2")))
    assert sorted(meant.steps) == sorted(step.id for step in item.steps)


@pytest.mark.parametrize("code", ["", "  ", ".", "+", "-25"])
def test_a_row_without_a_code_is_no_row(code: str) -> None:
    rows = ((code, "25", 1, "Y"), ("99213", "", None, None))
    meant = draft(OF_KIND["code_entry"], SEED, Filled(rows=rows))
    assert meant == CodeEntryResponse((EnteredCode("99213"),))


def test_codes_keep_their_zeros_letters_and_modifiers() -> None:
    typed = ("00100", "0042t", "+99292", "99213-25", "E11.9")
    rows = tuple((code, "", None, None) for code in typed)
    meant = draft(OF_KIND["code_entry"], SEED, Filled(rows=rows))
    assert refilled(SEED, meant).rows == (
        ("00100", "", None, None),
        ("0042T", "", None, None),
        ("99292", "", None, None),
        ("99213", "25", None, None),
        ("E119", "", None, None),
    )


# --- what the page never offered --------------------------------------------------


def foreign(item: Item) -> list[Filled]:
    """Forms with an option's own id, and with one of another slot."""
    match item:
        case SingleItem() | MultipleItem():
            option = item.options[0].id
            return [Filled(chosen=(each,)) for each in (option, token(f"{SEED}0", option))]
        case OrderingItem():
            step = item.steps[0].id
            return [Filled(placed={each: "1"}) for each in (step, token(f"{SEED}0", step))]
        case MatchingItem():
            prompt, option = prompts(item)[0], item.options[0].id
            return [Filled(placed={prompt: each}) for each in (option, token(f"{SEED}0", option))]
        case CodeEntryItem():
            return []


@pytest.mark.parametrize("kind", KINDS)
def test_an_option_of_another_question_is_refused(kind: str) -> None:
    item = OF_KIND[kind]
    for filled in foreign(item):
        with pytest.raises(InvalidResponseError, match="another question"):
            draft(item, SEED, filled)


def test_a_known_option_beside_a_foreign_one_does_not_help() -> None:
    item = OF_KIND["multiple"]
    with pytest.raises(InvalidResponseError):
        draft(item, SEED, Filled(chosen=(*tokens(item)[:1], "foreign")))


def test_a_prompt_of_another_question_is_overlooked() -> None:
    item = OF_KIND["matching"]
    assert draft(item, SEED, Filled(placed={"foreign": tokens(item)[0]})) is None


@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_another_kind_are_overlooked(kind: str) -> None:
    item = OF_KIND[kind]
    others = {
        "chosen": ("foreign",) if not isinstance(item, SingleItem | MultipleItem) else (),
        "rows": (("99213", "", None, None),) if not isinstance(item, CodeEntryItem) else (),
    }
    assert draft(item, SEED, replace(Filled(), **others)) is None


def test_responses_name_options_by_their_ids() -> None:
    single, ordering = OF_KIND["single"], OF_KIND["ordering"]
    assert draft(single, SEED, Filled(chosen=(token(SEED, single.key),))) == SingleResponse(
        single.key
    )
    places = {token(SEED, step.id): str(n) for n, step in enumerate(ordering.steps, start=1)}
    assert draft(ordering, SEED, Filled(placed=places)) == OrderingResponse(
        tuple(step.id for step in ordering.steps)
    )
