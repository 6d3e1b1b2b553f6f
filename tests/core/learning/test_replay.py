"""The replay gives what the pure steps give, to the bit."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from trainer.core.learning.estimate import calibrated, observe, predict, trained
from trainer.core.learning.learner import Learner, day_of
from trainer.core.learning.population import PRIOR, new_item
from trainer.core.learning.replay import Learning, Replay, replayed

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BANK = {
    f"i{number}": new_item(f"i{number}", ("t", f"t.{number % 5}")[: number % 3], 1 + number % 5)
    for number in range(60)
}
SCORES = (0.0, 0.25, 0.5, 1.0, 1.0)


def answers(count: int) -> list[tuple[str, str, float, datetime]]:
    """Learner, item, score and time, at random."""
    chance = random.Random(1)  # noqa: S311  # a fixed sequence, no secret
    at, told = AT, []
    for _ in range(count):
        at += timedelta(hours=chance.random() * 30)
        told.append((chance.choice("xyz"), chance.choice(list(BANK)), chance.choice(SCORES), at))
    return told


def test_two_thousand_answers_give_the_very_same_states() -> None:
    machine = Replay(BANK.values())
    learners, items, model = dict.fromkeys("xyz", Learner()), dict(BANK), PRIOR
    for name, item_id, score, at in answers(2000):
        learner, item = learners[name], items[item_id]
        assert (
            machine.answer(name, item_id, score, day_of(at)) == predict(learner, item, at, model).p
        )
        learners[name] = observe(learner, item, score, at, model)
        items[item_id] = calibrated(item, learner, score, at, model)
        model = trained(model, learner, item, score, at)
    assert {name: machine.learner(name) for name in "xyz"} == learners
    assert machine.items() == tuple(items.values())
    assert machine.model() == model


@pytest.mark.parametrize(
    "tags",
    [
        (),
        ("one",),
        ("twice", "twice"),
        tuple(f"t{number}" for number in range(40)),
        ("", "§ ü/'\""),
    ],
    ids=["none", "one", "twice the same", "forty", "odd names"],
)
@pytest.mark.parametrize("hours", [-1000, 0, 5, 1e6])
def test_items_of_any_shape_and_days_in_any_order_agree_as_well(tags, hours: float) -> None:
    items = {name: new_item(name, tags) for name in ("", "x y", "ß")}
    machine, learner, model, at = Replay(items.values()), Learner(), PRIOR, AT
    for item_id, score in [(name, score) for score in (0.3, 1.0, 0.0, 1.0) for name in items]:
        item = items[item_id]
        told = predict(learner, item, at, model)
        assert 0 < machine.answer("", item_id, score, day_of(at)) == told.p < 1
        learner, items[item_id], model = (
            observe(learner, item, score, at, model),
            calibrated(item, learner, score, at, model),
            trained(model, learner, item, score, at),
        )
        at += timedelta(hours=hours)
    assert (machine.learner(""), machine.model()) == (learner, model)


def test_one_learner_is_replayed_under_a_finished_model() -> None:
    log = [(BANK[item], score, at) for name, item, score, at in answers(300) if name == "x"]
    learner = Learner()
    for item, score, at in log:
        learner = observe(learner, item, score, at)
    assert replayed(log) == learner


def test_an_answer_teaches_no_more_than_it_may() -> None:
    machine = Replay(BANK.values())
    machine.answer("x", "i1", 1.0, 0.0, Learning.NOTHING)
    assert machine.items() == tuple(BANK.values())
    machine.answer("x", "i1", 1.0, 0.0, Learning.ITEMS)
    assert machine.item("i1").answers == 1
    assert machine.model() == PRIOR
    machine.answer("x", "i1", 1.0, 0.0)
    assert machine.model() != PRIOR


def test_a_forgotten_learner_is_new_and_what_was_learned_stays() -> None:
    machine = Replay(BANK.values())
    machine.answer("x", "i1", 1.0, 0.0)
    machine.forget("x")
    assert machine.learner("x") == Learner()
    assert machine.item("i1").answers == 1


def test_an_item_may_be_given_another_state() -> None:
    machine = Replay()
    machine.add(BANK["i3"])
    assert machine.item("i3") == BANK["i3"]
