"""Accounts: guests, claims, signing in, and what moves where when a guest is recognised."""

from dataclasses import replace
from typing import Any

import pytest
from argon2 import PasswordHasher

from tests.conftest import Clock, guest_of, rows_of
from tests.services.shelf import (
    CLAIMS,
    ICD,
    MODIFIERS,
    Shelf,
    known,
    load,
    respond,
    run,
    serve,
    single,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.account import Account, Role
from trainer.core.attempt import Pool
from trainer.core.errors import (
    CredentialsError,
    EmailInvalidError,
    EmailTakenError,
    ForbiddenError,
    NotFoundError,
)
from trainer.core.learning.learner import Mastery
from trainer.services import accounts, practice

ANA, BEA = "ana@example.org", "bea@example.org"
PASSWORD = "correct horse"


@pytest.fixture
def house(shop: Trainer, shelf: Shelf) -> Trainer:
    items = [single("m", MODIFIERS), single("i", ICD), single("c", CLAIMS)]
    load(shop, shelf.write("alpha", *items))
    return shop


@pytest.fixture
def guest(house: Trainer) -> Account:
    return guest_of(house)


@pytest.fixture
def ana(house: Trainer) -> Account:
    return register(house, ANA)


def register(house: Trainer, email: str, **changes: Any) -> Account:
    values = {"name": "Ana", "email": email, "password": PASSWORD} | changes
    with house.database.unit() as store:
        return accounts.register(store, session_key=house.secret(), at=house.now(), **values)


def sign_in(
    house: Trainer, email: str, password: str = PASSWORD, guest: Account | None = None
) -> Account:
    with house.database.unit() as store:
        return accounts.sign_in(store, email=email, password=password, at=house.now(), guest=guest)


def claim(house: Trainer, guest: Account, email: str = ANA) -> None:
    with house.database.unit() as store:
        accounts.claim(store, guest, name="Ana", email=email, password=PASSWORD)


def found(house: Trainer, account: Account) -> Account | None:
    with house.database.reading() as store:
        return accounts.find(store, account.id, account.session_key)


# --- guests and claims --------------------------------------------------------


def test_a_guest_is_a_learner_without_an_address(guest: Account) -> None:
    assert (guest.role, guest.email, guest.exam) == (Role.LEARNER, None, None)
    assert guest.name == accounts.GUEST_NAME


def test_a_claim_keeps_number_session_and_history(house: Trainer, guest: Account) -> None:
    attempt = start(house, guest)
    run(house, guest, attempt)
    before = rows_of(house.database)
    claim(house, guest)
    claimed = found(house, guest)
    assert (claimed.id, claimed.name, claimed.email) == (guest.id, "Ana", ANA)
    after = rows_of(house.database)
    changed = [table for table in before if before[table] != after[table]]
    assert changed == ["account"]


def test_a_claimed_account_can_sign_in(house: Trainer, guest: Account) -> None:
    claim(house, guest)
    assert sign_in(house, ANA).id == guest.id


def test_a_claim_of_a_taken_address_leaves_the_guest_as_it_was(
    house: Trainer, guest: Account, ana: Account
) -> None:
    before = rows_of(house.database)
    with pytest.raises(EmailTakenError):
        claim(house, guest)
    assert rows_of(house.database) == before


def test_an_account_with_an_address_cannot_be_claimed(house: Trainer, ana: Account) -> None:
    before = rows_of(house.database)
    with pytest.raises(ForbiddenError):
        claim(house, ana, BEA)
    assert rows_of(house.database) == before


# --- registering and signing in -----------------------------------------------


def test_a_registered_account_signs_in(house: Trainer, ana: Account) -> None:
    assert sign_in(house, ANA) == ana


@pytest.mark.parametrize("role", Role)
def test_an_account_is_registered_with_its_role(house: Trainer, role: Role) -> None:
    assert register(house, BEA, role=role).role is role


@pytest.mark.parametrize(
    ("email", "password"),
    [(ANA, "wrong horse"), (ANA, ""), (ANA, PASSWORD.upper()), (BEA, PASSWORD), ("", PASSWORD)],
)
def test_wrong_credentials_are_refused_in_the_same_words(
    house: Trainer, ana: Account, email: str, password: str
) -> None:
    with pytest.raises(CredentialsError) as refusal:
        sign_in(house, email, password)
    assert refusal.value.message == "E-mail address and password do not match."


@pytest.mark.parametrize("email", ["ANA@Example.ORG", "Ana@example.org", ANA])
def test_an_address_is_the_same_in_capitals(house: Trainer, ana: Account, email: str) -> None:
    assert sign_in(house, email) == ana
    with pytest.raises(EmailTakenError):
        register(house, email)
    with pytest.raises(EmailTakenError):
        claim(house, guest_of(house), email)


def test_capitals_are_folded_when_registering_and_claiming(house: Trainer, guest: Account) -> None:
    assert register(house, "BEA@example.org").email == BEA
    claim(house, guest, "ANA@example.org")
    assert found(house, guest).email == ANA


@pytest.mark.parametrize(
    "spelling",
    ["ana@b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example", "ana@xn--bcher-kva.example"],
)
def test_an_address_signs_in_as_it_was_registered(house: Trainer, spelling: str) -> None:
    registered = register(house, spelling)
    assert sign_in(house, spelling) == registered


@pytest.mark.parametrize("text", ["", "ana", "ana@", "@example.org", "ana example@org.com"])
def test_what_is_no_address_is_not_registered(house: Trainer, guest: Account, text: str) -> None:
    before = rows_of(house.database)
    with pytest.raises(EmailInvalidError):
        register(house, text)
    with pytest.raises(EmailInvalidError):
        claim(house, guest, text)
    assert rows_of(house.database) == before


def test_a_guest_cannot_sign_in_by_an_empty_password(house: Trainer, guest: Account) -> None:
    with pytest.raises(CredentialsError):
        sign_in(house, "", "")


def test_a_password_is_kept_as_an_argon2id_hash_with_its_own_salt() -> None:
    first, second = accounts.hashed(PASSWORD), accounts.hashed(PASSWORD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert PASSWORD not in first


class Spy:
    """Notes the hashes that a hasher is asked to verify."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self.hasher = hasher
        self.verified: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.hasher, name)

    def verify(self, stored: str, password: str) -> bool:
        self.verified.append(stored)
        return self.hasher.verify(stored, password)


@pytest.mark.parametrize("email", [ANA, BEA])
def test_an_unknown_address_costs_the_same_work(
    house: Trainer, ana: Account, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = Spy(accounts._HASHER)
    monkeypatch.setattr(accounts, "_HASHER", spy)
    with pytest.raises(CredentialsError):
        sign_in(house, email, "wrong horse")
    assert [stored.split("$")[1:4] for stored in spy.verified] == [
        ["argon2id", "v=19", "m=8,t=1,p=1"]
    ]


def test_a_hash_of_older_costs_is_renewed_at_sign_in(
    house: Trainer, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        accounts, "_HASHER", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    )
    sign_in(house, ANA)
    with house.database.reading() as store:
        _, stored = store.accounts.find_by_email(ANA)
    assert "t=2" in stored
    assert sign_in(house, ANA) == ana


def test_a_sign_in_alone_changes_no_row(house: Trainer, ana: Account) -> None:
    before = rows_of(house.database)
    sign_in(house, ANA)
    assert rows_of(house.database) == before


# --- a guest is recognised ----------------------------------------------------


def masteries(house: Trainer, account: Account) -> dict[str, tuple[int, float, int]]:
    learner = known(house, account)
    told = {name: learner[name] for name in learner.tags if "." in name}
    return {name: (each.answered, each.points, each.correct) for name, each in told.items()}


@pytest.fixture
def both(house: Trainer, guest: Account, ana: Account, clock: Clock) -> Trainer:
    """Ana answered all three items right; a day later a guest missed ICD-10-CM and claims."""
    run(house, ana, start(house, ana))
    clock.move(days=1)
    attempt = start(house, guest, Pool.TOPICS, subtopics=(ICD, CLAIMS))
    run(house, guest, attempt, right=lambda _slot: False)
    return house


def test_signing_in_moves_a_guests_attempts_and_answers(
    both: Trainer, guest: Account, ana: Account
) -> None:
    before = rows_of(both.database)
    sign_in(both, ANA, guest=guest)
    after = rows_of(both.database)
    for table in ("attempt", "slot", "response"):
        assert len(after[table]) == len(before[table])
    owners = {row[1] for row in after["attempt"]} | {row[4] for row in after["response"]}
    assert owners == {ana.id}


def test_signing_in_adds_up_what_both_have_done(
    both: Trainer, guest: Account, ana: Account
) -> None:
    assert masteries(both, guest) == {ICD: (1, 0.0, 0), CLAIMS: (1, 0.0, 0)}
    sign_in(both, ANA, guest=guest)
    assert masteries(both, ana) == {
        ICD: (2, 1.0, 1),
        CLAIMS: (2, 1.0, 1),
        MODIFIERS: (1, 1.0, 1),
    }


def test_the_last_answer_of_both_decides_what_is_missed(
    both: Trainer, guest: Account, ana: Account
) -> None:
    sign_in(both, ANA, guest=guest)
    slots = run(both, ana, start(both, ana, Pool.MISSED))
    assert sorted(each.item.subtopic for each in slots) == [CLAIMS, ICD]


def test_a_recognised_guest_is_gone(both: Trainer, guest: Account) -> None:
    sign_in(both, ANA, guest=guest)
    assert found(both, guest) is None
    with both.database.reading() as store:
        assert store.accounts.find(guest.id) is None
        assert guest.id not in store.learners.all()


def test_a_moved_attempt_can_be_continued(house: Trainer, guest: Account, ana: Account) -> None:
    attempt = start(house, guest)
    number = serve(house, guest, attempt)
    account = sign_in(house, ANA, guest=guest)
    respond(house, account, attempt, number)
    with house.database.reading() as store:
        summary = practice.summary(store, house.stockroom, account, attempt.id, at=house.now())
    assert summary.answered == 1


def test_a_guest_without_history_is_gone_as_well(
    house: Trainer, guest: Account, ana: Account
) -> None:
    sign_in(house, ANA, guest=guest)
    with house.database.reading() as store:
        assert store.accounts.find(guest.id) is None


def test_a_failed_sign_in_leaves_the_guest_as_it_was(both: Trainer, guest: Account) -> None:
    before = rows_of(both.database)
    with pytest.raises(CredentialsError):
        sign_in(both, ANA, "wrong horse", guest)
    assert rows_of(both.database) == before


def test_an_account_that_is_no_guest_is_never_swallowed(house: Trainer, ana: Account) -> None:
    bea = register(house, BEA)
    run(house, bea, start(house, bea))
    before = rows_of(house.database)
    sign_in(house, ANA, guest=bea)
    assert rows_of(house.database) == before


def test_the_latest_answer_of_both_gives_the_time(
    both: Trainer, guest: Account, ana: Account
) -> None:
    sign_in(both, ANA, guest=guest)
    assert known(both, ana)[ICD] == Mastery(2, 1.0, 1, both.now())


# --- sessions and roles -------------------------------------------------------


def test_a_session_finds_its_account(house: Trainer, ana: Account) -> None:
    assert found(house, ana) == ana


@pytest.mark.parametrize("key", ["", "secret-9999", "SECRET-0001"])
def test_a_session_with_another_key_finds_nobody(house: Trainer, ana: Account, key: str) -> None:
    with house.database.reading() as store:
        assert accounts.find(store, ana.id, key) is None


def test_a_session_of_an_account_that_is_gone_finds_nobody(house: Trainer, ana: Account) -> None:
    with house.database.reading() as store:
        assert accounts.find(store, ana.id + 1000, ana.session_key) is None


def test_a_promotion_changes_the_role_and_nothing_else(house: Trainer, ana: Account) -> None:
    with house.database.unit() as store:
        promoted = accounts.promote(store, "ANA@example.org", Role.ADMINISTRATOR)
    assert promoted == replace(ana, role=Role.ADMINISTRATOR)
    assert found(house, ana) == promoted


def test_nobody_cannot_be_promoted(house: Trainer) -> None:
    with pytest.raises(NotFoundError, match=BEA), house.database.unit() as store:
        accounts.promote(store, BEA, Role.INSTRUCTOR)
