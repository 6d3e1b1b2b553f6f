"""Saves, scribbles and events: appended, never changed, in order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.persistence.samples import AWKWARD, CASE, ITEMS, NOW, RESPONSES, put_guest, put_items
from tests.persistence.test_mocks import sitting
from trainer.core.mock import Save
from trainer.core.response import MatchingResponse, OrderingResponse
from trainer.persistence.database import Database
from trainer.persistence.saves import NO_MARK, Event, Mark
from trainer.persistence.unit_of_work import UnitOfWork

EXACTLY = NOW + timedelta(microseconds=123_457)
FIRST = Save(1, 1, 1, RESPONSES["single"], EXACTLY, 12)


class Desk:
    """Two exams of two people."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        items = [tuple(put) for put in put_items(store, ITEMS.values(), cases=(CASE,)).values()]
        self.mine, self.theirs = (
            store.mocks.add(sitting(put_guest(store).id), items) for _ in range(2)
        )

    def append(self, *saves: Save) -> None:
        for each in saves:
            self.store.saves.append(self.mine, each)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


# --- saves ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*RESPONSES, None])
def test_a_save_of_every_kind_comes_back_to_the_microsecond(desk: Desk, kind: str | None) -> None:
    save = replace(FIRST, response=RESPONSES[kind] if kind else None)
    desk.append(save)
    assert desk.store.saves.of(desk.mine) == [save]


@pytest.mark.parametrize(
    "response",
    [MatchingResponse((("01", "00100"),)), OrderingResponse(("no", "1e3", AWKWARD))],
)
def test_an_unfinished_answer_comes_back(desk: Desk, response) -> None:
    desk.append(replace(FIRST, response=response))
    assert desk.store.saves.of(desk.mine)[0].response == response


def test_saves_come_by_slot_and_revision(desk: Desk) -> None:
    given = [
        replace(FIRST, slot=s, revision=r, serial=n)
        for n, (s, r) in enumerate([(2, 1), (1, 1), (2, 2), (10, 1), (1, 2)], start=1)
    ]
    desk.append(*given)
    assert [(s.slot, s.revision) for s in desk.store.saves.of(desk.mine)] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (10, 1),
    ]
    assert [s.revision for s in desk.store.saves.of(desk.mine, 2)] == [1, 2]
    assert desk.store.saves.of(desk.mine, 3) == []


def test_exams_do_not_see_each_others_saves(desk: Desk) -> None:
    desk.append(FIRST)
    assert desk.store.saves.of(desk.theirs) == []
    assert desk.store.saves.next_serial(desk.theirs) == 1


def test_serials_count_on(desk: Desk) -> None:
    assert desk.store.saves.next_serial(desk.mine) == 1
    desk.append(FIRST, replace(FIRST, slot=3, serial=2))
    assert desk.store.saves.next_serial(desk.mine) == 3


def test_a_revision_is_stored_once(database: Database) -> None:
    with database.unit() as store:
        desk = Desk(store)
        desk.append(FIRST)
    with pytest.raises(IntegrityError), database.unit() as store:
        store.saves.append(desk.mine, replace(FIRST, serial=2, response=None))


def test_a_save_belongs_to_an_attempt(database: Database) -> None:
    with pytest.raises(IntegrityError), database.unit() as store:
        store.saves.append(999_999, FIRST)


# --- scribbles ----------------------------------------------------------------------


def test_scribbles_come_back(desk: Desk) -> None:
    mark = Mark(("a1", "b2"), ((0, 3), (7, 9)), AWKWARD)
    desk.store.saves.set_mark(desk.mine, 2, NO_MARK)
    desk.store.saves.set_mark(desk.mine, 2, mark)
    desk.store.saves.set_mark(desk.mine, 1, Mark(note="x"))
    assert desk.store.saves.marks(desk.mine) == {1: Mark(note="x"), 2: mark}
    assert desk.store.saves.marks(desk.mine, 2) == {2: mark}
    assert desk.store.saves.marks(desk.theirs) == {}


# --- events -------------------------------------------------------------------------


def test_events_are_numbered_in_their_order(desk: Desk) -> None:
    for attempt in (desk.mine, desk.theirs, desk.mine):
        desk.store.saves.note(attempt, EXACTLY, "flag", AWKWARD.replace("\x00", ""))
    detail = AWKWARD.replace("\x00", "")
    assert desk.store.saves.events(desk.mine) == [
        Event(1, EXACTLY, "flag", detail),
        Event(2, EXACTLY, "flag", detail),
    ]
    assert [each.number for each in desk.store.saves.events(desk.theirs)] == [1]


# --- durability ---------------------------------------------------------------------

FULL, NORMAL = 2, 1


@pytest.mark.parametrize(("durable", "level"), [(True, FULL), (False, NORMAL)])
def test_a_durable_unit_waits_for_the_disk_whatever_came_before(
    tmp_path, *, durable: bool, level: int
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    for before in (not durable, durable, not durable):
        with database.unit(durable=before):
            pass
    with database.unit(durable=durable) as store:
        found = store.saves._connection.scalar(text("PRAGMA synchronous"))
    database.close()
    assert found == level
