"""R rules on rationale and reasons: each catches a planted flaw and passes good items."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
    item_flaws,
    single,
)
from trainer.banks.rules import (
    r01_no_rationale,
    r02_no_reason,
    r03_rationale_contradicts_key,
    r04_letter_reference,
    r07_rationale_repeats,
)
from trainer.core.code import CodeSet
from trainer.core.item import Edition, Item, NearMiss, Option, RouteStage, RouteStep

RULES = [
    r01_no_rationale,
    r02_no_reason,
    r03_rationale_contradicts_key,
    r04_letter_reference,
    r07_rationale_repeats,
]


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", RULES, ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


def rationale(text: str, item: Item = GOOD_SINGLE) -> Item:
    return replace(item, rationale=text)


class TestR01:
    def test_catches_a_rationale_of_39_characters(self) -> None:
        (flaw,) = item_flaws(r01_no_rationale.RULE, rationale("x" * 39))
        assert flaw.field == "rationale"
        assert flaw.message == "39 characters; at least 40 are needed"

    def test_passes_40_characters(self) -> None:
        assert item_flaws(r01_no_rationale.RULE, rationale("x" * 40)) == []

    def test_counts_no_markup(self) -> None:
        assert len(item_flaws(r01_no_rationale.RULE, rationale("**" + "x" * 38 + "**"))) == 1


def reasons(*texts: str) -> Item:
    """The good single item whose wrong options (58, 76, 79) have these reasons."""
    given = iter(texts)
    options = tuple(
        option if option.id == "m78" else replace(option, reason=next(given))
        for option in GOOD_SINGLE.options
    )
    return replace(GOOD_SINGLE, options=options)


class TestR02:
    @pytest.mark.parametrize(
        ("item", "field", "message"),
        [
            (reasons("", "Same again.", "Unrelated."), "options.m58.reason", "“” gives no reason"),
            (reasons("Planned.", "This is incorrect.", "New."), "options.m76.reason", "no reason"),
            (reasons("Planned.", "N/A", "New."), "options.m76.reason", "no reason"),
            (reasons("Planned.", "Not it now.", "not it, now"), "options.m79.reason", "m76.reason"),
            (reasons("Planned.", "76.", "New."), "options.m76.reason", "only repeats"),
            (
                replace(GOOD_CODE_ENTRY, near_misses=(NearMiss("N18.9", "Wrong code."),)),
                "near_misses.N18.9.reason",
                "no reason",
            ),
            (
                replace(GOOD_ORDERING, steps=(Option("s1", "Register", "Correct."),)),
                "options.s1.reason",
                "no reason",
            ),
            (
                replace(
                    GOOD_MATCHING,
                    prompts=(replace(GOOD_MATCHING.prompts[0], reason="TBD"),),
                ),
                "prompts.p1.reason",
                "no reason",
            ),
        ],
    )
    def test_catches_a_verdict_for_a_reason(self, item: Item, field: str, message: str) -> None:
        (flaw,) = item_flaws(r02_no_reason.RULE, item)
        assert flaw.field == field
        assert message in flaw.message

    def test_leaves_the_key_to_the_rationale(self) -> None:
        options = tuple(
            replace(option, reason="Correct.") if option.id == "m78" else option
            for option in GOOD_SINGLE.options
        )
        assert item_flaws(r02_no_reason.RULE, replace(GOOD_SINGLE, options=options)) == []


class TestR03:
    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("The wound is related. The correct answer is 58. Not 78.", "58"),
            ("It was unplanned, unlike 78; 79 is the right modifier.", "79"),
            ("An opened wound, so {{opt:m58}} is correct. Mind 78.", "58"),
        ],
    )
    def test_catches_a_distractor_called_right(self, text: str, wrong: str) -> None:
        (flaw,) = item_flaws(r03_rationale_contradicts_key.RULE, rationale(text))
        assert flaw.field == "rationale"
        assert flaw.message == f"calls “{wrong}” right, which is not the key"

    @pytest.mark.parametrize(
        "text",
        [
            "The correct answer is 78, since the return was not planned.",
            "If the return had been planned, 58 is correct; here it is 78.",
            "58 would be correct for a staged return, 78 is for a complication.",
            "58 is the right modifier for a planned return. This one takes 78.",
            "58 is not correct. 78 fits the unplanned return.",
            "{{opt:m78}} is correct: the return was unplanned.",
        ],
    )
    def test_passes_what_only_compares(self, text: str) -> None:
        assert item_flaws(r03_rationale_contradicts_key.RULE, rationale(text)) == []

    def test_reads_the_longest_option_that_fits(self) -> None:
        item = single("11042, 97597", "11042", "97597", "11043", key=0)
        item = rationale("The correct code is 11042, 97597 together.", item)
        assert item_flaws(r03_rationale_contradicts_key.RULE, item) == []

    @pytest.mark.parametrize(
        ("item", "missing"),
        [
            (rationale("The return was unplanned and the problem is related."), ["78"]),
            (
                rationale("Only the billing provider is paid for the visit.", GOOD_MULTIPLE),
                [],
            ),
            (
                rationale("Those who see patients and those who get money.", GOOD_MULTIPLE),
                ["Rendering provider number", "Billing provider number"],
            ),
            (rationale("Diabetes and its organs are linked by “with”.", GOOD_CODE_ENTRY), None),
        ],
    )
    def test_catches_a_key_never_mentioned(self, item: Item, missing: list[str] | None) -> None:
        wanted = ["E11.22", "N18.31"] if missing is None else missing
        found = [flaw.message for flaw in item_flaws(r03_rationale_contradicts_key.RULE, item)]
        assert found == [f"never mentions the key “{key}”" for key in wanted]

    @pytest.mark.parametrize(
        "text",
        ["Category N18 has the stage, and that was documented.", "E1122 assumes the link."],
    )
    def test_takes_one_code_or_its_category_for_all(self, text: str) -> None:
        assert (
            item_flaws(r03_rationale_contradicts_key.RULE, rationale(text, GOOD_CODE_ENTRY)) == []
        )

    @pytest.mark.parametrize("item", [GOOD_ORDERING, GOOD_MATCHING], ids=lambda item: item.kind)
    def test_is_silent_where_there_is_no_key(self, item: Item) -> None:
        assert item_flaws(r03_rationale_contradicts_key.RULE, rationale("Nothing.", item)) == []


class TestR04:
    @pytest.mark.parametrize(
        ("text", "quoted"),
        [
            ("As option B says, the return was planned.", "option B"),
            ("Answer C is for repeats.", "Answer C"),
            ("The answer is D.", "answer is D"),
            ("Answer: A", "Answer: A"),
            ("Choices A and B need a plan.", "Choices A"),
            ("Compare with answer (C), please.", "answer (C"),
            ("It was unplanned. A is wrong because it needs a plan.", "A is wrong"),
            ("B, C and D are incorrect.", "B, C and D are incorrect"),
            ("(A) needs a plan.", "(A)"),
        ],
    )
    def test_catches_a_letter_in_the_rationale(self, text: str, quoted: str) -> None:
        (flaw,) = item_flaws(r04_letter_reference.RULE, rationale(text))
        assert flaw.field == "rationale"
        assert f"“{quoted}”" in flaw.message

    def test_catches_a_letter_in_a_reason_and_in_the_route(self) -> None:
        item = replace(
            reasons("See option D.", "Again.", "New."),
            route=(RouteStep(RouteStage.INDEX, "Leads to choice B"),),
        )
        fields = [flaw.field for flaw in item_flaws(r04_letter_reference.RULE, item)]
        assert fields == ["route", "options.m58.reason"]

    @pytest.mark.parametrize(
        "text",
        [
            "Medicare Part A pays the stay, Part B the surgeon.",
            "Vitamin B and hepatitis C are tested; type A is a blood group.",
            "The initial encounter (A) ends with active treatment.",
            "The patient may answer A question about E/M levels.",
            "Payers answer E/M questions; a choice of C-section is hers.",
            "{{opt:m58}} needs a plan.",
        ],
    )
    def test_passes_letters_that_name_something(self, text: str) -> None:
        assert item_flaws(r04_letter_reference.RULE, rationale(text)) == []

    def test_passes_a_letter_that_is_an_option(self) -> None:
        item = rationale("The right answer is A: active treatment.", single("A", "D", "S", "G"))
        assert item_flaws(r04_letter_reference.RULE, item) == []

    def test_passes_a_bare_value_of_a_code(self) -> None:
        item = replace(
            rationale("B is correct as the third character, so 78 falls."),
            editions=(Edition(CodeSet.ICD_10_PCS, "FY2027"),),
        )
        assert item_flaws(r04_letter_reference.RULE, item) == []


class TestR07:
    def test_catches_an_echo_of_stem_and_key(self) -> None:
        text = "78 belongs on the second procedure of the same surgeon in the operating room."
        (flaw,) = item_flaws(r07_rationale_repeats.RULE, rationale(text))
        assert flaw.field == "rationale"
        assert "content words stand in stem and key already" in flaw.message

    def test_passes_a_rule_added_to_the_echo(self) -> None:
        text = "78 belongs on the second procedure: unplanned, related, not staged like 58."
        assert item_flaws(r07_rationale_repeats.RULE, rationale(text)) == []

    def test_needs_more_than_four_fifths(self) -> None:
        item = replace(GOOD_SINGLE, stem="Liver, kidney, spleen, heart, lung: which?")
        four_of_five = "Liver kidney spleen heart surprises."
        five_of_six = "Liver kidney spleen heart lung surprises."
        assert item_flaws(r07_rationale_repeats.RULE, rationale(four_of_five, item)) == []
        (flaw,) = item_flaws(r07_rationale_repeats.RULE, rationale(five_of_six, item))
        assert flaw.message.startswith("5 of its 6 content words")
