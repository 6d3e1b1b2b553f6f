"""After the answer: the verdict, the key first, and a reason for every part."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
)
from tests.core.samples import SEED, all_items, code_item, cpt, icd, right_response
from trainer.core.code import CodeSet, entered
from trainer.core.errors import InvalidResponseError
from trainer.core.feedback import (
    Feedback,
    PairFeedback,
    RowFeedback,
    StepFeedback,
    Verdict,
    feedback,
    lettered,
    spelled,
)
from trainer.core.item import (
    CodeEntryItem,
    ExpectedCode,
    Item,
    NearMiss,
    OrderRule,
    RouteStage,
    RouteStep,
)
from trainer.core.presentation import letters, question
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)

SEEDS = [f"seed{number}|1" for number in range(30)]
SHUFFLED = replace(GOOD_SINGLE, shuffle=True)


def typed(item: CodeEntryItem, *rows: str) -> Feedback:
    return feedback(item, SEED, CodeEntryResponse(tuple(entered(row) for row in rows)))


class TestVerdict:
    @pytest.mark.parametrize(
        ("item", "given", "verdict"),
        [
            (GOOD_SINGLE, SingleResponse("m78"), Verdict.RIGHT),
            (GOOD_SINGLE, SingleResponse("m58"), Verdict.WRONG),
            (GOOD_MULTIPLE, MultipleResponse(("a", "b")), Verdict.RIGHT),
            (GOOD_MULTIPLE, MultipleResponse(("a", "c")), Verdict.WRONG),
            (GOOD_ORDERING, OrderingResponse(("s1", "s3", "s2")), Verdict.PARTLY),
            (GOOD_ORDERING, OrderingResponse(("s2", "s3", "s1")), Verdict.WRONG),
            (GOOD_MATCHING, MatchingResponse((("p1", "liver"), ("p2", "liver"))), Verdict.PARTLY),
            (GOOD_CODE_ENTRY, CodeEntryResponse((entered("E11.22"),)), Verdict.PARTLY),
            (GOOD_CODE_ENTRY, CodeEntryResponse((entered("I10"),)), Verdict.WRONG),
        ],
    )
    def test_tells_right_partly_and_wrong_apart(self, item, given: Response, verdict) -> None:
        assert feedback(item, SEED, given).verdict is verdict

    @pytest.mark.parametrize("item", all_items(), ids=lambda item: item.id)
    def test_of_the_authors_answer_is_right(self, item: Item) -> None:
        told = feedback(item, SEED, right_response(item))
        assert (told.verdict, told.points) == (Verdict.RIGHT, 1.0)

    def test_all_codes_with_one_too_many_are_partly_right(self) -> None:
        assert typed(GOOD_CODE_ENTRY, "E11.22", "N18.31", "I10").verdict is Verdict.PARTLY

    def test_a_response_of_another_kind_is_refused(self) -> None:
        with pytest.raises(InvalidResponseError):
            feedback(GOOD_SINGLE, SEED, MultipleResponse(("m78",)))

    def test_is_stored_and_styled_by_these_words(self) -> None:
        words = ["right", "partly", "wrong", "unanswered"]
        assert [verdict.value for verdict in Verdict] == words

    @pytest.mark.parametrize("item", all_items(), ids=lambda item: item.id)
    def test_an_exam_without_an_answer_tells_all_and_reproaches_nothing(self, item: Item) -> None:
        told = feedback(item, SEED, None)
        assert told.verdict is Verdict.UNANSWERED
        assert told.points == 0
        assert not any(option.is_chosen for option in told.options)
        assert not any(pair.given or pair.is_right for pair in told.pairs)
        assert not any(step.given or step.is_right for step in told.steps)
        assert {row.verdict for row in told.rows} <= {"missing"}
        assert told.options or told.pairs or told.steps or told.rows


class TestOptions:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_key_comes_first_then_the_chosen_one_then_the_rest(self, seed: str) -> None:
        told = feedback(SHUFFLED, seed, SingleResponse("m58")).options
        assert [(o.text, o.is_key, o.is_chosen) for o in told[:2]] == [
            ("78", True, False),
            ("58", False, True),
        ]
        assert {o.text for o in told[2:]} == {"76", "79"}

    @pytest.mark.parametrize("seed", SEEDS)
    def test_chosen_keys_come_before_missed_ones(self, seed: str) -> None:
        told = feedback(GOOD_MULTIPLE, seed, MultipleResponse(("b", "d"))).options
        flags = [(o.is_key, o.is_chosen) for o in told]
        assert flags == [(True, True), (True, False), (False, True), (False, False)]

    @pytest.mark.parametrize("seed", SEEDS)
    def test_the_rest_stays_in_the_order_shown(self, seed: str) -> None:
        rest = [o.letter for o in feedback(SHUFFLED, seed, SingleResponse("m78")).options[1:]]
        assert rest == sorted(rest)

    @pytest.mark.parametrize("seed", SEEDS)
    def test_letters_are_those_of_the_question(self, seed: str) -> None:
        shown = {o.text: o.letter for o in question(SHUFFLED, None, seed).options}
        told = feedback(SHUFFLED, seed, SingleResponse("m58")).options
        assert {o.text: o.letter for o in told} == shown

    def test_every_option_has_its_own_reason(self) -> None:
        told = feedback(GOOD_SINGLE, SEED, SingleResponse("m58")).options
        assert {o.text: o.reason for o in told} == {o.text: o.reason for o in GOOD_SINGLE.options}

    @pytest.mark.parametrize("item", GOOD_ITEMS[2:], ids=lambda item: item.kind)
    def test_other_kinds_list_none(self, item: Item) -> None:
        assert feedback(item, SEED, right_response(item)).options == ()


class TestLetters:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_stand_for_the_ids_in_the_rationale(self, seed: str) -> None:
        item = replace(SHUFFLED, rationale="{{opt:m78}} is right, {{opt:m58}} is not.")
        shown = letters(item, seed)
        told = feedback(item, seed, SingleResponse("m58")).rationale
        assert told == f"Option {shown['m78']} is right, option {shown['m58']} is not."

    def test_stand_for_the_ids_in_a_reason(self) -> None:
        first, *rest = GOOD_SINGLE.options
        reason = "Like {{opt:m79}}."
        item = replace(GOOD_SINGLE, options=(replace(first, reason=reason), *rest))
        told = feedback(item, SEED, SingleResponse("m58")).options
        assert told[1].reason == "Like option D."

    @pytest.mark.parametrize("before", ["", "Done. ", "First line.\n\n", "Who? ", "Stop! ", "So: "])
    def test_open_a_sentence_with_a_capital(self, before: str) -> None:
        assert lettered(before + "{{opt:x}} is it.", {"x": "B"}) == before + "Option B is it."

    def test_are_a_question_mark_where_the_id_is_unknown(self) -> None:
        assert lettered("See {{opt:x}}.", {"a": "A"}) == "See option ?."

    @pytest.mark.parametrize("text", ["No mark.", "{{other:a}}", "{opt:a}", "{{opt:a}"])
    def test_leave_other_text_alone(self, text: str) -> None:
        assert lettered(text, {"a": "A"}) == text

    def test_of_an_item_in_the_authors_order_run_from_a(self) -> None:
        item = replace(GOOD_SINGLE, shuffle=False, rationale="{{opt:m78}}")
        assert feedback(item, SEED, SingleResponse("m78")).rationale == "Option C"


class TestPairs:
    def test_each_line_tells_what_was_given_and_what_is_right(self) -> None:
        given = MatchingResponse((("p1", "liver"), ("p2", "spleen")))
        assert feedback(GOOD_MATCHING, SEED, given).pairs == (
            PairFeedback("hepat/o", "Liver", "Liver", "As in hepatomegaly.", is_right=True),
            PairFeedback("nephr/o", "Spleen", "Kidney", "As in nephrectomy.", is_right=False),
        )

    def test_ids_in_a_reason_become_letters(self) -> None:
        first, *rest = GOOD_MATCHING.prompts
        item = replace(GOOD_MATCHING, prompts=(replace(first, reason="See {{opt:spleen}}."), *rest))
        reason = feedback(item, SEED, right_response(item)).pairs[0].reason
        assert reason == f"See option {letters(item, SEED)['spleen']}."

    def test_a_line_without_an_answer_is_blank_and_wrong(self) -> None:
        pair = feedback(GOOD_MATCHING, SEED, MatchingResponse(())).pairs[0]
        assert (pair.given, pair.is_right) == ("", False)


class TestSteps:
    def test_each_step_tells_its_place_and_where_it_was_put(self) -> None:
        told = feedback(GOOD_ORDERING, SEED, OrderingResponse(("s2", "s1", "s3"))).steps
        one, two, three = GOOD_ORDERING.steps
        assert told == (
            StepFeedback(1, 2, one.text, one.reason, is_right=False),
            StepFeedback(2, 1, two.text, two.reason, is_right=False),
            StepFeedback(3, 3, three.text, three.reason, is_right=True),
        )


class TestRows:
    def test_right_rows_tell_why(self) -> None:
        told = typed(GOOD_CODE_ENTRY, "e1122", "N18.31").rows
        assert told == (
            RowFeedback(
                "E1122",
                "right",
                "E11.22",
                "The two conditions are linked by “with”.",
                is_right=True,
            ),
            RowFeedback("N1831", "right", "N18.31", "Names the documented stage.", is_right=True),
        )

    def test_missing_codes_come_last_with_their_reason(self) -> None:
        assert typed(GOOD_CODE_ENTRY, "I10").rows[1:] == (
            RowFeedback(
                "", "missing", "E11.22", "The two conditions are linked by “with”.", is_right=False
            ),
            RowFeedback("", "missing", "N18.31", "Names the documented stage.", is_right=False),
        )

    def test_an_extra_code_has_no_right_spelling_and_no_reason(self) -> None:
        assert typed(GOOD_CODE_ENTRY, "I10").rows[0] == RowFeedback(
            "I10", "extra", "", "", is_right=False
        )

    def test_a_near_miss_tells_its_own_reason_and_the_right_code(self) -> None:
        assert typed(GOOD_CODE_ENTRY, "E11.22", "n1830").rows[1:] == (
            RowFeedback("N1830", "near", "N18.31", "The stage is documented.", is_right=False),
        )

    def test_a_near_code_without_a_reason_of_its_own_tells_that_of_the_right_one(self) -> None:
        row = typed(GOOD_CODE_ENTRY, "E11.22", "N18.32").rows[1]
        assert (row.verdict, row.reason) == ("near", "Names the documented stage.")

    def test_a_near_miss_of_another_category_tells_its_reason_too(self) -> None:
        misses = (NearMiss("E10.22", "The type is documented."),)
        item = replace(GOOD_CODE_ENTRY, near_misses=misses)
        row = typed(item, "E10.22").rows[0]
        assert (row.verdict, row.reason) == ("extra", "The type is documented.")

    @pytest.mark.parametrize("written", ["+99292", "99292"])
    @pytest.mark.parametrize("spelling", ["+99292", "99292"])
    def test_a_near_miss_may_be_an_add_on_code(self, written: str, spelling: str) -> None:
        misses = (NearMiss(written, "Not without the first hour."),)
        item = replace(code_item(cpt("99291")), near_misses=misses)
        assert typed(item, spelling).rows[0].reason == "Not without the first hour."

    def test_a_wrong_detail_shows_the_full_code(self) -> None:
        item = code_item(cpt("99213", modifiers=("25",)))
        row = typed(item, "99213-59").rows[0]
        assert (row.given, row.verdict, row.right) == ("99213-59", "detail", "99213-25")

    def test_a_wrong_place_is_told_apart(self) -> None:
        item = code_item(icd("E11.22"), icd("N18.31"), order=OrderRule.EXACT)
        assert [row.verdict for row in typed(item, "N18.31", "E11.22").rows] == ["place", "place"]

    @pytest.mark.parametrize("row", ["I10", "Z00.00"])
    def test_ids_in_reasons_have_no_letter_here(self, row: str) -> None:
        item = code_item(replace(icd("I10"), reason="See {{opt:x}}."))
        assert typed(item, row).rows[-1].reason == "See option ?."

    def test_a_row_is_shown_with_all_that_hangs_on_it(self) -> None:
        row = entered("E11.22", "25", 2, "N")
        told = feedback(GOOD_CODE_ENTRY, SEED, CodeEntryResponse((row,)))
        assert told.rows[0].given == "E1122-25 × 2 (POA N)"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (icd("E11.22"), "E11.22"),
        (icd("e1122"), "E11.22"),
        (icd("S72001A"), "S72.001A"),
        (icd("I10"), "I10"),
        (icd("E119"), "E11.9"),
        (icd("E11.22", poa="Y"), "E11.22 (POA Y)"),
        (cpt("99213", modifiers=("25",)), "99213-25"),
        (cpt("99213", modifiers=("25", "59")), "99213-25-59"),
        (cpt("99213", modifiers=("25",), units=1), "99213-25 × 1"),
        (cpt("00100", units=3), "00100 × 3"),
        (cpt("0042t"), "0042T"),
        (ExpectedCode("0016070", CodeSet.ICD_10_PCS, "Reason."), "0016070"),
        (ExpectedCode("j1885", CodeSet.HCPCS, "Reason.", units=2), "J1885 × 2"),
    ],
)
def test_a_code_is_spelled_as_on_a_claim(code: ExpectedCode, text: str) -> None:
    assert spelled(code) == text


def test_the_way_and_the_sources_are_handed_on() -> None:
    route = (RouteStep(RouteStage.INDEX, "Diabetes, type 2"),)
    item = replace(GOOD_SINGLE, route=route)
    told = feedback(item, SEED, SingleResponse("m78"))
    assert (told.route, told.references) == (route, GOOD_SINGLE.references)
