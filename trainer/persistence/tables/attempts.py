"""Attempts, their slots, and the append-only log of responses."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.core.attempt import Plan
from trainer.core.learning.reasons import Reason
from trainer.core.response import Response
from trainer.persistence.tables.base import Base
from trainer.persistence.types import (
    Key,
    PlanDocument,
    ReasonDocument,
    ResponseDocument,
    UtcDateTime,
)


class AttemptRow(Base):
    __tablename__ = "attempt"
    __table_args__ = (Index(None, "learner_id", "started_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    exam: Mapped[str] = mapped_column(String(80))
    mode: Mapped[str] = mapped_column(String(20))
    plan: Mapped[Plan] = mapped_column(PlanDocument())
    seed: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime())
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class SlotRow(Base):
    """A served item. The key keeps a double click from serving two."""

    __tablename__ = "slot"
    __table_args__ = (
        ForeignKeyConstraint(
            ["item_id", "version"], ["item_version.item_id", "item_version.number"]
        ),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(Key)
    version: Mapped[int]
    policy: Mapped[str | None] = mapped_column(String(20))  # None before decisions were logged
    propensity: Mapped[float]  # the exact chance with which the item was drawn
    expected: Mapped[float | None]  # the points that the model foretold
    reason: Mapped[Reason | None] = mapped_column(ReasonDocument())
    served_at: Mapped[datetime] = mapped_column(UtcDateTime())
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ResponseRow(Base):
    """The truth: one row an answer, never changed. All estimates can be rebuilt from it."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "slot", "revision"),
        ForeignKeyConstraint(["attempt_id", "slot"], ["slot.attempt_id", "slot.number"]),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(Key)
    slot: Mapped[int]
    revision: Mapped[int]
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    body: Mapped[Response] = mapped_column(ResponseDocument())
    points: Mapped[float]
    correct: Mapped[bool]
    confidence: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime())
