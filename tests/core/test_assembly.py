"""Forms drawn from banks: exact, whole, apart, fresh, the same again, and honest when short."""

from collections import Counter, defaultdict
from functools import cache
from hashlib import sha256
from itertools import combinations, groupby
from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from tests.core.test_form import EXAMS, SEEDS, newest
from trainer.core.assembly import assemble, outlook
from trainer.core.exam import ExamProfile
from trainer.core.form import (
    Available,
    Form,
    Outline,
    Section,
    Shortfall,
    Size,
    custom_outline,
    outline,
)

FEW = SEEDS[:60]
ONE = Outline((Section(0, (("a", 1),)),), 4, 0, 60)  # four of one subtopic
PAIR = Outline((Section(0, (("a", 2), ("b", 2))), Section(1, (("a", 2),))), 6, 0, 60)
HIDDEN = Outline((Section(0, (("a", 6),)), Section(1, (("b", 3),))), 9, 3, 60)


def singles(subtopic: str, count: int, start: int = 1) -> list[Available]:
    return [Available(n, 1, subtopic) for n in range(start, start + count)]


def case(name: str, start: int, *subtopics: str) -> list[Available]:
    """A case whose order is not that of its ids."""
    last = len(subtopics) - 1
    return [
        Available(start + n, 1, subtopic, name, last - n) for n, subtopic in enumerate(subtopics)
    ]


def ids(form: Form) -> list[int]:
    return [slot.item for slot in form.slots]


def count(form: Form, *, scored: bool = True) -> Counter[int]:
    return Counter(slot.domain for slot in form.slots if slot.scored is scored)


def rich(profile: ExamProfile) -> list[Available]:
    """Forty single items and four cases a subtopic, some of them across; every fifth an enemy."""
    bank: list[Available] = []
    names = sorted(profile.blueprint)
    for place, name in enumerate(names):
        start = 100 * place
        for n in range(40):
            enemies = frozenset([start + n + 7] if n % 5 == 0 else ())
            bank.append(Available(start + n, 1, name, enemies=enemies))
        other = names[(place + 1) % len(names)]
        bank += case(f"{name}-1", start + 50, name, name)
        bank += case(f"{name}-2", start + 55, name, other)
        bank += case(f"{name}-3", start + 60, name, name, other)
        bank += case(f"{name}-4", start + 65, name, name, name, name)
    return bank


@st.composite
def outlines(draw: st.DrawFn, pretest: int = 3) -> Outline:
    """One to three domains over four subtopics."""
    splits = draw(
        st.lists(
            st.dictionaries(st.sampled_from("abcd"), st.sampled_from((0.5, 1, 1.5, 3)), min_size=1),
            min_size=1,
            max_size=3,
        )
    )
    sections = tuple(Section(n, tuple(split.items())) for n, split in enumerate(splits))
    return Outline(sections, draw(st.integers(1, 9)), draw(st.integers(0, pretest)), 60)


@st.composite
def banks(draw: st.DrawFn, tangled: bool = True) -> list[Available]:
    """Up to twenty items of five subtopics; tangled ones have cases and enemies."""
    bank: list[Available] = []
    for number in range(draw(st.integers(0, 20))):
        subtopic, name = draw(st.sampled_from("abcde")), None
        enemies: frozenset[int] = frozenset()
        if tangled:
            name = draw(st.sampled_from((None, None, "x", "y", "z")))
            enemies = frozenset(draw(st.sets(st.integers(0, 20), max_size=2))) - {number}
        bank.append(Available(number, 1, subtopic, name, draw(st.integers(0, 3)), enemies))
    return bank


@cache
def hidden_forms() -> list[Form]:
    """Forms of which every item of a bank is on each, three of twelve hidden."""
    bank = singles("a", 8) + singles("b", 4, 11)
    return [assemble(HIDDEN, bank, seed=seed) for seed in SEEDS]


def check(form: Form, plan: Outline, bank: list[Available]) -> None:
    """What holds of every form, however short."""
    known = {each.item: each for each in bank}
    drawn = ids(form)
    assert len(drawn) == len(set(drawn))
    for slot in form.slots:
        each = known[slot.item]
        assert (slot.version, slot.subtopic, slot.case) == (each.version, each.subtopic, each.case)
        assert slot.subtopic in dict(plan.sections[slot.domain].split)
        assert not each.enemies & set(drawn)
    runs = [(name, [s.item for s in run]) for name, run in groupby(form.slots, lambda s: s.case)]
    named = [name for name, _ in runs if name is not None]
    assert len(named) == len(set(named))  # in one piece
    for name, run in runs:
        if name is not None:  # whole, and in its order
            mates = sorted((e.place, e.item) for e in bank if e.case == name)
            assert run == [item for _, item in mates]
            assert len({slot.scored for slot in form.slots if slot.case == name}) == 1
    check_counts(form, plan)


def check_counts(form: Form, plan: Outline) -> None:
    """Domains have what they should, or the form says what they lack; the same for subtopics."""
    told = {(s.scored, s.domain, s.subtopic): (s.wanted, s.found) for s in form.shortages}
    assert len(told) == len(form.shortages)
    for scored in (True, False):
        quotas = plan.quotas(form.seed, scored=scored)
        found = Counter((s.domain, s.subtopic) for s in form.slots if s.scored is scored)
        for n, section in enumerate(plan.sections):
            cells = {name: (quotas[n, name], found[n, name]) for name, _ in section.split}
            cells[None] = tuple(map(sum, zip(*cells.values(), strict=True)))
            assert cells[None][1] <= cells[None][0]
            for name, (wanted, has) in cells.items():
                assert told.get((scored, n, name)) == ((wanted, has) if has < wanted else None)


def most(plan: Outline, seed: str, counts: Counter[str], *, scored: bool = True) -> int:
    """The greatest number of items that fit: Hall's theorem, deficiency version (Ore 1955)."""
    quotas = plan.quotas(seed, scored=scored)
    wanted = Counter[int]()
    for (section, _), items in quotas.items():
        wanted[section] += items
    numbers = range(len(plan.sections))
    return min(
        wanted.total()
        - sum(wanted[n] for n in group)
        + sum(counts[s] for s in {s for n in group for s, _ in plan.sections[n].split})
        for size in range(len(plan.sections) + 1)
        for group in combinations(numbers, size)
    )


class TestEveryForm:
    @STEADY
    @given(outlines(), banks(), st.text(max_size=5), st.lists(st.integers(0, 20), max_size=9))
    def test_is_sound_however_short(self, plan, bank, seed: str, recent: list[int]) -> None:
        form = assemble(plan, bank, seed=seed, recent=recent)
        check(form, plan, bank)
        assert set(form.repeats) == set(ids(form)) & set(recent)

    @STEADY
    @given(outlines(), banks(), st.lists(st.integers(0, 20), max_size=9), st.randoms())
    def test_is_the_same_in_whatever_order_the_bank_is_given(
        self, plan, bank, recent: list[int], chance: Random
    ) -> None:
        form = assemble(plan, bank, seed="s", recent=recent)
        chance.shuffle(bank)
        assert assemble(plan, iter(bank), seed="s", recent=recent) == form

    @STEADY
    @given(outlines(pretest=0), banks(tangled=False), st.text(max_size=5))
    def test_is_as_full_as_can_be(self, plan, bank, seed: str) -> None:
        form = assemble(plan, bank, seed=seed)
        assert len(form.slots) == most(plan, seed, Counter(each.subtopic for each in bank))

    @STEADY
    @given(outlines(pretest=0), banks(tangled=False), st.sets(st.integers(0, 20)))
    def test_repeats_no_more_than_it_must(self, plan, bank, recent: set[int]) -> None:
        form = assemble(plan, bank, seed="s", recent=sorted(recent))
        fresh = Counter(each.subtopic for each in bank if each.item not in recent)
        assert len(form.slots) - len(form.repeats) == most(plan, "s", fresh)
        assert len(form.slots) == most(plan, "s", Counter(each.subtopic for each in bank))

    @STEADY
    @given(outlines(), banks(tangled=False))
    def test_misses_pretest_items_before_scored_ones(self, plan, bank) -> None:
        form = assemble(plan, bank, seed="s")
        scored = sum(slot.scored for slot in form.slots)
        assert scored == most(plan, "s", Counter(each.subtopic for each in bank))

    @STEADY
    @given(outlines(), banks())
    def test_is_exact_where_every_subtopic_has_enough(self, plan, bank) -> None:
        """Whatever cases and enemies do, twelve free items a subtopic suffice."""
        plenty = [each for n, s in enumerate("abcd") for each in singles(s, 12, 100 * (n + 1))]
        form = assemble(plan, bank + plenty, seed="s")
        check(form, plan, bank + plenty)
        assert form.shortages == ()
        assert len(form.slots) == plan.items


class TestRealExams:
    @pytest.mark.parametrize("size", Size)
    @pytest.mark.parametrize("exam", EXAMS)
    def test_fill_exactly_from_a_rich_bank(self, exam: str, size: Size) -> None:
        profile = newest(exam)
        plan, bank = outline(profile, size), rich(profile)
        for seed in FEW[:5]:
            form = assemble(plan, bank, seed=seed)
            check(form, plan, bank)
            assert form.shortages == ()
            assert count(form).total() == plan.scored
            assert count(form, scored=False).total() == plan.pretest
            if size is Size.FULL:
                assert count(form) == {n: d.items for n, d in enumerate(profile.domains)}

    @pytest.mark.parametrize("exam", EXAMS)
    def test_second_forms_share_no_item_with_the_first(self, exam: str) -> None:
        plan, bank = outline(newest(exam)), rich(newest(exam))
        first = assemble(plan, bank, seed="1")
        second = assemble(plan, bank, seed="2", recent=ids(first))
        assert not set(ids(first)) & set(ids(second))
        assert second.repeats == ()
        assert len(second.slots) == plan.items

    def test_a_custom_exam_holds_what_was_chosen(self) -> None:
        profile = newest("cpc")
        plan = custom_outline(profile, 20, domains=[7, 17], subtopics=["coding.modifiers"])
        form = assemble(plan, rich(profile), seed="s")
        # anesthesia 4, cases 10, modifiers 3 in the guidelines: of 20 items 4.7, 11.8, 3.5
        assert count(form) == {7: 5, 17: 12, 15: 3}


class TestEdges:
    def test_an_empty_bank_makes_an_empty_form(self) -> None:
        form = assemble(ONE, [], seed="s")
        assert form.slots == ()
        assert form.shortages == (
            Shortfall(0, "a", scored=True, wanted=4, found=0),
            Shortfall(0, None, scored=True, wanted=4, found=0),
        )

    @pytest.mark.parametrize("size", [1, 3])
    def test_a_tiny_bank_is_used_up(self, size: int) -> None:
        form = assemble(ONE, singles("a", size), seed="s")
        assert sorted(ids(form)) == list(range(1, size + 1))
        assert form.missing(scored=True) == 4 - size

    @pytest.mark.parametrize("size", [0, 1, 3])
    @pytest.mark.parametrize("exam", EXAMS)
    def test_real_exams_survive_tiny_banks(self, exam: str, size: int) -> None:
        profile = newest(exam)
        form = assemble(outline(profile), rich(profile)[:size], seed="s")
        assert len(form.slots) == size
        assert outlook(outline(profile), rich(profile)[:size]).forms == 0

    def test_an_empty_outline_makes_an_empty_form(self) -> None:
        assert assemble(custom_outline(newest("cpc"), 0), singles("a", 3), seed="s").slots == ()

    def test_items_outside_the_outline_are_left_alone(self) -> None:
        assert assemble(ONE, singles("z", 9), seed="s").slots == ()

    def test_of_two_versions_the_newer_stands(self) -> None:
        bank = [Available(1, 2, "a"), Available(1, 1, "a"), Available(1, 3, "z")]
        assert [s.version for s in assemble(ONE, bank[:2], seed="s").slots] == [2]
        assert assemble(ONE, bank, seed="s").slots == ()


class TestChoice:
    def test_goes_by_the_digests_of_items_and_seed(self) -> None:
        """So an item more or less in the bank changes one item of the form."""
        by_digest = sorted(range(1, 21), key=lambda n: sha256(f"{n}|s".encode()).digest())
        assert sorted(ids(assemble(ONE, singles("a", 20), seed="s"))) == sorted(by_digest[:4])

    def test_gives_all_items_the_same_chance(self) -> None:
        drawn = Counter(n for seed in SEEDS for n in ids(assemble(ONE, singles("a", 8), seed=seed)))
        assert all(abs(drawn[n] - 1000) < 4.5 * sqrt(2000 / 4) for n in range(1, 9))

    def test_puts_them_into_any_order(self) -> None:
        orders = Counter(tuple(ids(assemble(ONE, singles("a", 4), seed=s))) for s in SEEDS)
        assert len(orders) == 24
        assert min(orders.values()) > 45  # 83 each

    def test_the_order_does_not_follow_from_the_choice(self) -> None:
        """Items that are drawn in most cases would else come first."""
        firsts = Counter(
            sorted(ids(form), key=lambda n: sha256(f"{n}|{form.seed}".encode()).digest()).index(
                ids(form)[0]
            )
            for form in (assemble(ONE, singles("a", 8), seed=seed) for seed in SEEDS)
        )
        assert all(abs(firsts[n] - 500) < 4.5 * sqrt(2000 * 3 / 16) for n in range(4))

    @pytest.mark.parametrize("pretest", [0, 10])
    def test_items_of_cases_appear_about_as_often_as_others(self, pretest: int) -> None:
        bank = singles("a", 60)
        for n in range(20):
            bank += case(f"c{n}", 100 + 10 * n, "a", "a")
        plan = Outline(ONE.sections, 10, pretest, 60)
        slots = [s for seed in SEEDS[:600] for s in assemble(plan, bank, seed=seed).slots]
        for scored in (True, False)[: 1 + bool(pretest)]:
            in_case = [slot.case is not None for slot in slots if slot.scored is scored]
            assert sum(in_case) / len(in_case) == pytest.approx(0.4, abs=0.06)


class TestEnemies:
    def test_told_by_one_side_hold_for_both(self) -> None:
        bank = [Available(1, 1, "a", enemies=frozenset([2])), *singles("a", 4, 2)]
        for seed in FEW:
            form = assemble(ONE, bank, seed=seed)
            assert not {1, 2} <= set(ids(form))
            assert len(form.slots) == 4

    def test_one_that_has_all_others_as_enemies_keeps_no_form_short(self) -> None:
        bank = [Available(9, 1, "a", enemies=frozenset([1, 2, 3, 4])), *singles("a", 4)]
        for seed in FEW:
            assert sorted(ids(assemble(ONE, bank, seed=seed))) == [1, 2, 3, 4]

    def test_of_everybody_keep_no_form_short(self) -> None:
        """Twelve items of which one only can stand on a form, and that one alone."""
        hostile = range(9, 21)
        bank = singles("a", 4)
        for n in hostile:
            bank.append(Available(n, 1, "a", enemies=frozenset({1, 2, 3, 4, *hostile} - {n})))
        for seed in FEW:
            assert sorted(ids(assemble(ONE, bank, seed=seed))) == [1, 2, 3, 4]

    def test_are_apart_from_pretest_items_too(self) -> None:
        bank = [Available(n, 1, "a", enemies=frozenset([n + 1])) for n in range(1, 41, 2)]
        bank += singles("a", 20, 100)
        bank += [Available(n, 1, "a") for n in range(2, 41, 2)]
        plan = Outline(ONE.sections, 10, 10, 60)
        for seed in FEW:
            check(assemble(plan, bank, seed=seed), plan, bank)

    def test_make_a_form_short_where_nothing_else_is_left(self) -> None:
        bank = [Available(n, 1, "a", enemies=frozenset(range(1, 5)) - {n}) for n in range(1, 5)]
        assert assemble(ONE, bank, seed="s").missing(scored=True) == 3


class TestCases:
    def test_are_used_although_single_items_abound(self) -> None:
        bank = singles("a", 8) + case("c", 50, "a", "a") + case("d", 60, "a", "a")
        used = Counter(
            name for s in FEW for name in {x.case for x in assemble(ONE, bank, seed=s).slots}
        )
        assert used["c"] > 5
        assert used["d"] > 5

    def test_that_do_not_fit_give_way_to_single_items(self) -> None:
        bank = case("c", 50, "a", "a", "a", "a", "a") + singles("a", 4)
        assert sorted(ids(assemble(ONE, bank, seed="s"))) == [1, 2, 3, 4]

    def test_are_not_broken_to_fill_a_form(self) -> None:
        form = assemble(ONE, case("c", 50, "a", "a", "a", "a", "a"), seed="s")
        assert form.slots == ()

    def test_that_fit_together_are_found(self) -> None:
        """Three and two would leave one open; two and two do not."""
        bank = case("c", 10, "a", "a", "a") + case("d", 20, "a", "a") + case("e", 30, "a", "a")
        for seed in FEW:
            assert sorted(ids(assemble(ONE, bank, seed=seed))) == [20, 21, 30, 31]

    def test_count_in_the_domains_that_hold_their_subtopics(self) -> None:
        plan = Outline((Section(3, (("a", 1),)), Section(5, (("b", 1),))), 2, 0, 60)
        form = assemble(plan, case("c", 10, "a", "b"), seed="s")
        assert [(s.item, s.domain) for s in form.slots] == [(11, 5), (10, 3)]

    def test_with_an_item_outside_the_outline_are_left_alone(self) -> None:
        assert assemble(ONE, case("c", 10, "a", "z"), seed="s").slots == ()

    def test_with_enemies_inside_are_left_alone(self) -> None:
        bank = [
            Available(1, 1, "a", "c", 0, frozenset([2])),
            Available(2, 1, "a", "c", 1),
        ]
        assert assemble(ONE, bank, seed="s").slots == ()

    def test_may_exceed_a_subtopic_share_where_the_form_would_be_short(self) -> None:
        plan = Outline((Section(0, (("a", 2), ("b", 2))),), 4, 0, 60)
        form = assemble(plan, case("c", 10, "a", "a", "a", "b"), seed="s")
        assert len(form.slots) == 4
        assert form.shortages == (Shortfall(0, "b", scored=True, wanted=2, found=1),)

    def test_may_exceed_it_before_single_items_close_the_way(self) -> None:
        plan = Outline((Section(0, (("a", 2), ("b", 2))),), 4, 0, 60)
        bank = case("c", 10, "a", "a", "a") + singles("a", 1) + singles("b", 1, 2)
        for seed in FEW:
            assert len(assemble(plan, bank, seed=seed).slots) == 4

    def test_that_alone_can_fill_a_form_are_found(self) -> None:
        rivals = range(1, 13)  # of which one can stand on a form
        bank = [Available(n, 1, "a", enemies=frozenset(rivals) - {n}) for n in rivals]
        bank += case("c", 50, "a", "a", "a", "a")
        for seed in FEW:
            assert len(assemble(ONE, bank, seed=seed).slots) == 4

    def test_come_back_where_fresh_items_would_leave_seats_empty(self) -> None:
        bank = case("c", 10, "a", "a", "a", "a") + singles("a", 1)
        for seed in FEW:
            assert len(assemble(ONE, bank, seed=seed, recent=[10, 11, 12, 13]).slots) == 4

    def test_seen_as_late_as_their_latest_item(self) -> None:
        bank = case("c", 10, "a", "a", "a", "a") + case("d", 20, "a", "a", "a", "a")
        for seed in FEW[:9]:
            assert assemble(ONE, bank, seed=seed, recent=[10, 20, 11]).repeats == (20,)


class TestRecent:
    def test_come_back_oldest_first(self) -> None:
        form = assemble(ONE, singles("a", 8), seed="s", recent=[5, 2, 8, 1, 7, 3, 6])
        assert sorted(ids(form)) == [2, 4, 5, 8]
        assert form.repeats == (5, 2, 8)

    def test_come_back_oldest_first_over_all_subtopics_of_a_domain(self) -> None:
        plan = Outline((Section(0, (("a", 2), ("b", 2))),), 4, 0, 60)
        recent = [11, 1, 12, 13, 2, 3, 14]
        form = assemble(plan, singles("a", 3) + singles("b", 4, 11), seed="s", recent=recent)
        assert form.repeats == (11, 1, 12, 13)
        assert form.replaced == 1

    def test_are_told_by_age_even_within_a_case(self) -> None:
        recent = [12, 10, 13, 11]
        form = assemble(ONE, case("c", 10, "a", "a", "a", "a"), seed="s", recent=recent)
        assert form.repeats == (12, 10, 13, 11)

    def test_are_as_old_as_when_last_seen(self) -> None:
        form = assemble(ONE, singles("a", 6), seed="s", recent=[1, 2, 3, 1])
        assert form.repeats == (2,)

    def test_come_after_fresh_items_of_the_same_domain(self) -> None:
        plan = Outline((Section(0, (("a", 2), ("b", 2))),), 4, 0, 60)
        bank = singles("a", 2) + singles("b", 9, 11)
        form = assemble(plan, bank, seed="s", recent=[1, 2])
        assert form.repeats == ()
        assert form.shortages == (Shortfall(0, "a", scored=True, wanted=2, found=0),)

    def test_are_not_needed_for_the_sake_of_enemies(self) -> None:
        bank = [Available(9, 1, "a", enemies=frozenset([1, 2, 3, 4])), *singles("a", 8)]
        for seed in FEW:
            assert assemble(ONE, bank, seed=seed, recent=[5, 6, 7, 8]).repeats == ()

    def test_stand_in_for_pretest_items_rather_than_scored_ones(self) -> None:
        form = assemble(HIDDEN, singles("a", 8) + singles("b", 4, 11), seed="s", recent=[1, 2, 11])
        assert set(form.repeats) == {slot.item for slot in form.slots if not slot.scored}


class TestShortage:
    def test_of_a_subtopic_is_filled_from_its_domain(self) -> None:
        plan = Outline((Section(0, (("a", 2), ("b", 2))), Section(1, (("c", 2),))), 6, 0, 60)
        bank = singles("a", 1) + singles("b", 5, 11) + singles("c", 9, 21)
        form = assemble(plan, bank, seed="s")
        assert count(form) == {0: 4, 1: 2}
        assert form.shortages == (Shortfall(0, "a", scored=True, wanted=2, found=1),)
        assert form.replaced == 1

    def test_of_a_domain_is_not_padded_from_outside(self) -> None:
        plan = Outline((Section(0, (("a", 2), ("b", 2))), Section(1, (("c", 2),))), 6, 0, 60)
        form = assemble(plan, singles("a", 3) + singles("c", 9, 21), seed="s")
        assert count(form) == {0: 3, 1: 2}
        assert form.shortages == (
            Shortfall(0, "b", scored=True, wanted=2, found=0),
            Shortfall(0, None, scored=True, wanted=4, found=3),
        )
        assert (form.missing(scored=True), form.replaced) == (1, 1)

    def test_drawn_anew_for_one_domain_keeps_the_shares_of_another(self) -> None:
        """11 bars all of a, which b could replace; it need not, and c is short anyway."""
        plan = Outline((Section(0, (("a", 2), ("b", 2))), Section(1, (("c", 2),))), 6, 0, 60)
        bank = singles("a", 2) + singles("b", 4, 12) + singles("c", 1, 21)
        bank.append(Available(11, 1, "b", enemies=frozenset([1, 2])))
        for seed in FEW:
            assert assemble(plan, bank, seed=seed).replaced == 0

    def test_makes_domains_pass_on_what_they_share(self) -> None:
        """The first domain lives on b alone, so that the second has all of a."""
        bank = singles("a", 2) + singles("b", 4, 11)
        for seed in FEW:
            form = assemble(PAIR, bank, seed=seed)
            assert count(form) == {0: 4, 1: 2}
            assert {s.subtopic for s in form.slots if s.domain == 0} == {"b"}


class TestPretest:
    def test_items_are_drawn_by_the_blueprint(self) -> None:
        assert {tuple(sorted(count(f, scored=False).items())) for f in hidden_forms()} == {
            ((0, 2), (1, 1))
        }

    def test_any_item_may_be_one(self) -> None:
        hidden = Counter(s.item for f in hidden_forms() for s in f.slots if not s.scored)
        for n in [*range(1, 9), *range(11, 15)]:
            assert abs(hidden[n] - 500) < 4.5 * sqrt(2000 * 3 / 16)

    def test_items_stand_anywhere(self) -> None:
        places = Counter(n for f in hidden_forms() for n, s in enumerate(f.slots) if not s.scored)
        assert all(abs(places[n] - 500) < 4.5 * sqrt(2000 * 3 / 16) for n in range(12))

    @pytest.mark.parametrize("size", [6, 7])
    def test_items_are_the_first_to_go(self, size: int) -> None:
        form = assemble(HIDDEN, singles("a", size) + singles("b", 4, 11), seed="s")
        assert count(form) == {0: 6, 1: 3}
        assert count(form, scored=False)[0] == size - 6
        assert form.missing(scored=False) == 8 - size
        assert all(not line.scored for line in form.shortages)

    def test_items_give_way_to_their_enemies_among_scored_ones(self) -> None:
        """1 and 14 cannot meet. All of a are needed for scored items, all of b only for both."""
        plan = Outline((Section(0, (("a", 3),)), Section(1, (("b", 3),))), 6, 1, 60)
        bank = [Available(1, 1, "a", enemies=frozenset([14])), *singles("a", 2, 2)]
        bank += singles("b", 4, 11)
        for seed in SEEDS[:200]:
            assert assemble(plan, bank, seed=seed).missing(scored=True) == 0

    def test_a_case_is_scored_whole_or_not_at_all(self) -> None:
        bank = [each for n in range(9) for each in case(f"c{n}", 10 * n, "a", "a")]
        bank += singles("a", 9, 100) + singles("b", 9, 200)
        kinds = defaultdict(set)
        for seed in FEW:
            form = assemble(HIDDEN, bank, seed=seed)
            check(form, HIDDEN, bank)
            for slot in form.slots:
                kinds[slot.scored].add(slot.case is not None)
        assert kinds == {True: {True, False}, False: {True, False}}


class TestOutlook:
    def test_counts_forms_and_the_unseen_ones_among_them(self) -> None:
        plan = Outline((Section(0, (("a", 5),)), Section(1, (("b", 5),))), 10, 0, 60)
        told = outlook(plan, singles("a", 7) + singles("b", 9, 11), recent=[1, 2, 3, 4])
        assert (told.forms, told.unseen) == (pytest.approx(1.4), pytest.approx(0.6))
        assert (told.shortages, told.repeats) == ((), 2)

    def test_tells_what_a_form_would_lack(self) -> None:
        plan = Outline((Section(0, (("a", 4),)), Section(7, (("b", 4),))), 8, 0, 60)
        told = outlook(plan, singles("a", 9) + singles("b", 2, 11))
        assert told.forms == pytest.approx(0.5)
        assert told.shortages[-1] == Shortfall(7, None, scored=True, wanted=4, found=2)

    def test_counts_no_case_that_cannot_be_whole(self) -> None:
        assert outlook(ONE, singles("a", 4) + case("c", 10, "a", "z")).forms == pytest.approx(1)

    def test_counts_a_case_as_seen_if_one_item_is(self) -> None:
        told = outlook(ONE, singles("a", 4) + case("c", 10, "a", "a"), recent=[10])
        assert (told.forms, told.unseen) == (pytest.approx(1.5), pytest.approx(1))

    def test_calls_nothing_a_form_that_enemies_keep_short(self) -> None:
        bank = [Available(1, 1, "a", enemies=frozenset([2])), *singles("a", 3, 2)]
        told = outlook(ONE, bank)
        assert (told.forms, told.unseen) == (pytest.approx(0.75), pytest.approx(0.75))

    def test_missing_pretest_items_make_no_form_short(self) -> None:
        told = outlook(HIDDEN, singles("a", 6) + singles("b", 3, 11))
        assert told.forms == pytest.approx(1)
        assert len(told.shortages) == 4
