"""A turn: the slot and all that its answer bears on, as of the moment at which it is locked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.conftest import counted
from tests.persistence.samples import (
    CASE,
    ITEMS,
    NOW,
    RESPONSES,
    SUBTOPIC,
    WRONG,
    Studied,
    fresh,
    put_answer,
    put_attempt,
    put_guest,
    put_items,
    put_slot,
    studied,
)
from tests.persistence.waiting import after_waiting
from trainer.core.item import ways
from trainer.core.learning.learner import Learner
from trainer.core.learning.population import PRIOR, new_item
from trainer.core.learning.standing import Standing, answered
from trainer.core.learning.trie import Trie
from trainer.core.topic import tags_of
from trainer.persistence.database import Database
from trainer.persistence.population import Fitted
from trainer.persistence.turns import Turn
from trainer.persistence.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)


class Desk:
    """A learner with an attempt, somebody else, and the items of all kinds."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.items = put_items(store, ITEMS.values(), cases=(CASE,))
        self.single, self.other = (self.items[name].item for name in ("single", "ordering"))
        self.learner = put_guest(store).id
        self.stranger = put_guest(store).id
        self.attempt = put_attempt(store, self.learner)

    def serve(self, number: int = 1, item: str = "single") -> None:
        put_slot(self.store, self.attempt, number, self.items[item])

    def turn(self, number: int = 1) -> Turn:
        found = self.store.turns.find(self.attempt.id, number, self.learner)
        assert found is not None
        return found

    def know(self, known: Studied, learner: int | None = None) -> None:
        """Store all that a replay would."""
        self.store.learners.replace(learner or self.learner, known.learner, known.memories)
        self.store.population.replace(known.states.values())
        self.store.population.put(Fitted(known.model, 7))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


def standing(known: Studied, item: int) -> Standing:
    """What a turn with the item is to find: of the items, it alone."""
    memories = {key: value for key, value in known.learner.items.items() if key == str(item)}
    learner = replace(known.learner, items=Trie(memories.items()))
    state = known.states.get(item, fresh(item))
    return Standing(learner, state, known.memories.get(item), known.model)


# --- what a turn holds --------------------------------------------------------


def test_a_turn_is_found_by_one_statement(database: Database) -> None:
    with database.unit() as store:
        desk = Desk(store)
        desk.know(studied(desk.single))
        put_answer(store, desk.attempt, 1, desk.items["single"])
    with counted(database) as statements, database.unit() as store:
        store.turns.find(desk.attempt.id, 1, desk.learner)
    assert len(statements) == 1


@pytest.mark.parametrize("kind", ITEMS)
def test_the_slot_of_a_turn_is_the_served_one_without_its_case(desk: Desk, kind: str) -> None:
    desk.serve(3, ITEMS[kind].id)
    slot, _ = desk.store.attempts.slot(desk.attempt.id, 3, desk.learner)
    assert desk.turn(3).slot == replace(slot, case=None)


def test_the_slot_of_a_turn_carries_its_answer(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    assert desk.turn().slot.answer.response == RESPONSES["single"]


def test_the_slot_of_a_turn_knows_that_it_was_put_off(desk: Desk) -> None:
    desk.serve()
    desk.store.attempts.skip(desk.attempt.id, 1, LATER)
    assert desk.turn().slot.is_skipped is True


@pytest.mark.parametrize("kind", ITEMS)
def test_before_the_first_answer_all_stands_at_the_start(desk: Desk, kind: str) -> None:
    item = ITEMS[kind]
    desk.serve(1, item.id)
    number = desk.items[item.id].item
    state = new_item(str(number), tags_of(SUBTOPIC), item.difficulty, ways(item))
    assert desk.turn().standing == Standing(Learner(), state, None, PRIOR)


def test_everything_that_is_stored_comes_back_to_the_last_bit(desk: Desk) -> None:
    desk.serve()
    known = studied(desk.single)
    desk.know(known)
    assert desk.turn().standing == standing(known, desk.single)


def test_of_other_items_nothing_comes(desk: Desk) -> None:
    desk.serve()
    known = studied(desk.other)
    desk.know(known)
    assert desk.turn().standing == standing(known, desk.single)


def test_of_many_items_the_slots_own_is_found(desk: Desk) -> None:
    desk.serve()
    known = studied(desk.other, desk.single, *(put.item for put in desk.items.values()))
    desk.know(known)
    assert desk.turn().standing == standing(known, desk.single)


def test_what_somebody_else_remembers_is_not_remembered(desk: Desk) -> None:
    desk.serve()
    known = studied(desk.single)
    desk.know(known, desk.stranger)
    found = desk.turn().standing
    assert (found.learner, found.memory) == (Learner(), None)


def test_what_all_answers_say_of_an_item_counts_for_everybody(desk: Desk) -> None:
    desk.serve()
    known = studied(desk.single)
    desk.know(known, desk.stranger)
    found = desk.turn().standing
    assert (found.item, found.model) == (known.states[desk.single], known.model)


# --- what is no turn ----------------------------------------------------------


def test_a_turn_of_somebody_else_is_not_found(desk: Desk) -> None:
    desk.serve()
    assert desk.store.turns.find(desk.attempt.id, 1, desk.stranger) is None


def test_a_slot_that_was_not_served_is_no_turn(desk: Desk) -> None:
    desk.serve()
    assert desk.store.turns.find(desk.attempt.id, 2, desk.learner) is None


def test_an_attempt_that_does_not_exist_has_no_turn(desk: Desk) -> None:
    desk.serve()
    assert desk.store.turns.find(desk.attempt.id + 1, 1, desk.learner) is None


# --- waiting for one's turn, on PostgreSQL ------------------------------------


@pytest.fixture
def served(postgres: Database) -> Desk:
    """A desk with one served slot, committed."""
    with postgres.unit() as store:
        desk = Desk(store)
        desk.serve()
    return desk


def answer(store: UnitOfWork, desk: Desk) -> None:
    """As an answer does it."""
    turn = store.turns.find(desk.attempt.id, 1, desk.learner)
    after = answered(turn.standing, WRONG, None, NOW)
    store.responses.record(turn.slot, RESPONSES["single"], WRONG, NOW)
    store.learners.save(desk.learner, after.learner, desk.single, after.memory)
    store.population.calibrate(turn.standing.item, after.item)


def put_off(store: UnitOfWork, desk: Desk) -> None:
    """As *not today* does it."""
    store.turns.find(desk.attempt.id, 1, desk.learner)
    store.learners.wish(desk.learner, 0, {SUBTOPIC: LATER})
    store.attempts.skip(desk.attempt.id, 1, NOW)


def replay(store: UnitOfWork, desk: Desk) -> None:
    """As a replay does it that finds other numbers for as many answers."""
    store.learners.lock_all()
    known = studied(desk.single)
    general = known.learner.general._replace(answered=0)
    store.learners.replace(desk.learner, replace(known.learner, general=general), known.memories)
    store.population.replace(known.states.values())
    store.population.put(Fitted(known.model, 7))


def lock_only(store: UnitOfWork, desk: Desk) -> None:
    """As a second click does it that changes nothing."""
    store.turns.find(desk.attempt.id, 1, desk.learner)


@pytest.mark.parametrize("first", [answer, put_off, replay, lock_only])
def test_a_turn_that_waited_is_as_of_now(
    postgres: Database, served: Desk, first: Callable[[UnitOfWork, Desk], None]
) -> None:
    def find(store: UnitOfWork) -> Turn | None:
        return store.turns.find(served.attempt.id, 1, served.learner)

    waited = after_waiting(postgres, lambda store: first(store, served), find)
    with postgres.unit() as store:
        assert waited == find(store)


def test_a_turn_whose_learner_is_gone_meanwhile_is_not_found(
    postgres: Database, served: Desk
) -> None:
    def merge(store: UnitOfWork) -> None:
        store.accounts.lock(served.learner, served.stranger)
        store.attempts.hand_over(served.learner, served.stranger)
        store.accounts.delete(served.learner)

    def find(store: UnitOfWork) -> Turn | None:
        return store.turns.find(served.attempt.id, 1, served.learner)

    assert after_waiting(postgres, merge, find) is None


def test_somebody_elses_turn_is_not_waited_for(postgres: Database, served: Desk) -> None:
    with postgres.unit() as store:
        theirs = put_attempt(store, served.stranger)
        put_slot(store, theirs, 1, served.items["single"])
    with postgres.unit() as one, postgres.unit() as two:
        one.turns.find(served.attempt.id, 1, served.learner)
        two.turns._connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        assert two.turns.find(theirs.id, 1, served.stranger) is not None


def test_a_locked_learner_can_still_be_referred_to(postgres: Database, served: Desk) -> None:
    with postgres.unit() as one, postgres.unit() as two:
        one.turns.find(served.attempt.id, 1, served.learner)
        two.turns._connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        assert put_attempt(two, served.learner).learner == served.learner
