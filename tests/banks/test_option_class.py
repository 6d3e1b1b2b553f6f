"""What learners take an option for at a glance."""

import pytest

from trainer.banks.option_class import (
    OptionClass,
    alike,
    code_parts,
    entry_count,
    option_class,
    option_classes,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("99213", OptionClass.CODES),
        ("99213-25; 20610-79-LT", OptionClass.CODES),
        ("J0585 × 155 and J0585-JW × 45", OptionClass.CODES),
        ("99213 with modifier 25", OptionClass.CODES),
        ("Z21, asymptomatic HIV infection status", OptionClass.PHRASE),
        ("$43.70", OptionClass.NUMBER),
        ("90 days", OptionClass.NUMBER),
        ("October 1, 2026", OptionClass.NUMBER),
        ("30 days after discharge", OptionClass.NUMBER),
        ("30 days after the discharge", OptionClass.PHRASE),
        ("Gallbladder", OptionClass.TERM),
        ("Common bile duct", OptionClass.TERM),
        ("Appeal the denial in writing", OptionClass.PHRASE),
        ("Bill it to the patient under a signed notice", OptionClass.SENTENCE),
        ("No modifier", OptionClass.NOTHING),
        ("Not reported separately", OptionClass.NOTHING),
        ("No code is reported for this visit today", OptionClass.NOTHING),
        ("No code is reported for this visit of today", OptionClass.SENTENCE),
    ],
)
def test_class_of_an_option(text: str, expected: OptionClass) -> None:
    assert option_class(text) is expected


@pytest.mark.parametrize("texts", [("24", "25"), ("LT", "-59"), ("Modifier 25", "25 and 59", "QK")])
def test_modifiers_are_seen_where_all_options_are(texts: tuple[str, ...]) -> None:
    assert set(option_classes(texts)) == {OptionClass.MODIFIERS}


def test_two_digits_among_longer_numbers_are_numbers() -> None:
    assert set(option_classes(["25", "100"])) == {OptionClass.NUMBER}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (OptionClass.TERM, OptionClass.PHRASE, True),
        (OptionClass.PHRASE, OptionClass.SENTENCE, True),
        (OptionClass.TERM, OptionClass.SENTENCE, False),
        (OptionClass.CODES, OptionClass.NOTHING, True),
        (OptionClass.CODES, OptionClass.NUMBER, False),
    ],
)
def test_which_classes_pass_beside_each_other(
    one: OptionClass, other: OptionClass, same: bool
) -> None:
    assert alike(one, other) is alike(other, one) is same


def test_code_parts_part_modifiers_from_codes() -> None:
    assert code_parts("99213-24-25; 20610-79") == {"99213", "20610", "-24", "-25", "-79"}


@pytest.mark.parametrize(
    ("text", "count"), [("I10, E11.9", 2), ("J0585 × 2", 1), ("Bill 99213 to the patient", 0)]
)
def test_entry_count_is_for_options_of_codes(text: str, count: int) -> None:
    assert entry_count(text) == count
