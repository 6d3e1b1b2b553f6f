"""Two units of work on PostgreSQL, one of which has to wait for the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import TypeVar

from sqlalchemy import func, select, text

from trainer.persistence.database import Database
from trainer.persistence.unit_of_work import UnitOfWork

T = TypeVar("T")
PATIENCE = 10.0  # seconds
BEHIND = text("SELECT count(*) FROM pg_stat_activity WHERE :pid = ANY(pg_blocking_pids(pid))")


def after_waiting(
    postgres: Database, first: Callable[[UnitOfWork], object], second: Callable[[UnitOfWork], T]
) -> T:
    """What the second one gets, begun before the first one is committed and held up by it."""

    def wait() -> T:
        with postgres.unit() as store:
            return second(store)

    with ThreadPoolExecutor(1) as pool:
        with postgres.unit() as store:
            first(store)
            outcome = pool.submit(wait)
            _see_somebody_behind(postgres, store)
        return outcome.result(PATIENCE)


def _see_somebody_behind(postgres: Database, store: UnitOfWork) -> None:
    pid = store.turns._connection.scalar(select(func.pg_backend_pid()))
    end = monotonic() + PATIENCE
    # Each look is a transaction of its own: within one, PostgreSQL shows the same sessions again.
    with postgres.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(BEHIND, {"pid": pid}):
            assert monotonic() < end, "The second unit of work did not wait."
            sleep(0.005)
