"""Regrading after a key was corrected: previewed, applied with a reason, logged, undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.core.attempt import MOCK
from trainer.core.errors import NotFoundError, NothingToRegradeError
from trainer.core.regrade import rescored
from trainer.persistence.regrades import Change, Regrade
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import learning


@dataclass(frozen=True, slots=True)
class Preview:
    """What a regrade would do. `unfit`: answers that name what the item no longer has."""

    item_id: int
    version: int
    changes: tuple[Change, ...]
    unchanged: int
    unfit: int

    @property
    def better(self) -> int:
        return sum(each.score.points > each.graded.score.points for each in self.changes)

    @property
    def worse(self) -> int:
        return sum(each.score.points < each.graded.score.points for each in self.changes)

    @property
    def mocks(self) -> int:
        """Mock exams whose result moves."""
        return len({each.graded.attempt for each in self.changes if _is_mock(each)})

    @property
    def learners(self) -> int:
        return len({each.graded.learner for each in self.changes})


def preview(store: UnitOfWork, slug: str) -> Preview:
    """What the newest key of an item would change. Raises NotFoundError."""
    found = store.items.newest(slug)
    if found is None:
        raise NotFoundError(f"There is no item called “{slug}”.")
    item_id, version, item = found
    changes: list[Change] = []
    unchanged = unfit = 0
    for graded in store.regrades.earlier(item_id, version):
        score = rescored(item, graded.response)
        if score is None:
            unfit += 1
        elif (score.points, score.correct) == (graded.score.points, graded.score.correct):
            unchanged += 1
        else:
            changes.append(Change(graded, score))
    return Preview(item_id, version, tuple(changes), unchanged, unfit)


def apply(store: UnitOfWork, slug: str, *, reason: str, by: str, at: datetime) -> int:
    """Put the newest key into force for earlier answers, too; the number of the regrade.

    Raises NotFoundError, and NothingToRegradeError where no score changes: applying twice does.
    """
    store.learners.lock_all()
    found = preview(store, slug)
    if not found.changes:
        raise NothingToRegradeError(f"No earlier answer to “{slug}” changes its score.")
    number = store.regrades.add(
        found.item_id, found.version, found.changes, reason=reason, by=by, at=at
    )
    for attempt, detail in _told(found.changes, reason):
        store.saves.note(attempt, at, "regrade", detail)
    _relearn(store, sorted({each.graded.learner for each in found.changes}))
    return number


def undo(store: UnitOfWork, number: int, *, at: datetime) -> None:
    """Give every answer back the score it had; undoing again changes nothing.

    Raises NotFoundError.
    """
    store.learners.lock_all()
    found = store.regrades.find(number)
    if found is None:
        raise NotFoundError(f"There is no regrade number {number}.")
    if found.undone_at is None:
        _relearn(store, store.regrades.undo(number, at))


def history(store: UnitOfWork) -> Sequence[Regrade]:
    """Every regrade, newest first."""
    return store.regrades.all()


def _told(changes: Iterable[Change], reason: str) -> Iterable[tuple[int, str]]:
    for each in changes:
        if _is_mock(each):
            before, after = each.graded.score.points, each.score.points
            yield each.graded.attempt, f"{each.graded.slot}: {before:g} → {after:g}; {reason}"


def _is_mock(change: Change) -> bool:
    return change.graded.mode == MOCK.id


def _relearn(store: UnitOfWork, learners: Iterable[int]) -> None:
    for learner in learners:
        learning.rebuild(store, learner)
