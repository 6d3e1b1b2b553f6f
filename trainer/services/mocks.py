"""Mock exams: what is offered, how one begins, and what somebody is granted in all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from trainer.core.account import Account
from trainer.core.assembly import assemble, outlook
from trainer.core.attempt import MOCK, Attempt, Plan, Pool
from trainer.core.errors import PoolEmptyError
from trainer.core.exam import Exam, ExamProfile
from trainer.core.form import Available, Outline, Outlook, custom_outline, outline
from trainer.core.mock import (
    LEAST_FACTOR,
    MOST_BREAKS,
    MOST_FACTOR,
    Accommodation,
    Choice,
    Seat,
    Sitting,
)
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services.stock import Stock, Stockroom

RECENT_FORMS = 3  # whose items do not come again while the bank has others


@dataclass(frozen=True, slots=True)
class Offer:
    """An exam before it begins. `minutes` with the accommodation; `available` items it would have.

    `open_attempt` is the one to go on with: there is never a second of the same exam.
    """

    exam: Exam
    profile: ExamProfile
    choice: Choice
    outline: Outline
    outlook: Outlook
    accommodation: Accommodation
    available: int
    minutes: int
    ends_at: datetime
    open_attempt: int | None


def offer(
    store: UnitOfWork,
    stockroom: Stockroom,
    account: Account,
    exam: str,
    choice: Choice,
    *,
    at: datetime,
) -> Offer:
    """What would happen if it were begun now. Raises NotFoundError."""
    known, stock = stockroom.catalogue.exam(exam), stockroom.stock(store, exam, at)
    profile = known.profile(_profile_on(account, at))
    asked = _outline(profile, choice)
    recent = _recent(store, account, exam)
    said = outlook(asked, _available(stock, profile), recent=recent)
    missing = sum(each.wanted - each.found for each in said.shortages if each.subtopic is None)
    granted = store.mocks.accommodation(account.id)
    items = asked.items - missing
    time = timedelta(minutes=asked.minutes_for(items)) * granted.factor
    return Offer(
        known,
        profile,
        choice,
        asked,
        said,
        granted,
        items,
        round(time / timedelta(minutes=1)),
        at + time,
        store.mocks.find_open(account.id, exam),
    )


def begin(
    store: UnitOfWork,
    stockroom: Stockroom,
    account: Account,
    exam: str,
    choice: Choice,
    *,
    at: datetime,
    seed: str,
) -> int:
    """The attempt of a new exam, or of the one that is open. Raises NotFoundError, PoolEmptyError.

    However often and from wherever it is asked at once, one attempt begins.
    """
    open_ = store.mocks.find_open(account.id, exam)
    if open_ is not None:
        return open_
    stock, on = stockroom.stock(store, exam, at), _profile_on(account, at)
    profile = stockroom.catalogue.exam(exam).profile(on)
    asked, recent = _outline(profile, choice), _recent(store, account, exam)
    form = assemble(asked, _available(stock, profile), seed=seed, recent=recent)
    if not form.slots:
        raise PoolEmptyError("The bank has no item for this exam yet.")
    plan = Plan(Pool.MOCK, len(form.slots))
    sitting = Sitting(
        Attempt(0, account.id, exam, MOCK, plan, seed, at),
        choice,
        on,
        asked.minutes_for(len(form.slots)),
        store.mocks.accommodation(account.id),
        tuple(Seat(slot.domain, slot.scored) for slot in form.slots),
    )
    begun = store.mocks.add(sitting, [(slot.item, slot.version) for slot in form.slots])
    if begun is None:  # another request was quicker
        return store.mocks.find_open(account.id, exam) or 0
    store.saves.note(begun, at, "start", f"{len(form.slots)} items, {sitting.minutes} min")
    return begun


def under_way(store: UnitOfWork, account: Account) -> Sequence[Sitting]:
    """The exams that somebody has open, those whose time is over among them."""
    keys = [attempt for attempt, _ in store.mocks.all_open(account.id)]
    return [found for key in keys if (found := store.mocks.find(key, account.id))]


def accommodation(store: UnitOfWork, account: Account) -> Accommodation:
    """What a person is granted."""
    return store.mocks.accommodation(account.id)


def accommodate(
    store: UnitOfWork, account: Account, granted: Accommodation, *, at: datetime
) -> None:
    """Grant somebody time, breaks, larger type; exams under way get them, finished ones never."""
    factor = min(MOST_FACTOR, max(LEAST_FACTOR, granted.factor))
    breaks = min(MOST_BREAKS, max(timedelta(0), granted.breaks))
    granted = replace(granted, factor=factor, breaks=breaks)
    store.mocks.accommodate(account.id, granted)
    for attempt_id, _ in store.mocks.all_open(account.id):
        sitting = store.mocks.find(attempt_id, account.id, to_change=True)
        if sitting and not sitting.is_over(at):
            store.mocks.put(replace(sitting, accommodation=granted))
            store.saves.note(
                attempt_id, at, "accommodation", f"time × {factor:g}, {breaks} of breaks"
            )


def _profile_on(account: Account, at: datetime) -> date:
    """The day whose rules hold: the learner's exam, unless it is over."""
    return max(account.exam_on, at.date()) if account.exam_on else at.date()


def _outline(profile: ExamProfile, choice: Choice) -> Outline:
    if choice.items is None:
        return outline(profile, choice.size)
    return custom_outline(
        profile,
        choice.items,
        domains=choice.domains,
        subtopics=choice.subtopics,
        minutes=choice.minutes,
    )


def _available(stock: Stock, profile: ExamProfile) -> Iterable[Available]:
    """The items of the kinds that the exam asks; a case with any other kind is left out whole."""
    fits = {item: kind in profile.kinds for item, kind in stock.kinds.items()}
    broken = {entry.case for entry in stock.entries.values() if not fits[entry.item]} - {None}
    return (
        Available(entry.item, entry.version, entry.subtopic, entry.case, place, entry.enemies)
        for place, entry in enumerate(stock.entries.values())
        if fits[entry.item] and entry.case not in broken
    )


def _recent(store: UnitOfWork, account: Account, exam: str) -> Sequence[int]:
    """The items of the last few forms, oldest first."""
    attempts = store.mocks.finished(account.id, exam, RECENT_FORMS)
    return store.mocks.items_of(attempts[::-1])
