"""How a mock exam ends: handed in, or by the clock; from what is stored, once, without loss.

Whoever looks first after the time is over ends it: the learner, the sweep, a visit elsewhere.
Locks are taken in the order learner, exam, items.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from trainer.core.account import Account
from trainer.core.errors import NotFoundError
from trainer.core.mock import GRACE, Ending, Sitting
from trainer.core.response import Response
from trainer.core.scoring import Score, score
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import learning
from trainer.services.learning import Lesson

SWEPT_AT_ONCE = 50  # exams a sweep ends at most, so that it never holds anybody up


def submit(store: UnitOfWork, account: Account, attempt_id: int, *, at: datetime) -> None:
    """Hand an exam in; handing it in again changes nothing. Raises NotFoundError."""
    if store.mocks.find(attempt_id, account.id) is None:
        raise NotFoundError("There is no such exam.")
    _end(store, attempt_id, account.id, at, if_over=False)


def settle(store: UnitOfWork, account: Account, *, at: datetime) -> None:
    """End the learner's exams whose time is over."""
    for attempt_id, _ in store.mocks.all_open(account.id):
        _end(store, attempt_id, account.id, at, if_over=True)


def overdue(store: UnitOfWork, *, at: datetime) -> Sequence[tuple[int, int]]:
    """Attempt and learner of exams that are open though their time is over."""
    return store.mocks.overdue(at - GRACE, SWEPT_AT_ONCE)


def expire(store: UnitOfWork, attempt_id: int, learner: int, *, at: datetime) -> None:
    """End an exam if its time is over."""
    _end(store, attempt_id, learner, at, if_over=True)


def hand_over(store: UnitOfWork, giver: int, taker: int, *, at: datetime) -> None:
    """Give one learner's exams to another, both locked; of two open ones the giver's ends."""
    for attempt_id, _ in store.mocks.all_open(taker):
        _end(store, attempt_id, taker, at, if_over=True)  # or it would end one under way
    open_ = {exam for _, exam in store.mocks.all_open(taker)}
    for attempt_id, exam in store.mocks.all_open(giver):
        if exam in open_:
            _end(store, attempt_id, giver, at, if_over=False)
    store.mocks.hand_over(giver, taker)


def _end(store: UnitOfWork, attempt_id: int, learner: int, at: datetime, *, if_over: bool) -> None:
    store.learners.lock(learner)
    sitting = store.mocks.find(attempt_id, learner, to_change=True)
    if sitting is None or sitting.ending is not None:
        return
    is_over = sitting.is_over(at)
    if if_over and not is_over:
        return
    ran_out = is_over or not sitting.left(at)  # what arrives within the grace ends it as well
    ending = Ending.EXPIRED if ran_out else Ending.SUBMITTED
    ended = replace(sitting, rested=sitting.rested_until(at), break_at=None, ending=ending)
    store.mocks.put(ended)
    store.attempts.finish(attempt_id, min(at, ended.deadline) if ran_out else at)
    store.saves.note(attempt_id, at, ending.value)
    _count(store, sitting, at)


def _count(store: UnitOfWork, sitting: Sitting, at: datetime) -> None:
    """Score what was saved last in each slot, and learn from it."""
    attempt = sitting.attempt
    latest = {save.slot: save for save in store.saves.of(attempt.id)}
    answers: list[tuple[int, Response, Score]] = []
    lessons: list[Lesson] = []
    for paper in store.mocks.papers(attempt.id):
        given = latest[paper.number].response if paper.number in latest else None
        if given is not None:
            result = score(paper.item, given)
            answers.append((paper.number, given, result))
            lessons.append(Lesson(paper.item_id, paper.item, result))
    store.responses.record_all(attempt, answers, at)
    learning.learn_all(store, attempt.learner, lessons, at=at)
