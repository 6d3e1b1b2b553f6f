"""The pool finds what looking at every item would find, and never ends in nothing."""
# ruff: noqa: S311  # simulations, not secrets

import random
from collections import Counter

import pytest

from trainer.core.errors import PoolEmptyError
from trainer.core.learning.pool import REACH, Entry, Pool, Seen
from trainer.core.learning.priority import SubtopicView, share_right, urgency
from trainer.core.learning.selection import (
    BEST,
    Candidate,
    Served,
    Wish,
    choose,
    item_score,
)

A = SubtopicView("a", 1.0)


def entries(count: int, subtopics: str = "a", spread: float = 1.0) -> list[Entry]:
    chance = random.Random(count)
    return [
        Entry(n, 1, subtopics[n % len(subtopics)], chance.gauss(0, spread)) for n in range(count)
    ]


def picks(pool: Pool, views, seen=None, trail=(), **asked) -> dict[int, float]:
    """Each item that some chance leads to, with its propensity."""
    told = {}
    for step in range(30):
        choice = pool.pick(views, seen or {}, trail, chance=step / 30, **asked)
        told[choice.candidate.item] = choice.propensity
    return told


def worth(view: SubtopicView, entry: Entry, seen: Seen, target: float | None) -> float:
    p = share_right(view.mastery - entry.difficulty)
    return urgency(view) * item_score(
        p, recall=seen.recall, last_right=seen.last_right, exposure=0.0, target=target
    )


class TestPick:
    @pytest.mark.parametrize("seed", range(20))
    @pytest.mark.parametrize("offset", [0, 2, -3])
    def test_is_as_good_as_the_best_of_all(self, seed: int, offset: int) -> None:
        chance = random.Random(seed)
        bank = entries(400, "abcdefghijklmnop")
        views = [
            SubtopicView(name, chance.random() / 8, chance.random() * 6, chance.gauss(0, 1.5))
            for name in "abcdefghijklmnop"
        ]
        seen = {
            n: Seen(chance.random(), chance.random() < 0.5, n)
            for n in chance.sample(range(400), 99)
        }
        wish = Wish(offset)
        known = {view.subtopic: view for view in views}
        all_worths = sorted(
            worth(known[e.subtopic], e, seen.get(e.item, Seen()), wish.target) for e in bank
        )
        told = picks(Pool(bank), views, seen, wish=wish)
        found = [
            worth(known[e.subtopic], e, seen.get(e.item, Seen()), wish.target)
            for e in bank
            if e.item in told
        ]
        assert sum(told.values()) == pytest.approx(1)
        assert sum(found) == pytest.approx(sum(all_worths[-BEST:]), rel=0.01)

    def test_matches_the_frequencies_of_chance(self) -> None:
        pool, chance = Pool(entries(300, "abc")), random.Random(1)
        views = [SubtopicView(name, 0.3) for name in "abc"]
        told, counts = {}, Counter()
        for _ in range(3000):
            choice = pool.pick(views, {}, chance=chance.random())
            told[choice.candidate.item] = choice.propensity
            counts[choice.candidate.item] += 1
        shares = {item: count / 3000 for item, count in counts.items()}
        assert shares == pytest.approx(told, abs=0.03)

    def test_aims_at_the_middle_of_what_is_known(self) -> None:
        pool = Pool(entries(500))
        able = pool.pick([SubtopicView("a", 1.0, mastery=1.0)], {}, chance=0.0)
        assert able.candidate.difficulty == pytest.approx(1.0, abs=0.4)
        assert able.candidate.p == pytest.approx(0.5, abs=0.1)

    def test_differs_between_learners_where_all_items_are_alike(self) -> None:
        pool = Pool(Entry(n, 1, "a", 0.0) for n in range(1000))
        served = Counter()
        for learner in range(200):
            served.update(picks(pool, [A], salt=learner / 200))
        assert len(served) > 400
        assert max(served.values()) < 10

    def test_prefers_what_few_have_seen_lately(self) -> None:
        told = picks(Pool(entries(4, spread=0.01)), [A], exposure={2: 1.0})
        assert set(told) == {0, 1, 3}

    def test_tells_what_it_knows_of_the_item(self) -> None:
        bank = [Entry(7, 3, "a", 0.2, None, frozenset({8}))]
        choice = Pool(bank).pick([A], {7: Seen(0.4, False, 5)}, chance=0.0, exposure={7: 0.1})
        assert choice.candidate == Candidate(
            7,
            3,
            "a",
            p=share_right(-0.2),
            recall=0.4,
            last_right=False,
            exposure=0.1,
            difficulty=0.2,
            enemies=frozenset({8}),
            last=5,
        )
        assert choice.reason.missed

    def test_keeps_the_rules(self) -> None:
        pool, views = Pool(entries(60, "ab")), [SubtopicView("a", 0.99), SubtopicView("b", 0.01)]
        trail: list[Served] = []
        for step in range(200):
            chosen = pool.pick(views, {}, trail, chance=step * 0.37 % 1).candidate
            assert chosen.item not in [served.item for served in trail[-10:]]
            assert [chosen.subtopic] * 2 != [served.subtopic for served in trail[-2:]]
            trail.append(Served(chosen.item, chosen.subtopic))

    def test_serves_a_case_whole_and_in_order(self) -> None:
        case = [Entry(number, 1, "a", 0.0, "c1") for number in (31, 11, 21)]
        pool = Pool([*case, Entry(1, 1, "b", 0.0)])
        trail: list[Served] = []
        for item in (31, 11, 21):
            choice = pool.pick([A], {}, trail, chance=0.0)
            assert (choice.candidate.item, choice.propensity) == (item, 1.0)
            trail.append(Served(item, "a", "c1"))
        assert pool.pick([A, SubtopicView("b", 0.1)], {}, trail, chance=0.0).candidate.item == 1


class TestDeadEnds:
    def test_an_empty_bank_is_refused(self) -> None:
        with pytest.raises(PoolEmptyError):
            Pool([]).pick([A], {}, chance=0.5)

    def test_a_choice_without_items_is_refused(self) -> None:
        with pytest.raises(PoolEmptyError):
            Pool(entries(9)).pick([SubtopicView("other", 1.0)], {}, chance=0.5)

    @pytest.mark.parametrize("count", [1, 2, 3, 11])
    @pytest.mark.parametrize("off", [frozenset(), frozenset({"a"})])
    def test_any_other_bank_serves_for_ever(self, count: int, off: frozenset[str]) -> None:
        pool, trail, seen = Pool(entries(count)), [], {}
        for step in range(50):
            choice = pool.pick([A], seen, trail, chance=step * 0.61 % 1, wish=Wish(0, off))
            seen[choice.candidate.item] = Seen(0.9, True, step)
            if count > 1 and trail:
                assert choice.candidate.item != trail[-1].item
            trail.append(Served(choice.candidate.item, "a"))

    def test_where_all_near_items_are_seen_they_return(self) -> None:
        bank = entries(3 * REACH)
        seen = {entry.item: Seen(0.3, True, entry.item) for entry in bank}
        assert pool_choice(bank, seen).candidate.item in seen


def pool_choice(bank: list[Entry], seen: dict[int, Seen]):
    return Pool(bank).pick([A], seen, chance=0.0)


class TestSpent:
    """What was served in this sitting does not come again in it."""

    @pytest.mark.parametrize("count", [1, 2, 11, 40])
    def test_every_other_item_comes_once_and_then_none(self, count: int) -> None:
        pool, trail, spent = Pool(entries(count, "ab")), [], []
        views = [A, SubtopicView("b", 0.2)]
        for step in range(count):
            item = pool.pick(views, {}, trail, chance=step * 0.61 % 1, spent=spent).candidate
            assert item.item not in spent
            spent.append(item.item)
            trail.append(Served(item.item, item.subtopic))
        with pytest.raises(PoolEmptyError):
            pool.pick(views, {}, trail, chance=0.5, spent=spent)
        with pytest.raises(PoolEmptyError):
            pool.shortlist(views, {}, trail, spent=spent)

    def test_does_not_use_up_the_walk(self) -> None:
        bank = entries(100)
        nearest = sorted(bank, key=lambda entry: abs(entry.difficulty))[:60]
        spent = {entry.item for entry in nearest}
        choice = Pool(bank).pick([A], {}, chance=0.0, spent=spent)
        assert choice.candidate.item not in spent
        assert len(Pool(bank).shortlist([A], {}, spent=spent)) == 2 * BEST

    def test_leads_to_what_a_bank_without_it_would_give(self) -> None:
        bank, spent = entries(200, "abc"), range(0, 200, 3)
        views = [SubtopicView(name, 0.3, mastery=n) for n, name in enumerate("abc")]
        left = [entry for entry in bank if entry.item not in spent]
        with_it = Pool(bank).shortlist(views, {}, spent=spent)
        assert with_it == Pool(left).shortlist(views, {})

    def test_is_passed_over_in_a_begun_case(self) -> None:
        pool = Pool([Entry(number, 1, "a", 0.0, "c1") for number in (31, 11, 21)])
        choice = pool.pick([A], {}, [Served(31, "a", "c1")], chance=0.0, spent={31, 11})
        assert choice.candidate.item == 21

    def test_ends_a_case_of_which_it_is_the_rest(self) -> None:
        case = [Entry(number, 1, "a", 0.0, "c1") for number in (31, 11, 21)]
        pool = Pool([*case, Entry(1, 1, "a", 0.0)])
        choice = pool.pick([A], {}, [Served(31, "a", "c1")], chance=0.0, spent={31, 11, 21})
        assert choice.candidate.item == 1

    def test_leaves_the_rest_of_a_case_that_was_broken_off(self) -> None:
        bank = [Entry(number, 1, "a", 0.0, "c1") for number in (31, 11, 21)]
        bank.append(Entry(1, 1, "b", 0.0))
        views, trail = [A, SubtopicView("b", 0.1)], [Served(31, "a", "c1"), Served(1, "b")]
        choice = Pool(bank).pick(views, {}, trail, chance=0.0, spent={31, 1})
        assert choice.candidate.item == 11


class TestShortlist:
    def test_leads_to_the_same_choice(self) -> None:
        pool, trail = Pool(entries(200, "abc")), [Served(3, "a")]
        views = [SubtopicView(name, 0.3, mastery=n) for n, name in enumerate("abc")]
        short = pool.shortlist(views, {}, trail)
        assert len(short) == 2 * BEST
        direct = pool.pick(views, {}, trail, chance=0.9)
        assert choose(views, short, trail, chance=0.9) == direct
