"""Which items can be served."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from trainer.core.item import Case, Item
from trainer.persistence.tables import (
    CaseRow,
    ItemExamRow,
    ItemRow,
    ResponseRow,
    SlotRow,
    VersionRow,
)

K = TypeVar("K", int, str)
CASE_COLUMNS = (ItemRow.bank_id, ItemRow.case_slug)


class Stocked(NamedTuple):
    """An item that can be served: its current version, and what selection goes by.

    `level` is the author's difficulty; `options` as trainer.core.item.ways counts; `enemies` are
    slugs.
    """

    item: int
    version: int
    slug: str
    subtopic: str
    kind: str
    level: int
    options: int | None
    enemies: tuple[str, ...]
    case: str | None


def case_of(bank: str, case: str | None) -> str | None:
    """A case's name over all banks: two of them may give a case the same id."""
    return f"{bank}/{case}" if case else None


class Items:
    """All questions are about one exam on one day; retired and outdated items never appear."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, exam: str, on: date) -> dict[str, int]:
        """Live items per subtopic."""
        statement = (
            select(ItemRow.subtopic, func.count())
            .join(ItemExamRow, ItemExamRow.item_id == ItemRow.id)
            .where(ItemExamRow.exam == exam, *_live(on))
            .group_by(ItemRow.subtopic)
        )
        return dict(self._connection.execute(statement).all())

    def stock(self, exam: str, on: date) -> Sequence[Stocked]:
        """All live items, in the order of their banks."""
        statement = (
            select(
                ItemRow.id,
                ItemRow.version,
                ItemRow.slug,
                ItemRow.subtopic,
                ItemRow.kind,
                ItemRow.difficulty,
                ItemRow.options,
                ItemRow.enemies,
                *CASE_COLUMNS,
            )
            .join(ItemExamRow, ItemExamRow.item_id == ItemRow.id)
            .where(ItemExamRow.exam == exam, *_live(on))
            .order_by(ItemRow.bank_id, ItemRow.place)
        )
        rows: Iterable[Sequence[Any]] = self._connection.execute(statement)
        return [Stocked._make((*facts, case_of(bank, case))) for *facts, bank, case in rows]

    def current(self, slug: str) -> tuple[Item, Case | None] | None:
        """The newest version of an item, with its case; retired ones too."""
        statement = (
            select(VersionRow.body, CaseRow.body)
            .join(
                ItemRow, (VersionRow.item_id == ItemRow.id) & (VersionRow.number == ItemRow.version)
            )
            .outerjoin(CaseRow, CaseRow.id == VersionRow.case_id)
            .where(ItemRow.slug == slug)
        )
        row = self._connection.execute(statement).first()
        return (row[0], row[1]) if row else None

    def newest(self, slug: str) -> tuple[int, int, Item] | None:
        """An item's key, the number of its newest version, and that version."""
        statement = select(ItemRow.id, ItemRow.version, VersionRow.body).join(
            VersionRow, (VersionRow.item_id == ItemRow.id) & (VersionRow.number == ItemRow.version)
        )
        row = self._connection.execute(statement.where(ItemRow.slug == slug)).first()
        return (row[0], row[1], row[2]) if row else None

    def exposures(self, since: datetime) -> dict[str, float]:
        """Item slug → share of the active learners who answered it since a time."""
        answered = self._recently(since, ItemRow.slug)
        learners = self.active(since)
        return {slug: count / learners for slug, count in answered.items()}

    def shown(self, since: datetime) -> dict[int, int]:
        """Item → learners who answered it since a time."""
        return self._recently(since, ItemRow.id)

    def active(self, since: datetime) -> int:
        """Learners who answered anything since a time."""
        statement = select(func.count(ResponseRow.learner_id.distinct()))
        return self._connection.scalar(statement.where(ResponseRow.answered_at >= since)) or 0

    def _recently(self, since: datetime, key: InstrumentedAttribute[K]) -> dict[K, int]:
        statement = (
            select(key, func.count(ResponseRow.learner_id.distinct()))
            .select_from(ItemRow)
            .join(SlotRow, SlotRow.item_id == ItemRow.id)
            .join(ResponseRow, _answers_slot())
            .where(ResponseRow.answered_at >= since)
            .group_by(key)
        )
        return dict(self._connection.execute(statement).all())


def _answers_slot() -> ColumnElement[bool]:
    return and_(ResponseRow.attempt_id == SlotRow.attempt_id, ResponseRow.slot == SlotRow.number)


def _live(on: date) -> Sequence[ColumnElement[bool]]:
    return (
        ItemRow.retired_at.is_(None),
        or_(ItemRow.valid_from.is_(None), ItemRow.valid_from <= on),
        or_(ItemRow.valid_to.is_(None), ItemRow.valid_to >= on),
    )
