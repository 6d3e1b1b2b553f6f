"""A house for tests: real databases, our own catalogue, a clock and chance that stand still."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError

from trainer.bootstrap import Trainer
from trainer.config import ROOT, Config
from trainer.core.account import Account
from trainer.persistence.database import Database
from trainer.persistence.tables import Base
from trainer.services import accounts

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
IN_CI = os.environ.get("CI") == "true"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Stands still until it is moved."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def move(self, **delta: float) -> None:
        self.time += timedelta(**delta)


@dataclass
class Sequence:
    """Secrets that are different each time and the same in every run."""

    given: int = 0

    def __call__(self) -> str:
        self.given += 1
        return f"secret-{self.given:04}"


@dataclass
class Statements:
    """The SQL statements of a block; transaction control is none."""

    texts: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)


@contextmanager
def counted(database: Database) -> Iterator[Statements]:
    """Count what a block sends to the database."""
    seen = Statements()

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
            seen.texts.append(statement)

    engines = {database.engine, database.reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def postgres_database() -> Iterator[Database]:
    """A database in a schema of its own; in CI a missing server is a failure, not a skip."""
    schema = f"t_{uuid4().hex[:12]}"
    server = create_engine(POSTGRES)
    try:
        with server.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        if IN_CI:
            raise
        pytest.skip("no PostgreSQL server on 127.0.0.1:5432")
    # No test outlives a crash, so none waits for the disk.
    options = f"-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
    database = Database(f"{POSTGRES}?options={options}")
    try:
        yield database
    finally:
        database.close()
        with server.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        server.dispose()


@contextmanager
def sqlite_database() -> Iterator[Database]:
    database = Database("sqlite:///:memory:")
    yield database
    database.close()


KINDS: dict[str, Callable[[], AbstractContextManager[Database]]] = {
    "sqlite": sqlite_database,
    "postgresql": postgres_database,
}


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Argon2 with the least work it knows: passwords of tests need no protection."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        )
        yield


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[Database]:
    """One schema for the whole run, because making one takes half a second."""
    with postgres_database() as shared:
        shared.upgrade()
        yield shared


@pytest.fixture(scope="session")
def migrated_memory() -> Iterator[Database]:
    """One database in memory for the whole run: its engine keeps every compiled statement."""
    with sqlite_database() as shared:
        shared.upgrade()
        yield shared


def emptied(database: Database) -> Database:
    """The database without a row."""
    with database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    return database


@pytest.fixture(params=sorted(KINDS, reverse=True))
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database of each kind, migrated to the newest schema."""
    is_postgres = request.param == "postgresql"
    return emptied(
        request.getfixturevalue("migrated_postgres" if is_postgres else "migrated_memory")
    )


@pytest.fixture
def memory_database(migrated_memory: Database) -> Database:
    """An empty SQLite database in memory, for tests of what is the same on both kinds."""
    return emptied(migrated_memory)


@pytest.fixture(params=sorted(KINDS, reverse=True))
def shared_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database that many threads may use: PostgreSQL, and SQLite in a file."""
    if request.param == "postgresql":
        yield emptied(request.getfixturevalue("migrated_postgres"))
        return
    on_disk = Database(f"sqlite:///{tmp_path / 'shared.db'}")
    on_disk.upgrade()
    yield on_disk
    on_disk.close()


def rows_of(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order that does not depend on when it was stored."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def clock() -> Clock:
    return Clock()


def house_of(
    database: Database, clock: Clock, instance: Path, banks: Path | None = None
) -> Trainer:
    """A house around a database."""
    environment = {
        "CLEAN_CLAIM_INSTANCE": str(instance),
        "CLEAN_CLAIM_QUESTION_BANKS": str(banks or ROOT / "tests" / "bank"),
        "CLEAN_CLAIM_SECRET_KEY": "not a secret",
    }
    return Trainer(
        config=Config.from_environment(environment),
        database=database,
        now=clock,
        secret=Sequence(),
        chance=lambda: 0.0,
    )


@pytest.fixture
def house(database: Database, clock: Clock, tmp_path: Path) -> Trainer:
    """A house on each database kind, with the test bank on disk but not loaded."""
    return house_of(database, clock, tmp_path)


@pytest.fixture
def memory_house(memory_database: Database, clock: Clock, tmp_path: Path) -> Trainer:
    """A house in memory."""
    return house_of(memory_database, clock, tmp_path)


def guest_of(house: Trainer) -> Account:
    """A new guest."""
    with house.database.unit() as store:
        return accounts.start_guest(store, session_key=house.secret(), at=house.now())
