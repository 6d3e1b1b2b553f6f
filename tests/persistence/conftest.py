"""A PostgreSQL database for what only a server with many writers shows."""

import pytest

from tests.conftest import emptied
from trainer.persistence.database import Database


@pytest.fixture
def postgres(migrated_postgres: Database) -> Database:
    """An empty PostgreSQL database, migrated to the newest schema."""
    return emptied(migrated_postgres)
