"""5. Two hundred exams that expire in the same second all end, each once, and nobody crashes."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.mock import Choice
from trainer.core.presentation import Filled
from trainer.core.shuffle import token
from trainer.persistence.tables import EventRow, ItemStateRow, MockRow, ResponseRow
from trainer.services import accounts, endings, learning, mocks, rooms

EXAMS, THREADS, ANSWERS = 200, 16, 2
SWEEP = THREADS - 1  # the last thread


def begun(house: Trainer) -> list[tuple[Account, int]]:
    """Exams that began in the same second, with answers; all stored in one go to save time."""
    at, choice = house.now(), Choice(items=4, minutes=20)
    with house.database.unit() as store:
        people = [accounts.start_guest(store, session_key="key", at=at) for _ in range(EXAMS)]
        exams = [
            (
                who,
                mocks.begin(
                    store, house.stockroom, who, "alpha", choice, at=at, seed=house.secret()
                ),
            )
            for who in people
        ]
        for who, attempt in exams:
            sitting = store.mocks.find(attempt, who.id)
            for number in range(1, ANSWERS + 1):
                given = token(sitting.attempt.seed_of(number), "right" if number > 1 else "left")
                rooms.save(
                    store,
                    who,
                    attempt,
                    number,
                    revision=1,
                    filled=Filled(chosen=(given,)),
                    seconds=0,
                    at=at,
                )
    return exams


def storm(house: Trainer, exams: list[tuple[Account, int]]) -> Counter[object]:
    """Every browser submits at zero while a sweep runs; what each of them got."""
    gate = Barrier(THREADS)

    def one(thread: int) -> list[object]:
        gate.wait()
        mine = exams[thread :: THREADS - 1] if thread < SWEEP else exams
        return [end(house, who, attempt, is_sweep=thread == SWEEP) for who, attempt in mine]

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(outcome for found in pool.map(one, range(THREADS)) for outcome in found)


def end(house: Trainer, who: Account, attempt: int, *, is_sweep: bool) -> object:
    try:
        with house.database.unit() as store:
            if is_sweep:
                endings.expire(store, attempt, who.id, at=house.now())
            else:
                endings.submit(store, who, attempt, at=house.now())
    except Exception as error:  # noqa: BLE001  # every kind is to be seen in the outcome
        return type(error)
    return "ended"


def count(house: Trainer, statement: object) -> object:
    with house.database.engine.connect() as connection:
        return connection.scalar(statement)


def test_two_hundred_exams_that_expire_together_end_once_each(crowd: Trainer) -> None:
    exams = begun(crowd)
    crowd.now.move(minutes=20, seconds=10.5)
    outcomes = storm(crowd, exams)
    assert set(outcomes) == {"ended"}
    ended = select(func.count()).select_from(MockRow).where(MockRow.ending == "expired")
    events = select(func.count()).select_from(EventRow).where(EventRow.kind == "expired")
    responses = select(func.count()).select_from(ResponseRow)
    assert count(crowd, ended) == EXAMS
    assert count(crowd, events) == EXAMS
    assert count(crowd, responses) == EXAMS * ANSWERS
    with crowd.database.reading() as store:
        assert store.learners.answered() == EXAMS * ANSWERS
        assert not learning.is_due(store) or EXAMS * ANSWERS >= learning.REFIT_AFTER
    assert count(crowd, select(func.sum(ItemStateRow.answers))) == EXAMS * ANSWERS
