"""Inserting what may be there already: each kind of database has its own way to say it."""

from functools import cache

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite

from trainer.persistence.tables import Base

Insertion = sqlite.Insert | postgresql.Insert


def insertion(kind: str, table: type[Base]) -> Insertion:
    """The insert statement of a kind of database, which knows `ON CONFLICT`."""
    return sqlite.insert(table) if kind == "sqlite" else postgresql.insert(table)


@cache
def upsert(kind: str, table: type[Base]) -> Insertion:
    """Inserts a row, or puts all its values in the place of those under the same primary key."""
    statement = insertion(kind, table)
    columns = inspect(table).local_table.columns
    key = [column.name for column in columns if column.primary_key]
    others = [column.name for column in columns if not column.primary_key]
    return statement.on_conflict_do_update(
        index_elements=key, set_={name: statement.excluded[name] for name in others}
    )
