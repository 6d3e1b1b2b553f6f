"""What the response log says, kept at hand. A cache: `flask learning replay` rebuilds it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.persistence.tables.base import Base
from trainer.persistence.types import UtcDateTime


class MasteryRow(Base):
    __tablename__ = "mastery"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    subtopic: Mapped[str] = mapped_column(String(80), primary_key=True)
    answered: Mapped[int]
    points: Mapped[float]
    correct: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ItemMemoryRow(Base):
    __tablename__ = "item_memory"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    seen: Mapped[int]
    last_correct: Mapped[bool]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime())
