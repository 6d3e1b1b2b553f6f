"""What is known of learners: to the last bit, each for themselves, and what they wish for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.conftest import counted
from tests.persistence.samples import (
    AWKWARD,
    NOW,
    SUBTOPIC,
    Studied,
    put_guest,
    put_items,
    single,
    studied,
)
from trainer.core.learning.learner import Learner
from trainer.core.learning.population import PRIOR
from trainer.core.learning.selection import NO_WISH, Wish
from trainer.core.learning.trie import Trie
from trainer.persistence.database import Database
from trainer.persistence.learners import Known, Remembering, Wishes
from trainer.persistence.population import Fitted
from trainer.persistence.tables import LearnerRow
from trainer.persistence.unit_of_work import UnitOfWork

CLAIMS = "billing.claims"
SOON, LATER = NOW + timedelta(microseconds=1), NOW + timedelta(hours=16)


class Desk:
    """Two learners and three items."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.learners = store.learners
        items = put_items(store, [single(name) for name in "abc"])
        self.a, self.b, self.c = (item.item for item in items.values())
        self.learner = put_guest(store).id
        self.stranger = put_guest(store).id

    def known(self, learner: int) -> Learner:
        return self.learners.find(learner, NOW).learner

    def replace(self, learner: int, known: Studied) -> None:
        self.learners.replace(learner, known.learner, known.memories)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


def without_items(learner: Learner) -> Learner:
    return replace(learner, items=Trie())


def remembered(known: Studied) -> dict[int, Remembering]:
    """Both memories of each item."""
    return {
        item: Remembering(known.learner.memory(str(item)), memory)
        for item, memory in known.memories.items()
    }


# --- estimates ----------------------------------------------------------------


def test_of_a_new_account_nothing_is_known_and_nothing_wished(desk: Desk) -> None:
    assert desk.learners.find(desk.learner, NOW) == Known(Learner(), NO_WISH, PRIOR)
    assert desk.learners.memories(desk.learner) == {}


def test_estimates_come_back_to_the_last_bit(desk: Desk) -> None:
    known = studied(desk.a)
    desk.learners.save(desk.learner, known.learner, desk.a, known.memories[desk.a])
    assert desk.known(desk.learner) == without_items(known.learner)


def test_both_memories_of_an_item_come_back_to_the_last_bit(desk: Desk) -> None:
    known = studied(desk.a)
    desk.learners.save(desk.learner, known.learner, desk.a, known.memories[desk.a])
    assert desk.learners.memories(desk.learner) == remembered(known)


def test_estimates_come_with_the_population_that_was_fitted(desk: Desk) -> None:
    model = studied(desk.a).model
    desk.store.population.put(Fitted(model, 7))
    assert desk.learners.find(desk.learner, NOW).model == model


def test_estimates_are_found_by_one_statement(database: Database) -> None:
    with database.unit() as store:
        learner = put_guest(store).id
    with counted(database) as statements, database.reading() as store:
        store.learners.find(learner, NOW)
    assert len(statements) == 1


@pytest.mark.parametrize("lapsed", [True, False])
def test_a_memory_keeps_whether_it_ever_lapsed(desk: Desk, *, lapsed: bool) -> None:
    known = studied(desk.a)
    memory = replace(known.memories[desk.a], lapsed=lapsed)
    desk.learners.save(desk.learner, known.learner, desk.a, memory)
    assert desk.learners.memories(desk.learner)[desk.a].memory.lapsed is lapsed


def test_saving_again_replaces(desk: Desk) -> None:
    for answers in (1, 2):
        known = studied(desk.a, answers=answers)
        desk.learners.save(desk.learner, known.learner, desk.a, known.memories[desk.a])
    assert desk.known(desk.learner) == without_items(known.learner)
    assert desk.learners.memories(desk.learner) == remembered(known)


def test_saving_one_item_leaves_the_others_as_they_were(desk: Desk) -> None:
    before, after = studied(desk.a, desk.b, answers=2), studied(desk.a, desk.b, answers=3)
    desk.replace(desk.learner, before)
    desk.learners.save(desk.learner, after.learner, desk.a, after.memories[desk.a])
    assert desk.learners.memories(desk.learner) == remembered(after)


def test_what_is_known_of_learners_is_kept_apart(desk: Desk) -> None:
    ours, theirs = studied(desk.a, desk.b), studied(desk.b, answers=3)
    desk.replace(desk.learner, ours)
    desk.replace(desk.stranger, theirs)
    for learner, known in ((desk.learner, ours), (desk.stranger, theirs)):
        assert desk.known(learner) == without_items(known.learner)
        assert desk.learners.memories(learner) == remembered(known)


def test_a_row_tells_nothing_of_items(desk: Desk) -> None:
    known = studied(desk.a)
    desk.learners.save(desk.learner, known.learner, desk.a, known.memories[desk.a])
    state = desk.learners._connection.scalar(select(LearnerRow.state).filter_by(answered=7))
    assert set(json.loads(state)) == {"general", "tags"}


# --- replaying ----------------------------------------------------------------


def test_replacing_puts_a_state_in_the_place_of_another(desk: Desk) -> None:
    desk.replace(desk.learner, studied(desk.a, desk.b))
    known = studied(desk.b, desk.c, answers=5)
    desk.replace(desk.learner, known)
    assert desk.known(desk.learner) == without_items(known.learner)
    assert desk.learners.memories(desk.learner) == remembered(known)


def test_replacing_by_nothing_leaves_nothing(desk: Desk) -> None:
    desk.replace(desk.learner, studied(desk.a))
    desk.learners.replace(desk.learner, Learner(), {})
    assert desk.known(desk.learner) == Learner()
    assert desk.learners.memories(desk.learner) == {}


def test_replacing_keeps_what_the_learner_wishes(desk: Desk) -> None:
    desk.learners.wish(desk.learner, 2, {SUBTOPIC: LATER})
    desk.replace(desk.learner, studied(desk.a))
    assert desk.learners.wishes(desk.learner) == Wishes(2, {SUBTOPIC: LATER})


# --- wishes -------------------------------------------------------------------


@pytest.mark.parametrize("offset", [-3, 0, 4])
def test_a_wish_keeps_its_offset(desk: Desk, offset: int) -> None:
    desk.learners.wish(desk.learner, offset, {})
    assert desk.learners.find(desk.learner, NOW).wish == Wish(offset)


POSTPONED: dict[str, tuple[Mapping[str, datetime], set[str]]] = {
    "nothing": ({}, set()),
    "until later": ({SUBTOPIC: LATER}, {SUBTOPIC}),
    "until in a moment": ({SUBTOPIC: SOON}, {SUBTOPIC}),
    "until now": ({SUBTOPIC: NOW}, set()),
    "until the past": ({SUBTOPIC: NOW - timedelta(days=1)}, set()),
    "two": ({SUBTOPIC: LATER, CLAIMS: SOON}, {SUBTOPIC, CLAIMS}),
    "one of two": ({SUBTOPIC: LATER, CLAIMS: NOW}, {SUBTOPIC}),
    "until later, as told in the east": (
        {SUBTOPIC: SOON.astimezone(timezone(timedelta(hours=9)))},
        {SUBTOPIC},
    ),
}


@pytest.mark.parametrize("name", POSTPONED)
def test_a_subtopic_waits_until_its_time(desk: Desk, name: str) -> None:
    postponed, waiting = POSTPONED[name]
    desk.learners.wish(desk.learner, 0, postponed)
    assert desk.learners.find(desk.learner, NOW).wish.postponed == waiting


def test_all_that_was_wished_comes_back_whether_it_holds_or_not(desk: Desk) -> None:
    postponed = {SUBTOPIC: NOW - timedelta(days=1), CLAIMS: SOON, AWKWARD: LATER}
    desk.learners.wish(desk.learner, -2, postponed)
    assert desk.learners.wishes(desk.learner) == Wishes(-2, postponed)


def test_a_new_account_wishes_nothing(desk: Desk) -> None:
    assert desk.learners.wishes(desk.learner) == Wishes(0, {})


def test_wishing_again_replaces(desk: Desk) -> None:
    desk.learners.wish(desk.learner, 2, {SUBTOPIC: LATER})
    desk.learners.wish(desk.learner, 1, {CLAIMS: SOON})
    assert desk.learners.wishes(desk.learner) == Wishes(1, {CLAIMS: SOON})


def test_a_wish_is_one_learners(desk: Desk) -> None:
    desk.learners.wish(desk.learner, 2, {SUBTOPIC: LATER})
    assert desk.learners.find(desk.stranger, NOW).wish == NO_WISH


def test_a_wish_outlives_an_answer(desk: Desk) -> None:
    known = studied(desk.a)
    desk.learners.wish(desk.learner, 2, {SUBTOPIC: LATER})
    desk.learners.save(desk.learner, known.learner, desk.a, known.memories[desk.a])
    assert desk.learners.wishes(desk.learner) == Wishes(2, {SUBTOPIC: LATER})


# --- all of them --------------------------------------------------------------


def test_everybody_comes_in_the_order_of_the_accounts(desk: Desk) -> None:
    third = put_guest(desk.store).id
    assert list(desk.learners.all()) == sorted([desk.learner, desk.stranger, third])


def test_without_accounts_there_is_nobody(database: Database) -> None:
    with database.reading() as store:
        assert (list(store.learners.all()), store.learners.answered()) == ([], 0)


def test_before_the_first_answer_all_have_answered_nothing(desk: Desk) -> None:
    assert desk.learners.answered() == 0


def test_answers_of_all_learners_add_up(desk: Desk) -> None:
    desk.replace(desk.learner, studied(desk.a, answers=3))
    known = studied(desk.b, answers=2)
    desk.learners.save(desk.stranger, known.learner, desk.b, known.memories[desk.b])
    assert desk.learners.answered() == 5


def test_a_deleted_account_leaves_no_learner(desk: Desk) -> None:
    desk.store.accounts.delete(desk.learner)
    assert list(desk.learners.all()) == [desk.stranger]


def test_an_account_with_memories_cannot_be_deleted(database: Database) -> None:
    with database.unit() as store:
        desk = Desk(store)
        desk.replace(desk.learner, studied(desk.a))
    with pytest.raises(IntegrityError), database.unit() as store:
        store.accounts.delete(desk.learner)


def test_memories_are_of_items_that_exist(database: Database) -> None:
    with database.unit() as store:
        learner = put_guest(store).id
    known = studied(999)
    with pytest.raises(IntegrityError), database.unit() as store:
        store.learners.save(learner, known.learner, 999, known.memories[999])


# --- locks --------------------------------------------------------------------


def free(postgres: Database) -> list[int]:
    """The learners that another connection could lock now."""
    statement = select(LearnerRow.learner_id).order_by(LearnerRow.learner_id)
    with postgres.engine.connect() as connection:
        return list(connection.scalars(statement.with_for_update(skip_locked=True)))


def test_locking_all_leaves_nobody_free(postgres: Database) -> None:
    with postgres.unit() as store:
        desk = Desk(store)
    with postgres.unit() as store:
        store.learners.lock_all()
        assert free(postgres) == []
    assert free(postgres) == [desk.learner, desk.stranger]


def test_locking_an_account_locks_its_learner(postgres: Database) -> None:
    with postgres.unit() as store:
        desk = Desk(store)
    with postgres.unit() as store:
        store.accounts.lock(desk.learner)
        assert free(postgres) == [desk.stranger]
