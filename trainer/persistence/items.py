"""Which items can be served, and to whom they are new."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from trainer.core.item import Case, Item
from trainer.core.learning.first_rule import Candidate
from trainer.persistence.tables import (
    CaseRow,
    ItemExamRow,
    ItemMemoryRow,
    ItemRow,
    ResponseRow,
    SlotRow,
    VersionRow,
)

_Mate = aliased(ItemRow)
# Two banks may give a case the same id.
_SAME_CASE = and_(_Mate.bank_id == ItemRow.bank_id, _Mate.case_slug == ItemRow.case_slug)


class Items:
    """All questions are about one exam on one day; retired and outdated items never appear."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counts(self, exam: str, on: date) -> dict[str, int]:
        """Live items per subtopic."""
        statement = (
            select(ItemRow.subtopic, func.count())
            .join(ItemExamRow, ItemExamRow.item_id == ItemRow.id)
            .where(ItemExamRow.exam == exam, *_live(on))
            .group_by(ItemRow.subtopic)
        )
        return dict(self._session.execute(statement).all())

    def open_counts(
        self, attempt: int, learner: int, exam: str, on: date, *, missed: bool
    ) -> dict[str, int]:
        """Live items per subtopic that this attempt has not served; only missed ones if asked."""
        conditions = (*_open(attempt, exam, on), *_missed(learner, missed=missed))
        statement = (
            select(ItemRow.subtopic, func.count()).where(*conditions).group_by(ItemRow.subtopic)
        )
        return dict(self._session.execute(statement).all())

    def candidates(
        self, attempt: int, learner: int, exam: str, on: date, subtopic: str, *, missed: bool
    ) -> tuple[Candidate, ...]:
        """Items of a subtopic that this attempt has not served; only missed ones if asked."""
        seen = and_(ItemMemoryRow.item_id == ItemRow.id, ItemMemoryRow.learner_id == learner)
        statement = (
            select(
                ItemRow.id,
                ItemRow.version,
                func.coalesce(ItemMemoryRow.seen, 0),
                ItemMemoryRow.last_at,
                ItemRow.case_slug,
            )
            .outerjoin(ItemMemoryRow, seen)
            .where(
                ItemRow.subtopic == subtopic,
                *_open(attempt, exam, on),
                *_missed(learner, missed=missed),
            )
            .order_by(ItemRow.bank_id, ItemRow.place)
        )
        return tuple(Candidate(*row) for row in self._session.execute(statement))

    def next_of_case(self, attempt: int, item: int, exam: str, on: date) -> Candidate | None:
        """The first item that the attempt has not served of the case that an item belongs to."""
        return self._first(_Mate.id == item, attempt, exam, on)

    def next_of_begun_case(
        self, attempt: int, number: int, exam: str, on: date
    ) -> Candidate | None:
        """The same for the case that a slot's item belongs to."""
        served = select(SlotRow.item_id).where(
            SlotRow.attempt_id == attempt, SlotRow.number == number
        )
        return self._first(_Mate.id == served.scalar_subquery(), attempt, exam, on)

    def _first(
        self, is_mate: ColumnElement[bool], attempt: int, exam: str, on: date
    ) -> Candidate | None:
        statement = (
            select(ItemRow.id, ItemRow.version, ItemRow.case_slug)
            .join(_Mate, _SAME_CASE)
            .where(is_mate, *_open(attempt, exam, on))
            .order_by(ItemRow.place)
            .limit(1)
        )
        row = self._session.execute(statement).first()
        return Candidate(row[0], row[1], case=row[2]) if row else None

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
        row = self._session.execute(statement).first()
        return (row[0], row[1]) if row else None

    def exposures(self, since: datetime) -> dict[str, float]:
        """Item slug → share of the active learners who answered it since a time."""
        active = func.count(ResponseRow.learner_id.distinct())
        recent = ResponseRow.answered_at >= since
        learners = self._session.scalar(select(active).where(recent)) or 0
        statement = (
            select(ItemRow.slug, active)
            .join(SlotRow, SlotRow.item_id == ItemRow.id)
            .join(ResponseRow, _answers_slot())
            .where(recent)
            .group_by(ItemRow.slug)
        )
        return {slug: count / learners for slug, count in self._session.execute(statement)}


def _answers_slot() -> ColumnElement[bool]:
    return and_(ResponseRow.attempt_id == SlotRow.attempt_id, ResponseRow.slot == SlotRow.number)


def _live(on: date) -> Sequence[ColumnElement[bool]]:
    return (
        ItemRow.retired_at.is_(None),
        or_(ItemRow.valid_from.is_(None), ItemRow.valid_from <= on),
        or_(ItemRow.valid_to.is_(None), ItemRow.valid_to >= on),
    )


def _open(attempt: int, exam: str, on: date) -> Sequence[ColumnElement[bool]]:
    fits = select(ItemExamRow.item_id).where(
        ItemExamRow.exam == exam, ItemExamRow.item_id == ItemRow.id
    )
    served = select(SlotRow.item_id).where(
        SlotRow.attempt_id == attempt, SlotRow.item_id == ItemRow.id
    )
    return (*_live(on), fits.exists(), ~served.exists())


def _missed(learner: int, *, missed: bool) -> Sequence[ColumnElement[bool]]:
    """The condition that the learner's last answer to an item was wrong, if it is asked for."""
    if not missed:
        return ()
    wrong = select(ItemMemoryRow.item_id).where(
        ItemMemoryRow.item_id == ItemRow.id,
        ItemMemoryRow.learner_id == learner,
        ItemMemoryRow.last_correct.is_(False),
    )
    # Correlated by name: `candidates` reads the memory of an item beside this.
    return (wrong.correlate(ItemRow).exists(),)
