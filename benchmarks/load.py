"""What an answered question costs the server: time, CPU and room in the database.

    python -m benchmarks.load [--learners 1,10,50] [--seconds 20] [--database sqlite|postgresql]
                              [--mode practice|exam|exam-by-pages] [--exam cca] [--workers 2]

Starts gunicorn with a fresh instance and our question banks, and lets so many learners answer
without a pause, each over a connection of its own, from a process of their own. An answer is four
requests in practice (answer, feedback, next, question), one in an exam (the save: the room's script
has fetched all questions before), two in an exam without script.
PostgreSQL is the server of BENCH_POSTGRES_URL; a database is made there and dropped.
"""

import argparse
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socket
from statistics import quantiles
from typing import NamedTuple

from sqlalchemy import create_engine, make_url, text

from benchmarks.browsing import Browser, exam, exam_by_pages, practice
from trainer.config import ROOT

POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
MODES = {"practice": practice, "exam": exam, "exam-by-pages": exam_by_pages}
WARM_UP = 10  # answers of each learner before the clock starts
THREADS = 4  # of a worker
PATIENCE = 60.0  # seconds for the server to start
TICKS = os.sysconf("SC_CLK_TCK")

Weigh = Callable[[], int]


class Cpu(NamedTuple):
    """Seconds in our own code, and in the system on our behalf."""

    user: float
    system: float


@dataclass(frozen=True, slots=True)
class Server:
    """Gunicorn at work. `weigh` tells the size of its database in bytes."""

    process: "subprocess.Popen[bytes]"
    port: int
    weigh: Weigh

    def cpu(self) -> "Cpu":
        """What master and workers have spent so far."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        spent = [_spent(each) for each in [str(pid), *children]]
        return Cpu(sum(each.user for each in spent), sum(each.system for each in spent))


@dataclass(frozen=True, slots=True)
class Row:
    """A run with so many learners."""

    learners: int
    seconds: float
    answers: Sequence[float]
    cpu: Cpu
    growth: int

    def __str__(self) -> str:
        count, cuts = len(self.answers), quantiles(self.answers, n=100)
        return (
            f"{self.learners:8} {count / self.seconds:9.1f} "
            f"{cuts[49] * 1000:7.0f} {cuts[94] * 1000:7.0f} {cuts[98] * 1000:7.0f} "
            f"{sum(self.cpu) / count * 1000:8.2f} {self.cpu.system / count * 1000:8.2f} "
            f"{self.growth / count * 100 / 1024:12.1f}"
        )


@dataclass(frozen=True, slots=True)
class Crowd:
    """Learners in a process of their own, whose CPU is not the server's."""

    port: int
    learners: int
    mode: str
    exam: str
    seconds: float

    def run(self, pipe: Connection) -> None:
        """Warm up, say so, wait for the word, and answer until the time is over."""
        visits = [MODES[self.mode](Browser(self.port), self.exam) for _ in range(self.learners)]
        with ThreadPoolExecutor(self.learners) as pool:
            list(pool.map(_warm, visits))
            pipe.send(None)
            pipe.recv()
            end = time.perf_counter() + self.seconds
            runs = pool.map(lambda visit: list(_until(end, visit)), visits)
            pipe.send(list(chain.from_iterable(runs)))


HEAD = "learners answers/s  p50 ms  p95 ms  p99 ms   CPU ms   system  KiB/100 ans."


def main() -> None:
    """A server for each number of learners, one line each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", default="1,10,50")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--mode", choices=sorted(MODES), default="practice")
    parser.add_argument("--exam", default="cca")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    print(f"{wanted.mode} of {wanted.exam} on {wanted.database}, {wanted.workers} workers\n{HEAD}")
    for learners in map(int, wanted.learners.split(",")):
        with serving(wanted.database, wanted.workers) as server:
            crowd = Crowd(server.port, learners, wanted.mode, wanted.exam, wanted.seconds)
            print(measured(server, crowd), flush=True)


def measured(server: Server, crowd: Crowd) -> Row:
    """What a crowd gets out of a server, and what it spends on them."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=crowd.run, args=(there,))
    process.start()
    there.close()  # or nobody would notice that the crowd has failed
    here.recv()  # all have signed in and warmed up
    cpu, weight, begun = server.cpu(), server.weigh(), time.perf_counter()
    here.send(None)
    answers = here.recv()
    elapsed = time.perf_counter() - begun
    spent = Cpu(*(after - before for after, before in zip(server.cpu(), cpu, strict=True)))
    row = Row(crowd.learners, elapsed, answers, spent, server.weigh() - weight)
    process.join()
    return row


def _warm(visit: Iterator[float]) -> None:
    for _ in range(WARM_UP):
        next(visit)


def _until(end: float, visit: Iterator[float]) -> Iterator[float]:
    while time.perf_counter() < end:
        yield next(visit)


@contextmanager
def serving(kind: str, workers: int) -> Iterator[Server]:
    """A server with a fresh instance, its database prepared; gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url, weigh = stack.enter_context(_sqlite(folder) if kind == "sqlite" else _postgres())
        environment = os.environ | {
            "CLEAN_CLAIM_INSTANCE": str(folder),
            "CLEAN_CLAIM_DATABASE_URL": url,
        }
        _run(environment, "-m", "flask", "--app", "app", "prepare").wait()
        port = _free_port()
        bind = ("--bind", f"127.0.0.1:{port}", "--log-level", "warning")
        size = ("--workers", str(workers), "--threads", str(THREADS))
        process = _run(environment, "-m", "gunicorn", "app:app", *size, *bind)
        try:
            _await(port)
            yield Server(process, port, weigh)
        finally:
            process.terminate()
            process.wait()


def _run(environment: dict[str, str], *command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


@contextmanager
def _sqlite(folder: Path) -> Iterator[tuple[str, Weigh]]:
    path = folder / "load.db"

    def weigh() -> int:
        connection = sqlite3.connect(path)
        pages, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "page_size")
        )
        connection.close()
        return int(pages * size)

    yield f"sqlite:///{path}", weigh


@contextmanager
def _postgres() -> Iterator[tuple[str, Weigh]]:
    home = make_url(os.environ.get("BENCH_POSTGRES_URL", POSTGRES))
    name = f"load_{secrets.token_hex(4)}"
    server = create_engine(home, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))

        def weigh() -> int:
            size = text("SELECT pg_database_size(:name)")
            return int(connection.execute(size, {"name": name}).scalar_one())

        try:
            yield home.set(database=name).render_as_string(hide_password=False), weigh
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    """Until the server answers. Raises TimeoutError."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        try:
            HTTPConnection("127.0.0.1", port, timeout=PATIENCE).request("GET", "/legal")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"The server did not start within {PATIENCE:.0f} s.")


def _spent(pid: str) -> Cpu:
    """Fields 14 and 15 of proc(5), in ticks of the kernel's clock there."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return Cpu(int(after_name[11]) / TICKS, int(after_name[12]) / TICKS)


if __name__ == "__main__":
    main()
