"""An exam hall: mock exams begun, answered and ended, for tests of all that may go wrong in one."""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import rows_of
from tests.services.shelf import CLAIMS, ICD, MODIFIERS, WORDS, Entry, Shelf, filled, load, single
from trainer.bootstrap import Trainer
from trainer.config import ROOT
from trainer.core.account import Account
from trainer.core.attempt import Slot
from trainer.core.errors import NotFoundError
from trainer.core.mock import Accommodation, Choice, Save, Sitting
from trainer.core.presentation import Filled
from trainer.services import endings, mocks, records, rooms
from trainer.services.records import Record
from trainer.services.rooms import Room, Sheet

MINUTES = 24  # of exam alpha, with twelve items
FEW_KINDS = "kinds: [single, multiple, code_entry]"
ALL_KINDS = "kinds: [single, multiple, code_entry, ordering, matching]"
FULL = Choice()
SHORT = Choice(items=4, minutes=20)


def entries(copies: int = 2, exams: Iterable[str] = ("alpha", "beta")) -> list[Entry]:
    """Items for as many full forms of exams alpha and beta."""
    counts = {MODIFIERS: 4, ICD: 5, CLAIMS: 4, WORDS: 1}
    return [
        single(f"{subtopic.split('.')[1]}-{number:02}", subtopic, exams=list(exams))
        for subtopic, count in counts.items()
        for number in range(count * copies)
    ]


def begin(house: Trainer, who: Account, choice: Choice = SHORT, exam: str = "alpha") -> int:
    """The attempt of a new exam, or of the open one."""
    with house.database.unit() as store:
        return mocks.begin(
            store, house.stockroom, who, exam, choice, at=house.now(), seed=house.secret()
        )


def slot(house: Trainer, who: Account, attempt: int, number: int) -> Slot:
    """A slot as stored, key and all."""
    with house.database.reading() as store:
        found = store.attempts.slot(attempt, number, who.id)
    if found is None:
        raise NotFoundError
    return found[0]


def answer(
    house: Trainer, who: Account, attempt: int, number: int, *, right: bool = True
) -> Filled:
    """The form of a right or a wrong answer."""
    return filled(slot(house, who, attempt, number), right=right)


def save(
    house: Trainer,
    who: Account,
    attempt: int,
    number: int,
    form: Filled | None = None,
    *,
    revision: int = 1,
    seconds: int = 0,
    at: datetime | None = None,
) -> Save:
    """Save an answer, the right one unless told; as the room does it."""
    given = form if form is not None else answer(house, who, attempt, number)
    with house.database.unit(durable=True) as store:
        return rooms.save(
            store,
            who,
            attempt,
            number,
            revision=revision,
            filled=given,
            seconds=seconds,
            at=at or house.now(),
        )


def saves(house: Trainer, attempt: int) -> list[Save]:
    with house.database.reading() as store:
        return list(store.saves.of(attempt))


def sitting(house: Trainer, who: Account, attempt: int) -> Sitting:
    """The exam as stored."""
    with house.database.reading() as store:
        found = store.mocks.find(attempt, who.id)
    if found is None:
        raise NotFoundError
    return found


def room(house: Trainer, who: Account, attempt: int) -> Room:
    with house.database.reading() as store:
        return rooms.room(store, house.stockroom, who, attempt, at=house.now())


def sheet(house: Trainer, who: Account, attempt: int, number: int) -> Sheet:
    with house.database.reading() as store:
        return rooms.question(store, who, attempt, number, at=house.now())


def submit(house: Trainer, who: Account, attempt: int) -> None:
    with house.database.unit() as store:
        endings.submit(store, who, attempt, at=house.now())


def settle(house: Trainer, who: Account) -> None:
    """What every visit does first."""
    with house.database.unit() as store:
        endings.settle(store, who, at=house.now())


def sweep(house: Trainer) -> int:
    """End what is overdue, each exam in a unit of its own, as the command does; how many."""
    with house.database.reading() as store:
        found = endings.overdue(store, at=house.now())
    for attempt, learner in found:
        with house.database.unit() as store:
            endings.expire(store, attempt, learner, at=house.now())
    return len(found)


def record(house: Trainer, who: Account, attempt: int) -> Record | None:
    with house.database.reading() as store:
        return records.record(store, house.stockroom, who, attempt)


def grant(house: Trainer, who: Account, factor: float = 1.0, breaks: float = 0) -> None:
    """Grant time and minutes of breaks."""
    granted = Accommodation(factor, timedelta(minutes=breaks))
    with house.database.unit() as store:
        mocks.accommodate(store, who, granted, at=house.now())


def rest(house: Trainer, who: Account, attempt: int) -> None:
    with house.database.unit() as store:
        rooms.rest(store, who, attempt, at=house.now())


def resume(house: Trainer, who: Account, attempt: int) -> None:
    with house.database.unit() as store:
        rooms.resume(store, who, attempt, at=house.now())


def stocked(house: Trainer, shelf: Shelf, copies: int = 2) -> Trainer:
    """The house with enough items for some full forms."""
    load(house, shelf.write("alpha", *entries(copies)))
    return house


def every_kind(house: Trainer, shelf: Shelf) -> Trainer:
    """The house with the test bank, and an exam alpha that asks questions of all kinds."""
    folder = shelf.root / "alpha"
    shutil.copytree(ROOT / "tests" / "bank" / "alpha", folder, dirs_exist_ok=True)
    profile = folder / "exam.yaml"
    told = profile.read_text(encoding="utf-8")
    assert FEW_KINDS in told
    profile.write_text(told.replace(FEW_KINDS, ALL_KINDS), encoding="utf-8")
    load(house, folder)
    return house


def refused(
    house: Trainer, error: type[Exception], use: Callable[..., object], *args: Any, **kwargs: Any
) -> Any:
    """The refusal, after which everything is as it was."""
    before = rows_of(house.database)
    with pytest.raises(error) as refusal:
        use(house, *args, **kwargs)
    assert rows_of(house.database) == before
    return refusal.value
