"""The connection pool, and the way both database kinds begin a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from trainer.persistence.unit_of_work import UnitOfWork

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MILLISECONDS = 5000
_MIGRATION_LOCK = 2026  # any number, the same in every process


class Database:
    """One database by its URL. Units of work come from here and nowhere else."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """A unit of work that may write: committed on clean exit, else rolled back whole."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit of work that only reads, and never waits for a writer."""
        with Session(self.engine) as session:
            yield UnitOfWork(session)

    def upgrade(self, revision: str = "head") -> None:
        """Bring the schema to a revision. Of two that try at once, one waits for the other."""
        with self._migrating() as connection:
            command.upgrade(_alembic(connection), revision)

    def downgrade(self, revision: str) -> None:
        """Take the schema back to a revision."""
        with self._migrating() as connection:
            command.downgrade(_alembic(connection), revision)

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        with self._writing.connect() as connection, _unkeyed(connection), connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database in (None, "", ":memory:"):
        engine = create_engine(
            parsed, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    """Write-ahead log, foreign keys, patience; and transactions begun by us, not the driver.

    The driver would begin a deferred transaction, whose first write fails at once when another
    connection has written meanwhile, whatever the busy timeout.
    """
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "synchronous = NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def _unkeyed(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by making it anew; foreign keys would not let the old one go."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")  # has no effect once a transaction has begun
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
