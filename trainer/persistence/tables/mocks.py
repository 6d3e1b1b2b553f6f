"""The exam room: what an attempt against the clock has beside its slots."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.core.mock import Choice, Seat
from trainer.core.response import Response
from trainer.persistence.tables.base import Base
from trainer.persistence.types import (
    ChoiceDocument,
    Instant,
    ResponseDocument,
    SeatsDocument,
    UtcDateTime,
)


class AccommodationRow(Base):
    """What a person is granted in every exam."""

    __tablename__ = "accommodation"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    factor: Mapped[float]
    break_seconds: Mapped[int]
    larger_type: Mapped[bool]


class MockRow(Base):
    """A mock exam. The partial index keeps two of one learner and exam from being open at once.

    `deadline_at` is derived from the others and stored for the sweep.
    """

    __tablename__ = "mock"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    exam: Mapped[str] = mapped_column(String(80))
    choice: Mapped[Choice] = mapped_column(ChoiceDocument())
    profile_on: Mapped[date]
    minutes: Mapped[int]
    factor: Mapped[float]
    break_seconds: Mapped[int]
    larger_type: Mapped[bool]
    seats: Mapped[tuple[Seat, ...]] = mapped_column(SeatsDocument())
    flags: Mapped[str] = mapped_column(Text)  # slot numbers, as JSON
    furthest: Mapped[int]
    rested: Mapped[float]  # seconds
    break_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deadline_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ending: Mapped[str | None] = mapped_column(String(10))


Index(
    "uq_mock_learner_id_exam_open",
    MockRow.learner_id,
    MockRow.exam,
    unique=True,
    sqlite_where=MockRow.ending.is_(None),
    postgresql_where=MockRow.ending.is_(None),
)
Index(
    "ix_mock_deadline_at_open",
    MockRow.deadline_at,
    sqlite_where=MockRow.ending.is_(None),
    postgresql_where=MockRow.ending.is_(None),
)


class SaveRow(Base):
    """One acknowledged answer. Appended, never changed; the receipt lists them all."""

    __tablename__ = "save"
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[int]
    body: Mapped[Response | None] = mapped_column(ResponseDocument())
    saved_at: Mapped[datetime] = mapped_column(Instant())
    seconds: Mapped[int]


class MarkRow(Base):
    """What a learner scribbled on a question: struck options, highlights, a note."""

    __tablename__ = "mark"
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """What else happened in the room, in order."""

    __tablename__ = "event"
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime] = mapped_column(Instant())
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)
