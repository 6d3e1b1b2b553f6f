"""K08: data that could be a real person's are caught in stem and record."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_ITEMS,
    GOOD_MULTIPLE,
    GOOD_SINGLE,
    bank_of,
    context_of,
    item_flaws,
    single,
)
from trainer.banks.rules import k08_patient_data
from trainer.core.bank import Bank
from trainer.core.item import Case, Item, RecordSection

RULE = k08_patient_data.RULE


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
def test_passes_good_items(item: Item) -> None:
    assert item_flaws(RULE, item) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SSN 123-45-6789.", "a Social Security number: “123-…”"),
        ("SSN: 123456789.", "a Social Security number: “SSN: 1234…”"),
        ("MRN: 0045512.", "a medical record number: “MRN: 0045…”"),
        ("Medical record number is A-77123.", "a medical record number: “Medical"),
        ("Call (212) 555-0143 today.", "a telephone number: “(212)…”"),
        ("Call 212-867-5309 today.", "a telephone number: “212-…”"),
        ("Call +1 212.867.5309 today.", "a telephone number: “+1 21…”"),
        ("Call 555-0100 today.", "a telephone number: “555-…”"),
        ("Phone: 867-5309.", "a telephone number: “Phone: 867-…”"),
        ("Write to j.doe@example.com.", "an e-mail address: “j.do…”"),
        ("DOB 01/02/1961.", "a full date of birth: “DOB 01/0…”"),
        ("| Date of birth | March 4, 1958 |", "a full date of birth"),
        ("She was born on 1958-03-04.", "a full date of birth"),
        ("Lives at 12 North Main Street.", "a street address: “12 N…”"),
        ("Lives at 4700 W. Elm Dr, Ohio.", "a street address: “4700…”"),
        ("Mail goes to P.O. Box 991.", "a street address: “P.O. Box 991…”"),
    ],
)
def test_catches_an_identifier(text: str, message: str) -> None:
    item = replace(GOOD_SINGLE, stem=f"{text} Which code is reported?")
    (flaw,) = item_flaws(RULE, item)
    assert flaw.field == "stem"
    assert message in flaw.message


@pytest.mark.parametrize(
    "text",
    [
        "A 67-year-old born in 1958 is seen on 03/14/2026.",
        "NDC 0002-8215-01 and NPI 1234567893 stand on the claim.",
        "Codes 99202-99215 and 36415-59; ZIP 12345-6789.",
        "A chart note and a medical record of 12 pages; claim 2026-03-14-555.",
        "Give 2 Units Dr. Smith ordered; 3 West St. Mary's beds are free.",
        "The date of service is 01/02/2026, the visit lasts 30 Minutes.",
        "Revenue codes 0450-0459 and the EIN 12-3456789.",
    ],
)
def test_passes_what_a_claim_needs(text: str) -> None:
    item = replace(GOOD_SINGLE, stem=f"{text} Which code is reported?")
    assert item_flaws(RULE, item) == []


def test_leaves_options_about_identifiers_alone() -> None:
    assert item_flaws(RULE, single("123-45-6789", "Age 67", "Ohio", "2026")) == []


class TestRecord:
    """What the record holds is reported at each item that would show it."""

    case = Case("c", "A fall", "ED note", (RecordSection("Face sheet", "MRN 00123, a fall."),))

    def bank(self, bank_id: str, *cases: Case) -> Bank:
        items = (replace(GOOD_SINGLE, case="c"), replace(GOOD_MULTIPLE, case="c"))
        return replace(bank_of(*items), id=bank_id, cases=cases)

    def test_is_reported_at_every_item_of_the_case(self) -> None:
        context = context_of(self.bank("one", self.case))
        fields = [flaw.field for item in context.items for flaw in RULE.check(item, context)]
        assert fields == ["case.Face sheet", "case.Face sheet"]

    def test_is_the_record_of_the_own_bank(self) -> None:
        stranger = replace(GOOD_SINGLE, id="stranger", case="c")
        other = Bank("other", "Other", "CC0", ("A",), (stranger,), (self.case,))
        clean = replace(self.case, sections=(RecordSection("Face sheet", "A fall."),))
        own = self.bank("one", clean)
        context = context_of(other, own)
        assert [flaw for item in own for flaw in RULE.check(item, context)] == []

    def test_is_found_for_a_draft_that_no_bank_holds_yet(self) -> None:
        draft = replace(GOOD_SINGLE, id="draft", case="c")
        (flaw,) = RULE.check(draft, context_of(self.bank("one", self.case)))
        assert flaw.field == "case.Face sheet"
