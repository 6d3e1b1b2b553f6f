"""The connection pool, and the way both database kinds begin a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from select import POLLIN, poll
from sqlite3 import Connection as SqliteConnection
from threading import RLock
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import StaticPool

from trainer.persistence.unit_of_work import UnitOfWork

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MILLISECONDS = 20_000
_MIGRATION_LOCK = 2026  # any number, the same in every process


class Database:
    """One database by its URL. Units of work come from here and nowhere else."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.reader = _reader(self.engine)
        self._writing = self.engine.execution_options(begin="BEGIN IMMEDIATE", sync="NORMAL")
        self._durable = self.engine.execution_options(begin="BEGIN IMMEDIATE", sync="FULL")
        # SQLite lets writers poll for their turn, and some never get it while many are at work.
        is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = RLock() if is_sqlite else nullcontext()

    @contextmanager
    def unit(self, *, durable: bool = False) -> Iterator[UnitOfWork]:
        """A unit of work that may write: committed on clean exit, else rolled back whole.

        A `durable` one survives a power cut as well, once it has ended. SQLite then waits for the
        disk at each commit; PostgreSQL always does.
        """
        engine = self._durable if durable else self._writing
        with self._turn, engine.begin() as connection:
            yield UnitOfWork(connection)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit of work that only reads, and never waits for a writer."""
        with self.reader.connect() as connection:
            yield UnitOfWork(connection)

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
        self.reader.dispose()
        self.engine.dispose()


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgres(parsed)
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


def _reader(engine: Engine) -> Engine:
    """The engine of units that only read.

    PostgreSQL shows each statement the newest data, in a transaction or without; going without
    spares the server two messages a unit. SQLite would show the data of different moments.
    """
    if engine.dialect.name == "sqlite":
        return engine
    reader = _postgres(engine.url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True)
    event.listen(reader, "connect", _forbid_writing)
    return reader


def _postgres(url: URL, **options: Any) -> Engine:
    engine = create_engine(url, **options)
    event.listen(engine, "checkout", _refuse_dead)
    return engine


def _forbid_writing(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    connection.execute("SET default_transaction_read_only = on")


def _refuse_dead(connection: Any, _record: Any, _proxy: Any) -> None:
    """Let the pool replace a connection that its server has ended.

    Of an idle connection nothing can be read, unless the server has said goodbye. To look costs a
    hundredth of asking the server, which `pool_pre_ping` would do before every unit of work.
    """
    if not connection.closed:
        looking = poll()
        looking.register(connection, POLLIN)
        if not looking.poll(0):
            return
    raise DisconnectionError


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
    """Past SQLAlchemy, whose way to the driver takes ten times as long as the statement."""
    raw: Any = connection.connection.dbapi_connection
    options = connection.get_execution_options()
    if "sync" in options:  # takes effect outside a transaction only, and stays with the connection
        raw.execute(f"PRAGMA synchronous = {options['sync']}")
    raw.execute(options.get("begin", "BEGIN"))
