"""Column types that take and give core values."""

from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from trainer.core.attempt import Plan
from trainer.core.item import Case, Item
from trainer.core.learning.reasons import Reason
from trainer.core.response import Response

# SQLite numbers rows by itself only in a column of exactly INTEGER.
Key = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC. A naive one is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A time without a zone: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A frozen core value (or a union of them) as compact JSON text."""

    impl = Text
    cache_ok = True
    adapter: TypeAdapter[Any]

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        return self.adapter.dump_json(value, exclude_defaults=False).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else self.adapter.validate_json(value)


class ItemDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Item)


class CaseDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Case)


class ResponseDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Response)


class PlanDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Plan)


class ReasonDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Reason)


class NamesDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(tuple[str, ...])
