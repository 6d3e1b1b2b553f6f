"""B rules: each catches a planted flaw and passes good items."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.banks.rules.samples import (
    GOOD_ITEMS,
    GOOD_SINGLE,
    bank_flaws,
    bank_of,
    context_of,
    single,
)
from trainer.banks.rules import (
    b01_key_position,
    b02_key_pattern,
    b03_longest_key,
    b04_blueprint_gaps,
    b05_one_source,
    b06_over_exposed,
)
from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.core.exam import Cut, Domain, Exam, ExamProfile, Navigation, PassRule
from trainer.core.item import Reference
from trainer.core.topic import Taxonomy

RULES = [
    b01_key_position,
    b02_key_pattern,
    b03_longest_key,
    b04_blueprint_gaps,
    b05_one_source,
    b06_over_exposed,
]


@pytest.mark.parametrize("module", RULES, ids=lambda m: m.RULE.id)
def test_passes_a_bank_of_good_items(module) -> None:
    assert bank_flaws(module.RULE, bank_of(*GOOD_ITEMS)) == []


def keyed(keys: str, shuffle: bool = True) -> Bank:
    """A bank of four-option items whose keys stand at these letters."""
    items = (
        replace(single(*"WXYZ", key="ABCD".index(key)), id=f"i{n}", shuffle=shuffle)
        for n, key in enumerate(keys)
    )
    return bank_of(*items)


class TestB01:
    def test_catches_a_favourite_place(self) -> None:
        """By hand: (12² + 25² + 5²) / 10.5 - 42 = 33.6."""
        (flaw,) = bank_flaws(b01_key_position.RULE, keyed("A" * 12 + "B" * 25 + "C" * 5))
        assert "of 42 items with 4 options the key is A 12, B 25, C 5, D 0 times" in flaw.message
        assert "always guessing B scores 60%" in flaw.message
        assert "χ² = 33.6, limit 11.3 at α = 0.01" in flaw.message

    @pytest.mark.parametrize(
        "bank",
        [
            keyed("ABCD" * 10),
            keyed("B" * 39),
            keyed("B" * 80, shuffle=False),
            keyed("A" * 10 + "B" * 18 + "C" * 6 + "D" * 6),  # χ² = 9.6
        ],
        ids=["even", "few", "not shuffled", "within chance"],
    )
    def test_passes_what_chance_may_do(self, bank: Bank) -> None:
        assert bank_flaws(b01_key_position.RULE, bank) == []

    def test_judges_each_number_of_options_by_itself(self) -> None:
        three = (replace(single(*"XYZ"), id=f"t{n}") for n in range(40))
        (flaw,) = bank_flaws(b01_key_position.RULE, bank_of(*keyed("ABCD" * 10), *three))
        assert "of 40 items with 3 options the key is A 40, B 0, C 0 times" in flaw.message


class TestB02:
    @pytest.mark.parametrize(
        ("keys", "cycle", "length"),
        [("DCA" + "AB" * 6, "AB", 12), ("ABCD" * 4 + "BA", "ABCD", 16)],
    )
    def test_catches_a_cycle(self, keys: str, cycle: str, length: int) -> None:
        (flaw,) = bank_flaws(b02_key_pattern.RULE, keyed(keys))
        assert flaw.message == f"{length} keys in a row repeat {cycle}"

    def test_catches_clusters(self) -> None:
        (flaw,) = bank_flaws(b02_key_pattern.RULE, keyed("AAAAABBBBBCCCCCDDDDDAAAAABBBBB"))
        assert flaw.message.startswith("clusters in the order of 30 keys: 6 runs where chance")
        assert flaw.message.endswith("the longest of 5")

    def test_begins_at_20_keys(self) -> None:
        assert len(bank_flaws(b02_key_pattern.RULE, keyed("A" * 10 + "B" * 10))) == 1

    def test_catches_an_order_that_never_repeats_a_letter(self) -> None:
        random = Random(7)  # noqa: S311 - keys of items, no secrets
        keys = "A"
        while len(keys) < 60:
            keys += random.choice([key for key in "ABCD" if key != keys[-1]])
        (flaw,) = bank_flaws(b02_key_pattern.RULE, keyed(keys))
        assert flaw.message.startswith("alternation in the order of 60 keys: 60 runs")

    @pytest.mark.parametrize("keys", ["AB" * 5, "B" * 40, "A" * 10 + "B" * 9])
    def test_passes_what_is_short_or_b01s(self, keys: str) -> None:
        assert bank_flaws(b02_key_pattern.RULE, keyed(keys)) == []

    def test_passes_a_shuffled_order(self) -> None:
        keys = "".join(Random(3).choices("ABCD", k=200))  # noqa: S311 - as above
        assert bank_flaws(b02_key_pattern.RULE, keyed(keys)) == []


def lengths(longest: int, others: int) -> Bank:
    """Items whose key is the longest option, and others where a distractor is."""
    wordy = single("the long one here", "short", "small", "tiny", key=0)
    plain = single("the long one here", "short", "small", "tiny", key=1)
    items = [wordy] * longest + [plain] * others
    return bank_of(*(replace(item, id=f"i{n}") for n, item in enumerate(items)))


class TestB03:
    def test_catches_a_rate_beyond_chance(self) -> None:
        """P(X ≥ 11 | 20, 1/4) = .0039, below α = .01."""
        (flaw,) = bank_flaws(b03_longest_key.RULE, lengths(11, 9))
        assert flaw.field == "options"
        assert flaw.message == (
            "the key is the longest option in 11 of 20 worded items (55%; chance 25%)"
        )

    @pytest.mark.parametrize(
        ("longest", "others"),
        [(10, 10), (19, 0)],
        ids=["P(X ≥ 10 | 20, 1/4) = .0139", "too few items"],
    )
    def test_passes_what_chance_may_do(self, longest: int, others: int) -> None:
        assert bank_flaws(b03_longest_key.RULE, lengths(longest, others)) == []

    def test_counts_no_tie(self) -> None:
        tied = (replace(single("short", "small", "tiny", "two"), id=f"i{n}") for n in range(30))
        assert bank_flaws(b03_longest_key.RULE, bank_of(*tied)) == []

    def test_looks_at_worded_options_only(self) -> None:
        coded = (
            replace(single("11042, 97597", "11042", "97597", "97598"), id=f"i{n}")
            for n in range(30)
        )
        assert bank_flaws(b03_longest_key.RULE, bank_of(*coded)) == []


def exam(*domains: Domain, kinds: tuple[str, ...] = ("single",)) -> Catalogue:
    items = sum(domain.items for domain in domains)
    day = date(2026, 1, 1)
    cut = Cut(PassRule.PERCENT, 70, (0, 100), 0.7)
    book = (items, 0, 60, cut, Navigation.FREE, True, "Books", kinds, domains, (), day)
    old = replace(ExamProfile("cpc", day, *book), domains=(Domain("Gone", 9, (("gone", 9.0),)),))
    profiles = (old, ExamProfile("cpc", date(2027, 1, 1), *book))
    return Catalogue(
        Taxonomy(()), (Exam("cpc", "CPC", "Certified Coder", "AAPC", "Office", profiles),)
    )


def stocked(**counts: int) -> Bank:
    return bank_of(
        *(
            replace(GOOD_SINGLE, id=f"{subtopic}-{n}", subtopic=subtopic)
            for subtopic, count in counts.items()
            for n in range(count)
        )
    )


class TestB04:
    domains = (
        Domain("Heart", 2, (("heart", 2.0),)),
        Domain("Lung", 1, (("lung", 1.0),)),
        Domain("Skin", 4, (("skin", 4.0),)),
        Domain("Eye", 1, (("eye", 1.0),)),
    )

    def test_tells_how_many_forms_and_what_is_short(self) -> None:
        bank = stocked(heart=5, lung=2, skin=1, eye=2)
        flaws = bank_flaws(b04_blueprint_gaps.RULE, bank, catalogue=exam(*self.domains))
        assert [flaw.message for flaw in flaws] == [
            "0.2 CPC forms; short in Skin: 1 of 12 items; Lung: 2 of 3 items; Eye: 2 of 3 items"
        ]

    def test_names_only_what_is_short(self) -> None:
        bank = stocked(heart=6, lung=3, skin=12, eye=2)
        (flaw,) = bank_flaws(b04_blueprint_gaps.RULE, bank, catalogue=exam(*self.domains))
        assert flaw.message == "2.0 CPC forms; short in Eye: 2 of 3 items"

    def test_is_content_with_three_forms(self) -> None:
        bank = stocked(heart=6, lung=3, skin=12, eye=3)
        assert bank_flaws(b04_blueprint_gaps.RULE, bank, catalogue=exam(*self.domains)) == []

    def test_counts_all_banks_and_reports_once(self) -> None:
        one, other = stocked(heart=6, lung=3), stocked(skin=11, eye=3)
        context = context_of(one, other, catalogue=exam(*self.domains))
        flaws = [list(b04_blueprint_gaps.RULE.check(bank, context)) for bank in (one, other)]
        assert [[flaw.message for flaw in found] for found in flaws] == [
            ["2.7 CPC forms; short in Skin: 11 of 12 items"],
            [],
        ]

    def test_shares_a_subtopic_between_two_domains(self) -> None:
        domains = (
            Domain("Diagnoses", 3, (("heart", 1.0), ("lung", 2.0))),
            Domain("Rules", 3, (("heart", 3.0),)),
        )
        flaws = bank_flaws(
            b04_blueprint_gaps.RULE, stocked(heart=8, lung=6), catalogue=exam(*domains)
        )
        assert [flaw.message for flaw in flaws] == [
            "2.0 CPC forms; short in Rules: 6 of 9 items; Diagnoses: 8 of 9 items"
        ]

    def test_counts_only_kinds_that_the_exam_has(self) -> None:
        catalogue = exam(Domain("Heart", 1, (("heart", 1.0),)), kinds=("code_entry",))
        (flaw,) = bank_flaws(b04_blueprint_gaps.RULE, stocked(heart=9), catalogue=catalogue)
        assert flaw.message == "0.0 CPC forms; short in Heart: 0 of 3 items"

    def test_is_silent_on_an_exam_without_items(self) -> None:
        bank = bank_of(replace(GOOD_SINGLE, exams=("cca",)))
        assert bank_flaws(b04_blueprint_gaps.RULE, bank, catalogue=exam(*self.domains)) == []


def citing(*sections: str) -> Bank:
    return bank_of(
        *(
            replace(single(*"WXYZ", key=n % 4), id=f"i{n}", references=(reference,))
            for n, section in enumerate(sections)
            for reference in (Reference("The Manual", section, 2026),)
        )
    )


class TestB05:
    def test_catches_a_subtopic_read_from_one_passage(self) -> None:
        (flaw,) = bank_flaws(b05_one_source.RULE, citing(*["Chapter 1"] * 10))
        assert flaw.message == (
            "all 10 items of coding.modifiers rest on 1 passage of “The Manual”"
        )

    @pytest.mark.parametrize(
        "bank",
        [
            citing(*["Chapter 1"] * 9),
            citing(*(f"Chapter {n % 5}" for n in range(10))),
            bank_of(
                *citing(*["Chapter 1"] * 10),
                replace(GOOD_SINGLE, references=(Reference("Another", "Chapter 1", 2026),)),
            ),
        ],
        ids=["few items", "many passages", "a second source"],
    )
    def test_passes_a_wider_reading(self, bank: Bank) -> None:
        assert bank_flaws(b05_one_source.RULE, bank) == []

    def test_catches_a_key_that_is_always_the_same(self) -> None:
        items = tuple(replace(item, key="o0") for item in citing(*map(str, range(10))))
        (flaw,) = bank_flaws(b05_one_source.RULE, bank_of(*items))
        assert flaw.message == "all 10 single items of coding.modifiers have the key “W”"


class TestB06:
    def test_catches_an_item_that_many_saw(self) -> None:
        exposures = {"good-single": 0.42, "good-multiple": 0.30}
        (flaw,) = bank_flaws(b06_over_exposed.RULE, bank_of(*GOOD_ITEMS), exposures=exposures)
        assert flaw.item == "good-single"
        assert flaw.message.startswith("42% of the learners saw it in the last 30 days")
