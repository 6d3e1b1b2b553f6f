"""Which items can be served, what selection goes by, and how often they were seen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.persistence.samples import (
    CASE,
    EXAM,
    ITEMS,
    NOW,
    TODAY,
    Put,
    put_answer,
    put_attempt,
    put_guest,
    put_items,
    put_slot,
    single,
)
from trainer.core.item import SingleItem
from trainer.persistence.banks import Revision
from trainer.persistence.database import Database
from trainer.persistence.items import Stocked
from trainer.persistence.unit_of_work import UnitOfWork

DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
MODIFIERS, CLAIMS = "coding.modifiers", "billing.claims"


class Desk:
    """A learner, and whatever items a test puts."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.learner = put_guest(store).id
        self.items: dict[str, Put] = {}

    def put(self, *items: SingleItem, bank: str = "alpha", case: bool = False) -> None:
        self.items |= put_items(self.store, items, bank=bank, cases=(CASE,) if case else ())

    def reword(self, item: SingleItem) -> None:
        """Store the item as the second version."""
        stored = self.store.banks.stored_items([item.id], "alpha")[item.id]
        self.store.banks.add_versions("alpha", [Revision(item, None, "h", 0, stored)], NOW)

    def retire(self, item_id: str) -> None:
        self.store.banks.retire([self.items[item_id].item], NOW)

    def answer(self, learner: int, *item_ids: str, at=NOW) -> None:
        attempt = put_attempt(self.store, learner)
        for number, item_id in enumerate(item_ids, start=1):
            put_answer(self.store, attempt, number, self.items[item_id], at=at)

    def counts(self) -> dict[str, int]:
        return self.store.items.counts(EXAM, TODAY)

    def stock(self) -> list[str]:
        return [each.slug for each in self.store.items.stock(EXAM, TODAY)]


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
    assert desk.counts() == ({MODIFIERS: 1} if lives else {})
    assert desk.stock() == (["dated"] if lives else [])


def test_items_are_counted_by_subtopic(desk: Desk) -> None:
    desk.put(single("a"), single("b"), single("c", subtopic=CLAIMS))
    assert desk.counts() == {MODIFIERS: 2, CLAIMS: 1}


def test_an_empty_bank_has_nothing_in_stock(desk: Desk) -> None:
    assert (desk.counts(), desk.stock()) == ({}, [])


@pytest.mark.parametrize(("exams", "number"), [(("alpha", "beta"), 1), (("beta",), 0)])
def test_only_items_of_the_exam_count(desk: Desk, exams: tuple[str, ...], number: int) -> None:
    desk.put(single("a", exams=exams))
    assert sum(desk.counts().values()) == number
    assert len(desk.stock()) == number


def test_a_retired_item_appears_nowhere(desk: Desk) -> None:
    desk.put(single("kept"), single("gone"))
    desk.retire("gone")
    assert (desk.counts(), desk.stock()) == ({MODIFIERS: 1}, ["kept"])


def test_what_was_served_stays_in_stock(desk: Desk) -> None:
    desk.put(single("a"))
    put_slot(desk.store, put_attempt(desk.store, desk.learner), 1, desk.items["a"])
    assert desk.stock() == ["a"]


def test_items_stand_in_the_order_of_their_banks(desk: Desk) -> None:
    desk.put(single("z"), single("y"), bank="beta")
    desk.put(single("x"), single("a"))
    assert desk.stock() == ["x", "a", "z", "y"]


WAYS = {  # four options each
    "single": 4,
    "multiple": 6,  # two keys
    "code_entry": None,
    "ordering": 24,
    "matching": 16,  # two prompts
}


@pytest.mark.parametrize("kind", WAYS)
def test_among_how_many_answers_one_guesses_is_in_stock(desk: Desk, kind: str) -> None:
    put_items(desk.store, [ITEMS[kind]])
    (found,) = desk.store.items.stock(EXAM, TODAY)
    assert found.options == WAYS[kind]


def test_an_item_in_stock_tells_what_selection_goes_by(desk: Desk) -> None:
    item = single("a", subtopic=CLAIMS, difficulty=4, enemies=("b", "Größe ≥"), case="case")
    desk.put(item, case=True)
    assert desk.store.items.stock(EXAM, TODAY) == [
        Stocked(
            desk.items["a"].item,
            1,
            "a",
            CLAIMS,
            "single",
            4,
            4,
            enemies=("b", "Größe ≥"),
            case="alpha/case",
        )
    ]


def test_an_item_without_case_and_enemies_has_none(desk: Desk) -> None:
    desk.put(single("a"))
    (found,) = desk.store.items.stock(EXAM, TODAY)
    assert (found.case, found.enemies) == (None, ())


def test_a_new_version_is_what_is_in_stock(desk: Desk) -> None:
    desk.put(single("a"))
    newer = single("a", subtopic=CLAIMS, difficulty=5, enemies=("b",), options=())
    desk.reword(newer)
    assert desk.store.items.stock(EXAM, TODAY) == [
        Stocked(desk.items["a"].item, 2, "a", CLAIMS, "single", 5, 0, ("b",), None)
    ]


def test_cases_of_two_banks_with_one_id_do_not_mix(desk: Desk) -> None:
    desk.put(single("ours", case="case"), case=True)
    desk.put(single("theirs", case="case"), bank="beta", case=True)
    cases = [each.case for each in desk.store.items.stock(EXAM, TODAY)]
    assert cases == ["alpha/case", "beta/case"]


# --- one item -----------------------------------------------------------------


def test_the_current_item_comes_with_its_case(desk: Desk) -> None:
    desk.put(single("a", case="case"), case=True)
    assert desk.store.items.current("a") == (single("a", case="case"), CASE)


def test_the_current_item_without_a_case_comes_alone(desk: Desk) -> None:
    desk.put(single("visit", case="case"), single("alone"), case=True)
    assert desk.store.items.current("alone") == (single("alone"), None)


def test_the_current_item_is_the_newest_version(desk: Desk) -> None:
    desk.put(single("a"))
    desk.reword(newer := single("a", stem="Reworded."))
    assert desk.store.items.current("a") == (newer, None)


def test_a_retired_item_can_still_be_looked_at(desk: Desk) -> None:
    desk.put(single("a"))
    desk.retire("a")
    assert desk.store.items.current("a") == (single("a"), None)


def test_an_unknown_item_is_not_found(desk: Desk) -> None:
    assert desk.store.items.current("nothing") is None


# --- how often items were seen ------------------------------------------------


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Two learners and three items: one for both, one for one of them, one for nobody."""
    desk.put(single("a"), single("b"), single("never"))
    desk.answer(desk.learner, "a", "b")
    desk.answer(put_guest(desk.store).id, "a")
    return desk


def test_exposure_is_the_share_of_learners_who_answered(busy: Desk) -> None:
    assert busy.store.items.exposures(NOW) == {"a": 1.0, "b": 0.5}


def test_an_item_was_shown_to_those_who_answered_it(busy: Desk) -> None:
    shown = busy.store.items.shown(NOW)
    assert shown == {busy.items["a"].item: 2, busy.items["b"].item: 1}


def test_active_is_who_answered_anything(busy: Desk) -> None:
    put_guest(busy.store)
    assert busy.store.items.active(NOW) == 2


def test_answering_twice_counts_once(desk: Desk) -> None:
    desk.put(single("a"))
    for _ in range(2):
        desk.answer(desk.learner, "a")
    items = desk.store.items
    assert (items.exposures(NOW), items.active(NOW)) == ({"a": 1.0}, 1)
    assert items.shown(NOW) == {desk.items["a"].item: 1}


def test_old_answers_are_no_exposure_and_no_activity(desk: Desk) -> None:
    desk.put(single("a"), single("b"))
    desk.answer(desk.learner, "a", at=NOW - DAY)
    desk.answer(put_guest(desk.store).id, "b")
    items = desk.store.items
    assert (items.exposures(NOW), items.active(NOW)) == ({"b": 1.0}, 1)
    assert items.shown(NOW) == {desk.items["b"].item: 1}


def test_what_was_served_without_an_answer_is_not_exposed(desk: Desk) -> None:
    desk.put(single("a"))
    put_slot(desk.store, put_attempt(desk.store, desk.learner), 1, desk.items["a"])
    items = desk.store.items
    assert (items.exposures(NOW), items.shown(NOW), items.active(NOW)) == ({}, {}, 0)
