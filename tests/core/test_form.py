"""What a form is to hold: sizes, choices, whole numbers out of weights, and how far a bank goes."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from math import ceil, floor, sqrt
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from tests.core.test_exam import PROFILE
from trainer.banks.profiles import catalogue
from trainer.config import ROOT
from trainer.core.catalogue import Catalogue
from trainer.core.exam import ExamProfile
from trainer.core.form import (
    Form,
    Outline,
    Section,
    Shortfall,
    Size,
    apportioned,
    chance,
    custom_outline,
    outline,
    sampled,
)

SEEDS = [f"seed-{number}" for number in range(2_000)]
SIGMAS = 4.5  # that a mean over the seeds may be off
WEIGHTS = st.lists(st.sampled_from((0.4, 0.5, 0.75, 1, 1.5, 2.5, 6, 13)), min_size=1, max_size=12)
EXAMS = ("cpc", "cpb", "cca", "ccs", "ccs_p", "cbcs")


@cache
def house() -> Catalogue:
    return catalogue(ROOT / "question_banks")


def newest(exam: str) -> ExamProfile:
    return house().exam(exam).profiles[-1]


def exact(weight: float) -> Fraction:
    """A weight as it was written."""
    return Fraction(str(weight))


def is_near(counts: list[int], expected: float) -> bool:
    """Whether whole numbers that are the expected one rounded down or up average to it."""
    part = expected - floor(expected + 1e-9)
    error = sqrt(max(0.0, part * (1 - part)) / len(counts))
    return abs(sum(counts) / len(counts) - expected) <= SIGMAS * error + 1e-9


class TestSize:
    @pytest.mark.parametrize(
        ("exam", "full", "half", "quarter"),
        [  # scored, pretest, minutes; half items count as one
            ("cpc", (100, 0, 240), (50, 0, 120), (25, 0, 60)),
            ("cpb", (135, 0, 240), (68, 0, 120), (34, 0, 60)),
            ("cca", (90, 15, 120), (45, 8, 60), (23, 4, 30)),
            ("ccs", (97, 10, 240), (49, 5, 120), (24, 3, 60)),
            ("ccs_p", (97, 24, 240), (49, 12, 120), (24, 6, 60)),
            ("cbcs", (100, 25, 180), (50, 13, 90), (25, 6, 45)),
        ],
    )
    def test_scales_items_and_minutes(self, exam, full, half, quarter) -> None:
        outlines = [outline(newest(exam), size) for size in Size]
        assert [(o.scored, o.pretest, o.minutes) for o in outlines] == [full, half, quarter]

    def test_is_full_unless_told(self) -> None:
        assert outline(PROFILE) == outline(PROFILE, Size.FULL)

    def test_counts_a_part_of_a_minute_as_one(self) -> None:
        assert outline(replace(PROFILE, minutes=121), Size.QUARTER).minutes == 31

    @pytest.mark.parametrize(
        ("items", "minutes"), [(105, 120), (104, 119), (53, 61), (1, 2), (0, 0)]
    )
    def test_a_shorter_form_keeps_the_pace(self, items: int, minutes: int) -> None:
        assert outline(newest("cca")).minutes_for(items) == minutes

    def test_no_items_need_no_time(self) -> None:
        assert Outline((), 0, 0, 0).minutes_for(0) == 0


class TestApportioned:
    def test_gives_the_rest_to_the_largest_remainders(self) -> None:
        # https://en.wikipedia.org/wiki/Quota_method: Hare quota, 100,000 votes, 10 seats
        votes = (47_000, 16_000, 15_900, 12_000, 6_000, 3_100)
        assert apportioned(votes, 10, "any") == [5, 2, 1, 1, 1, 0]

    def test_a_full_form_has_the_domains_of_its_profile(self) -> None:
        for exam in EXAMS:
            domains = newest(exam).domains
            found = Counter[int]()
            for (section, _), items in outline(newest(exam)).quotas("any").items():
                found[section] += items
            assert [found[n] for n in range(len(domains))] == [d.items for d in domains]

    def test_a_quarter_of_cpc_by_hand(self) -> None:
        """25 of 100: six make 1½, four 1, five 1¼, three ¾, seven 1¾, ten 2½."""
        weights = [domain.items for domain in newest("cpc").domains]
        found = apportioned(weights, 25, "any")
        settled = {4: {1}, 5: {1}, 3: {1}, 7: {2}, 6: {1, 2}, 10: {2, 3}}
        assert all(n in settled[weight] for weight, n in zip(weights, found, strict=True))
        assert sum(found) == 25

    def test_equal_remainders_draw_lots(self) -> None:
        """Eleven domains of CPC end in ½ and share five items."""
        weights = [domain.items for domain in newest("cpc").domains]
        found = [apportioned(weights, 25, seed) for seed in SEEDS]
        for n, weight in enumerate(weights):
            if weight in (6, 10):
                assert is_near([counts[n] for counts in found], floor(weight / 4) + 5 / 11)

    @pytest.mark.parametrize(
        ("weights", "total", "ways"),
        [
            ((0.1 + 0.2, 0.3), 1, {(0, 1), (1, 0)}),
            ((4.3, 1.3, 2.2, 2.2), 10, {(5, 1, 2, 2), (4, 2, 2, 2)}),
        ],
    )
    def test_float_noise_breaks_no_tie(self, weights, total: int, ways) -> None:
        assert {tuple(apportioned(weights, total, seed)) for seed in SEEDS[:50]} == ways

    @STEADY
    @given(WEIGHTS, st.integers(0, 150), st.text(max_size=9))
    def test_stays_within_one_of_the_share(self, weights, total: int, seed: str) -> None:
        found = apportioned(weights, total, seed)
        shares = [total * weight / sum(weights) for weight in weights]
        assert sum(found) == total
        for count, share in zip(found, shares, strict=True):
            assert floor(share + 1e-9) <= count <= ceil(share - 1e-9)


class TestSampled:
    SPLIT = (("a", 0.4), ("b", 0.75), ("c", 1.5), ("d", 3), ("e", 0.35))

    @STEADY
    @given(WEIGHTS, st.integers(0, 60), st.text(max_size=9))
    def test_stays_within_one_of_the_share(self, weights, total: int, seed: str) -> None:
        split = [(f"s{n}", weight) for n, weight in enumerate(weights)]
        found = dict(sampled(split, total, seed))
        assert sum(found.values()) == total
        for name, weight in split:
            share = total * weight / sum(weights)
            assert floor(share + 1e-9) <= found[name] <= ceil(share - 1e-9)

    @STEADY
    @given(WEIGHTS, st.integers(0, 60))
    def test_float_noise_moves_no_mark(self, weights, total: int) -> None:
        """Marks that fall on the ends of subtopics are where noise would show."""
        split = [(f"s{n}", weight) for n, weight in enumerate(weights)]
        with patch("trainer.core.form.chance", return_value=0.0):
            found = dict(sampled(split, total, "any"))
        ends = [Fraction(0)]
        for _, weight in split:
            ends.append(ends[-1] + total * exact(weight) / sum(map(exact, weights)))
        marks = [ceil(end) for end in ends]
        assert list(found.values()) == [b - a for a, b in pairwise(marks)]

    def test_gives_every_subtopic_its_share_in_the_long_run(self) -> None:
        found = [dict(sampled(self.SPLIT, 6, seed)) for seed in SEEDS]
        assert all(is_near([one[name] for one in found], weight) for name, weight in self.SPLIT)

    def test_any_two_halves_can_meet(self) -> None:
        halves = [(name, 0.5) for name in "abcd"]
        pairs = Counter(
            tuple(sorted(name for name, items in sampled(halves, 2, seed) if items))
            for seed in SEEDS
        )
        assert set(pairs) == set(combinations("abcd", 2))
        assert min(pairs.values()) > 200  # 333 each

    @pytest.mark.parametrize("exam", EXAMS)
    def test_rotates_the_fractions_of_a_real_exam(self, exam: str) -> None:
        profile = newest(exam)
        found = [outline(profile).quotas(seed) for seed in SEEDS]
        for n, domain in enumerate(profile.domains):
            for name, weight in domain.subtopics:
                assert is_near([quotas[n, name] for quotas in found], weight), name

    def test_domains_pretest_and_scored_items_rotate_apart(self) -> None:
        half = (("a", 0.5), ("b", 0.5))
        plan = Outline((Section(0, half), Section(1, half)), 2, 2, 9)
        draws = Counter(
            (scored[0, "a"], scored[1, "a"], pretest[0, "a"])
            for seed in SEEDS
            for scored, pretest in [(plan.quotas(seed), plan.quotas(seed, scored=False))]
        )
        assert len(draws) == 8
        assert min(draws.values()) > 180  # 250 each


class TestCustomOutline:
    """PROFILE: Codes 6 (a 4, b 2), Rest 4 (b 1, c 2½, d ½); 105 items in 120 minutes."""

    def weights(self, **chosen) -> dict[int, dict[str, float]]:
        sections = custom_outline(PROFILE, 20, **chosen).sections
        return {section.domain: dict(section.split) for section in sections}

    def test_of_nothing_is_of_everything(self) -> None:
        assert self.weights() == {
            0: {"coding.a": 4, "coding.b": 2},
            1: {"coding.b": 1, "billing.c": 2.5, "billing.d": 0.5},
        }

    def test_a_domain_brings_its_subtopics(self) -> None:
        assert self.weights(domains=[1]) == {1: {"coding.b": 1, "billing.c": 2.5, "billing.d": 0.5}}

    def test_a_subtopic_is_taken_wherever_it_occurs(self) -> None:
        assert self.weights(subtopics=["coding.b"]) == {0: {"coding.b": 2}, 1: {"coding.b": 1}}

    def test_domains_and_subtopics_add_up(self) -> None:
        chosen = self.weights(domains=[0], subtopics=["billing.d"])
        assert chosen == {0: {"coding.a": 4, "coding.b": 2}, 1: {"billing.d": 0.5}}

    def test_weights_are_shares_of_what_was_chosen(self) -> None:
        quotas = custom_outline(PROFILE, 9, subtopics=["coding.a", "coding.b"]).quotas("any")
        # 9 × (4 + 2) / 7 = 7.7 and 9 × 1 / 7 = 1.3
        assert quotas[0, "coding.a"] + quotas[0, "coding.b"] == 8
        assert quotas[1, "coding.b"] == 1

    def test_has_no_pretest_items(self) -> None:
        plan = custom_outline(PROFILE, 20)
        assert (plan.scored, plan.pretest, plan.items) == (20, 0, 20)

    @pytest.mark.parametrize(("items", "minutes"), [(7, 8), (20, 23), (105, 120), (210, 240)])
    def test_keeps_the_pace_of_the_exam(self, items: int, minutes: int) -> None:
        assert custom_outline(PROFILE, items).minutes == minutes

    def test_may_have_its_own_time(self) -> None:
        assert custom_outline(PROFILE, 20, minutes=5).minutes == 5

    @pytest.mark.parametrize(
        "plan",
        [
            custom_outline(PROFILE, 20, subtopics=["anatomy.x"]),
            custom_outline(PROFILE, 20, domains=[9]),
            custom_outline(PROFILE, 0),
            custom_outline(PROFILE, -3),
        ],
    )
    def test_of_nothing_known_is_empty(self, plan: Outline) -> None:
        assert (plan.items, plan.minutes) == (0, 0)
        assert not any(plan.quotas("any").values())
        assert plan.forms({"coding.a": 9}) == 0


class TestForms:
    ALONE = Outline((Section(0, (("a", 4),)), Section(1, (("b", 4), ("c", 2)))), 10, 5, 60)
    SHARING = Outline((Section(0, (("a", 2), ("b", 2))), Section(1, (("b", 4),))), 8, 0, 60)

    @pytest.mark.parametrize(
        ("supply", "forms"),
        [
            ({"a": 4, "b": 4, "c": 2}, 1),
            ({"a": 6, "b": 9, "c": 9}, 1.5),
            ({"a": 9, "b": 8, "c": 1}, 1.5),  # b stands in for c
            ({"a": 0, "b": 9, "c": 9}, 0),
            ({"b": 9, "c": 9}, 0),
            ({}, 0),
        ],
    )
    def test_the_scarcest_domain_decides(self, supply: dict[str, int], forms: float) -> None:
        assert self.ALONE.forms(supply) == pytest.approx(forms)

    @pytest.mark.parametrize(
        ("supply", "forms"),
        [
            ({"a": 4, "b": 4}, 1),  # all of b for the second domain
            ({"a": 2, "b": 6}, 1),
            ({"a": 0, "b": 8}, 1),
            ({"a": 9, "b": 3}, 0.75),
            ({"a": 1, "b": 6}, 0.875),  # neither domain alone, both together
        ],
    )
    def test_domains_share_what_they_have_in_common(self, supply, forms: float) -> None:
        assert self.SHARING.forms(supply) == pytest.approx(forms)

    def test_half_forms_need_half(self) -> None:
        supply = Counter(dict.fromkeys(outline(PROFILE).subtopics, 50))
        full, half = (
            outline(replace(PROFILE, items=20, pretest=0), s).forms(supply) for s in SIZES
        )
        assert half == pytest.approx(2 * full)

    @STEADY
    @given(
        st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=5),
        st.lists(st.integers(1, 9), min_size=5, max_size=5),
        st.lists(st.integers(0, 12), min_size=6, max_size=6),
    )
    def test_is_the_least_ratio_of_all_sets_of_domains(self, names, weights, counts) -> None:
        sections = [
            Section(n, tuple((s, weights[n] / len(split)) for s in sorted(split)))
            for n, split in enumerate(names)
        ]
        supply = dict(zip("abcdef", counts, strict=True))
        ratios = [
            sum(supply[s] for s in set().union(*(names[n] for n in group)))
            / sum(weights[n] for n in group)
            for size in range(1, len(names) + 1)
            for group in combinations(range(len(names)), size)
        ]
        plan = Outline(tuple(sections), sum(weights[: len(names)]), 0, 60)
        assert plan.forms(supply) == pytest.approx(min(ratios), abs=1e-5)


SIZES = (Size.FULL, Size.HALF)


class TestChance:
    def test_is_the_same_on_every_machine(self) -> None:
        # printf 'seed|1|m78' | sha256sum | head -c 12
        assert chance("seed|1", "m78") == 0xEEAA610D955D / 2**48

    def test_differs_by_purpose(self) -> None:
        drawn = {chance("seed", "tie", number) for number in range(100)}
        assert len(drawn) == 100
        assert all(0 <= each < 1 for each in drawn)


class TestForm:
    FORM = Form(
        "seed",
        (),
        (
            Shortfall(0, "a", scored=True, wanted=4, found=1),
            Shortfall(0, None, scored=True, wanted=6, found=4),
            Shortfall(1, "b", scored=True, wanted=2, found=0),
            Shortfall(1, "c", scored=False, wanted=2, found=1),
            Shortfall(1, None, scored=False, wanted=3, found=2),
        ),
        (),
    )

    def test_counts_what_is_missing(self) -> None:
        assert self.FORM.missing(scored=True) == 2
        assert self.FORM.missing(scored=False) == 1

    def test_what_subtopics_lack_beyond_that_was_replaced(self) -> None:
        assert self.FORM.replaced == 3  # (3 + 2 + 1) − (2 + 1)
