"""S06 and S07: questions that are asked twice, in one bank or across banks."""

from dataclasses import replace

import pytest

from tests.banks.rules.samples import (
    GOOD_ITEMS,
    GOOD_MATCHING,
    GOOD_SINGLE,
    bank_flaws,
    bank_of,
    context_of,
)
from trainer.banks.rules import s06_duplicate_stem, s07_near_duplicate
from trainer.core.bank import Bank
from trainer.core.item import Case, Item, RecordSection, SingleItem


@pytest.mark.parametrize(
    "module", [s06_duplicate_stem, s07_near_duplicate], ids=lambda m: m.RULE.id
)
def test_passes_a_bank_of_good_items(module) -> None:
    assert bank_flaws(module.RULE, bank_of(*GOOD_ITEMS)) == []


def in_case(item: Item, record: str, case: str = "case") -> Bank:
    """A bank of one item that asks about a record."""
    cases = (Case(case, "A case", "ED note", (RecordSection("History", record),)),)
    return replace(bank_of(replace(item, case=case)), cases=cases)


class TestS06:
    def test_catches_the_later_item_of_a_bank(self) -> None:
        copy = replace(GOOD_SINGLE, id="copy", stem=GOOD_SINGLE.stem.upper().replace(".", " !"))
        (flaw,) = bank_flaws(s06_duplicate_stem.RULE, bank_of(GOOD_SINGLE, copy))
        assert (flaw.item, flaw.field) == ("copy", "stem")
        assert "good-single" in flaw.message

    def test_reports_across_banks_once(self) -> None:
        one = bank_of(GOOD_SINGLE)
        other = bank_of(replace(GOOD_SINGLE, id="copy"))
        context = context_of(one, other)
        flaws = [list(s06_duplicate_stem.RULE.check(bank, context)) for bank in (one, other)]
        assert [[flaw.item for flaw in found] for found in flaws] == [[], ["copy"]]

    def test_tells_equal_questions_about_different_records_apart(self) -> None:
        one, other = in_case(GOOD_SINGLE, "A fall."), in_case(GOOD_SINGLE, "A burn.")
        assert list(s06_duplicate_stem.RULE.check(other, context_of(one, other))) == []

    def test_catches_the_same_record_under_another_name(self) -> None:
        one, other = in_case(GOOD_SINGLE, "A fall."), in_case(GOOD_SINGLE, "A fall.", "again")
        assert len(list(s06_duplicate_stem.RULE.check(other, context_of(one, other)))) == 1

    def test_tells_equal_stems_with_other_prompts_apart(self) -> None:
        prompts = tuple(replace(p, text=p.text + "!megaly") for p in GOOD_MATCHING.prompts)
        other = replace(GOOD_MATCHING, id="other", prompts=prompts)
        assert bank_flaws(s06_duplicate_stem.RULE, bank_of(GOOD_MATCHING, other)) == []


class TestS07:
    near = replace(
        GOOD_SINGLE,
        id="near",
        stem=(
            "The wound of a knee operation has opened on day 14 of a 90-day global period. "
            "The same surgeon takes the patient back to the operating room.\n\n"
            "Which modifier belongs on the second procedure?"
        ),
    )

    def test_proposes_the_pair_as_enemies(self) -> None:
        (flaw,) = bank_flaws(s07_near_duplicate.RULE, bank_of(GOOD_SINGLE, self.near))
        assert (flaw.item, flaw.field) == ("near", "stem")
        assert "enemies: [good-single]" in flaw.message

    @pytest.mark.parametrize("namer", ["earlier", "later"])
    def test_is_silent_on_known_enemies(self, namer: str) -> None:
        earlier: SingleItem = replace(GOOD_SINGLE, enemies=("near",) * (namer == "earlier"))
        later = replace(self.near, enemies=("good-single",) * (namer == "later"))
        assert bank_flaws(s07_near_duplicate.RULE, bank_of(earlier, later)) == []

    def test_is_silent_inside_a_case(self) -> None:
        record = in_case(GOOD_SINGLE, "A fall.")
        bank = replace(record, items=(*record.items, replace(self.near, case="case")))
        assert bank_flaws(s07_near_duplicate.RULE, bank) == []

    def test_reports_across_banks_once(self) -> None:
        one, other = bank_of(GOOD_SINGLE), bank_of(self.near)
        context = context_of(one, other)
        flaws = [list(s07_near_duplicate.RULE.check(bank, context)) for bank in (one, other)]
        assert [[flaw.item for flaw in found] for found in flaws] == [[], ["near"]]

    def test_leaves_equal_stems_to_s06(self) -> None:
        copy = replace(GOOD_SINGLE, id="copy")
        assert bank_flaws(s07_near_duplicate.RULE, bank_of(GOOD_SINGLE, copy)) == []

    def test_lets_one_note_carry_two_tasks(self) -> None:
        note = GOOD_SINGLE.stem.rpartition("\n\n")[0]
        other = replace(GOOD_SINGLE, id="other", stem=f"{note}\n\nHow is the follow-up visit paid?")
        assert bank_flaws(s07_near_duplicate.RULE, bank_of(GOOD_SINGLE, other)) == []

    def test_tells_drills_of_one_pattern_apart(self) -> None:
        stems = (
            f"Which combining form of medical terminology stands for the {organ} of the body?"
            for organ in ("liver", "kidney", "spleen", "heart", "bladder", "stomach")
        )
        items = (replace(GOOD_SINGLE, id=f"i{n}", stem=text) for n, text in enumerate(stems))
        assert bank_flaws(s07_near_duplicate.RULE, bank_of(*items)) == []
