"""A bank is its items, in order, with their cases and places."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import GOOD_ITEMS, GOOD_SINGLE, bank_of
from trainer.core.bank import Bank
from trainer.core.item import Case, RecordSection

CASE = Case("case", "A visit", "Office note", (RecordSection("History", "Cough."),))
IN_CASE = replace(GOOD_SINGLE, id="in-case", case="case")
BANK = Bank("b", "B", "CC0", ("A",), (GOOD_SINGLE, IN_CASE), (CASE,), {"in-case": "b/x.yaml:3"})


def test_a_bank_runs_over_its_items_in_order() -> None:
    assert tuple(bank_of(*GOOD_ITEMS)) == GOOD_ITEMS


def test_its_length_is_that_of_its_items() -> None:
    assert len(bank_of(*GOOD_ITEMS)) == 5


@pytest.mark.parametrize(("item", "case"), [(GOOD_SINGLE, None), (IN_CASE, CASE)])
def test_an_item_leads_to_its_case(item, case: Case | None) -> None:
    assert BANK.case_of(item) is case


@pytest.mark.parametrize(("item", "origin"), [("in-case", "b/x.yaml:3"), ("other", "other")])
def test_an_origin_falls_back_to_the_id(item: str, origin: str) -> None:
    assert BANK.origin(item) == origin
