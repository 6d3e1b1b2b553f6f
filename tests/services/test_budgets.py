"""How many statements a use case may send; each is a wait for the network."""

from collections.abc import Iterator

import pytest

from tests.conftest import counted, guest_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    WORDS,
    Shelf,
    case,
    filled,
    load,
    respond,
    run,
    serve,
    single,
    slot,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import Attempt, Plan, Pool
from trainer.services import accounts, practice, progress

RESPOND = 5
RESPOND_SIGNED_IN = 6
SERVE = 7
PAGE = 1
OVERVIEW = 2
START = 7
SKIPPED_LOAD = 2


@pytest.fixture
def house(shop: Trainer, shelf: Shelf) -> Trainer:
    """Three cases of two items each, so that one case follows another, and single items."""
    visits = [
        case(f"visit-{number}", [single(f"visit-{number}-{part}", ICD) for part in "ab"])
        for number in range(3)
    ]
    others = [single(subtopic, subtopic) for subtopic in (MODIFIERS, CLAIMS, WORDS)]
    load(shop, shelf.write("alpha", *others, cases=visits))
    return shop


@pytest.fixture
def guest(house: Trainer) -> Account:
    return guest_of(house)


def turns(house: Trainer, guest: Account, attempt: Attempt) -> Iterator[tuple[int, int]]:
    """Statements to serve each slot and to answer it, until the attempt is over."""
    while True:
        with counted(house.database) as serving:
            number = serve(house, guest, attempt)
        if number is None:
            yield len(serving), 0
            return
        given = filled(slot(house, guest, attempt, number), right=number % 2 == 0)
        with counted(house.database) as responding, house.database.unit() as store:
            practice.respond(store, guest, attempt.id, number, given, at=house.now())
        yield len(serving), len(responding)


@pytest.mark.parametrize("pool", [Pool.QUICK, Pool.MISSED, Pool.TOPICS, Pool.WEAKEST])
def test_every_turn_of_an_attempt_keeps_to_its_budget(
    house: Trainer, guest: Account, pool: Pool
) -> None:
    run(house, guest, start(house, guest), right=lambda _slot: False)
    attempt = start(house, guest, pool, subtopics=(ICD,) if pool is Pool.TOPICS else ())
    spent = list(turns(house, guest, attempt))
    assert max(serving for serving, _ in spent) <= SERVE
    assert {responding for _, responding in spent[:-1]} == {RESPOND}


def test_an_answer_with_its_sign_in_keeps_to_its_budget(house: Trainer, guest: Account) -> None:
    attempt = start(house, guest)
    number = serve(house, guest, attempt)
    given = filled(slot(house, guest, attempt, number), right=True)
    with counted(house.database) as statements:
        with house.database.reading() as store:
            who = accounts.find(store, guest.id, guest.session_key)
        with house.database.unit() as store:
            practice.respond(store, who, attempt.id, number, given, at=house.now())
    assert len(statements) == RESPOND_SIGNED_IN


@pytest.mark.parametrize("answered", [False, True])
def test_a_page_is_one_statement(house: Trainer, guest: Account, *, answered: bool) -> None:
    attempt = start(house, guest)
    number = serve(house, guest, attempt)
    if answered:
        respond(house, guest, attempt, number)
    with counted(house.database) as statements, house.database.reading() as store:
        practice.page(store, guest, attempt.id, number)
    assert len(statements) == PAGE


def test_an_overview_is_two_statements(house: Trainer, guest: Account) -> None:
    run(house, guest, start(house, guest))
    with counted(house.database) as statements, house.database.reading() as store:
        progress.overview(store, house.catalogue, guest, "alpha", house.now())
    assert len(statements) == OVERVIEW


def test_a_start_keeps_to_its_budget(house: Trainer, guest: Account) -> None:
    plan = Plan(Pool.WEAKEST, 10)
    start(house, guest)  # the stock is made once
    with counted(house.database) as statements, house.database.unit() as store:
        practice.start(store, house.stockroom, guest, "alpha", plan, at=house.now(), seed="s")
    assert len(statements) <= START


def test_loading_what_is_loaded_costs_next_to_nothing(house: Trainer, shelf: Shelf) -> None:
    with counted(house.database) as statements:
        load(house, shelf.root / "alpha")
    assert len(statements) <= SKIPPED_LOAD
