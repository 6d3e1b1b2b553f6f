"""A finished mock exam in full: what result, review and receipt are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trainer.core.account import Account
from trainer.core.errors import NotFoundError
from trainer.core.exam import Exam, ExamProfile
from trainer.core.item import Case, Item
from trainer.core.mock import Save, Seat, Sitting
from trainer.core.response import Response
from trainer.core.scoring import Score, score
from trainer.persistence.mocks import Paper
from trainer.persistence.regrades import Regrade
from trainer.persistence.saves import Event
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services.stock import Stockroom

NOTHING = Score(0.0, correct=False)  # for a slot without an answer


@dataclass(frozen=True, slots=True)
class Kept:
    """A slot as it ended. `corrects`: whether each save, in order, would have been right."""

    number: int
    item: Item
    case: Case | None
    seat: Seat
    seed: str
    saves: tuple[Save, ...]
    corrects: tuple[bool, ...]
    response: Response | None
    points: float
    correct: bool
    is_flagged: bool

    @property
    def seconds(self) -> int:
        """How long it was on the screen, as the browser said."""
        return max((save.seconds for save in self.saves), default=0)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything of an exam that is over."""

    sitting: Sitting
    exam: Exam
    profile: ExamProfile
    slots: tuple[Kept, ...]
    events: tuple[Event, ...]
    regrades: Mapping[int, Regrade]  # in force, by slot

    @property
    def started_at(self) -> datetime:
        return self.sitting.attempt.started_at

    @property
    def finished_at(self) -> datetime:
        return self.sitting.attempt.finished_at or self.sitting.deadline

    @property
    def last_save(self) -> datetime | None:
        return max((save.at for kept in self.slots for save in kept.saves), default=None)


def record(
    store: UnitOfWork, stockroom: Stockroom, account: Account, attempt_id: int
) -> Record | None:
    """The record of an exam; None while it goes on. Raises NotFoundError."""
    sitting = store.mocks.find(attempt_id, account.id)
    if sitting is None:
        raise NotFoundError("There is no such exam.")
    if sitting.ending is None:
        return None
    exam = stockroom.catalogue.exam(sitting.attempt.exam)
    counted = store.responses.counted(attempt_id)
    saves: dict[int, list[Save]] = {}
    for save in store.saves.of(attempt_id):
        saves.setdefault(save.slot, []).append(save)
    slots = tuple(
        _kept(sitting, paper, saves.get(paper.number, []), counted.get(paper.number))
        for paper in store.mocks.papers(attempt_id)
    )
    profile = exam.profile(sitting.profile_on)
    events = tuple(store.saves.events(attempt_id))
    regrades = store.regrades.of_attempt(attempt_id)
    return Record(sitting, exam, profile, slots, events, regrades)


def previous(
    store: UnitOfWork, stockroom: Stockroom, account: Account, later: Record
) -> Record | None:
    """The learner's finished exam of the same kind before this one, if there is any."""
    attempt = later.sitting.attempt
    earlier = store.mocks.finished(account.id, attempt.exam, 1, before=attempt.id)
    return record(store, stockroom, account, earlier[0]) if earlier else None


def _kept(
    sitting: Sitting, paper: Paper, saves: list[Save], counted: tuple[Response, Score] | None
) -> Kept:
    response, result = counted or (None, NOTHING)
    return Kept(
        paper.number,
        paper.item,
        paper.case,
        sitting.seats[paper.number - 1],
        sitting.attempt.seed_of(paper.number),
        tuple(saves),
        tuple(_is_right(paper.item, save.response) for save in saves),
        response,
        result.points,
        result.correct,
        paper.number in sitting.flags,
    )


def _is_right(item: Item, response: Response | None) -> bool:
    return response is not None and score(item, response).correct
