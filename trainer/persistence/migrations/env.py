"""Alembic's entry: runs on the connection that `Database` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from trainer.persistence.tables import Base
from trainer.persistence.types import Document, Instant, UtcDateTime


def plain_type(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name the database's own types: they must outlive ours."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Instant):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(thing, Document):
        return "sa.Text()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
    compare_type=False,  # two database kinds name the same types differently
)
with context.begin_transaction():
    context.run_migrations()
