"""Readiness from stored answers: one history, every exam."""

import pytest

from tests.conftest import Clock, counted
from tests.services.shelf import CLAIMS, ICD, MODIFIERS, WORDS, Shelf, load, run, single, start
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import LONGEST
from trainer.services import readiness
from trainer.services.readiness import Outlook

EACH = 15


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    items = [
        single(f"{subtopic}-{number}", subtopic, exams=["alpha", "beta"])
        for subtopic in (MODIFIERS, ICD, CLAIMS, WORDS)
        for number in range(EACH)
    ]
    load(memory_shop, shelf.write("alpha", *items))
    return memory_shop


def outlooks(house: Trainer, learner: Account) -> tuple[Outlook, ...]:
    with house.database.reading() as store:
        return readiness.outlooks(store, house.stockroom, learner, house.now())


def study(house: Trainer, learner: Account, *, right: bool, length: int = LONGEST) -> None:
    run(house, learner, start(house, learner, length=length), right=lambda _slot: right)


def test_every_exam_has_an_outlook(house: Trainer, learner: Account) -> None:
    assert [each.exam.id for each in outlooks(house, learner)] == ["alpha", "beta"]


def test_without_answers_there_is_not_enough_evidence(house: Trainer, learner: Account) -> None:
    forecast = outlooks(house, learner)[0].forecast
    assert (forecast.answers, forecast.evidence.enough) == (0, False)


def test_the_same_history_counts_for_all_exams(house: Trainer, learner: Account) -> None:
    study(house, learner, right=True)
    alpha, beta = (each.forecast for each in outlooks(house, learner))
    assert alpha.evidence.enough
    assert alpha.answers == 4 * EACH
    assert 0 < beta.answers <= alpha.answers


def test_who_is_right_is_likelier_to_pass(house: Trainer, learner: Account) -> None:
    study(house, learner, right=False, length=40)
    before = outlooks(house, learner)[0].forecast
    study(house, learner, right=True)
    study(house, learner, right=True)
    after = outlooks(house, learner)[0].forecast
    assert before.p_pass < 0.1 < after.p_pass
    assert before.mean < after.mean
    assert after.low80 < after.mean < after.high80


def test_levers_name_subtopics_of_the_exam_with_items(house: Trainer, learner: Account) -> None:
    study(house, learner, right=False, length=40)
    outlook = outlooks(house, learner)[0]
    assert outlook.forecast.levers[0].subtopic in outlook.available


def test_an_answer_known_by_heart_says_less(house: Trainer, learner: Account, clock: Clock) -> None:
    """The same items right again a minute later hardly move the forecast beyond practice."""
    study(house, learner, right=True)
    first = outlooks(house, learner)[0].forecast.mean
    clock.move(minutes=1)
    study(house, learner, right=True)
    soon = outlooks(house, learner)[0].forecast.mean
    assert 0 < soon - first < 0.1


def test_an_outlook_keeps_to_its_budget(house: Trainer, learner: Account) -> None:
    study(house, learner, right=True)
    outlooks(house, learner)  # stocks are made once
    with counted(house.database) as statements:
        outlooks(house, learner)
    assert len(statements) <= 6
