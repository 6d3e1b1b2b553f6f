"""Words weighed: against published figures where there are any."""

from math import log

import pytest

from trainer.banks.wording import (
    asking,
    document_frequency,
    grade_level,
    idf,
    negative_word,
    prose,
    root,
    roots,
    sentences,
    syllables,
)


@pytest.mark.parametrize(
    ("forms", "common"),
    [
        (("code", "codes", "coded", "coding"), "cod"),
        (("irrigate", "irrigates", "irrigated", "irrigating"), "irrigat"),
        (("stop", "stops", "stopped", "stopping"), "stop"),
        (("biopsy", "biopsies"), "biopsy"),
        (("bill", "bills", "billed", "billing"), "bill"),
        (("payer", "payers", "payer's", "payer’s"), "payer"),
    ],
)
def test_inflected_forms_share_a_root(forms: tuple[str, ...], common: str) -> None:
    assert {root(form) for form in forms} == {common}


@pytest.mark.parametrize("word", ["sepsis", "uterus", "abscess", "bed", "ring", "red", "gas"])
def test_an_ending_that_is_no_inflection_stays(word: str) -> None:
    assert root(word) == word


def test_roots_leave_out_stop_words_and_codes() -> None:
    assert roots("The claims with 99213-25 and E11.9 were denied") == {"claim", "deni"}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("claim", 1),
        ("billed", 1),
        ("coded", 2),
        ("table", 2),
        ("nation", 2),
        ("patient", 2),
        ("procedure", 3),
        ("physician", 3),
        ("australian", 3),
        ("modifier", 4),
        ("pneumonia", 3),
        ("radiology", 5),
        ("reimbursement", 4),
        ("the", 1),
    ],
)
def test_syllables_are_those_of_the_dictionary(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grade_level_of_the_published_example() -> None:
    # Wikipedia, “Flesch–Kincaid readability tests”: 24 syllables, 13 words, grade 11.3.
    text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade_level(text) == pytest.approx(11.3, abs=0.05)


def test_grade_level_counts_sentences_and_words() -> None:
    # 0.39 × 12/2 + 11.8 × 12/12 - 15.59, all words of one syllable
    assert grade_level("The cat sat on the mat. The dog lay by the door.") == pytest.approx(-1.45)


def test_a_text_without_words_has_no_grade() -> None:
    assert grade_level("99213; 10") == 0


def test_idf_of_a_word_in_one_of_four_texts() -> None:
    texts = ("a knee", "two knees and a hip", "knee pain", "hip pain")
    assert idf("kne", texts) == pytest.approx(log(4 / 3))
    assert idf("ankl", texts) == pytest.approx(log(4))


def test_document_frequency_counts_a_text_once() -> None:
    assert document_frequency(("knee, knee", "a hip"))["kne"] == 1


def test_sentences_end_at_stops_and_list_entries() -> None:
    text = "A **patient** returns. It is day 1.5:\n\n* first wound\n* second wound"
    assert sentences(text) == [
        "A patient returns.",
        "It is day 1.5:",
        "first wound",
        "second wound",
    ]


def test_prose_has_no_tables_quotations_or_codes() -> None:
    text = "She says “it hurts”.\n| a | b |\n> A quoted note\nCode 99213 is sent."
    assert prose(text).split() == "She says . Code is sent.".split()


@pytest.mark.parametrize(
    ("stem", "question"),
    [
        ("A fall. Which code is reported? Assume no other claim.", "Which code is reported?"),
        ("A fall. Enter the codes:", "Enter the codes:"),
        ("Is it acute? It is. Which code is it?", "Which code is it?"),
    ],
)
def test_the_asking_sentence(stem: str, question: str) -> None:
    assert asking(stem) == question


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Which is **not** true?", "not"),
        ("All are right except:", "except"),
        ("Which code has at least two parts?", None),
        ("Which is paid when it is not late?", None),
        ("Why is it not paid?", None),
    ],
)
def test_the_word_that_turns_a_question_round(stem: str, word: str | None) -> None:
    assert negative_word(stem) == word
