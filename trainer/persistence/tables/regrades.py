"""Corrections of keys: what was regraded, why, and what it was before."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.persistence.tables.base import Base
from trainer.persistence.types import Key, UtcDateTime


class RegradeRow(Base):
    """One correction; undone ones stay on record."""

    __tablename__ = "regrade"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    version: Mapped[int]  # whose key was applied
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(254))
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime())
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class RegradedRow(Base):
    """A response whose score a correction changed, with the score before it."""

    __tablename__ = "regraded"

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"), primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id"), primary_key=True, index=True
    )
    points_before: Mapped[float]
    correct_before: Mapped[bool]
    points: Mapped[float]
    correct: Mapped[bool]
