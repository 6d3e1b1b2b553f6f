"""Accounts: lookups, changes, and one account an address."""

from dataclasses import replace
from datetime import date

import pytest

from tests.persistence.samples import NOW, put_guest
from trainer.core.account import Account, Role
from trainer.core.errors import EmailTakenError
from trainer.persistence.database import Database
from trainer.persistence.unit_of_work import UnitOfWork

ANA = "ana@example.org"


def put_ana(store: UnitOfWork) -> Account:
    return store.accounts.add(
        role=Role.INSTRUCTOR,
        name="Ana Müller",
        email=ANA,
        password_hash="hash",
        session_key="key",
        at=NOW,
    )


def test_an_account_is_found_by_its_number(database: Database) -> None:
    with database.unit() as store:
        put = put_ana(store)
    with database.reading() as store:
        assert store.accounts.find(put.id) == put
    assert put == Account(put.id, Role.INSTRUCTOR, "Ana Müller", ANA, None, "key")


def test_an_account_is_found_by_its_address_with_its_hash(database: Database) -> None:
    with database.unit() as store:
        put = put_ana(store)
        assert store.accounts.find_by_email(ANA) == (put, "hash")


def test_an_unknown_number_or_address_finds_nobody(database: Database) -> None:
    with database.unit() as store:
        put = put_ana(store)
        assert store.accounts.find(put.id + 1) is None
        assert store.accounts.find_by_email("bea@example.org") is None


def test_a_second_account_with_the_same_address_is_refused(database: Database) -> None:
    with database.unit() as store:
        put_ana(store)
    with pytest.raises(EmailTakenError, match="exists already"), database.unit() as store:
        put_ana(store)


def test_guests_do_not_collide(database: Database) -> None:
    with database.unit() as store:
        assert put_guest(store).id != put_guest(store).id


def test_a_guest_has_no_address(database: Database) -> None:
    with database.unit() as store:
        assert put_guest(store).is_guest


def test_a_claim_turns_a_guest_into_an_account(database: Database) -> None:
    with database.unit() as store:
        guest = put_guest(store)
        store.accounts.claim(guest.id, name="Ana", email=ANA, password_hash="new")
    with database.reading() as store:
        claimed = Account(guest.id, Role.LEARNER, "Ana", ANA, None, "key")
        assert store.accounts.find_by_email(ANA) == (claimed, "new")


def test_a_claim_of_a_taken_address_changes_nothing(database: Database) -> None:
    with database.unit() as store:
        put_ana(store)
        guest = put_guest(store)
    with pytest.raises(EmailTakenError), database.unit() as store:
        store.accounts.claim(guest.id, name="Ana", email=ANA, password_hash="new")
    with database.reading() as store:
        assert store.accounts.find(guest.id) == guest


@pytest.mark.parametrize(
    ("setter", "value", "field"),
    [
        ("set_role", Role.ADMINISTRATOR, "role"),
        ("set_exam", "beta", "exam"),
    ],
)
def test_a_change_reaches_its_field_of_one_account(
    database: Database, setter: str, value: str, field: str
) -> None:
    with database.unit() as store:
        changed, other = put_guest(store), put_guest(store)
        getattr(store.accounts, setter)(changed.id, value)
    with database.reading() as store:
        assert getattr(store.accounts.find(changed.id), field) == value
        assert store.accounts.find(other.id) == other


@pytest.mark.parametrize("exam_on", [date(2027, 2, 28), None])
def test_a_plan_reaches_one_account(database: Database, exam_on: date | None) -> None:
    with database.unit() as store:
        planner, other = put_guest(store), put_guest(store)
        store.accounts.plan(planner.id, exam="beta", exam_on=date(2026, 12, 1), minutes=10)
        store.accounts.plan(planner.id, exam="beta", exam_on=exam_on, minutes=45)
    with database.reading() as store:
        planned = replace(planner, exam="beta", exam_on=exam_on, minutes=45)
        assert store.accounts.find(planner.id) == planned
        assert store.accounts.find(other.id) == other


def test_a_new_account_has_no_exam_day_and_the_usual_minutes(database: Database) -> None:
    with database.unit() as store:
        put_ana(store)
    with database.reading() as store:
        found, _ = store.accounts.find_by_email(ANA)
    assert (found.exam_on, found.minutes) == (None, 20)


def test_a_new_password_hash_is_kept(database: Database) -> None:
    with database.unit() as store:
        put = put_ana(store)
        store.accounts.set_password_hash(put.id, "newer")
    with database.reading() as store:
        assert store.accounts.find_by_email(ANA) == (put, "newer")


def test_a_deleted_account_is_gone_and_the_others_stay(database: Database) -> None:
    with database.unit() as store:
        gone, other = put_guest(store), put_guest(store)
        store.accounts.delete(gone.id)
    with database.reading() as store:
        assert store.accounts.find(gone.id) is None
        assert store.accounts.find(other.id) == other
