"""The command line of a house in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from tests.conftest import Clock, house_of, sqlite_database
from tests.services.shelf import Shelf
from trainer.bootstrap import Trainer
from trainer.cli import register
from trainer.persistence.database import Database
from trainer.web import create_app


@dataclass(frozen=True)
class Flask:
    """`flask …`, with what it typed to."""

    house: Trainer
    runner: FlaskCliRunner

    def __call__(self, *words: object, keys: str = "") -> Result:
        result = self.runner.invoke(args=[str(word) for word in words], input=keys)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception  # nobody may see a stack trace
        return result


def flask_of(house: Trainer) -> Flask:
    app = create_app(house)
    register(app, house)
    return Flask(house, app.test_cli_runner())


@pytest.fixture
def flask(memory_house: Trainer) -> Flask:
    """The command line around the test bank."""
    return flask_of(memory_house)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def shelf_flask(memory_database: Database, clock: Clock, tmp_path: Path, shelf: Shelf) -> Flask:
    """The command line around the test's own shelf."""
    return flask_of(house_of(memory_database, clock, tmp_path, shelf.root))


@pytest.fixture
def bare_flask(clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """The command line of a first start: no table yet."""
    with sqlite_database() as empty:
        yield flask_of(house_of(empty, clock, tmp_path))
