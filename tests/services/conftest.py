"""Houses whose question banks the test writes itself."""

from pathlib import Path

import pytest

from tests.conftest import Clock, guest_of, house_of
from tests.services.shelf import Shelf
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.persistence.database import Database


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def shop(database: Database, clock: Clock, tmp_path: Path, shelf: Shelf) -> Trainer:
    """A house on each database kind, with the test's own shelf."""
    return house_of(database, clock, tmp_path, shelf.root)


@pytest.fixture
def memory_shop(memory_database: Database, clock: Clock, tmp_path: Path, shelf: Shelf) -> Trainer:
    """A house in memory, with the test's own shelf."""
    return house_of(memory_database, clock, tmp_path, shelf.root)


@pytest.fixture
def shared_shop(shared_database: Database, clock: Clock, tmp_path: Path, shelf: Shelf) -> Trainer:
    """A house that many threads may enter, with the test's own shelf."""
    return house_of(shared_database, clock, tmp_path, shelf.root)


@pytest.fixture
def learner(memory_shop: Trainer) -> Account:
    """A guest of the house in memory."""
    return guest_of(memory_shop)
