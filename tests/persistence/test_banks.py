"""Banks in rows: versions are added and never changed, retiring hides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.persistence.samples import (
    CASE,
    EXAM,
    NOW,
    TODAY,
    bank_of,
    put_items,
    single,
)
from trainer.persistence.banks import Revision, StoredItem
from trainer.persistence.database import Database
from trainer.persistence.tables import BankRow, CaseRow, VersionRow
from trainer.persistence.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
MANY = 1100  # more than two chunks of 500


class Desk:
    """A unit of work, and a look behind it."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.connection = store.banks._connection

    def stored(self, item_id: str = "single") -> StoredItem:
        return self.store.banks.stored_items([item_id], "alpha")[item_id]


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


def test_a_bank_is_found_by_its_digest(desk: Desk) -> None:
    desk.store.banks.put(bank_of("alpha"), "a" * 64, NOW)
    assert desk.store.banks.find_by_digest("a" * 64) == "alpha"


def test_a_bank_loaded_again_is_found_by_its_new_digest_only(desk: Desk) -> None:
    for digest in ("old", "new"):
        desk.store.banks.put(bank_of("alpha"), digest, NOW)
    assert desk.store.banks.find_by_digest("old") is None
    assert desk.store.banks.find_by_digest("new") == "alpha"


def test_a_bank_keeps_its_header(desk: Desk) -> None:
    desk.store.banks.put(bank_of("alpha"), "digest", NOW)
    row = desk.connection.execute(select(BankRow)).one()
    assert (row.title, row.licence, row.authors, row.loaded_at) == (
        "Bank alpha",
        "CC0 1.0",
        "A. Tester; B. Tester",
        NOW,
    )


def test_a_stored_item_tells_what_a_load_compares_with(desk: Desk) -> None:
    item = put_items(desk.store, [single("a"), single("b")])["b"]
    expected = StoredItem(item.item, "b", "alpha", 1, "hash of b", 1, is_retired=False)
    assert desk.stored("b") == expected


def test_stored_items_are_the_banks_own_and_those_asked_for(desk: Desk) -> None:
    put_items(desk.store, [single("ours")])
    put_items(desk.store, [single("theirs"), single("unasked")], bank="beta")
    found = desk.store.banks.stored_items(["theirs", "unknown"], "alpha")
    assert {name: each.bank for name, each in found.items()} == {"ours": "alpha", "theirs": "beta"}


def test_many_items_are_found_whatever_the_limit_of_variables(desk: Desk) -> None:
    names = [f"item-{number}" for number in range(MANY)]
    put_items(desk.store, [single(name) for name in names], bank="beta")
    assert set(desk.store.banks.stored_items(names, "alpha")) == set(names)


def test_a_new_version_leaves_the_old_one_as_it_was(desk: Desk) -> None:
    put_items(desk.store, [single()])
    newer = single(stem="Reworded.")
    desk.store.banks.add_versions("alpha", [Revision(newer, None, "h2", 4, desk.stored())], LATER)
    rows = desk.connection.execute(select(VersionRow).order_by(VersionRow.number)).all()
    assert [(row.number, row.body, row.created_at) for row in rows] == [
        (1, single(), NOW),
        (2, newer, LATER),
    ]


def test_a_new_version_becomes_the_current_one(desk: Desk) -> None:
    before = put_items(desk.store, [single()])["single"].item
    revision = Revision(single(stem="Reworded."), None, "h2", 4, desk.stored())
    desk.store.banks.add_versions("alpha", [revision], LATER)
    assert desk.stored() == StoredItem(before, "single", "alpha", 2, "h2", 4, is_retired=False)


def test_a_new_version_moves_the_item_to_its_exams_and_subtopic(desk: Desk) -> None:
    put_items(desk.store, [single(exams=("alpha", "gamma"))])
    moved = single(exams=("beta",), subtopic="billing.claims")
    desk.store.banks.add_versions("alpha", [Revision(moved, None, "h2", 0, desk.stored())], LATER)
    counts = {exam: desk.store.items.counts(exam, TODAY) for exam in ("alpha", "beta", "gamma")}
    assert counts == {"alpha": {}, "beta": {"billing.claims": 1}, "gamma": {}}


def test_a_new_version_of_one_item_leaves_the_exams_of_others(desk: Desk) -> None:
    put_items(desk.store, [single(), single("other")])
    moved = Revision(single(exams=("beta",)), None, "h2", 0, desk.stored())
    desk.store.banks.add_versions("alpha", [moved], LATER)
    assert desk.store.items.counts(EXAM, TODAY) == {"coding.modifiers": 1}


def test_a_new_version_brings_a_retired_item_back(desk: Desk) -> None:
    put_items(desk.store, [single()])
    desk.store.banks.retire([desk.stored().id], NOW)
    revision = Revision(single(stem="Reworded."), None, "h2", 0, desk.stored())
    desk.store.banks.add_versions("alpha", [revision], LATER)
    assert desk.stored().is_retired is False


def test_retiring_hides_one_item_and_reviving_brings_it_back(desk: Desk) -> None:
    items = put_items(desk.store, [single("a"), single("b")])
    desk.store.banks.retire([items["a"].item], NOW)
    assert [desk.stored(name).is_retired for name in "ab"] == [True, False]
    desk.store.banks.revive([items["a"].item])
    assert [desk.stored(name).is_retired for name in "ab"] == [False, False]


def test_many_items_are_retired_at_once(desk: Desk) -> None:
    items = put_items(desk.store, [single(f"item-{number}") for number in range(MANY)])
    desk.store.banks.retire([each.item for each in items.values()], NOW)
    assert desk.store.items.counts(EXAM, TODAY) == {}


def test_moving_renumbers_and_nothing_else(desk: Desk) -> None:
    items = put_items(desk.store, [single("a"), single("b")])
    before = desk.stored("a")
    desk.store.banks.move({items["a"].item: 9})
    assert desk.stored("a") == replace(before, place=9)
    assert desk.stored("b").place == 1


def test_nothing_to_store_stores_nothing(desk: Desk) -> None:
    desk.store.banks.put(bank_of(), "digest", NOW)
    desk.store.banks.add_versions("alpha", [], NOW)
    desk.store.banks.retire([], NOW)
    desk.store.banks.move({})
    assert desk.store.banks.stored_items([], "alpha") == {}


def test_one_wording_of_a_case_is_stored_once(desk: Desk) -> None:
    first = desk.store.banks.case_ids([(CASE, "h1")])
    assert desk.store.banks.case_ids([(CASE, "h1")]) == first


def test_another_wording_of_a_case_is_another_row(desk: Desk) -> None:
    reworded = replace(CASE, title="Another visit")
    first = desk.store.banks.case_ids([(CASE, "h1")])
    second = desk.store.banks.case_ids([(reworded, "h2")])
    assert first != second
    bodies = desk.connection.scalars(select(CaseRow.body).order_by(CaseRow.id)).all()
    assert bodies == [CASE, reworded]


def test_equal_wordings_under_two_ids_are_two_rows(desk: Desk) -> None:
    other = replace(CASE, id="other")
    ids = desk.store.banks.case_ids([(CASE, "same"), (other, "same")])
    assert len(set(ids.values())) == 2
