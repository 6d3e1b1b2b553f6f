"""Many hands at once: one answer, one slot, no lost count, no lock that nobody opens."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy import func, select

from tests.conftest import guest_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    Shelf,
    case,
    filled,
    known,
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
from trainer.core.errors import AlreadyAnsweredError, NotFoundError
from trainer.persistence.tables import AttemptRow, LearnerRow, ResponseRow, SlotRow
from trainer.services import accounts, learning, practice
from trainer.services.banks import LoadReport

HANDS = 20
PER_ATTEMPT = 8
ANA, PASSWORD = "ana@example.org", "correct horse"
ENTRIES = [
    single(f"item-{number:02}", (MODIFIERS, ICD, CLAIMS)[number % 3]) for number in range(24)
]


@pytest.fixture
def house(shared_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house with two dozen items, whatever the database kind."""
    load(shared_shop, shelf.write("alpha", *ENTRIES))
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
        return connection.scalar(select(func.sum(LearnerRow.answered)))


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
    assert outcomes == {None: HANDS // 2, AlreadyAnsweredError: HANDS // 2}


def test_many_hands_that_turn_the_page_get_one_slot(house: Trainer, guest: Account) -> None:
    attempt = start(house, guest)
    numbers = together(lambda hand: serve(house, guest, attempt, hand / HANDS))
    assert numbers == [1] * HANDS
    assert count_of(house, SlotRow) == 1


def test_many_clicks_with_one_answer_are_all_silent(house: Trainer, guest: Account) -> None:
    attempt = start(house, guest)
    number = serve(house, guest, attempt)
    given = filled(slot(house, guest, attempt, number), right=True)

    def answer(_hand: int) -> None:
        with house.database.unit() as store:
            practice.respond(store, guest, attempt.id, number, given, at=house.now())

    assert together(answer) == [None] * HANDS
    assert (count_of(house, ResponseRow), answered(house)) == (1, 1)


def test_attempts_answered_in_parallel_lose_no_count(house: Trainer, guest: Account) -> None:
    attempts = [start(house, guest, length=PER_ATTEMPT) for _ in range(4)]

    def walk(hand: int) -> None:
        while (number := serve(house, guest, attempts[hand], 0.3)) is not None:
            respond(house, guest, attempts[hand], number)

    together(walk, len(attempts))

    assert count_of(house, ResponseRow) == len(attempts) * PER_ATTEMPT
    assert answered(house) == len(attempts) * PER_ATTEMPT
    counts = known(house, guest).tags
    with house.database.unit() as store:
        learning.replay(store)
    again = known(house, guest).tags
    assert {name: tag.answered for name, tag in again.items()} == {
        name: tag.answered for name, tag in counts.items()
    }


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
                    learning.replay(store)
            return
        while (number := serve(house, guest, attempts[hand])) is not None:
            respond(house, guest, attempts[hand], number)

    together(work, 4)
    assert answered(house) == len(attempts) * PER_ATTEMPT


def test_a_bank_loaded_by_many_at_once_is_loaded_once(shared_shop: Trainer, shelf: Shelf) -> None:
    path = shelf.write("alpha", single("a"), cases=[case("visit", [single("b")])])
    shared_shop.catalogue  # noqa: B018  # read before the threads begin
    reports = together(lambda _hand: load(shared_shop, path), 4)
    skipped = LoadReport("alpha", is_skipped=True)
    assert Counter(reports) == {LoadReport("alpha", added=2): 1, skipped: 3}


def test_a_load_and_a_practice_do_not_hinder_each_other(
    house: Trainer, guest: Account, shelf: Shelf
) -> None:
    attempt = start(house, guest, length=PER_ATTEMPT)

    def work(hand: int) -> None:
        if hand:
            for edition in range(5):
                load(house, shelf.write("alpha", *ENTRIES[:-1], single("x", stem=f"{edition}?")))
            return
        while (number := serve(house, guest, attempt)) is not None:
            respond(house, guest, attempt, number)

    together(work, 2)
    assert count_of(house, ResponseRow) == PER_ATTEMPT


def test_guests_signing_in_together_all_bring_their_answers(house: Trainer) -> None:
    with house.database.unit() as store:
        account = accounts.register(
            store, name="Ana", email=ANA, password=PASSWORD, session_key="key", at=house.now()
        )
    guests = [guest_of(house) for _ in range(4)]
    for each in guests:
        respond(house, each, attempt := start(house, each), serve(house, each, attempt))

    def sign_in(hand: int) -> None:
        with house.database.unit() as store:
            accounts.sign_in(
                store, email=ANA, password=PASSWORD, at=house.now(), guest=guests[hand]
            )

    together(sign_in, len(guests))
    assert known(house, account).general.answered == len(guests)
    with house.database.reading() as store:
        assert [store.accounts.find(each.id) for each in guests] == [None] * len(guests)


def test_a_guest_who_answers_while_signing_in_breaks_nothing(house: Trainer) -> None:
    with house.database.unit() as store:
        account = accounts.register(
            store, name="Ana", email=ANA, password=PASSWORD, session_key="key", at=house.now()
        )
    leaver = guest_of(house)
    attempt = start(house, leaver, length=PER_ATTEMPT)

    def work(hand: int) -> None:
        if hand:
            with house.database.unit() as store:
                accounts.sign_in(store, email=ANA, password=PASSWORD, at=house.now(), guest=leaver)
            return
        with suppress(NotFoundError):
            while (number := serve(house, leaver, attempt)) is not None:
                respond(house, leaver, attempt, number)

    together(work, 2)
    assert known(house, account).general.answered == count_of(house, ResponseRow)
