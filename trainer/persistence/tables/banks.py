"""Banks, their items, and the immutable versions of both items and case records."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.core.item import Case, Item
from trainer.persistence.tables.base import Base
from trainer.persistence.types import (
    CaseDocument,
    ItemDocument,
    Key,
    NamesDocument,
    UtcDateTime,
)


class BankRow(Base):
    """A bank as last loaded. An equal `digest` means that nothing of it has changed."""

    __tablename__ = "bank"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime())


class CaseRow(Base):
    """One wording of a case record. Never updated; items pin the one they were written for."""

    __tablename__ = "case_version"
    __table_args__ = (UniqueConstraint("slug", "content_hash"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    content_hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[Case] = mapped_column(CaseDocument())


class ItemRow(Base):
    """An item's identity and what selection filters on, copied from its current `version`."""

    __tablename__ = "item"
    __table_args__ = (Index(None, "subtopic", "retired_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    bank_id: Mapped[str] = mapped_column(ForeignKey("bank.id"), index=True)
    version: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    subtopic: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    difficulty: Mapped[int]  # the author's, 1–5
    options: Mapped[int | None]  # to guess among; None for a constructed response
    enemies: Mapped[tuple[str, ...]] = mapped_column(NamesDocument())  # slugs
    case_slug: Mapped[str | None] = mapped_column(String(80))
    place: Mapped[int]  # order within its bank, and so within its case
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class VersionRow(Base):
    """One version of an item. Never updated, never deleted: attempts point at it."""

    __tablename__ = "item_version"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    subtopic: Mapped[str] = mapped_column(String(80))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_version.id"))
    body: Mapped[Item] = mapped_column(ItemDocument())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ItemExamRow(Base):
    """Which exams an item fits."""

    __tablename__ = "item_exam"

    exam: Mapped[str] = mapped_column(String(80), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)
