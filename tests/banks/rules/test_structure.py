"""S rules: each catches a planted flaw and passes good items."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
    bank_flaws,
    bank_of,
    context_of,
    item_flaws,
    single,
)
from trainer.banks.rules import (
    s01_no_single_key,
    s02_option_count,
    s03_duplicate_options,
    s04_no_lead_in,
    s05_article_before_options,
    s08_depends_on_other_item,
    s09_letter_in_option,
    s10_text_debris,
)
from trainer.core.bank import Bank
from trainer.core.item import Case, Item, Option, RecordSection

ITEM_RULES = [
    s01_no_single_key,
    s03_duplicate_options,
    s04_no_lead_in,
    s05_article_before_options,
    s08_depends_on_other_item,
    s09_letter_in_option,
    s10_text_debris,
]


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", ITEM_RULES, ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


def stem(text: str, item: Item = GOOD_SINGLE) -> Item:
    return replace(item, stem=text)


class TestS01:
    @pytest.mark.parametrize(
        ("item", "field", "message"),
        [
            (replace(GOOD_SINGLE, key="m99"), "key", "“m99” is the id of no option"),
            (
                replace(GOOD_SINGLE, options=(*GOOD_SINGLE.options, Option("m78", "80", "No."))),
                "key",
                "2 options have the id “m78”",
            ),
            (replace(GOOD_MULTIPLE, keys=(), stem="Which apply?"), "keys", "no option is a key"),
            (replace(GOOD_MULTIPLE, keys=("a", "a")), "keys", "a key is named twice (a, a)"),
            (replace(GOOD_MULTIPLE, keys=("a", "x")), "keys", "“x” is the id of no option"),
            (
                replace(GOOD_MULTIPLE, keys=("a", "b", "c")),
                "keys",
                "the stem asks for 2, but 3 are keys",
            ),
            (
                stem("Which two of the claim's pages count? Choose three.", GOOD_MULTIPLE),
                "keys",
                "the stem asks for 3, but 2 are keys",
            ),
            (
                replace(GOOD_MULTIPLE, keys=("a", "b", "c", "d"), stem="Which entries are needed?"),
                "keys",
                "all 4 options are keys",
            ),
            (replace(GOOD_CODE_ENTRY, codes=()), "codes", "no code is expected"),
            (
                replace(GOOD_ORDERING, steps=GOOD_ORDERING.steps[:1] * 2),
                "steps",
                "2 of the steps have the id “s1”",
            ),
            (
                replace(GOOD_MATCHING, options=GOOD_MATCHING.options[1:]),
                "prompts.p1.match",
                "“liver” is the id of no option",
            ),
        ],
    )
    def test_catches_a_broken_key(self, item: Item, field: str, message: str) -> None:
        (flaw,) = item_flaws(s01_no_single_key.RULE, item)
        assert flaw.field == field
        assert message in flaw.message

    @pytest.mark.parametrize(
        "text",
        [
            "A claim has two lines. Which entries name a provider?",
            "Which three-character category and which entry name a provider?",
        ],
    )
    def test_reads_only_a_declared_count(self, text: str) -> None:
        assert item_flaws(s01_no_single_key.RULE, stem(text, GOOD_MULTIPLE)) == []


class TestS02:
    def numbered(self, *counts: int) -> Bank:
        items = (
            replace(single(*"PQRSTUVW"[:count]), id=f"i{place}")
            for place, count in enumerate(counts)
        )
        return bank_of(*items)

    def test_catches_an_item_unlike_the_majority(self) -> None:
        (flaw,) = bank_flaws(s02_option_count.RULE, self.numbered(4, 4, 4, 5, 4))
        assert flaw.item == "i3"
        assert flaw.message == "5 options; 80% of this bank's single items have 4"

    @pytest.mark.parametrize("count", [2, 7])
    def test_catches_a_number_that_no_exam_has(self, count: int) -> None:
        (flaw,) = bank_flaws(s02_option_count.RULE, self.numbered(count))
        assert flaw.message == f"{count} options; 3 to 6 are usual"

    @pytest.mark.parametrize("count", [3, 6])
    def test_passes_the_limits(self, count: int) -> None:
        assert bank_flaws(s02_option_count.RULE, self.numbered(count)) == []

    def test_passes_a_bank_of_good_items(self) -> None:
        assert bank_flaws(s02_option_count.RULE, bank_of(*GOOD_ITEMS)) == []

    def test_sees_no_norm_without_a_majority(self) -> None:
        assert bank_flaws(s02_option_count.RULE, self.numbered(4, 4, 4, 5, 5, 5)) == []


def test_s03_catches_a_code_written_twice() -> None:
    flaws = item_flaws(s03_duplicate_options.RULE, single("E11.9", "e119", "I10", "J45.909"))
    assert [flaw.field for flaw in flaws] == ["options.o1"]


class TestS04:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("Modifier?", "9 characters in 1 word;"),
            ("Which code is it, today?", "24 characters in 5 words;"),
            ("Type 2 diabetes with stage 3a chronic kidney disease.", "nothing is asked"),
            ("The order of payers, the list of codes and the match of names.", "nothing is asked"),
        ],
    )
    def test_catches_a_stem_that_asks_nothing(self, text: str, message: str) -> None:
        (flaw,) = item_flaws(s04_no_lead_in.RULE, stem(text))
        assert flaw.field == "stem"
        assert message in flaw.message

    @pytest.mark.parametrize(
        "text",
        [
            "Which modifier goes here?",
            "The modifier for an unplanned return is:",
            "Write ____ for an unplanned return to the room",
            "Which modifier belongs here?\n\n> Returned to the room on day 12.",
            'The note ends: "No dementia."\n\nEnter the codes in their order.',
            "A new patient has booked. List the steps as they are taken.",
        ],
    )
    def test_knows_a_lead_in_by_its_mark_or_its_verb(self, text: str) -> None:
        assert item_flaws(s04_no_lead_in.RULE, stem(text)) == []

    def test_lets_a_case_tell_what_a_short_stem_leaves_out(self) -> None:
        assert item_flaws(s04_no_lead_in.RULE, replace(stem("Enter the codes:"), case="c")) == []


class TestS05:
    @pytest.mark.parametrize(
        ("text", "article"),
        [
            ("The opening between trachea and skin is called a:", "“a”"),
            ("A request for payment that was refused is an ____.", "“an”"),
            ("The visible part of the ear is a", "“a”"),
        ],
    )
    def test_catches_an_article_at_the_end(self, text: str, article: str) -> None:
        (flaw,) = item_flaws(s05_article_before_options.RULE, stem(text))
        assert flaw.field == "stem"
        assert article in flaw.message

    @pytest.mark.parametrize(
        "text",
        [
            "The outpatient visit is paid under Medicare Part A:",
            "The opening between trachea and skin is called a/an:",
            "Patients with jaundice are tested first for hepatitis A",
            "Which of the two does the payer call a claim?",
        ],
    )
    def test_passes_what_only_looks_like_an_article(self, text: str) -> None:
        assert item_flaws(s05_article_before_options.RULE, stem(text)) == []

    def test_is_silent_without_options(self) -> None:
        assert item_flaws(s05_article_before_options.RULE, stem("It is a:", GOOD_CODE_ENTRY)) == []


class TestS08:
    @pytest.mark.parametrize(
        ("item", "field", "phrase"),
        [
            (stem("Which modifier fits the patient of the previous question?"), "stem", "previous"),
            (stem("Using your answer, how many units are billed today?"), "stem", "your answer"),
            (stem("Look at question 12. Which code is reported now?"), "stem", "question 12"),
            (single("58", "76", "As above", "79"), "options.o2", "As above"),
        ],
    )
    def test_catches_a_pointer_to_another_item(self, item: Item, field: str, phrase: str) -> None:
        (flaw,) = item_flaws(s08_depends_on_other_item.RULE, item)
        assert flaw.field == field
        assert phrase in flaw.message

    @pytest.mark.parametrize(
        "text",
        [
            "Which entry belongs in item 21 of the CMS-1500 claim form?",
            "Answer the following question: which modifier is reported?",
            "A note ends: same as above. Which code is reported for it?",
            "The previous claim was denied. What does the biller do next?",
        ],
    )
    def test_passes_a_pointer_into_its_own_stem(self, text: str) -> None:
        assert item_flaws(s08_depends_on_other_item.RULE, stem(text)) == []

    def test_is_silent_inside_a_case(self) -> None:
        item = replace(stem("Which code fits the previous question?"), case="case")
        assert item_flaws(s08_depends_on_other_item.RULE, item) == []


class TestS09:
    @pytest.mark.parametrize(
        "texts",
        [
            ("A. Liver", "B. Kidney", "C. Spleen", "D. Heart"),
            ("(a) Liver", "(b) Kidney", "(c) Spleen", "(d) Heart"),
            ("2) Liver", "1) Kidney", "4) Spleen", "3) Heart"),
            ("B: Liver", "A: Kidney"),
        ],
    )
    def test_catches_typed_letters_and_numbers(self, texts: tuple[str, ...]) -> None:
        flaws = item_flaws(s09_letter_in_option.RULE, single(*texts))
        assert [flaw.field for flaw in flaws] == [f"options.o{n}" for n in range(len(texts))]

    @pytest.mark.parametrize(
        "texts",
        [
            ("E. coli", "C. difficile", "H. pylori", "S. aureus"),
            ("A. baumannii", "Proteus", "Klebsiella", "Serratia"),
            ("1.5 units", "2.5 units", "3.5 units", "4.5 units"),
        ],
    )
    def test_passes_names_and_numbers(self, texts: tuple[str, ...]) -> None:
        assert item_flaws(s09_letter_in_option.RULE, single(*texts)) == []


class TestS10:
    @pytest.mark.parametrize(
        ("debris", "message"),
        [
            ("Which<br />code", "HTML tag: “<br />”"),
            ("Which&nbsp;code", "HTML entity: “&nbsp;”"),
            ("MÃ©niÃ¨re", "wrongly decoded character: “Ã©”, “Ã¨”"),
            ("the patientâ€™s code", "wrongly decoded character: “â€™”"),
            ("the patient?s code", "lost quotation mark: “t?s”"),
            ("Which\u200bcode", "invisible character: U+200B"),
            ("Which code\\n\\nis", "escape sequence: “\\n”"),
        ],
    )
    def test_names_the_debris(self, debris: str, message: str) -> None:
        (flaw,) = item_flaws(s10_text_debris.RULE, stem(f"{debris} is reported for this visit?"))
        assert flaw.field == "stem"
        assert flaw.message == message

    @pytest.mark.parametrize(
        "text",
        [
            "Age < 65 and GFR > 60, Ménière’s disease: H&P; which code?",
            "See [the page](https://www.cms.gov/find?q=a?b) first. Which code?",
            "The AT&T plan pays 80 % – 20 % is left. Who pays?",
        ],
    )
    def test_passes_clean_text(self, text: str) -> None:
        assert item_flaws(s10_text_debris.RULE, stem(text)) == []

    def test_reports_a_record_at_its_first_item_only(self) -> None:
        case = Case("c", "A case", "ED note", (RecordSection("History", "Fell&nbsp;down."),))
        items = (replace(GOOD_SINGLE, case="c"), replace(GOOD_MULTIPLE, case="c"))
        context = context_of(replace(bank_of(*items), cases=(case,)))
        flaws = [list(s10_text_debris.RULE.check(i, context)) for i in context.items]
        assert [[flaw.field for flaw in found] for found in flaws] == [["case.History"], []]
