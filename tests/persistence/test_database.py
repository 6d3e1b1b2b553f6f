"""Units of work: all or nothing, and readers who wait for nobody."""

from contextlib import suppress

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, InternalError

from tests.conftest import POSTGRES, counted, rows_of
from tests.persistence.samples import NOW, put_attempt, put_guest
from trainer.persistence.database import Database

PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20_000, "synchronous": 1}


def test_a_unit_of_work_is_committed_on_clean_exit(database: Database) -> None:
    with database.unit() as store:
        guest = put_guest(store)
    with database.reading() as store:
        assert store.accounts.find(guest.id) == guest


def test_a_unit_of_work_that_fails_leaves_nothing(database: Database) -> None:
    before = rows_of(database)
    with pytest.raises(IntegrityError), database.unit() as store:
        put_attempt(store, put_guest(store).id + 1)
    assert rows_of(database) == before


def test_what_a_reading_writes_is_lost_or_refused(database: Database) -> None:
    with suppress(InternalError), database.reading() as store:
        put_guest(store)
    assert rows_of(database)["account"] == []


def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), database.unit() as store:
        put_attempt(store, learner=999_999)


def test_an_account_that_owns_something_cannot_be_deleted(database: Database) -> None:
    with database.unit() as store:
        guest = put_guest(store)
        put_attempt(store, guest.id)
    with pytest.raises(IntegrityError), database.unit() as store:
        store.accounts.delete(guest.id)


def test_a_reader_neither_waits_for_a_writer_nor_sees_its_work(shared_database: Database) -> None:
    with shared_database.unit() as writer:
        guest = put_guest(writer)
        with shared_database.reading() as reader:
            assert reader.accounts.find(guest.id) is None
    with shared_database.reading() as reader:
        assert reader.accounts.find(guest.id) == guest


def test_a_file_is_opened_with_our_settings(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'x.db'}")
    with database.engine.connect() as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}
    database.close()
    assert found == PRAGMAS


def test_statements_of_every_unit_are_counted(database: Database) -> None:
    with counted(database) as statements:
        with database.unit() as store:
            store.attempts.finish(1, NOW)
        with database.reading() as store:
            store.accounts.find(1)
    assert len(statements) == 2


def pid_of(database: Database) -> int:
    with database.reading() as store:
        return store.accounts._connection.scalar(select(func.pg_backend_pid()))


def test_a_connection_that_the_server_has_ended_is_replaced(postgres: Database) -> None:
    lonely = Database(POSTGRES)
    ended = pid_of(lonely)
    assert pid_of(lonely) == ended
    with postgres.reading() as store:
        store.accounts._connection.execute(select(func.pg_terminate_backend(ended, 5000)))
    assert pid_of(lonely) != ended
    lonely.close()
