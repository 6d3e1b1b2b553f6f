"""Column types that take and give core values."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from trainer.core.attempt import Plan
from trainer.core.item import Case, Item
from trainer.core.learning.reasons import Reason
from trainer.core.mock import Choice, Seat
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

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], Any]:
        """In one step from SQLite's text, because a learner's memories hold thousands of times."""
        return _from_text if dialect.name == "sqlite" else _from_driver


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _from_driver(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware time as whole microseconds: a third of the room that its text would take."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _TICK

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _TICK


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
        return None if value is None else self._read(value)

    def _read(self, text: str) -> Any:
        return self.adapter.validate_json(text)


class KeptDocument(Document):
    """One of those that are read again and again: each text is parsed once."""

    cache_ok = True

    def _read(self, text: str) -> Any:
        return _parsed(self.adapter, text)


@lru_cache(maxsize=4096)
def _parsed(adapter: TypeAdapter[Any], text: str) -> Any:
    return adapter.validate_json(text)


class ItemDocument(KeptDocument):
    cache_ok = True
    adapter = TypeAdapter(Item)


class CaseDocument(KeptDocument):
    cache_ok = True
    adapter = TypeAdapter(Case)


class ResponseDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Response)


class PlanDocument(KeptDocument):
    cache_ok = True
    adapter = TypeAdapter(Plan)


class ReasonDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Reason)


class NamesDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(tuple[str, ...])


class ChoiceDocument(Document):
    cache_ok = True
    adapter = TypeAdapter(Choice)


class SeatsDocument(Document):
    """Seats as pairs, a tenth of what their names would take."""

    cache_ok = True
    adapter = TypeAdapter(tuple[tuple[int, int], ...])

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        pairs = tuple((seat.domain, int(seat.scored)) for seat in value)
        return super().process_bind_param(pairs, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        pairs = super().process_result_value(value, dialect)
        return tuple(Seat(domain, bool(scored)) for domain, scored in pairs)
