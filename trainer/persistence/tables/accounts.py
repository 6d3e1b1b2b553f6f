"""People."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.persistence.tables.base import Base
from trainer.persistence.types import Key, UtcDateTime


class AccountRow(Base):
    """A guest has neither e-mail nor password. E-mail is stored in lower case."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    exam: Mapped[str | None] = mapped_column(String(80))
    exam_on: Mapped[date | None]
    minutes: Mapped[int]  # of study a day
    session_key: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
