"""Inserting what may be there already."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainer.persistence.tables import Base


def insertion(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """The insert statement of the session's database kind, which knows `ON CONFLICT`."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
