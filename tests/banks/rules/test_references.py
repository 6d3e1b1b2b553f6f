"""R05 and R06: sources that are missing, or of another time."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import GOOD_CODE_ENTRY, GOOD_ITEMS, GOOD_SINGLE, item_flaws
from trainer.banks.rules import r05_no_reference, r06_stale_reference
from trainer.core.code import CodeSet
from trainer.core.item import Edition, Item, Reference


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", [r05_no_reference, r06_stale_reference], ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


class TestR05:
    @pytest.mark.parametrize(
        ("references", "message"),
        [
            ((), "no source is named"),
            ((Reference("", "Chapter 1", 2026),), "source 1 has no title"),
            ((Reference("Manual", "n/a", 2026),), "source 1 has no section"),
            ((Reference("TBD", " ", 0),), "source 1 has no title, section, year"),
        ],
    )
    def test_catches_a_missing_part(self, references: tuple[Reference, ...], message: str) -> None:
        flaws = item_flaws(r05_no_reference.RULE, replace(GOOD_SINGLE, references=references))
        assert [(flaw.field, flaw.message) for flaw in flaws] == [("references", message)]


GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"


def cited(source: str, year: int, url: str | None = None, edition: str = "FY2027") -> Item:
    return replace(
        GOOD_CODE_ENTRY,
        references=(Reference(source, "Section I", year, url),),
        editions=(Edition(CodeSet.ICD_10_CM, edition),),
    )


class TestR06:
    @pytest.mark.parametrize(
        ("item", "message"),
        [
            (cited("CMS", 2026, "http://cms.gov/x"), "“http://cms.gov/x” is no https address"),
            (cited(GUIDELINES, 2024), "is of 2024, the item is written for ICD-10-CM FY2027"),
            (cited(GUIDELINES, 2028), "is of 2028, the item is written for ICD-10-CM FY2027"),
            (cited("A textbook", 2016), "is of 2016, 11 years older than the code set"),
        ],
    )
    def test_catches_a_source_of_another_time(self, item: Item, message: str) -> None:
        (flaw,) = item_flaws(r06_stale_reference.RULE, item)
        assert flaw.field == "references"
        assert message in flaw.message

    @pytest.mark.parametrize(
        "item",
        [
            cited(GUIDELINES, 2027, "https://www.cms.gov/x"),
            cited(GUIDELINES, 2026),
            cited("A textbook", 2017),
            cited("45 CFR 164.514", 2002),
            cited("False Claims Act", 1986),
            replace(cited(GUIDELINES, 1999), editions=()),
        ],
    )
    def test_passes_current_and_lasting_sources(self, item: Item) -> None:
        assert item_flaws(r06_stale_reference.RULE, item) == []
