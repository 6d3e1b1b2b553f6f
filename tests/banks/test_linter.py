"""The linter runs every rule over every bank; a waived finding stays visible but blocks nothing."""

import pkgutil
from dataclasses import replace

import pytest

from tests.banks.rules.samples import GOOD_ITEMS, GOOD_SINGLE, bank_of, context_of
from trainer.banks import rules
from trainer.banks.linter import Finding, all_rules, lint, lint_item
from trainer.banks.profiles import catalogue
from trainer.banks.rules.rule import Rule, Severity
from trainer.config import ROOT
from trainer.core.bank import Bank
from trainer.core.item import Item, Waiver

# The table of item-writing rules, without those that need response data (P).
SEVERITIES = {
    "E": "S01 S03 S06 C09 C11 C13 D03 R01 R04 K01 K03 K04 K08 A01",
    "W": """
        S02 S04 S05 S07 S08 S09 S10 C01 C03 C04 C05 C06 C07 C10 D02 D04 D06 D09 D10
        R02 R03 R05 R07 K02 K05 K06 K07 K09 A02 B01 B03 B04
    """,
    "I": "C02 C08 C12 D01 D05 D07 D08 D11 D12 D13 R06 A03 B02 B05 B06",
}
EXPECTED = {rule: letter for letter, ids in SEVERITIES.items() for rule in ids.split()}
NEED_CODE_SETS = {f"K0{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9)}

# R04 (E): the rationale names a letter. D01 (I) and D02 (W): a negative stem, not in capitals.
LETTERED = replace(GOOD_SINGLE, rationale=f"Option B is wrong. {GOOD_SINGLE.rationale}")
NEGATIVE = replace(
    GOOD_SINGLE, stem=GOOD_SINGLE.stem.replace("modifier belongs", "modifier is not used")
)
WAIVER = Waiver("R04", "The letters are those of the form.")
EACH_RULE = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)


def findings(*items: Item, rule: str) -> list[Finding]:
    return [each for each in lint(context_of(bank_of(*items))) if each.rule == rule]


class TestRules:
    def test_have_unique_ids(self) -> None:
        ids = [rule.id for rule in all_rules()]
        assert len(set(ids)) == len(ids)

    def test_come_by_id(self) -> None:
        ids = [rule.id for rule in all_rules()]
        assert ids == sorted(ids)

    def test_have_unique_titles(self) -> None:
        assert len({rule.title for rule in all_rules()}) == len(all_rules())

    def test_are_named_like_their_files(self) -> None:
        files = [m.name for m in pkgutil.iter_modules(rules.__path__) if m.name != "rule"]
        assert [name.partition("_")[0].upper() for name in sorted(files)] == [
            rule.id for rule in all_rules()
        ]

    @EACH_RULE
    def test_have_the_severity_of_the_table(self, rule: Rule) -> None:
        assert rule.severity.value == EXPECTED[rule.id]

    def test_leave_out_only_what_needs_official_code_sets(self) -> None:
        assert EXPECTED.keys() - {rule.id for rule in all_rules()} <= NEED_CODE_SETS

    @EACH_RULE
    @pytest.mark.parametrize(("field", "shortest"), [("why", 40), ("fix", 30)])
    def test_tell_why_and_what_to_do_in_sentences(self, rule: Rule, field: str, shortest) -> None:
        text = getattr(rule, field)
        assert len(text) >= shortest
        assert text.endswith(".")
        assert "  " not in text

    @EACH_RULE
    def test_name_their_source(self, rule: Rule) -> None:
        assert len(rule.source) >= len("house rule")

    @EACH_RULE
    def test_have_a_title_of_a_few_words(self, rule: Rule) -> None:
        assert 0 < len(rule.title) <= 50
        assert not rule.title.endswith(".")


class TestFindings:
    def test_name_rule_place_and_field(self) -> None:
        bank = replace(bank_of(LETTERED), origins={LETTERED.id: "sample/items.yaml:12"})
        (found,) = [each for each in lint(context_of(bank)) if each.rule == "R04"]
        assert (found.bank, found.item, found.origin) == (
            "sample",
            LETTERED.id,
            "sample/items.yaml:12",
        )
        assert (found.severity, found.field, found.waiver) == (Severity.ERROR, "rationale", None)

    def test_of_a_bank_as_a_whole_stand_at_the_bank(self) -> None:
        lopsided = [replace(GOOD_SINGLE, id=f"i{n}", shuffle=True) for n in range(60)]
        (found,) = findings(*lopsided, rule="B01")
        assert (found.item, found.origin) == (None, "sample")

    def test_of_a_bank_rule_stand_at_the_item_that_it_names(self) -> None:
        again = replace(GOOD_SINGLE, id="again")
        (found,) = findings(GOOD_SINGLE, again, rule="S06")
        assert (found.item, found.origin) == ("again", "again")

    def test_of_all_banks_together_stand_at_none_of_them(self) -> None:
        bank = Bank("cpc", "CPC", "CC0", ("A",), (GOOD_SINGLE,))
        context = context_of(bank, catalogue=catalogue(ROOT / "question_banks"))
        found = next(each for each in lint(context) if each.rule == "B04")
        assert (found.item, found.origin) == (None, "all banks")

    def test_of_errors_are_none_in_good_items(self) -> None:
        assert not any(found.blocks for found in lint(context_of(bank_of(*GOOD_ITEMS))))

    def test_come_bank_by_bank_and_item_by_item(self) -> None:
        one, two = replace(LETTERED, id="one"), replace(LETTERED, id="two", case=None)
        first = bank_of(one, two)
        second = Bank("second", "Second", "CC0", ("A",), (replace(LETTERED, id="three"),))
        told = [f.item for f in lint(context_of(first, second)) if f.rule == "R04"]
        assert told == ["one", "two", "three"]

    def test_of_one_item_are_those_of_the_item_rules(self) -> None:
        bank = bank_of(LETTERED, replace(LETTERED, id="again"))
        told = {found.rule for found in lint_item(LETTERED, bank, context_of(bank))}
        assert "R04" in told
        assert "S06" not in told


class TestWaivers:
    def test_keep_the_finding_visible_with_its_reason(self) -> None:
        (found,) = findings(replace(LETTERED, waivers=(WAIVER,)), rule="R04")
        assert found.waiver == "The letters are those of the form."

    @pytest.mark.parametrize(
        ("waivers", "blocks"),
        [((), True), ((WAIVER,), False), ((Waiver("R03", "Another rule."),), True)],
    )
    def test_of_the_rule_lift_its_block(self, waivers: tuple[Waiver, ...], blocks: bool) -> None:
        (found,) = findings(replace(LETTERED, waivers=waivers), rule="R04")
        assert found.blocks is blocks

    def test_of_one_item_do_not_serve_another(self) -> None:
        waived, other = replace(LETTERED, waivers=(WAIVER,)), replace(LETTERED, id="other")
        found = findings(waived, other, rule="R04")
        assert [each.blocks for each in found] == [False, True]

    def test_serve_bank_rules_that_name_the_item(self) -> None:
        waiver = Waiver("S06", "Asked twice on purpose.")
        again = replace(GOOD_SINGLE, id="again", waivers=(waiver,))
        (found,) = findings(GOOD_SINGLE, again, rule="S06")
        assert (found.waiver, found.blocks) == ("Asked twice on purpose.", False)

    @pytest.mark.parametrize("rule", ["D01", "D02"])
    def test_are_not_needed_where_nothing_blocks(self, rule: str) -> None:
        (found,) = findings(NEGATIVE, rule=rule)
        assert (found.waiver, found.blocks) == (None, False)
