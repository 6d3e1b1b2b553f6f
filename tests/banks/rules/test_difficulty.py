"""D rules: each catches a planted difficulty and passes good items."""

from dataclasses import replace
from itertools import product

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_MULTIPLE,
    GOOD_ORDERING,
    GOOD_SINGLE,
    bank_of,
    context_of,
    item_flaws,
    single,
)
from trainer.banks.rules import (
    d01_negative_stem,
    d02_negative_unmarked,
    d03_double_negative,
    d04_vague_frequency,
    d05_options_out_of_order,
    d06_overlapping_ranges,
    d07_window_dressing,
    d08_reading_level,
    d09_undefined_abbreviation,
    d10_disguised_true_false,
    d11_blank_in_the_middle,
    d12_best_without_basis,
    d13_repeated_opening,
)
from trainer.core.item import Case, Item, Option, RecordSection

RULES = (
    d01_negative_stem,
    d02_negative_unmarked,
    d03_double_negative,
    d04_vague_frequency,
    d05_options_out_of_order,
    d06_overlapping_ranges,
    d07_window_dressing,
    d08_reading_level,
    d09_undefined_abbreviation,
    d10_disguised_true_false,
    d11_blank_in_the_middle,
    d12_best_without_basis,
    d13_repeated_opening,
)


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", RULES, ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


def found(module, item: Item) -> list[tuple[str, str]]:
    return [(flaw.field, flaw.message) for flaw in item_flaws(module.RULE, item)]


def asked(stem: str) -> Item:
    return replace(GOOD_SINGLE, stem=stem)


# --- D01, D02 negative stems -------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Which of these services is not bundled?", "not"),
        ("A claim is sent. All of these are checked EXCEPT:", "EXCEPT"),
        ("Which entry is least useful to the payer?", "least"),
        ("Which sequence is **incorrect**?", "incorrect"),
        ("Which service is not paid when a claim is late? Round to the dollar.", "not"),
    ],
)
def test_d01_catches_a_question_turned_round(stem: str, word: str) -> None:
    assert found(d01_negative_stem, asked(stem)) == [("stem", f"“{word}” turns the question round")]


@pytest.mark.parametrize(
    "stem",
    [
        "The claim was not paid. What does the biller do?",
        "Why was the claim not paid?",
        "What does the biller do when the payer does not answer?",
        "Which code fits a fracture that is not displaced?",
        "At least 30 minutes are documented. Which code has a time of at least 30 minutes?",
    ],
)
def test_d01_passes_a_negative_fact(stem: str) -> None:
    assert found(d01_negative_stem, asked(stem)) == []


@pytest.mark.parametrize(
    "stem", ["Which service is not bundled?", "**Which** service is not *bundled*?"]
)
def test_d02_catches_a_negative_written_like_any_word(stem: str) -> None:
    assert found(d02_negative_unmarked, asked(stem)) == [
        ("stem", "“not” is neither bold nor in capitals")
    ]


@pytest.mark.parametrize("word", ["NOT", "**not**", "*not*", "**definitely not**", "__not__"])
def test_d02_passes_an_emphasised_negative(word: str) -> None:
    assert found(d02_negative_unmarked, asked(f"Which service is {word} bundled?")) == []


# --- D03 double negative -----------------------------------------------------


@pytest.mark.parametrize("negation", ["not", "never", "cannot", "isn't", "no longer"])
def test_d03_catches_a_negative_option_under_a_negative_stem(negation: str) -> None:
    item = single("It is paid", f"It {negation} be paid", stem="Which of these is NOT true?")
    assert found(d03_double_negative, item)[0][0] == "options.o1"


def test_d03_names_both_words() -> None:
    item = single("It is paid", "It is never paid", stem="Which of these is NOT true?")
    assert found(d03_double_negative, item) == [
        ("options.o1", "“never” in the option on top of “NOT” in the question")
    ]


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("Which of these is true?", "It is not paid"),
        ("Which of these is NOT coded?", "Neoplasm, not elsewhere classified"),
        ("Which of these is NOT coded?", "Diabetes without complication"),
    ],
)
def test_d03_passes(stem: str, text: str) -> None:
    assert found(d03_double_negative, single("It is paid", text, stem=stem)) == []


# --- D04 vague frequency -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The edit is usually bypassed", "usually"),
        ("Sometimes it is paid", "Sometimes"),
        ("It may cause a denial", "may cause"),
    ],
)
def test_d04_catches_a_word_without_a_number(text: str, word: str) -> None:
    message = f"how often is “{word}”? Every reader has another number in mind"
    assert found(d04_vague_frequency, single("It is paid", text)) == [("options.o1", message)]


@pytest.mark.parametrize(
    "text", ["The biller may bill the patient", "It may not be appealed", "In May 2026"]
)
def test_d04_passes_a_permission(text: str) -> None:
    assert found(d04_vague_frequency, single("It is paid", text)) == []


# --- D05 order ---------------------------------------------------------------


def in_order(*texts: str) -> Item:
    return replace(single(*texts), shuffle=False)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("$80.00", "$1,020.00", "$200.00"), "numbers"),
        (("30 days", "1 year", "6 months"), "numbers"),
        (("20 %", "5 %", "80 %"), "numbers"),
        (("10–19 minutes", "30–39 minutes", "20–29 minutes"), "numbers"),
        (("99213", "99215", "99214"), "codes"),
        (("99291", "+99292", "99223"), "codes"),
        (("October 1, 2026", "January 1, 2026", "June 30, 2026"), "dates"),
        (("59", "25", "LT"), "modifiers"),
    ],
)
def test_d05_catches_options_in_no_order(texts: tuple[str, ...], kind: str) -> None:
    listed = ", ".join(texts)
    assert found(d05_options_out_of_order, in_order(*texts)) == [
        ("options", f"the {kind} stand in no order: {listed}")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("45 minutes", "2 hours", "1 day"),
        ("99215", "99214", "99213"),
        ("52310", "52310-58", "52310-78"),
        ("2026-01-31", "2026-06-30", "2026-12-31"),
        ("Less than 10 minutes", "10–19 minutes", "20 minutes or more"),
        ("24", "25", "57"),
    ],
)
def test_d05_passes_options_in_order(texts: tuple[str, ...]) -> None:
    assert found(d05_options_out_of_order, in_order(*texts)) == []


def test_d05_asks_for_no_shuffle_where_options_are_in_order() -> None:
    assert found(d05_options_out_of_order, single("99213", "99214", "99215")) == [
        ("shuffle", "the codes stand in order, but are shuffled: say `shuffle: no`")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Liver", "Kidney", "Spleen"),
        ("2 units", "1 claim", "3 visits"),
        ("I10, E11.9", "E11.9, I10", "E11.65"),
        ("$5", "nothing", "$3"),
    ],
)
def test_d05_passes_options_without_an_order(texts: tuple[str, ...]) -> None:
    assert found(d05_options_out_of_order, single(*texts)) == []


# --- D06 ranges --------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        ("10–29 minutes", "20–39 minutes", "40–60 minutes"),
        ("10 to 20 days", "20 to 30 days", "31 to 40 days"),
        ("Less than 30 minutes", "20–40 minutes", "41 minutes or more"),
        ("11600–11606", "11602–11604", "12031–12037"),
        ("11600–11604", "11604–11606", "12031–12037"),
        ("11604–11606", "11600–11604", "12031–12037"),
    ],
)
def test_d06_catches_a_shared_value(texts: tuple[str, ...]) -> None:
    assert found(d06_overlapping_ranges, single(*texts)) == [
        ("options.o1", f"“{texts[0]}” and “{texts[1]}” share a value")
    ]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("10–19 minutes", "20–29 minutes"), "one ends before the other"),
        (("Less than 30 minutes", "30–44 minutes"), "30 is not less than 30"),
        (("At least 20 minutes", "At least 30 minutes"), "two limits"),
        (("11600–11606", "12031–12037"), "two families"),
        (("15 minutes", "10–20 minutes"), "a single value is no range"),
        (("99213-25", "99214-25"), "modifiers are no ranges"),
        (("0021T–0099T", "00210–00230"), "codes of two shapes are not numbered through"),
    ],
)
def test_d06_passes(texts: tuple[str, ...], why: str) -> None:
    assert found(d06_overlapping_ranges, single(*texts)) == [], why


# --- D07 window dressing -----------------------------------------------------

RAMBLING = (
    "Marigold, a retired schoolteacher who keeps bees beside the river and paints watercolors of "
    "herons every summer, drives through heavy rain with her nephew, a carpenter from Oregon, "
    "listening to an opera on the radio while the windshield wipers squeak. Near the lighthouse "
    "they buy strawberries, honey and bread. At noon the clouds vanish, and both admire a rainbow "
    "over the valley. Which modifier belongs on the second procedure?"
)


def test_d07_catches_a_story_that_nothing_comes_back_to() -> None:
    (field, message) = found(d07_window_dressing, asked(RAMBLING))[0]
    assert field == "stem"
    assert message.startswith("69 words, but options and rationale come back to ")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"case": "case"}, "a case's stem leans on its record"),
        ({"rationale": RAMBLING}, "the rationale explains the story"),
        ({"stem": RAMBLING[-60:]}, "short enough"),
        ({"stem": "> " + RAMBLING}, "a quoted note keeps its length"),
    ],
)
def test_d07_passes(changes: dict[str, str], why: str) -> None:
    item = replace(asked(RAMBLING), **changes)
    bank = replace(bank_of(item), cases=(Case("case", "A drive", "Note", ()),))
    assert list(d07_window_dressing.RULE.check(item, context_of(bank))) == [], why


def nonsense(count: int) -> list[str]:
    """Words that no list knows, each a root of its own."""
    return ["".join(letters) + "ox" for letters in product("bdfgk", repeat=3)][:count]


@pytest.mark.parametrize(("length", "caught"), [(60, False), (61, True)])
def test_d07_measures_stems_of_more_than_sixty_words(length: int, caught: bool) -> None:
    stem = " ".join(nonsense(length)) + "?"
    assert bool(found(d07_window_dressing, asked(stem))) is caught


@pytest.mark.parametrize(("used", "caught"), [(29, True), (30, False)])
def test_d07_asks_for_thirty_percent_of_the_words(used: int, caught: bool) -> None:
    told = nonsense(100)
    item = replace(asked(" ".join(told) + "?"), rationale=" ".join(told[:used]))
    assert bool(found(d07_window_dressing, item)) is caught


# --- D08 reading level -------------------------------------------------------

PONDEROUS = (
    "Notwithstanding administrative considerations necessitating institutional authorization, "
    "comprehensive documentation demonstrating multidisciplinary participation substantiates "
    "reimbursement eligibility whenever organizational representatives retrospectively "
    "communicate supplementary informational requirements regarding interventional services "
    "administered ambulatorily, irrespective of preliminary determinations. What follows?"
)


def test_d08_catches_a_stem_that_is_hard_to_read() -> None:
    (field, message) = found(d08_reading_level, asked(PONDEROUS))[0]
    assert field == "stem"
    assert message.endswith("(Flesch–Kincaid); 14 is hard enough")


@pytest.mark.parametrize(
    ("stem", "why"),
    [
        (f"The note reads: “{PONDEROUS}” Which code is reported?", "quoted"),
        (f"> {PONDEROUS}\n\nWhich code is reported?", "a block quotation"),
        ("Esophagogastroduodenoscopy necessitates authorization.", "too short to measure"),
    ],
)
def test_d08_passes(stem: str, why: str) -> None:
    assert found(d08_reading_level, asked(stem)) == [], why


def test_d08_passes_an_item_of_a_case() -> None:
    assert found(d08_reading_level, replace(asked(PONDEROUS), case="case")) == []


# --- D09 abbreviations -------------------------------------------------------


def test_d09_catches_letters_that_nothing_explains() -> None:
    item = replace(asked("The MUE of the code is 1 and the MUEs of others too. What is billed?"))
    assert found(d09_undefined_abbreviation, item) == [("stem", "“MUE” is nowhere spelled out")]


def test_d09_catches_two_letters_whose_initials_occur_by_chance() -> None:
    item = asked("The plan of care lists a private supply. Is the PS paid?")
    assert found(d09_undefined_abbreviation, item) == [("stem", "“PS” is nowhere spelled out")]


def test_d09_catches_letters_in_an_option() -> None:
    item = single("Sign an ABN", "Send the claim")
    assert found(d09_undefined_abbreviation, item) == [
        ("options.o0", "“ABN” is nowhere spelled out")
    ]


@pytest.mark.parametrize(
    "stem",
    [
        "The medically unlikely edit (MUE) is 1. What is billed?",
        "The MUE (medically unlikely edit) is 1. What is billed?",
        "Medically unlikely edits cap units. The MUE is 1. What is billed?",
        "A certified registered nurse anesthetist is abbreviated CRNA. What does the CRNA bill?",
        "A point of service plan, called POS, pays. What is due?",
        "The plan of care for the hospice unit, called PCHU, is signed. What is due?",
        "What does MUE stand for?",
        "The CPT code on the CMS-1500 form is checked by CMS under HIPAA. What is done?",
        "Which ICD-10-CM code and which E/M level belong on the UB-04?",
        "Medicare Part B pays. Stage IV and grade III are noted. What is billed?",
        "Modifier JW marks waste, JZ marks none. What is billed?",
        "All are checked EXCEPT one. What is NOT checked?",
        "T45.1X5A and J0585 are on the claim with 99213-GC. What is billed?",
    ],
)
def test_d09_passes(stem: str) -> None:
    assert found(d09_undefined_abbreviation, asked(stem)) == []


def test_d09_passes_letters_spelled_out_in_the_rationale() -> None:
    item = replace(single("Sign an ABN", "Wait"), rationale="An advance beneficiary notice (ABN).")
    assert found(d09_undefined_abbreviation, item) == []


def test_d09_passes_letters_spelled_out_in_the_record() -> None:
    item = replace(asked("Is the ABN valid?"), case="case")
    section = RecordSection("Form", "Advance beneficiary notice, signed.")
    bank = replace(bank_of(item), cases=(Case("case", "A form", "Form", (section,)),))
    assert list(d09_undefined_abbreviation.RULE.check(item, context_of(bank))) == []


def test_d09_passes_modifiers_to_be_matched() -> None:
    options = tuple(Option(name, name.upper(), "R.") for name in ("liver", "aa", "qk"))
    item = replace(GOOD_MATCHING, options=(replace(options[0], text="QZ"), *options[1:]))
    assert found(d09_undefined_abbreviation, item) == []


# --- D10 to D13 --------------------------------------------------------------

UNRELATED = (
    "Medigap covers the coinsurance",
    "Bronchi lead into both lungs",
    "Skin grafts take weeks to heal",
    "Ledgers list what is owed",
)


@pytest.mark.parametrize(
    "stem",
    [
        "Which of the following is true?",
        "Which statement is **correct**?",
        "Which of these rules on claims is true?",
    ],
)
def test_d10_catches_unrelated_statements(stem: str) -> None:
    assert found(d10_disguised_true_false, single(*UNRELATED, stem=stem)) == [
        ("options", "the question asks which is true, and no word is common to most options")
    ]


def test_d10_catches_a_word_that_half_of_the_statements_share() -> None:
    texts = ("Grafts take weeks to be paid", *UNRELATED[:1], *UNRELATED[2:])
    item = single(*texts, stem="Which statement is true?")
    assert found(d10_disguised_true_false, item)[0][0] == "options"


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        ("What does the ledger show?", UNRELATED),
        (
            "Which statement is true?",
            (
                "Modifier 59 bypasses the edit",
                "Modifier 25 bypasses this edit",
                "No edit applies to the pair",
            ),
        ),
        ("Which sequence is correct?", ("I10, E11.9", "E11.9, I10", "E11.9")),
    ],
)
def test_d10_passes(stem: str, texts: tuple[str, ...]) -> None:
    assert found(d10_disguised_true_false, single(*texts, stem=stem)) == []


@pytest.mark.parametrize("blank", ["____", "__", "[blank]", "….".replace("….", "[…]")])
def test_d11_catches_a_blank_before_the_end(blank: str) -> None:
    stem = f"The {blank} is the part of the brain that keeps balance."
    assert found(d11_blank_in_the_middle, asked(stem)) == [
        ("stem", "the blank stands before “is the part of the”")
    ]


@pytest.mark.parametrize("stem", ["Balance is kept by the ____.", "A **bold** and __bold__ word?"])
def test_d11_passes(stem: str) -> None:
    assert found(d11_blank_in_the_middle, asked(stem)) == []


BEST = "Which code best describes the visit?"


def test_d12_catches_best_without_a_reference() -> None:
    assert found(d12_best_without_basis, replace(asked(BEST), references=())) == [
        ("stem", "“best” by what measure? The item names no reference")
    ]


@pytest.mark.parametrize(
    "item",
    [asked(BEST), replace(GOOD_SINGLE, references=()), replace(GOOD_CODE_ENTRY, references=())],
)
def test_d12_passes_a_reference_or_no_ranking(item: Item) -> None:
    assert found(d12_best_without_basis, item) == []


def test_d13_catches_an_opening_that_all_options_share() -> None:
    item = single("The claim is paid", "The claim is denied", "The claim is pended")
    assert found(d13_repeated_opening, item) == [
        ("options", "every option begins with “the claim is”")
    ]


@pytest.mark.parametrize(
    "item",
    [
        single("The claim is paid", "The claim is denied", "A claim is pended"),
        single("The claim pays", "The claim waits"),
        single("J0585 × 155 and J0585-JW × 45", "J0585 × 155 and J0585-JZ × 45"),
        replace(
            GOOD_ORDERING,
            steps=tuple(replace(s, text=f"The patient is {s.id}") for s in GOOD_ORDERING.steps),
        ),
    ],
    ids=["one differs", "two words", "codes", "steps in order"],
)
def test_d13_passes(item: Item) -> None:
    assert found(d13_repeated_opening, item) == []


def test_d13_catches_a_shared_opening_of_matching_options() -> None:
    options = tuple(replace(o, text=f"Names the organ {o.text}") for o in GOOD_MATCHING.options)
    field, message = found(d13_repeated_opening, replace(GOOD_MATCHING, options=options))[0]
    assert (field, message) == ("options", "every option begins with “names the organ”")


def test_d05_reads_the_order_of_a_multiple_item_as_written() -> None:
    options = tuple(Option(f"o{n}", text, "R.") for n, text in enumerate(("1", "2", "3")))
    item = replace(GOOD_MULTIPLE, options=options, keys=("o2",), shuffle=False)
    assert found(d05_options_out_of_order, item) == []
