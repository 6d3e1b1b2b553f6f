"""Which items are live, open, missed, next in their case, and how often they were seen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.persistence.samples import (
    CASE,
    EXAM,
    NOW,
    TODAY,
    put_answer,
    put_attempt,
    put_guest,
    put_items,
    single,
)
from trainer.core.item import SingleItem
from trainer.core.learning.first_rule import Candidate
from trainer.persistence.banks import Revision
from trainer.persistence.database import Database
from trainer.persistence.unit_of_work import UnitOfWork

DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
MODIFIERS, CLAIMS = "coding.modifiers", "billing.claims"


class Desk:
    """A learner with an attempt, and whatever items a test puts."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.learner = put_guest(store).id
        self.attempt = put_attempt(store, self.learner)
        self.items: dict[str, Candidate] = {}

    def put(self, *items: SingleItem, bank: str = "alpha", case: bool = False) -> None:
        self.items |= put_items(self.store, items, bank=bank, cases=(CASE,) if case else ())

    def retire(self, item_id: str) -> None:
        self.store.banks.retire([self.items[item_id].item], NOW)

    def serve(self, *item_ids: str) -> None:
        last, _ = self.store.attempts.last_slot(self.attempt.id)
        for number, item_id in enumerate(item_ids, start=last + 1):
            self.store.attempts.serve(self.attempt.id, number, self.items[item_id], 1.0, NOW)

    def miss(self, item_id: str, learner: int | None = None) -> None:
        item, someone = self.items[item_id].item, learner or self.learner
        self.store.progress.remember(someone, item, correct=False, at=NOW)

    def counts(self) -> dict[str, int]:
        return self.store.items.counts(EXAM, TODAY)

    def open_counts(self, *, missed: bool = False) -> dict[str, int]:
        return self.store.items.open_counts(
            self.attempt.id, self.learner, EXAM, TODAY, missed=missed
        )

    def candidates(self, subtopic: str = MODIFIERS, *, missed: bool = False) -> list[str]:
        names = {item.item: name for name, item in self.items.items()}
        found = self.store.items.candidates(
            self.attempt.id, self.learner, EXAM, TODAY, subtopic, missed=missed
        )
        return [names[each.item] for each in found]


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


VALIDITY = {
    "without dates": (None, None, True),
    "from today": (TODAY, None, True),
    "from tomorrow": (TOMORROW, None, False),
    "from yesterday": (YESTERDAY, None, True),
    "to today": (None, TODAY, True),
    "to yesterday": (None, YESTERDAY, False),
    "to tomorrow": (None, TOMORROW, True),
    "today only": (TODAY, TODAY, True),
    "yesterday only": (YESTERDAY, YESTERDAY, False),
}


@pytest.mark.parametrize("name", VALIDITY)
def test_an_item_lives_from_its_first_day_to_its_last(desk: Desk, name: str) -> None:
    valid_from, valid_to, lives = VALIDITY[name]
    desk.put(single("dated", valid_from=valid_from, valid_to=valid_to))
    expected = {MODIFIERS: 1} if lives else {}
    assert (desk.counts(), desk.open_counts()) == (expected, expected)
    assert desk.candidates() == (["dated"] if lives else [])


def test_items_are_counted_by_subtopic(desk: Desk) -> None:
    desk.put(single("a"), single("b"), single("c", subtopic=CLAIMS))
    assert desk.counts() == {MODIFIERS: 2, CLAIMS: 1}


def test_an_empty_bank_counts_nothing(desk: Desk) -> None:
    assert (desk.counts(), desk.open_counts(), desk.candidates()) == ({}, {}, [])


@pytest.mark.parametrize(("exams", "number"), [(("alpha", "beta"), 1), (("beta",), 0)])
def test_only_items_of_the_exam_count(desk: Desk, exams: tuple[str, ...], number: int) -> None:
    desk.put(single("a", exams=exams))
    assert sum(desk.counts().values()) == number
    assert sum(desk.open_counts().values()) == number
    assert len(desk.candidates()) == number


def test_a_retired_item_appears_nowhere(desk: Desk) -> None:
    desk.put(single("kept"), single("gone"))
    desk.retire("gone")
    assert (desk.counts(), desk.open_counts()) == ({MODIFIERS: 1}, {MODIFIERS: 1})
    assert desk.candidates() == ["kept"]


def test_what_the_attempt_has_served_is_open_no_more(desk: Desk) -> None:
    desk.put(single("a"), single("b"))
    desk.serve("a")
    assert (desk.counts(), desk.open_counts()) == ({MODIFIERS: 2}, {MODIFIERS: 1})
    assert desk.candidates() == ["b"]


def test_what_another_attempt_has_served_stays_open(desk: Desk) -> None:
    desk.put(single("a"))
    other = put_attempt(desk.store, desk.learner)
    desk.store.attempts.serve(other.id, 1, desk.items["a"], 1.0, NOW)
    assert desk.candidates() == ["a"]


def test_candidates_stand_in_the_order_of_their_banks(desk: Desk) -> None:
    desk.put(single("z"), single("y"), bank="beta")
    desk.put(single("x"), single("a"))
    assert desk.candidates() == ["x", "a", "z", "y"]


def test_candidates_are_of_the_subtopic(desk: Desk) -> None:
    desk.put(single("a"), single("b", subtopic=CLAIMS))
    assert desk.candidates(CLAIMS) == ["b"]


def test_a_candidate_tells_version_memory_and_case(desk: Desk) -> None:
    desk.put(single("a", case="case"), case=True)
    desk.miss("a")
    (found,) = desk.store.items.candidates(
        desk.attempt.id, desk.learner, EXAM, TODAY, MODIFIERS, missed=False
    )
    assert found == Candidate(desk.items["a"].item, 1, 1, NOW, "case")


def test_missed_items_are_the_ones_answered_wrong(desk: Desk) -> None:
    desk.put(single("wrong"), single("right"), single("new"))
    desk.miss("wrong")
    right = desk.items["right"].item
    desk.store.progress.remember(desk.learner, right, correct=True, at=NOW)
    assert desk.open_counts(missed=True) == {MODIFIERS: 1}
    assert desk.candidates(missed=True) == ["wrong"]


def test_what_somebody_else_missed_is_not_missed(desk: Desk) -> None:
    desk.put(single("a"))
    desk.miss("a", put_guest(desk.store).id)
    assert (desk.open_counts(missed=True), desk.candidates(missed=True)) == ({}, [])


def test_a_missed_item_that_was_served_is_open_no_more(desk: Desk) -> None:
    desk.put(single("a"))
    desk.miss("a")
    desk.serve("a")
    assert desk.candidates(missed=True) == []


# --- cases --------------------------------------------------------------------


def next_of_begun(desk: Desk, number: int) -> str | None:
    found = desk.store.items.next_of_begun_case(desk.attempt.id, number, EXAM, TODAY)
    return next(
        (name for name, item in desk.items.items() if found and item.item == found.item), None
    )


def next_of(desk: Desk, item_id: str) -> str | None:
    item = desk.items[item_id].item
    found = desk.store.items.next_of_case(desk.attempt.id, item, EXAM, TODAY)
    return next(
        (name for name, item in desk.items.items() if found and item.item == found.item), None
    )


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """A case of three items, named against their order, and an item without a case."""
    names = ("c", "b", "a")
    desk.put(*(single(name, case="case") for name in names), single("alone"), case=True)
    return desk


@pytest.mark.parametrize("asked", ["a", "b", "c"])
def test_a_case_begins_with_its_first_item(visit: Desk, asked: str) -> None:
    assert next_of(visit, asked) == "c"


@pytest.mark.parametrize(
    ("served", "following"), [(("c",), "b"), (("c", "b"), "a"), (("c", "b", "a"), None)]
)
def test_a_case_goes_on_in_its_order(
    visit: Desk, served: tuple[str, ...], following: str | None
) -> None:
    visit.serve(*served)
    assert next_of_begun(visit, len(served)) == following


def test_an_item_without_a_case_has_no_next(visit: Desk) -> None:
    visit.serve("alone")
    assert (next_of_begun(visit, 1), next_of(visit, "alone")) == (None, None)


def test_before_the_first_slot_no_case_is_begun(visit: Desk) -> None:
    assert next_of_begun(visit, 0) is None


def test_the_next_of_a_case_knows_its_version_and_case(visit: Desk) -> None:
    found = visit.store.items.next_of_case(visit.attempt.id, visit.items["a"].item, EXAM, TODAY)
    assert found == Candidate(visit.items["c"].item, 1, case="case")


SKIPPED: dict[str, Callable[[SingleItem], SingleItem]] = {
    "of another exam": lambda item: replace(item, exams=("beta",)),
    "not valid yet": lambda item: replace(item, valid_from=TOMORROW),
    "not valid any more": lambda item: replace(item, valid_to=YESTERDAY),
}


@pytest.mark.parametrize("name", SKIPPED)
def test_a_case_skips_what_is_not_live(desk: Desk, name: str) -> None:
    first, last = single("first", case="case"), single("last", case="case")
    desk.put(SKIPPED[name](first), last, case=True)
    assert next_of(desk, "last") == "last"


def test_a_case_skips_what_is_retired(visit: Desk) -> None:
    visit.retire("c")
    assert next_of(visit, "a") == "b"


def test_cases_of_two_banks_with_one_id_do_not_mix(desk: Desk) -> None:
    desk.put(single("ours", case="case"), case=True)
    desk.put(single("theirs", case="case"), bank="beta", case=True)
    desk.serve("ours")
    assert next_of(desk, "theirs") == "theirs"
    assert next_of_begun(desk, 1) is None


# --- one item, and how often items were seen ----------------------------------


def test_the_current_item_comes_with_its_case(visit: Desk) -> None:
    assert visit.store.items.current("b") == (single("b", case="case"), CASE)


def test_the_current_item_without_a_case_comes_alone(visit: Desk) -> None:
    assert visit.store.items.current("alone") == (single("alone"), None)


def test_the_current_item_is_the_newest_version(desk: Desk) -> None:
    desk.put(single("a"))
    stored = desk.store.banks.stored_items(["a"], "alpha")["a"]
    newer = single("a", stem="Reworded.")
    desk.store.banks.add_versions("alpha", [Revision(newer, None, "h", 0, stored)], NOW)
    assert desk.store.items.current("a") == (newer, None)


def test_a_retired_item_can_still_be_looked_at(desk: Desk) -> None:
    desk.put(single("a"))
    desk.retire("a")
    assert desk.store.items.current("a") == (single("a"), None)


def test_an_unknown_item_is_not_found(desk: Desk) -> None:
    assert desk.store.items.current("nothing") is None


def answer(desk: Desk, learner: int, *item_ids: str, at=NOW) -> None:
    attempt = put_attempt(desk.store, learner)
    for number, item_id in enumerate(item_ids, start=1):
        put_answer(desk.store, attempt, number, desk.items[item_id], at=at)


def test_exposure_is_the_share_of_learners_who_answered(desk: Desk) -> None:
    desk.put(single("a"), single("b"), single("never"))
    answer(desk, desk.learner, "a", "b")
    answer(desk, put_guest(desk.store).id, "a")
    assert desk.store.items.exposures(NOW) == {"a": 1.0, "b": 0.5}


def test_answering_twice_is_one_exposure(desk: Desk) -> None:
    desk.put(single("a"))
    answer(desk, desk.learner, "a")
    answer(desk, desk.learner, "a")
    assert desk.store.items.exposures(NOW) == {"a": 1.0}


def test_old_answers_are_no_exposure_and_no_activity(desk: Desk) -> None:
    desk.put(single("a"), single("b"))
    answer(desk, desk.learner, "a", at=NOW - DAY)
    answer(desk, put_guest(desk.store).id, "b")
    assert desk.store.items.exposures(NOW) == {"b": 1.0}


def test_without_answers_nothing_is_exposed(desk: Desk) -> None:
    desk.put(single("a"))
    desk.serve("a")
    assert desk.store.items.exposures(NOW) == {}
