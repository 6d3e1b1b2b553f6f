"""A real browser against a real server with the real banks, in a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.conftest import IN_CI
from trainer.config import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 30  # seconds for the server to come up
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys need Chromium; in CI its absence is a failure, elsewhere a skip."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if CHROMIUM is None and not IN_CI:
                item.add_marker(pytest.mark.skip(reason="no chromium on the path"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    assert CHROMIUM, "the journeys need Chromium"
    return {"executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the server keeps its database."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def base_url(instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server started as the README says, on a free port."""
    environment = {**os.environ, "CLEAN_CLAIM_INSTANCE": str(instance)}
    flask = [sys.executable, "-m", "flask", "--app", "app"]
    subprocess.run([*flask, "prepare"], check=True, cwd=ROOT, env=environment)  # noqa: S603
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.getbasetemp() / "server.log").open("w")
    server = subprocess.Popen(  # noqa: S603
        [*flask, "run", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    _await(address)
    yield address
    server.terminate()
    server.wait(timeout=10)
    log.close()


def _await(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(address, timeout=1).close()  # noqa: S310  # our own address
        except URLError:
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on which any script error or refused resource fails the test."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "422" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
