"""What all answers together say. A cache: `flask learning replay` rebuilds it."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.persistence.tables.base import Base
from trainer.persistence.types import Key


class ItemStateRow(Base):
    """An item's difficulty, once it was answered."""

    __tablename__ = "item_state"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    difficulty: Mapped[float]
    variance: Mapped[float]
    answers: Mapped[int]


class PopulationRow(Base):
    """One row, once the population was fitted: on the responses up to number `through`."""

    __tablename__ = "population"

    id: Mapped[int] = mapped_column(primary_key=True)
    through: Mapped[int] = mapped_column(Key)
    state: Mapped[str] = mapped_column(Text)
