"""A rules: each catches a planted flaw and passes good items."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_CODE_ENTRY,
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_SINGLE,
    bank_of,
    context_of,
    item_flaws,
    single,
)
from trainer.banks.rules import a01_image_without_alt, a02_colour_only, a03_text_as_picture
from trainer.core.item import Case, Item, RecordSection

RULES = [a01_image_without_alt, a02_colour_only, a03_text_as_picture]


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", RULES, ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


def shown(markdown: str, item: Item = GOOD_SINGLE) -> Item:
    return replace(item, stem=f"{item.stem}\n\n{markdown}")


class TestA01:
    @pytest.mark.parametrize(
        "alt", ["", "image", "Figure 3", "the picture", "knee_01.png", "screenshot"]
    )
    def test_catches_an_alt_text_that_describes_nothing(self, alt: str) -> None:
        (flaw,) = item_flaws(a01_image_without_alt.RULE, shown(f"![{alt}](img/knee.png)"))
        assert flaw.field == "stem"
        assert flaw.message == f"the alt text “{alt}” of img/knee.png describes nothing"

    def test_catches_it_after_the_answer_too(self) -> None:
        item = replace(GOOD_SINGLE, rationale=f"{GOOD_SINGLE.rationale} ![][fig]")
        (flaw,) = item_flaws(a01_image_without_alt.RULE, item)
        assert flaw.field == "rationale"

    @pytest.mark.parametrize(
        ("item", "key"),
        [
            (single("Left kidney", "Liver", "Spleen", "Heart"), "Left kidney"),
            (GOOD_CODE_ENTRY, "E11.22"),
            (GOOD_MATCHING, "Kidney"),
        ],
    )
    @pytest.mark.parametrize("pattern", ["{}", "Drawing of the {}, seen from the front"])
    def test_catches_an_alt_text_that_names_the_key(
        self, pattern: str, item: Item, key: str
    ) -> None:
        alt = pattern.format(key)
        (flaw,) = item_flaws(a01_image_without_alt.RULE, shown(f"![{alt}](organ.svg)", item))
        assert flaw.message == f"the alt text “{alt}” names the key “{key}”"

    @pytest.mark.parametrize(
        "alt",
        [
            "Organ between stomach and rib cage, marked 3",
            "Legend: left kidney, liver, spleen, heart",
        ],
    )
    def test_passes_a_description_and_a_full_legend(self, alt: str) -> None:
        item = shown(f"![{alt}](organ.svg)", single("Left kidney", "Liver", "Spleen", "Heart"))
        assert item_flaws(a01_image_without_alt.RULE, item) == []

    def test_lets_an_option_be_a_picture_of_itself(self) -> None:
        item = single("![Left kidney](k.svg)", "![Liver](l.svg)", "![Spleen](s.svg)")
        assert item_flaws(a01_image_without_alt.RULE, item) == []


class TestA02:
    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("What does the red arrow point at?", "red arrow"),
            ("Look at the fields highlighted in yellow.", "highlighted in yellow"),
            ("![Lungs, three areas marked](x.svg) What is the red area?", "the red area"),
        ],
    )
    def test_catches_a_thing_told_by_its_colour(self, text: str, phrase: str) -> None:
        (flaw,) = item_flaws(a02_colour_only.RULE, shown(text))
        assert flaw.field == "stem"
        assert flaw.message == f"“{phrase}” is told apart by its colour alone"

    @pytest.mark.parametrize(
        "text",
        [
            "The red area on the forearm was excised.",
            "White cell count and red blood cells are normal.",
            "Margins were marked in blue ink; the form is printed in red ink.",
            "The drug carries a black box warning.",
            "![A forearm](x.png) A red rash covers it.",
        ],
    )
    def test_passes_colours_of_the_body_and_of_ink(self, text: str) -> None:
        assert item_flaws(a02_colour_only.RULE, shown(text)) == []

    def test_reports_a_record_once(self) -> None:
        case = Case("c", "A case", "Claim", (RecordSection("Claim", "See the red arrow."),))
        items = tuple(replace(GOOD_SINGLE, id=name, case="c") for name in ("one", "two"))
        context = context_of(replace(bank_of(*items), cases=(case,)))
        fields = [[f.field for f in a02_colour_only.RULE.check(i, context)] for i in items]
        assert fields == [["case.Claim"], []]


class TestA03:
    @pytest.mark.parametrize(
        ("image", "found"),
        [
            ("![Fee schedule of four services](f.png)", "Fee schedule"),
            ("![Charges and payments](img/payment_table.png)", "table"),
            ("![Boxes 21 to 24 filled in](cms-1500.jpg)", "cms-1500"),
        ],
    )
    def test_suspects_text_in_a_picture(self, image: str, found: str) -> None:
        (flaw,) = item_flaws(a03_text_as_picture.RULE, shown(image))
        assert flaw.field == "stem"
        assert f"seems to show text (“{found}”)" in flaw.message

    @pytest.mark.parametrize(
        "text", ["![Patient on an operating table](or.png)", "| a | table |\n|---|---|\n| 1 | 2 |"]
    )
    def test_passes_other_tables(self, text: str) -> None:
        assert item_flaws(a03_text_as_picture.RULE, shown(text)) == []
