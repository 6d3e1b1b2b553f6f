"""Points by the rules that docs/bank-format.md tells; every number here is worked out by hand."""

from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.banks.rules.samples import (
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
)
from tests.core.samples import STEADY, all_items, code_item, cpt, icd, right_response
from trainer.core.code import entered
from trainer.core.errors import InvalidResponseError
from trainer.core.item import CodeEntryItem, ExpectedCode, Item, OrderRule
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)
from trainer.core.scoring import Score, score

THREE_KEYS = replace(GOOD_MULTIPLE, keys=("a", "b", "c"))


def typed(item: CodeEntryItem, *rows: str) -> Score:
    """The score of rows of which each is one text: `99213-25`."""
    return score(item, CodeEntryResponse(tuple(entered(row) for row in rows)))


def verdicts(item: CodeEntryItem, *rows: str) -> str:
    return " ".join(row.verdict for row in typed(item, *rows).rows)


class TestEveryKind:
    @pytest.mark.parametrize("item", all_items(), ids=lambda item: item.id)
    def test_the_authors_answer_is_right(self, item: Item) -> None:
        result = score(item, right_response(item))
        assert (result.points, result.correct) == (1.0, True)

    @pytest.mark.parametrize(
        ("item", "other"),
        [pair for pair in product(GOOD_ITEMS, repeat=2) if pair[0] is not pair[1]],
        ids=lambda item: item.kind,
    )
    def test_a_response_of_another_kind_is_refused(self, item: Item, other: Item) -> None:
        with pytest.raises(InvalidResponseError, match=f"{item.kind}.*{other.kind}"):
            score(item, right_response(other))


@pytest.mark.parametrize(("option", "points"), [("m78", 1.0), ("m58", 0.0), ("unknown", 0.0)])
def test_single_is_all_or_nothing(option: str, points: float) -> None:
    assert score(GOOD_SINGLE, SingleResponse(option)) == Score(points, points == 1.0)


class TestMultiple:
    @pytest.mark.parametrize(
        ("chosen", "points"),
        [
            ("ab", 1.0),
            ("ba", 1.0),
            ("aab", 1.0),
            ("a", 0.5),
            ("ac", 0.0),
            ("abc", 0.5),
            ("abcd", 0.0),
            ("cd", 0.0),
            ("acd", 0.0),
            ("", 0.0),
        ],
    )
    def test_hits_less_wrong_picks_never_below_zero(self, chosen: str, points: float) -> None:
        result = score(GOOD_MULTIPLE, MultipleResponse(tuple(chosen)))
        assert result == Score(points, points == 1.0)

    @pytest.mark.parametrize(("chosen", "hits"), [("abc", 3), ("ab", 2), ("abd", 1), ("ad", 0)])
    def test_points_are_a_share_of_the_keys(self, chosen: str, hits: int) -> None:
        assert score(THREE_KEYS, MultipleResponse(tuple(chosen))).points == pytest.approx(hits / 3)


class TestOrdering:
    @pytest.mark.parametrize(
        ("steps", "in_place"),
        [("s1 s2 s3", 3), ("s2 s1 s3", 1), ("s1 s3 s2", 1), ("s3 s1 s2", 0), ("s3 s2 s1", 1)],
    )
    def test_each_step_in_its_place_earns_its_part(self, steps: str, in_place: int) -> None:
        result = score(GOOD_ORDERING, OrderingResponse(tuple(steps.split())))
        assert result == Score(pytest.approx(in_place / 3), in_place == 3)


class TestMatching:
    @pytest.mark.parametrize(
        ("pairs", "points"),
        [
            ((("p1", "liver"), ("p2", "kidney")), 1.0),
            ((("p2", "kidney"), ("p1", "liver")), 1.0),
            ((("p1", "liver"), ("p2", "spleen")), 0.5),
            ((("p1", "liver"), ("p2", "liver")), 0.5),
            ((("p1", "kidney"), ("p2", "liver")), 0.0),
            ((("p1", "liver"),), 0.5),
            ((), 0.0),
        ],
    )
    def test_each_pair_earns_its_part(self, pairs: tuple, points: float) -> None:
        assert score(GOOD_MATCHING, MatchingResponse(pairs)) == Score(points, points == 1.0)


class TestSpelling:
    @pytest.mark.parametrize("spelling", ["E11.22", "e11.22", "E1122", " e11 22 ", "+E11.22"])
    def test_of_a_diagnosis_is_free(self, spelling: str) -> None:
        assert typed(code_item(icd("E11.22")), spelling).correct

    @pytest.mark.parametrize("written", ["+99292", "99292"])
    @pytest.mark.parametrize("spelling", ["+99292", "99292"])
    def test_of_an_add_on_code_is_free(self, written: str, spelling: str) -> None:
        assert typed(code_item(cpt(written)), spelling).correct

    def test_of_an_author_is_free_too(self) -> None:
        assert typed(code_item(icd("e1122")), "E11.22").correct

    @pytest.mark.parametrize("spelling", ["100", "0100", "000100", "64", "00101"])
    def test_keeps_every_zero(self, spelling: str) -> None:
        assert not typed(code_item(cpt("00100")), spelling).correct


class TestDetails:
    TWO = code_item(cpt("99213", modifiers=("25", "59")))

    @pytest.mark.parametrize("row", ["99213-25-59", "99213-59-25"])
    def test_modifiers_stand_in_any_order(self, row: str) -> None:
        assert typed(self.TWO, row).correct

    def test_modifiers_may_stand_in_either_field(self) -> None:
        row = entered("99213-25", "59")
        assert score(self.TWO, CodeEntryResponse((row,))).correct

    @pytest.mark.parametrize("row", ["99213", "99213-25", "99213-25-LT", "99213-25-59-59"])
    def test_a_wrong_modifier_costs_half(self, row: str) -> None:
        assert (verdicts(self.TWO, row), typed(self.TWO, row).points) == ("detail", 0.5)

    def test_a_modifier_that_does_not_belong_costs_half(self) -> None:
        assert typed(code_item(cpt("99213")), "99213-25").points == 0.5

    @pytest.mark.parametrize(
        ("asked", "given_units", "right"),
        [
            (None, None, True),
            (None, 4, True),
            (1, None, True),
            (1, 1, True),
            (1, 2, False),
            (2, 2, True),
            (2, None, False),
            (2, 1, False),
        ],
    )
    def test_units_default_to_one_where_asked(self, asked, given_units, right: bool) -> None:
        item = code_item(cpt("J1885", units=asked))
        result = score(item, CodeEntryResponse((entered("J1885", units=given_units),)))
        assert result.points == (1.0 if right else 0.5)

    @pytest.mark.parametrize(
        ("asked", "given_poa", "right"),
        [
            (None, None, True),
            (None, "N", True),
            ("Y", "Y", True),
            ("Y", "y", True),
            ("Y", "N", False),
            ("Y", None, False),
        ],
    )
    def test_poa_counts_only_where_asked(self, asked, given_poa, right: bool) -> None:
        item = code_item(icd("E11.22", poa=asked))
        result = score(item, CodeEntryResponse((entered("E11.22", poa=given_poa),)))
        assert result.points == (1.0 if right else 0.5)

    def test_a_wrong_detail_weighs_no_more_for_standing_in_a_wrong_place(self) -> None:
        item = code_item(cpt("99213", modifiers=("25",)), cpt("12001"), order=OrderRule.EXACT)
        assert verdicts(item, "12001", "99213") == "place detail"


class TestOrder:
    CODES = (icd("A01.0"), icd("B02.0"), icd("C03.0"))

    @pytest.mark.parametrize(
        ("order", "rows", "told", "points"),
        [
            ("any", "A010 B020 C030", "right right right", 3.0),
            ("any", "C030 B020 A010", "right right right", 3.0),
            ("any", "Z99 C030 A010", "extra right right", 1.5),
            ("principal-first", "A010 B020 C030", "right right right", 3.0),
            ("principal-first", "A010 C030 B020", "right right right", 3.0),
            ("principal-first", "B020 A010 C030", "place place right", 2.0),
            ("principal-first", "C030 B020 A010", "place right place", 2.0),
            ("principal-first", "A010", "right", 1.0),
            ("principal-first", "B020", "place", 0.5),
            ("principal-first", "Z99 A010 B020", "extra place right", 1.0),
            ("principal-first", "A010 Z99 C030", "right extra right", 1.5),
            ("exact", "A010 B020 C030", "right right right", 3.0),
            ("exact", "A010 C030 B020", "right place place", 2.0),
            ("exact", "C030 B020 A010", "place right place", 2.0),
            ("exact", "B020 C030", "place place", 1.0),
            ("exact", "A010 Z99 C030", "right extra right", 1.5),
            ("exact", "Z99 A010 B020 C030", "extra place place place", 1.0),
        ],
    )
    def test_what_counts_of_the_sequence(self, order, rows: str, told: str, points: float) -> None:
        item = code_item(*self.CODES, order=OrderRule(order))
        result = typed(item, *rows.split())
        assert verdicts(item, *rows.split()) == told
        assert result.points == pytest.approx(points / 3)
        assert result.correct == (points == 3.0)

    @pytest.mark.parametrize("order", OrderRule)
    def test_a_lone_code_is_always_in_its_place(self, order: OrderRule) -> None:
        assert typed(code_item(icd("E11.9"), order=order), "E11.9").correct


class TestWrongCodes:
    ITEM = code_item(icd("E11.22"), icd("N18.31"))

    @pytest.mark.parametrize(
        ("rows", "told", "points"),
        [
            ("E11.22", "right", 0.5),
            ("E11.22 N18.30", "right near", 0.25),
            ("E11.22 N18", "right near", 0.25),
            ("E11.22 N19", "right extra", 0.25),
            ("E11.22 N1", "right extra", 0.25),
            ("E11.22 N18.31 N18.30", "right right extra", 0.75),
            ("E11.22 N18.31 I10", "right right extra", 0.75),
            ("E11.22 N18.31 I10 I11.0", "right right extra extra", 0.5),
            ("E11.22 E11.22", "right extra", 0.25),
            ("E11.22 N18.31 E11.22", "right right extra", 0.75),
            ("N18.30 N18.32", "near near", 0.0),
            ("I10", "extra", 0.0),
            ("I10 I11.0 I12.0", "extra extra extra", 0.0),
        ],
    )
    def test_each_code_too_many_costs_half(self, rows: str, told: str, points: float) -> None:
        result = typed(self.ITEM, *rows.split())
        assert (verdicts(self.ITEM, *rows.split()), result.points) == (told, points)
        assert not result.correct

    def test_all_codes_with_one_too_many_are_not_correct(self) -> None:
        assert not typed(self.ITEM, "E11.22", "N18.31", "I10").correct

    def test_a_near_miss_names_the_code_that_it_misses(self) -> None:
        near = typed(self.ITEM, "E11.22", "N18.30").rows[1]
        assert near.expected == 1

    def test_an_extra_code_names_none(self) -> None:
        assert typed(self.ITEM, "I10").rows[0].expected is None

    def test_a_near_miss_does_not_answer_a_code_that_comes_later(self) -> None:
        assert verdicts(self.ITEM, "N18.30", "N18.31") == "extra right"


class TestCodeExpectedTwice:
    SIDES = code_item(cpt("20610", modifiers=("RT",)), cpt("20610", modifiers=("LT",)))

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ("20610-RT 20610-LT", "right right"),
            ("20610-LT 20610-RT", "right right"),
            ("20610 20610-RT", "detail right"),
            ("20610-RT 20610-RT", "right detail"),
            ("20610-RT 20610-LT 20610-50", "right right extra"),
        ],
    )
    def test_each_row_answers_the_one_it_fits(self, rows: str, told: str) -> None:
        assert verdicts(self.SIDES, *rows.split()) == told

    def test_their_sequence_counts_where_it_is_asked_for(self) -> None:
        item = replace(self.SIDES, order=OrderRule.EXACT)
        assert verdicts(item, "20610-LT", "20610-RT") == "place place"

    def test_a_right_row_beats_an_earlier_one_with_a_wrong_detail(self) -> None:
        assert verdicts(code_item(cpt("99213", modifiers=("25",))), "99213", "99213-25") == (
            "extra right"
        )


# Few codes that meet often: equal, near, with and without a modifier.
CODES = st.sampled_from(["E11.9", "E11.22", "N18.31", "N18.30", "99213", "99213-25", "99213-59"])
ROWS = st.lists(CODES, max_size=6)


@st.composite
def code_items(draw: st.DrawFn) -> CodeEntryItem:
    expected: list[ExpectedCode] = []
    for text in draw(st.lists(CODES, min_size=1, max_size=4)):
        code, *modifiers = text.split("-")
        expected.append(cpt(code, modifiers=tuple(modifiers)))
    return code_item(*expected, order=draw(st.sampled_from(OrderRule)))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Item, Response]:
    """An item of any kind and any response that its form could send."""
    ids = st.sampled_from("abcd")
    organs = st.sampled_from(["liver", "kidney", "spleen"])
    cases: list[tuple[Item, Response]] = [
        (GOOD_SINGLE, SingleResponse(draw(st.sampled_from(["m58", "m76", "m78", "m79"])))),
        (GOOD_MULTIPLE, MultipleResponse(tuple(draw(st.lists(ids))))),
        (THREE_KEYS, MultipleResponse(tuple(draw(st.lists(ids))))),
        (GOOD_ORDERING, OrderingResponse(tuple(draw(st.permutations(["s1", "s2", "s3"]))))),
        (GOOD_MATCHING, MatchingResponse((("p1", draw(organs)), ("p2", draw(organs))))),
        (draw(code_items()), CodeEntryResponse(tuple(map(entered, draw(ROWS))))),
    ]
    return draw(st.sampled_from(cases))


@STEADY
@given(answered())
def test_points_lie_between_nothing_and_all(pair: tuple[Item, Response]) -> None:
    assert 0 <= score(*pair).points <= 1


@STEADY
@given(answered())
def test_all_points_mean_correct_and_nothing_less_does(pair: tuple[Item, Response]) -> None:
    result = score(*pair)
    assert result.correct == (result.points == 1)


@STEADY
@given(code_items(), ROWS)
def test_without_a_sequence_the_order_of_the_rows_is_free(item: CodeEntryItem, rows) -> None:
    item = replace(item, order=OrderRule.ANY)
    points = {typed(item, *order).points for order in list(permutations(rows))[:24]}
    assert len(points) == 1
