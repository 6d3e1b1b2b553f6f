"""The exam room: looking at the questions, saving answers, flags, scribbles, breaks.

Nothing here ends an exam or tells whether an answer is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from trainer.core.account import Account
from trainer.core.draft import draft, refilled
from trainer.core.errors import InvalidResponseError, NotFoundError
from trainer.core.exam import Exam, ExamProfile, Navigation
from trainer.core.mock import Save, Sitting, is_repeat
from trainer.core.presentation import Filled, Question
from trainer.core.presentation import question as shown
from trainer.persistence.mocks import Paper
from trainer.persistence.saves import NO_MARK, Mark
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services.stock import Stockroom

LONGEST_NOTE = 2000
MOST_MARKS = 200  # struck options, and highlights, of a question
_NO_QUESTION = "There is no such question."
_CLOSED = "This question is closed: the exam goes forward only."


@dataclass(frozen=True, slots=True)
class Place:
    """A slot in the navigator. Revision 0 was never saved."""

    number: int
    revision: int
    is_answered: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Room:
    """An exam under way, as of `now`."""

    sitting: Sitting
    exam: Exam
    profile: ExamProfile
    places: tuple[Place, ...]
    now: datetime

    @property
    def left(self) -> timedelta:
        return self.sitting.left(self.now)

    @property
    def is_over(self) -> bool:
        return self.sitting.is_over(self.now)

    @property
    def is_resting(self) -> bool:
        return self.sitting.is_resting(self.now)

    @property
    def is_forward_only(self) -> bool:
        return self.profile.navigation is Navigation.FORWARD_ONLY

    @property
    def answered(self) -> int:
        return sum(place.is_answered for place in self.places)

    @property
    def unanswered(self) -> int:
        return len(self.places) - self.answered

    @property
    def flagged(self) -> int:
        return sum(place.is_flagged for place in self.places)

    @property
    def next_number(self) -> int:
        """Where to go on: the first slot without an answer, else the last."""
        if self.is_forward_only:
            return self.sitting.furthest
        return next((p.number for p in self.places if not p.is_answered), len(self.places))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question in the room, with what is saved of its answer and how long it was on show."""

    number: int
    question: Question
    filled: Filled
    revision: int
    saved_at: datetime | None
    is_flagged: bool
    mark: Mark
    seconds: int


def room(
    store: UnitOfWork, stockroom: Stockroom, account: Account, attempt_id: int, *, at: datetime
) -> Room:
    """The exam as of now. Raises NotFoundError."""
    sitting = _own(store, account, attempt_id)
    latest = {save.slot: save for save in store.saves.of(attempt_id)}
    places = tuple(
        _place(number, latest.get(number), sitting) for number in range(1, sitting.length + 1)
    )
    exam = stockroom.catalogue.exam(sitting.attempt.exam)
    return Room(sitting, exam, exam.profile(sitting.profile_on), places, at)


def question(
    store: UnitOfWork, account: Account, attempt_id: int, number: int, *, at: datetime
) -> Sheet:
    """One question. Raises NotFoundError, and AttemptFinishedError when the exam is over."""
    sitting = _own(store, account, attempt_id)
    sitting.check_open(at)
    if number < sitting.furthest:
        raise NotFoundError(_CLOSED)
    paper = store.mocks.paper(attempt_id, number)
    if paper is None:
        raise NotFoundError(_NO_QUESTION)
    saves, marks = store.saves.of(attempt_id, number), store.saves.marks(attempt_id, number)
    return _sheet(sitting, paper, saves[-1] if saves else None, marks.get(number, NO_MARK))


def questions(
    store: UnitOfWork, account: Account, attempt_id: int, *, at: datetime
) -> tuple[Sheet, ...]:
    """All that are not closed, for a browser that is to survive without a network.

    Raises NotFoundError, and AttemptFinishedError when the exam is over.
    """
    sitting = _own(store, account, attempt_id)
    sitting.check_open(at)
    latest = {save.slot: save for save in store.saves.of(attempt_id)}
    marks = store.saves.marks(attempt_id)
    return tuple(
        _sheet(sitting, paper, latest.get(paper.number), marks.get(paper.number, NO_MARK))
        for paper in store.mocks.papers(attempt_id)
        if paper.number >= sitting.furthest
    )


def save(
    store: UnitOfWork,
    account: Account,
    attempt_id: int,
    number: int,
    *,
    revision: int,
    filled: Filled,
    seconds: int,
    at: datetime,
) -> Save:
    """Store an answer as it stands; the same save again gives the same acknowledgement.

    Raises NotFoundError, AttemptFinishedError, StaleRevisionError, InvalidResponseError.
    """
    sitting = _own(store, account, attempt_id, to_change=True)
    sitting.check_open(at)
    paper = store.mocks.paper(attempt_id, number)
    if paper is None:
        raise NotFoundError(_NO_QUESTION)
    response = draft(paper.item, sitting.attempt.seed_of(number), filled)
    saves = store.saves.of(attempt_id, number)
    stored = saves[-1] if saves else None
    if is_repeat(stored, revision, response) and stored:
        return stored
    if number < sitting.furthest:
        raise InvalidResponseError(_CLOSED)
    shown_for = min(max(0, seconds), int((at - sitting.attempt.started_at).total_seconds()))
    serial = store.saves.next_serial(attempt_id)
    kept = Save(number, revision, serial, response, at, shown_for)
    store.saves.append(attempt_id, kept)
    return kept


def advance(
    store: UnitOfWork,
    stockroom: Stockroom,
    account: Account,
    attempt_id: int,
    number: int,
    *,
    at: datetime,
) -> None:
    """Go on to a slot; in a forward-only exam those before it are closed from then on."""
    sitting = _changing(store, account, attempt_id, at)
    profile = stockroom.catalogue.exam(sitting.attempt.exam).profile(sitting.profile_on)
    is_forward_only = profile.navigation is Navigation.FORWARD_ONLY
    if is_forward_only and sitting.furthest < number <= sitting.length:
        store.mocks.put(replace(sitting, furthest=number))


def flag(
    store: UnitOfWork, account: Account, attempt_id: int, number: int, *, on: bool, at: datetime
) -> None:
    """Mark a question to come back to, or take the mark away."""
    sitting = _changing(store, account, attempt_id, at)
    if not 1 <= number <= sitting.length:
        raise NotFoundError(_NO_QUESTION)
    if on != (number in sitting.flags):
        store.mocks.put(replace(sitting, flags=sitting.flags ^ {number}))
        store.saves.note(attempt_id, at, "flag" if on else "unflag", str(number))


def scribbles(struck: Sequence[str], highlights: Sequence[tuple[int, int]], note: str) -> Mark:
    """What a learner scribbled, as `mark` takes it."""
    return Mark(tuple(struck), tuple(highlights), note)


def mark(
    store: UnitOfWork, account: Account, attempt_id: int, number: int, mark: Mark, *, at: datetime
) -> None:
    """Store struck options, highlights and the note of a question."""
    sitting = _changing(store, account, attempt_id, at)
    if not 1 <= number <= sitting.length:
        raise NotFoundError(_NO_QUESTION)
    kept = Mark(mark.struck[:MOST_MARKS], mark.highlights[:MOST_MARKS], mark.note[:LONGEST_NOTE])
    store.saves.set_mark(attempt_id, number, kept)


def rest(store: UnitOfWork, account: Account, attempt_id: int, *, at: datetime) -> None:
    """Begin a break; the clock stands still until it ends or the allowance is used up."""
    sitting = _changing(store, account, attempt_id, at)
    is_due = sitting.break_left > timedelta(0) and sitting.left(at) > timedelta(0)
    if sitting.break_at is None and is_due:
        store.mocks.put(replace(sitting, break_at=at))
        store.saves.note(attempt_id, at, "break")


def resume(store: UnitOfWork, account: Account, attempt_id: int, *, at: datetime) -> None:
    """End a break."""
    sitting = _changing(store, account, attempt_id, at)
    if sitting.break_at is not None:
        rested = sitting.rested_until(at)
        store.mocks.put(replace(sitting, rested=rested, break_at=None))
        store.saves.note(attempt_id, at, "resume", f"{rested.total_seconds():.0f} s of breaks")


def _place(number: int, saved: Save | None, sitting: Sitting) -> Place:
    is_answered = saved is not None and saved.response is not None
    return Place(number, saved.revision if saved else 0, is_answered, number in sitting.flags)


def _sheet(sitting: Sitting, paper: Paper, saved: Save | None, mark: Mark) -> Sheet:
    seed = sitting.attempt.seed_of(paper.number)
    return Sheet(
        paper.number,
        shown(paper.item, paper.case, seed),
        refilled(seed, saved.response if saved else None),
        saved.revision if saved else 0,
        saved.at if saved else None,
        paper.number in sitting.flags,
        mark,
        saved.seconds if saved else 0,
    )


def _changing(store: UnitOfWork, account: Account, attempt_id: int, at: datetime) -> Sitting:
    sitting = _own(store, account, attempt_id, to_change=True)
    sitting.check_open(at)
    return sitting


def _own(
    store: UnitOfWork, account: Account, attempt_id: int, *, to_change: bool = False
) -> Sitting:
    sitting = store.mocks.find(attempt_id, account.id, to_change=to_change)
    if sitting is None:
        raise NotFoundError("There is no such exam.")
    return sitting
