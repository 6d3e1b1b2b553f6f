"""A question shows what is asked and nothing of the answer; a form means one response or none."""

from dataclasses import replace
from string import ascii_uppercase
from typing import Any

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
)
from tests.core.samples import (
    SEED,
    all_items,
    bank_items,
    code_item,
    cpt,
    icd,
    leaves,
    right_form,
    right_response,
)
from trainer.core.code import CodeSet, EnteredCode
from trainer.core.errors import InvalidResponseError
from trainer.core.item import (
    CodeEntryItem,
    Edition,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    NearMiss,
    Option,
    OrderingItem,
    Reference,
    RouteStage,
    RouteStep,
    SingleItem,
    Waiver,
)
from trainer.core.presentation import Filled, display_order, letters, question, response
from trainer.core.response import MultipleResponse, OrderingResponse, SingleResponse
from trainer.core.scoring import score
from trainer.core.shuffle import shuffled, token

SEEDS = [f"seed{number}|1" for number in range(200)]
EVERY_ITEM = pytest.mark.parametrize("item", all_items(), ids=lambda item: item.id)
SECRET = "secret"


def marked(item: Item) -> Item:
    """The item with the word “secret” in everything that a learner may not see yet."""
    item = replace(
        item,
        id=f"{SECRET}-id",
        rationale=f"The {SECRET} rationale.",
        references=(Reference(f"{SECRET} source", f"{SECRET} section", 2026),),
        route=(RouteStep(RouteStage.INDEX, f"A {SECRET} step"),),
        editions=(Edition(CodeSet.CPT, f"{SECRET} year"),),
        enemies=(f"{SECRET}-enemy",),
        waivers=(Waiver("C01", f"A {SECRET} reason."),),
    )
    match item:
        case SingleItem():
            return replace(item, options=_marked(item.options), key=_secret(item.key))
        case MultipleItem():
            keys = tuple(map(_secret, item.keys))
            return replace(item, options=_marked(item.options), keys=keys)
        case CodeEntryItem():
            codes = tuple(_marked_code(code) for code in item.codes)
            return replace(item, codes=codes, near_misses=(NearMiss(SECRET, SECRET, SECRET),))
        case OrderingItem():
            return replace(item, steps=_marked(item.steps))
        case MatchingItem():
            prompts = tuple(
                replace(p, id=_secret(p.id), match=_secret(p.match), reason=_secret(p.reason))
                for p in item.prompts
            )
            return replace(item, prompts=prompts, options=_marked(item.options))


def _secret(text: str) -> str:
    return f"{SECRET}-{text}"


def _marked(options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(Option(_secret(o.id), o.text, _secret(o.reason), SECRET) for o in options)


def _marked_code(code: ExpectedCode) -> ExpectedCode:
    secrets: dict[str, Any] = {"code": SECRET, "reason": SECRET, "modifiers": (SECRET,)}
    return replace(code, poa=SECRET, units=987654, **secrets)


class TestNothingOfTheAnswerIsShown:
    @EVERY_ITEM
    def test_no_text_of_the_answer_is_in_the_question(self, item: Item) -> None:
        shown = question(marked(item), None, SEED)
        assert SECRET not in repr(shown).lower()
        assert "987654" not in repr(shown)

    @EVERY_ITEM
    def test_a_marked_item_still_shows_what_is_asked(self, item: Item) -> None:
        shown = question(marked(item), None, SEED)
        assert item.stem in leaves(shown)

    @pytest.mark.parametrize(
        ("item", "case"), bank_items(), ids=lambda each: getattr(each, "id", "")
    )
    def test_no_id_of_an_option_is_in_the_question(self, item: Item, case) -> None:
        shown = question(item, case, SEED)
        options = getattr(item, "options", getattr(item, "steps", ()))
        texts = {option.text for option in options}
        ids = {option.id for option in (*options, *getattr(item, "prompts", ()))}
        assert not (ids - texts) & set(leaves(shown))

    def test_the_order_of_single_options_does_not_tell_the_key(self) -> None:
        item = replace(GOOD_SINGLE, shuffle=True)
        places = {letters(item, seed)[item.key] for seed in SEEDS}
        assert places == set("ABCD")

    def test_the_case_stands_beside_the_question(self) -> None:
        item, case = next((item, case) for item, case in bank_items() if case)
        assert question(item, case, SEED).case is case


class TestTokens:
    @EVERY_ITEM
    def test_lead_back_to_the_response(self, item: Item) -> None:
        for seed in SEEDS[:10]:
            given = response(item, seed, right_form(item, question(item, None, seed)))
            assert score(item, given).correct

    @EVERY_ITEM
    def test_mean_the_same_response_in_every_slot(self, item: Item) -> None:
        forms = [(seed, right_form(item, question(item, None, seed))) for seed in SEEDS[:10]]
        assert len({response(item, seed, form) for seed, form in forms}) == 1

    @EVERY_ITEM
    def test_differ_in_every_slot(self, item: Item) -> None:
        here, there = (set(tokens(item, seed)) for seed in SEEDS[:2])
        assert not here & there

    @EVERY_ITEM
    def test_are_unique_on_a_page(self, item: Item) -> None:
        assert len(set(tokens(item, SEED))) == len(tokens(item, SEED))

    def test_of_a_prompt_and_an_option_differ_where_the_ids_are_equal(self) -> None:
        first, *rest = GOOD_MATCHING.prompts
        item = replace(GOOD_MATCHING, prompts=(replace(first, id="liver"), *rest))
        assert len(set(tokens(item, SEED))) == 5

    def test_each_option_stands_behind_its_own_text(self) -> None:
        for shown in question(GOOD_SINGLE, None, SEED).options:
            chosen = response(GOOD_SINGLE, SEED, Filled(chosen=(shown.token,)))
            assert isinstance(chosen, SingleResponse)
            assert option_text(GOOD_SINGLE, chosen.option) == shown.text


def tokens(item: Item, seed: str) -> list[str]:
    shown = question(item, None, seed)
    return [part.token for part in (*shown.options, *shown.prompts)]


def option_text(item: SingleItem, option_id: str) -> str:
    return next(option.text for option in item.options if option.id == option_id)


class TestOrder:
    @EVERY_ITEM
    def test_letters_run_down_the_page(self, item: Item) -> None:
        shown = question(item, None, SEED).options
        assert [o.letter for o in shown] == list(ascii_uppercase[: len(shown)])

    @EVERY_ITEM
    def test_letters_by_id_are_those_on_the_page(self, item: Item) -> None:
        on_page = {o.token: o.letter for o in question(item, None, SEED).options}
        by_id = {token(SEED, each): letter for each, letter in letters(item, SEED).items()}
        assert by_id == on_page

    @EVERY_ITEM
    def test_texts_are_those_of_the_item(self, item: Item) -> None:
        options = getattr(item, "options", getattr(item, "steps", ()))
        shown = question(item, None, SEED).options
        assert sorted(o.text for o in shown) == sorted(o.text for o in options)

    @pytest.mark.parametrize("item", [GOOD_SINGLE, GOOD_MULTIPLE], ids=lambda item: item.kind)
    def test_shuffle_no_keeps_the_authors_order(self, item: Item) -> None:
        fixed = replace(item, shuffle=False)
        assert all(display_order(fixed, seed) == fixed.options for seed in SEEDS)

    @pytest.mark.parametrize(
        "item",
        [replace(GOOD_SINGLE, shuffle=True), GOOD_MULTIPLE, GOOD_MATCHING, GOOD_ORDERING],
        ids=lambda item: item.kind,
    )
    def test_other_items_change_their_order_with_the_slot(self, item: Item) -> None:
        assert len({display_order(item, seed) for seed in SEEDS}) > 3

    def test_matching_prompts_stay_in_the_authors_order(self) -> None:
        shown = question(GOOD_MATCHING, None, SEED).prompts
        assert [prompt.text for prompt in shown] == ["hepat/o", "nephr/o"]

    def test_steps_never_start_in_the_right_order(self) -> None:
        assert any(shuffled(GOOD_ORDERING.steps, seed) == GOOD_ORDERING.steps for seed in SEEDS)
        assert all(display_order(GOOD_ORDERING, seed) != GOOD_ORDERING.steps for seed in SEEDS)

    def test_no_step_is_lost_or_doubled(self) -> None:
        steps = {frozenset(display_order(GOOD_ORDERING, seed)) for seed in SEEDS}
        assert steps == {frozenset(GOOD_ORDERING.steps)}
        assert {len(display_order(GOOD_ORDERING, seed)) for seed in SEEDS} == {3}

    def test_steps_in_another_order_stay_as_shuffled(self) -> None:
        for seed in SEEDS:
            order = shuffled(GOOD_ORDERING.steps, seed)
            if order != GOOD_ORDERING.steps:
                assert display_order(GOOD_ORDERING, seed) == order


class TestWhatIsAskedFor:
    @pytest.mark.parametrize(("item", "wanted"), [(GOOD_SINGLE, 1), (GOOD_MULTIPLE, 2)])
    def test_is_told_how_many_to_choose(self, item: Item, wanted: int) -> None:
        assert question(item, None, SEED).choose == wanted

    @pytest.mark.parametrize(("codes", "rows"), [(1, 4), (2, 4), (3, 5), (4, 6), (25, 27)])
    def test_there_are_more_rows_than_codes(self, codes: int, rows: int) -> None:
        item = code_item(*(icd(f"A{number:02}") for number in range(codes)))
        assert question(item, None, SEED).rows == rows

    def test_other_kinds_have_no_rows(self) -> None:
        shown = question(GOOD_SINGLE, None, SEED)
        assert shown.rows == 0
        assert {shown.asks_modifiers, shown.asks_units, shown.asks_poa} == {False}

    def test_code_sets_are_named_once_in_a_fixed_order(self) -> None:
        item = code_item(cpt("99213"), icd("E11.9"), icd("I10"))
        assert question(item, None, SEED).code_sets == ("ICD-10-CM", "CPT")

    @pytest.mark.parametrize(
        ("code", "modifiers", "units", "poa"),
        [
            (icd("E11.9"), False, False, False),
            (cpt("99213"), True, False, False),
            (replace(cpt("J1885"), code_set=CodeSet.HCPCS), True, False, False),
            (replace(icd("0016070"), code_set=CodeSet.ICD_10_PCS), False, False, False),
            (icd("E11.9", poa="Y"), False, False, True),
            (cpt("99213", units=2), True, True, False),
        ],
    )
    def test_columns_are_those_of_the_code_sets(self, code, modifiers, units, poa) -> None:
        shown = question(code_item(icd("I10"), code), None, SEED)
        assert (shown.asks_modifiers, shown.asks_units, shown.asks_poa) == (modifiers, units, poa)

    def test_a_modifier_column_does_not_tell_that_one_is_needed(self) -> None:
        bare, needed = cpt("99213"), cpt("99213", modifiers=("25",))
        assert question(code_item(bare), None, SEED) == question(code_item(needed), None, SEED)


class TestChoices:
    def test_a_token_of_another_slot_is_refused(self) -> None:
        elsewhere = token("seed|2", "m78")
        with pytest.raises(InvalidResponseError, match="another question"):
            response(GOOD_SINGLE, SEED, Filled(chosen=(elsewhere,)))

    @pytest.mark.parametrize("chosen", [(), ("m58", "m78")])
    def test_single_takes_exactly_one(self, chosen: tuple[str, ...]) -> None:
        with pytest.raises(InvalidResponseError, match="one option"):
            response(GOOD_SINGLE, SEED, filled(*chosen))

    def test_an_id_in_place_of_a_token_is_refused(self) -> None:
        with pytest.raises(InvalidResponseError):
            response(GOOD_SINGLE, SEED, Filled(chosen=("m78",)))

    @pytest.mark.parametrize("chosen", ["", "a", "aa", "abc", "abcd"])
    def test_multiple_takes_as_many_as_there_are_keys(self, chosen: str) -> None:
        with pytest.raises(InvalidResponseError, match="exactly 2"):
            response(GOOD_MULTIPLE, SEED, filled(*chosen))

    @pytest.mark.parametrize("chosen", ["ab", "ba"])
    def test_the_order_of_ticks_does_not_matter(self, chosen: str) -> None:
        assert response(GOOD_MULTIPLE, SEED, filled(*chosen)) == MultipleResponse(("a", "b"))

    def test_a_foreign_token_among_the_ticks_is_refused(self) -> None:
        chosen = (token(SEED, "a"), token("seed|2", "b"))
        with pytest.raises(InvalidResponseError, match="another question"):
            response(GOOD_MULTIPLE, SEED, Filled(chosen=chosen))


def filled(*ids: str) -> Filled:
    return Filled(chosen=tuple(token(SEED, each) for each in ids))


class TestPlaces:
    def test_steps_are_taken_in_the_order_of_their_places(self) -> None:
        given = response(GOOD_ORDERING, SEED, placed(s1="2", s2="3", s3="1"))
        assert given == OrderingResponse(("s3", "s1", "s2"))

    def test_ten_steps_are_ordered_by_number_not_by_spelling(self) -> None:
        ids = [f"s{number}" for number in range(1, 11)]
        item = replace(GOOD_ORDERING, steps=tuple(Option(i, i, "Reason.") for i in ids))
        given = response(item, SEED, placed(**{i: i.removeprefix("s") for i in ids}))
        assert given == right_response(item)

    @pytest.mark.parametrize(
        "places",
        [
            {},
            {"s1": "1", "s2": "2"},
            {"s1": "1", "s2": "2", "s3": "2"},
            {"s1": "0", "s2": "1", "s3": "2"},
            {"s1": "1", "s2": "2", "s3": "4"},
            {"s1": "1", "s2": "2", "s3": ""},
            {"s1": "1", "s2": "2", "s3": "third"},
            {"s1": "1", "s2": "2", "s3": "03"},
            {"s1": "1", "s2": "2", "s3": "3", "s4": "4"},
        ],
    )
    def test_each_step_needs_a_place_of_its_own(self, places: dict[str, str]) -> None:
        with pytest.raises(InvalidResponseError, match="place of its own"):
            response(GOOD_ORDERING, SEED, placed(**places))

    def test_a_step_of_another_slot_is_refused(self) -> None:
        with pytest.raises(InvalidResponseError, match="another question"):
            response(GOOD_ORDERING, SEED, placed(s1="1", s2="2", s4="3"))

    def test_nothing_placed_is_refused(self) -> None:
        with pytest.raises(InvalidResponseError):
            response(GOOD_ORDERING, SEED, Filled())


def placed(**places: str) -> Filled:
    return Filled(placed={token(SEED, step): place for step, place in places.items()})


class TestMatches:
    @pytest.mark.parametrize(
        "matches", [{}, {"p1": "liver"}, {"p2": "kidney"}, {"p1": "liver", "p2": None}]
    )
    def test_every_line_needs_a_match(self, matches: dict[str, str | None]) -> None:
        with pytest.raises(InvalidResponseError, match="every line"):
            response(GOOD_MATCHING, SEED, matched(matches))

    def test_one_option_may_serve_two_lines(self) -> None:
        given = response(GOOD_MATCHING, SEED, matched({"p1": "liver", "p2": "liver"}))
        assert score(GOOD_MATCHING, given).points == 0.5

    def test_an_option_of_another_slot_is_refused(self) -> None:
        form = matched({"p1": "liver", "p2": "heart"})
        with pytest.raises(InvalidResponseError, match="another question"):
            response(GOOD_MATCHING, SEED, form)

    def test_nothing_matched_is_refused(self) -> None:
        with pytest.raises(InvalidResponseError, match="every line"):
            response(GOOD_MATCHING, SEED, Filled())


def matched(matches: dict[str, str | None]) -> Filled:
    pairs = matches.items()
    return Filled(
        placed={token(SEED, f"prompt|{p}"): token(SEED, o) if o else "" for p, o in pairs}
    )


class TestRows:
    def test_are_taken_apart(self) -> None:
        form = Filled(rows=(("99213-25", "59", 2, "y"),))
        given = response(GOOD_CODE_ENTRY, SEED, form)
        assert given.rows == (EnteredCode("99213", ("25", "59"), 2, "Y"),)

    def test_blank_ones_are_dropped_and_the_rest_keep_their_order(self) -> None:
        codes = ("", "N18.31", "   ", "E11.22", "")
        form = Filled(rows=tuple((code, "", None, None) for code in codes))
        given = response(GOOD_CODE_ENTRY, SEED, form)
        assert [row.code for row in given.rows] == ["N1831", "E1122"]

    @pytest.mark.parametrize("codes", [(), ("",), (" ", "\t")])
    def test_all_blank_is_refused(self, codes: tuple[str, ...]) -> None:
        form = Filled(rows=tuple((code, "25", 1, "Y") for code in codes))
        with pytest.raises(InvalidResponseError, match="at least one code"):
            response(GOOD_CODE_ENTRY, SEED, form)
