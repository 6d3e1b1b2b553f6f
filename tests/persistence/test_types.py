"""What goes into a column comes out of it, letter for letter."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import TypeAdapter
from sqlalchemy import Column, Integer, MetaData, Table, Text, cast
from sqlalchemy.exc import StatementError
from sqlalchemy.types import TypeEngine

from tests.persistence.samples import AWKWARD, CASE, ITEMS, REASON, RESPONSES, single
from trainer.core.attempt import Plan, Pool
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.reasons import Reason
from trainer.persistence.database import Database
from trainer.persistence.types import (
    CaseDocument,
    Document,
    ItemDocument,
    NamesDocument,
    PlanDocument,
    ReasonDocument,
    ResponseDocument,
    UtcDateTime,
)

CHICAGO_WINTER = timezone(timedelta(hours=-6))


def stored(database: Database, kind: TypeEngine, value: object) -> tuple[object, str | None]:
    """A value after a stay in a column of this kind, and the text that stood there."""
    table = Table("scratch", MetaData(), Column("id", Integer), Column("value", kind))
    with database.engine.connect() as connection:
        table.create(connection)
        connection.execute(table.insert().values(id=1, value=value))
        row = connection.execute(table.select()).one()
        text = connection.scalar(table.select().with_only_columns(cast(table.c.value, Text)))
        connection.rollback()
    return row.value, text


@pytest.mark.parametrize(
    "time",
    [
        datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 11, 23, 20, 30, tzinfo=CHICAGO_WINTER),
        datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database, time: datetime) -> None:
    back, _ = stored(database, UtcDateTime(), time)
    assert back == time
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001  # the very mistake
    with pytest.raises(StatementError, match="A time without a zone"):
        stored(database, UtcDateTime(), naive)


def test_no_time_stays_no_time(database: Database) -> None:
    assert stored(database, UtcDateTime(), None) == (None, None)


DOCUMENTS: dict[str, tuple[Document, object]] = {
    **{f"item {kind}": (ItemDocument(), item) for kind, item in ITEMS.items()},
    "item without extras": (ItemDocument(), single()),
    "item of one day": (
        ItemDocument(),
        single(valid_from=date(2026, 10, 1), valid_to=date(2026, 10, 1)),
    ),
    "case": (CaseDocument(), CASE),
    **{f"response {kind}": (ResponseDocument(), given) for kind, given in RESPONSES.items()},
    "reason": (ReasonDocument(), REASON),
    "reason of something new": (
        ReasonDocument(),
        Reason(SubtopicView(AWKWARD, 0.0), -0.1, missed=False),
    ),
    "no names": (NamesDocument(), ()),
    "names": (NamesDocument(), ("00100", AWKWARD)),
    **{f"plan {pool}": (PlanDocument(), Plan(pool, 10, ("coding.modifiers",))) for pool in Pool},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_comes_back_equal_and_of_its_own_kind(database: Database, name: str) -> None:
    kind, value = DOCUMENTS[name]
    back, _ = stored(database, kind, value)
    assert back == value
    assert repr(back) == repr(value)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_the_same_bytes_each_time(database: Database, name: str) -> None:
    kind, value = DOCUMENTS[name]
    back, text = stored(database, kind, value)
    assert text == TypeAdapter(type(value)).dump_json(value).decode()
    assert stored(database, kind, back)[1] == text


def test_no_document_stays_none(database: Database) -> None:
    assert stored(database, CaseDocument(), None) == (None, None)
