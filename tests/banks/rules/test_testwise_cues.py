"""C rules: each catches a planted cue and passes good items."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_ITEMS,
    GOOD_MULTIPLE,
    bank_of,
    context_of,
    item_flaws,
    single,
)
from trainer.banks.rules import (
    c01_longest_key,
    c02_most_precise_key,
    c03_clang,
    c04_convergence,
    c05_absolute_terms,
    c06_grammar_mismatch,
    c07_mixed_classes,
    c08_opposite_pair,
    c09_all_of_the_above,
    c10_none_of_the_above,
    c11_k_type,
    c12_absurd_distractor,
    c13_give_away,
)
from trainer.core.bank import Bank
from trainer.core.item import Case, Item, Option, RecordSection

RULES = (
    c01_longest_key,
    c02_most_precise_key,
    c03_clang,
    c04_convergence,
    c05_absolute_terms,
    c06_grammar_mismatch,
    c07_mixed_classes,
    c08_opposite_pair,
    c09_all_of_the_above,
    c10_none_of_the_above,
    c11_k_type,
    c12_absurd_distractor,
    c13_give_away,
)


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", RULES, ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


def only(module, item: Item) -> tuple[str, str]:
    """Field and message of the one flaw that a rule finds."""
    flaws = item_flaws(module.RULE, item)
    assert len(flaws) == 1
    return flaws[0].field, flaws[0].message


# --- C01 longest key ---------------------------------------------------------

LONG = "Append modifier 59 to the column two code of the pair"


def test_c01_catches_a_key_that_is_much_longer() -> None:
    item = single("Write it off", LONG, "Bill the patient", "Appeal the edit", key=1)
    assert only(c01_longest_key, item) == (
        "options.o1",
        "the key has 53 characters, the longest distractor 16",
    )


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("Bill both lines", LONG, LONG + " and wait"), "the longest is a distractor"),
        (("A" * 39, "B" * 25, "C"), "more than a quarter longer, but by fourteen characters only"),
        (("A" * 75, "B" * 60, "C"), "fifteen characters more, but not more than a quarter"),
        (("I21.4, I10", "E11.9, Z79.4", "E11.65, I10"), "code sets of one length"),
    ],
)
def test_c01_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c01_longest_key.RULE, single(*texts)) == [], why


def test_c01_catches_fifteen_characters_more() -> None:
    assert only(c01_longest_key, single("A" * 40, "B" * 25, "C"))[0] == "options.o0"


def test_c01_counts_codes_where_options_are_codes() -> None:
    item = single("I10, E11.9, Z79.4", "I10, E11.9", "E11.9", "I10")
    assert only(c01_longest_key, item)[1] == "the key has 3 codes, the longest distractor 2"


def test_c01_passes_a_multiple_item_with_one_short_key() -> None:
    texts = (LONG, "Write it off", "Bill the patient")
    options = tuple(Option(f"o{n}", text, "R.") for n, text in enumerate(texts))
    item = replace(GOOD_MULTIPLE, options=options, keys=("o0", "o1"))
    assert item_flaws(c01_longest_key.RULE, item) == []


# --- C02 most precise key ----------------------------------------------------


def test_c02_catches_a_key_with_numbers_and_conditions() -> None:
    item = single(
        "It is paid within 30 days, unless information is missing (clean claim)",
        "It is paid at the end of the quarter by the contractor in charge",
        "It is paid within the time that the plan's contract sets",
    )
    field, message = only(c02_most_precise_key, item)
    assert field == "options.o0"
    assert message == (
        "the key is pinned down 4 times (“30”, “within”, “unless”, “(…)”), "
        "no distractor more than 1"
    )


def test_c02_catches_two_details_more_and_passes_one() -> None:
    two = single("Paid by Medicare within 30 days", "Paid on time", "Paid late")
    one = single("Paid by Medicare within days", "Paid on time", "Paid late")
    assert only(c02_most_precise_key, two)[0] == "options.o0"
    assert item_flaws(c02_most_precise_key.RULE, one) == []


def test_c02_leaves_codes_and_amounts_alone() -> None:
    assert item_flaws(c02_most_precise_key.RULE, single("$1.00 (2)", "$3", "$4")) == []


# --- C03 clang ---------------------------------------------------------------

KNEE = "The wound on top of a knee has opened and is irrigated. What is done on the claim?"


def test_c03_catches_a_word_of_the_stem_in_the_key_only() -> None:
    item = single(
        "Report the irrigation", "Report irrigating", "Hold it", "Send it", key=1, stem=KNEE
    )
    field, message = only(c03_clang, item)
    assert field == "options.o1"
    assert message == "“irrigating” of the stem is echoed by the key only"


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("Irrigated at once", "Irrigating later", "Drained"), "a distractor has it too"),
        (("Irrigated at once", "The wound is drained"), "a distractor echoes as much"),
        (("Send a claim", "Wait", "Call"), "a word of the trade"),
        (("The top of it", "Wait", "Call"), "three letters are too few"),
    ],
)
def test_c03_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c03_clang.RULE, single(*texts, stem=KNEE)) == [], why


@pytest.mark.parametrize(
    ("having", "stems", "caught"), [(2, 10, True), (3, 10, False), (3, 60, True), (4, 60, False)]
)
def test_c03_looks_for_words_that_few_stems_have(having: int, stems: int, caught: bool) -> None:
    item = single("Knee", "Drained", "Left alone", stem=KNEE)
    others = (
        replace(item, id=f"other-{n}", stem=KNEE if n < having else "A fall. What is coded?")
        for n in range(1, stems)
    )
    context = context_of(bank_of(item, *others))
    assert bool(list(c03_clang.RULE.check(item, context))) is caught


# --- C04 convergence ---------------------------------------------------------


def test_c04_catches_the_middle_of_code_lists() -> None:
    item = single(
        "11402, 12032-51, L98.8", "11402, 12032-51, D48.5", "11402, 12002, L98.8", "11602"
    )
    field, message = only(c04_convergence, item)
    assert field == "options.o0"
    assert message == (
        "the key shares most with the other options (“-51”, “11402”, “12032”, “L98.8”): "
        "5 meetings, the next option 4"
    )


def test_c04_catches_prose_that_leans_on_the_key() -> None:
    item = single(
        "Stenting of the left ureter by laser",
        "Ureter catheter",
        "Stents in the bladder",
        "Shock waves and laser",
    )
    field, message = only(c04_convergence, item)
    assert field == "options.o0"
    assert "(“laser”, “stenting”, “ureter”): 3 meetings, the next option 1" in message


def test_c04_catches_two_shared_codes() -> None:
    item = single("11402, 12032", "11402, 12002", "11602, 12032", "99213")
    assert "2 meetings, the next option 1" in only(c04_convergence, item)[1]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("11602, 12032", "11602, 13121", "11603, 12032", "11603, 13121"), "two by two"),
        (("99213", "99214", "99215"), "nothing shared"),
        (("I10", "I10, E11.9", "I10, N18.31"), "the key shares one code"),
        (("Liver duct stone", "Liver duct", "Duct stone, liver"), "a lead of one is no lead"),
        (("99213-25", "99213", "99214-25", "99214"), "a tie is no cue"),
        (("The patient's plan", "The patient's doctor", "The plan"), "common words only"),
        (("Aortic valve", "Mitral valve", "Aortic root"), "one shared word more is chance"),
    ],
)
def test_c04_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c04_convergence.RULE, single(*texts)) == [], why


# --- C05 absolute terms ------------------------------------------------------


def test_c05_catches_an_absolute_distractor() -> None:
    item = single("It is bundled", "It is never billed", "It must always wait", "It is paid")
    flaws = item_flaws(c05_absolute_terms.RULE, item)
    assert [(flaw.field, flaw.message.partition(" in ")[0]) for flaw in flaws] == [
        ("options.o1", "“never”"),
        ("options.o2", "“must”, “always”"),
    ]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("A notice must be given", "A notice can wait"), "“must” in the key alone is fine"),
        (("It must be given", "It is never given"), "key and distractor are equally absolute"),
        (("It is bundled", "It needs a notice, if any"), "“any” leaves room"),
    ],
)
def test_c05_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c05_absolute_terms.RULE, single(*texts)) == [], why


def test_c05_passes_a_term_that_the_stem_uses() -> None:
    item = single("The first", "All of them are sent", stem="Which of all claims are sent first?")
    assert item_flaws(c05_absolute_terms.RULE, item) == []


# --- C06 grammar -------------------------------------------------------------


def test_c06_catches_an_option_that_the_article_rules_out() -> None:
    item = single("embolus", "thrombus", "infarct", stem="A clot that travels is called an:")
    assert only(c06_grammar_mismatch, item) == (
        "options.o1",
        "“… an” does not go on with “thrombus”",
    )


@pytest.mark.parametrize(
    ("article", "texts"),
    [
        ("a", ("uterus", "ureter", "unit", "European plan", "one-day stay", "CT scan")),
        ("an", ("ulcer", "umbilical hernia", "hour", "MRI", "EKG", "80-year-old", "abscess")),
    ],
)
def test_c06_hears_the_article(article: str, texts: tuple[str, ...]) -> None:
    item = single(*texts, stem=f"What the note describes is {article} ____.")
    assert item_flaws(c06_grammar_mismatch.RULE, item) == []


def test_c06_catches_a_plural_after_is() -> None:
    item = single("The bronchi", "The tonsils", "The larynx", stem="The voice box is:")
    assert only(c06_grammar_mismatch, item)[0] == "options.o1"


@pytest.mark.parametrize(
    ("verb", "texts"),
    [
        ("is", ("Removal of stones", "Diabetes", "Sepsis", "Bronchus")),
        ("are", ("Kidneys", "Bronchi", "Liver and spleen", "The vertebrae")),
    ],
)
def test_c06_knows_medical_singulars_and_plurals(verb: str, texts: tuple[str, ...]) -> None:
    item = single(*texts, stem=f"What the note names first {verb}:")
    assert item_flaws(c06_grammar_mismatch.RULE, item) == []


def test_c06_catches_one_code_where_codes_are_asked_for() -> None:
    item = single("I10, E11.9", "E11.9", "E11.9, I10", stem="Which codes are reported?")
    assert only(c06_grammar_mismatch, item) == (
        "options.o1",
        "the question asks for codes, this option has one",
    )


def test_c06_passes_codes_beside_an_empty_answer() -> None:
    item = single("I10, E11.9", "E11.9", "Nothing", stem="Which codes are reported?")
    assert item_flaws(c06_grammar_mismatch.RULE, item) == []


def test_c06_catches_a_list_where_one_code_is_asked_for() -> None:
    item = single("E11.9", "I10", "E11.9, I10", stem="Which ICD-10-CM code is reported?")
    assert only(c06_grammar_mismatch, item) == (
        "options.o2",
        "the question asks for one code, this option has 2",
    )


@pytest.mark.parametrize(
    "stem",
    [
        "Which code or codes are reported?",
        "What is reported?",
        "Which codes does the note support?",
    ],
)
def test_c06_passes_questions_that_every_option_answers(stem: str) -> None:
    texts = ("I10, E11.9", "E11.9, I10") if "does" in stem else ("I10", "E11.9, I10")
    assert item_flaws(c06_grammar_mismatch.RULE, single(*texts, stem=stem)) == []


# --- C07 mixed classes -------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "odd", "is_", "others_are"),
    [
        (("99213", "99214", "The visit is part of it"), 2, "a phrase", "a code set"),
        (("Liver", "Spleen", "E11.9", "Kidney"), 2, "a code set", "a term"),
        (("30 days", "90 days", "Lifelong"), 2, "a term", "a number"),
        (
            ("Liver", "The organ that keeps bile for a meal", "Spleen"),
            1,
            "a sentence",
            "a term",
        ),
    ],
)
def test_c07_catches_the_odd_one(
    texts: tuple[str, ...], odd: int, is_: str, others_are: str
) -> None:
    assert only(c07_mixed_classes, single(*texts)) == (
        f"options.o{odd}",
        f"“{texts[odd]}” is {is_} where the others are {others_are} each",
    )


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("25", "59", "LT", "XU"), "all are modifiers"),
        (("99213", "99213-25", "99213 with modifier 25"), "all are codes"),
        (("99213", "99214", "No code is reported"), "an empty answer is an answer"),
        (("Liver", "Gallbladder and bile duct of the liver", "Spleen"), "terms, long and short"),
        (("I10", "99213", "Two days", "3 days"), "no single odd one"),
    ],
)
def test_c07_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c07_mixed_classes.RULE, single(*texts)) == [], why


# --- C08 opposite pair -------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        ("The payment increases", "The payment decreases", "The claim is split", "The edit stays"),
        ("It is bundled", "It is not bundled", "It goes to the patient", "It is paid twice"),
        ("Before surgery", "After surgery", "At discharge"),
    ],
)
def test_c08_catches_a_pair_with_the_key(texts: tuple[str, ...]) -> None:
    field, message = only(c08_opposite_pair, single(*texts))
    assert field == "options.o1"
    assert message == f"“{texts[0]}” and “{texts[1]}” are opposites, and one of them is the key"


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("It is split", "The payment increases", "The payment decreases"), "the key is outside"),
        (
            (
                "Acute, with fever",
                "Acute, without fever",
                "Chronic, with fever",
                "Chronic, without fever",
            ),
            "every option has its opposite",
        ),
        (("Acute bronchitis", "Chronic sinusitis", "Asthma"), "two words differ"),
    ],
)
def test_c08_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c08_opposite_pair.RULE, single(*texts)) == [], why


# --- C09, C10, C11 options about options -------------------------------------


@pytest.mark.parametrize(
    ("module", "text", "message"),
    [
        (
            c09_all_of_the_above,
            "All of the above",
            "“All of the above” stands for the other options",
        ),
        (c09_all_of_the_above, "All the above.", "“All the above.” stands for the other options"),
        (c09_all_of_the_above, "All of these", "“All of these” stands for the other options"),
        (c10_none_of_the_above, "None of the above", "“None of the above” names no answer"),
        (c10_none_of_the_above, "Neither of these", "“Neither of these” names no answer"),
        (c11_k_type, "A and C", "“A and C” combines other options"),
        (c11_k_type, "Both A and B", "“Both A and B” combines other options"),
        (c11_k_type, "1, 2, and 3 only", "“1, 2, and 3 only” combines other options"),
        (c11_k_type, "I & III", "“I & III” combines other options"),
        (c11_k_type, "II only", "“II only” combines other options"),
    ],
)
def test_catches_an_option_about_options(module, text: str, message: str) -> None:
    assert only(module, single("Liver", "Spleen", "Heart", text)) == ("options.o3", message)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        (c09_all_of_the_above, "All of the codes on the claim"),
        (c10_none_of_the_above, "None"),
        (c10_none_of_the_above, "None of the documented conditions"),
        (c11_k_type, "E and M"),
        (c11_k_type, "25 and 59"),
        (c11_k_type, "99213 and 99214"),
        (c11_k_type, "A"),
        (c11_k_type, "Lines 1 and 3"),
    ],
)
def test_passes_an_option_that_answers(module, text: str) -> None:
    assert item_flaws(module.RULE, single("Liver", "Spleen", text)) == []


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        ("Which parts of Medicare pay for the stay?", ("A and B", "A and D", "B only")),
        ("Which lines of the claim are denied?", ("1 and 2", "1 and 3", "3 only")),
    ],
)
def test_c11_passes_what_is_lettered_or_numbered_itself(stem: str, texts: tuple[str, ...]) -> None:
    assert item_flaws(c11_k_type.RULE, single(*texts, stem=stem)) == []


def test_c11_catches_statements_about_a_part_of_the_body() -> None:
    item = single("1 and 2", "Heart", stem="Which part of the body is meant? 1. Knee 2. Hip")
    assert only(c11_k_type, item)[0] == "options.o0"


# --- C12 absurd distractor ---------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        ("Rendering provider", "Billing provider", "Referring provider", "Coffee machine"),
        ("Gastrectomy", "Colectomy", "Appendectomy", "Holiday"),
        ("E11.9", "I10", "J45.909", "Holiday"),
    ],
)
def test_c12_catches_a_distractor_from_another_world(texts: tuple[str, ...]) -> None:
    assert only(c12_absurd_distractor, single(*texts)) == (
        "options.o3",
        f"“{texts[3]}” has no word and no kind in common with the other options",
    )


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("Liver", "Kidney", "Spleen", "Heart"), "none is like another"),
        (("Gastrectomy", "Colectomy", "Liver", "Heart"), "two and two"),
        (("99213", "99214", "99215", "No code"), "an empty answer fits everywhere"),
    ],
)
def test_c12_passes(texts: tuple[str, ...], why: str) -> None:
    assert item_flaws(c12_absurd_distractor.RULE, single(*texts)) == [], why


# --- C13 give-away -----------------------------------------------------------


def in_case(item: Item, title: str, heading: str = "History", text: str = "A note.") -> Bank:
    case = Case("case", title, "ED note", (RecordSection(heading, text),))
    return replace(bank_of(replace(item, case="case")), cases=(case,))


def c13_flaws(bank: Bank) -> list[tuple[str, str]]:
    item = bank.items[0]
    return [(f.field, f.message) for f in c13_give_away.RULE.check(item, context_of(bank))]


def test_c13_catches_a_key_of_four_letters() -> None:
    assert c13_flaws(in_case(single("Knee", "Hip"), "A sore knee"))[0][0] == "case.title"


def test_c13_catches_the_key_in_the_case_title() -> None:
    item = single("Appendicitis", "Cholecystitis", "Ileus")
    assert c13_flaws(in_case(item, "Acute appendicitis")) == [
        ("case.title", "“Acute appendicitis” gives the key “Appendicitis” away")
    ]


@pytest.mark.parametrize("heading", ["Assessment (N18.31)", "Assessment: n1831"])
def test_c13_catches_a_code_in_a_heading(heading: str) -> None:
    assert c13_flaws(in_case(GOOD_CODE_ENTRY, "A visit", heading)) == [
        (f"case.{heading}", f"“{heading}” gives the key “N18.31” away")
    ]


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ("![Drawing of the pharynx](throat.png)", "Drawing of the pharynx"),
        ("![Drawing](img/pharynx_side.png)", "img/pharynx_side.png"),
    ],
)
def test_c13_catches_the_key_in_an_image(image: str, shown: str) -> None:
    item = single("Pharynx", "Larynx", "Trachea", stem=f"{image}\n\nWhat is marked by the arrow?")
    assert only(c13_give_away, item) == ("stem", f"“{shown}” gives the key “Pharynx” away")


@pytest.mark.parametrize(
    ("title", "texts", "why"),
    [
        ("Knee and hip pain", ("Knee", "Hip pain"), "the title names a distractor as well"),
        ("A visit to the clinic", ("Clinic", "Home"), "a common word"),
        ("Return on day 12", ("12", "24"), "too short to tell"),
        ("A fall from a ladder", ("Sprain", "Fracture"), "nothing in common"),
        ("Postpartum care", ("Part", "Whole"), "inside a longer word"),
    ],
)
def test_c13_passes(title: str, texts: tuple[str, ...], why: str) -> None:
    assert c13_flaws(in_case(single(*texts), title)) == [], why


def test_c13_catches_the_key_in_an_image_of_the_record() -> None:
    text = "![Inflamed appendix](img/appendicitis.jpg)"
    bank = in_case(single("Appendicitis", "Ileus"), "Pain at night", text=text)
    assert c13_flaws(bank) == [
        ("case.History", "“img/appendicitis.jpg” gives the key “Appendicitis” away")
    ]


def test_c13_passes_the_key_in_the_record_itself() -> None:
    item = single("Appendicitis", "Cholecystitis", "Ileus")
    assert c13_flaws(in_case(item, "Pain at night", text="Diagnosis: appendicitis.")) == []
