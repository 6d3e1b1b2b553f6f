"""What the response log says of a learner, kept at hand.

A cache: `flask learning replay` rebuilds it. Only the wishes are the learner's own words.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.persistence.tables.base import Base
from trainer.persistence.types import UtcDateTime


class LearnerRow(Base):
    """Everybody has one. `answered` counts the answers in `state`."""

    __tablename__ = "learner"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    answered: Mapped[int]
    state: Mapped[str] = mapped_column(Text)  # general and tags, as core.learning.learner writes it
    lean: Mapped[int]  # times *too hard* less times *too easy*
    postponed: Mapped[str] = mapped_column(Text)  # subtopic → until when, as JSON


class ItemMemoryRow(Base):
    """A learner and an item: the model's memory of it (eight numbers), and FSRS's."""

    __tablename__ = "item_memory"

    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    residual: Mapped[float]
    variance: Mapped[float]
    successes: Mapped[float]
    failures: Mapped[float]
    last_outcome: Mapped[float]
    answered: Mapped[int]
    last_index: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime())
    stability: Mapped[float]
    difficulty: Mapped[float]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    lapsed: Mapped[bool]
