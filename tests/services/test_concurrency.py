"""Many hands at once: one answer, one slot, no lost count, no lock that nobody opens."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from tests.conftest import guest_of, rows_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    Shelf,
    filled,
    load,
    respond,
    serve,
    single,
    slot,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import Pool
from trainer.core.errors import AlreadyAnsweredError
from trainer.persistence.tables import AttemptRow, MasteryRow, ResponseRow, SlotRow
from trainer.services import practice, progress

HANDS = 20
PER_ATTEMPT = 10


@pytest.fixture
def house(shared_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house with two dozen items, whatever the database kind."""
    names = (f"item-{number:02}" for number in range(24))
    entries = [
        single(name, (MODIFIERS, ICD, CLAIMS)[number % 3]) for number, name in enumerate(names)
    ]
    load(shared_shop, shelf.write("alpha", *entries))
    return shared_shop


@pytest.fixture
def guest(house: Trainer) -> Account:
    return guest_of(house)


def together(work: Callable[[int], object], hands: int = HANDS) -> list[object]:
    """What each of many hands got, all having begun at the same moment; errors are values."""
    gate = Barrier(hands)

    def one(number: int) -> object:
        gate.wait()
        try:
            return work(number)
        except AlreadyAnsweredError as error:
            return type(error)

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(one, range(hands)))


def count_of(house: Trainer, *entities: object) -> int:
    with house.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(*entities))


def answered(house: Trainer) -> int:
    with house.database.engine.connect() as connection:
        return connection.scalar(select(func.sum(MasteryRow.answered)))


def test_of_many_answers_to_one_slot_one_is_stored(house: Trainer, guest: Account) -> None:
    attempt = start(house, guest)
    number = serve(house, guest, attempt)
    seen = slot(house, guest, attempt, number)

    def answer(hand: int) -> None:
        given = filled(seen, right=hand % 2 == 0)
        with house.database.unit() as store:
            practice.respond(store, guest, attempt.id, number, given, at=house.now())

    outcomes = Counter(together(answer))

    assert count_of(house, ResponseRow) == 1
    assert answered(house) == 1
    assert set(outcomes) == {None, AlreadyAnsweredError}


def test_many_hands_that_turn_the_page_get_one_slot(house: Trainer, guest: Account) -> None:
    attempt = start(house, guest)
    chances = [(hand / HANDS, hand / HANDS) for hand in range(HANDS)]
    numbers = together(lambda hand: serve(house, guest, attempt, chances[hand]))
    assert numbers == [1] * HANDS
    assert count_of(house, SlotRow) == 1


def test_attempts_answered_in_parallel_lose_no_count(house: Trainer, guest: Account) -> None:
    attempts = [start(house, guest, length=PER_ATTEMPT) for _ in range(4)]

    def walk(hand: int) -> None:
        while (number := serve(house, guest, attempts[hand], (0.3, 0.3))) is not None:
            respond(house, guest, attempts[hand], number)

    together(walk, len(attempts))

    assert count_of(house, ResponseRow) == len(attempts) * PER_ATTEMPT
    assert answered(house) == len(attempts) * PER_ATTEMPT
    before = rows_of(house.database)
    with house.database.unit() as store:
        progress.replay(store, guest.id)
    assert rows_of(house.database) == before


def test_guests_arriving_together_each_get_a_practice(house: Trainer) -> None:
    def arrive(_hand: int) -> None:
        someone = guest_of(house)
        attempt = start(house, someone)
        respond(house, someone, attempt, serve(house, someone, attempt))

    together(arrive)
    assert count_of(house, AttemptRow) == HANDS
    assert count_of(house, ResponseRow) == HANDS


def test_starting_and_answering_at_once_never_deadlock(house: Trainer, guest: Account) -> None:
    attempts = [start(house, guest, length=PER_ATTEMPT) for _ in range(4)]

    def work(hand: int) -> None:
        if hand % 2:
            for _ in range(PER_ATTEMPT):
                start(house, guest, Pool.WEAKEST)
            return
        while (number := serve(house, guest, attempts[hand // 2])) is not None:
            respond(house, guest, attempts[hand // 2], number)

    together(work, 8)
    assert answered(house) == len(attempts) * PER_ATTEMPT


def test_answers_and_replays_at_once_lose_no_count(house: Trainer, guest: Account) -> None:
    attempts = [start(house, guest, length=PER_ATTEMPT) for _ in range(3)]

    def work(hand: int) -> None:
        if hand == len(attempts):
            for _ in range(15):
                with house.database.unit() as store:
                    progress.replay(store, guest.id)
            return
        while (number := serve(house, guest, attempts[hand])) is not None:
            respond(house, guest, attempts[hand], number)

    together(work, 4)
    assert answered(house) == len(attempts) * PER_ATTEMPT
