"""One code has many spellings; a row is taken apart as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.code import CodeSet, EnteredCode, entered, normalised


@pytest.mark.parametrize(
    ("typed", "comparable"),
    [
        ("E11.9", "E119"),
        ("e11.9", "E119"),
        (" E11 . 9\t", "E119"),
        ("E119", "E119"),
        ("+99292", "99292"),
        (" +99292", "99292"),
        ("0042t", "0042T"),
        ("00100", "00100"),
        ("0016070", "0016070"),
        ("", ""),
    ],
)
def test_case_dots_blanks_and_a_leading_plus_do_not_matter(typed: str, comparable: str) -> None:
    assert normalised(typed) == comparable


def test_only_the_leading_plus_is_dropped() -> None:
    assert normalised("99+292") == "99+292"


@STEADY
@given(st.text(alphabet="+aE1.9 -", max_size=12).map(lambda text: text.lstrip("+ .")))
def test_a_comparable_spelling_stays_as_it_is(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)


@pytest.mark.parametrize(
    ("code", "modifiers", "row"),
    [
        ("99213", "", EnteredCode("99213")),
        ("99213-25", "", EnteredCode("99213", ("25",))),
        ("99213-25-59", "", EnteredCode("99213", ("25", "59"))),
        ("99213-25", "59", EnteredCode("99213", ("25", "59"))),
        ("99213-25,59", "", EnteredCode("99213", ("25", "59"))),
        ("99213", "25 59", EnteredCode("99213", ("25", "59"))),
        ("99213", "25,59", EnteredCode("99213", ("25", "59"))),
        ("99213", "-25, -59", EnteredCode("99213", ("25", "59"))),
        ("20610", "rt", EnteredCode("20610", ("RT",))),
        ("20610-lt", "", EnteredCode("20610", ("LT",))),
        ("99213 - 25", "", EnteredCode("99213", ("25",))),
        ("99213-", "", EnteredCode("99213")),
        ("e11.22", "", EnteredCode("E1122")),
    ],
)
def test_modifiers_come_from_both_fields(code: str, modifiers: str, row: EnteredCode) -> None:
    assert entered(code, modifiers) == row


def test_a_row_may_be_a_code_alone() -> None:
    assert entered("e11.22") == EnteredCode("E1122", (), None, None)


@pytest.mark.parametrize(("typed", "kept"), [("y", "Y"), ("1", "1"), ("", None), (None, None)])
def test_poa_is_upper_case_or_left_out(typed: str | None, kept: str | None) -> None:
    assert entered("E11.9", poa=typed).poa == kept


@pytest.mark.parametrize("units", [None, 1, 12])
def test_units_stay_as_typed(units: int | None) -> None:
    assert entered("J1885", units=units).units == units


@pytest.mark.parametrize(
    ("in_files", "label"),
    [
        ("icd-10-cm", "ICD-10-CM"),
        ("icd-10-pcs", "ICD-10-PCS"),
        ("cpt", "CPT"),
        ("hcpcs", "HCPCS Level II"),
    ],
)
def test_code_sets_are_named_as_in_running_text(in_files: str, label: str) -> None:
    assert CodeSet(in_files).label == label
