"""The next-answer model: how likely an answer is right, and what an answer teaches.

    predict(learner, item, at)            the chance, and the terms that it is made of
    observe(learner, item, score, at)     the learner after an answer
    calibrated(item, learner, score, at)  the item after it
    trained(model, learner, item, score, at)  the population after it

The last three all take the state *before* the answer. `score` is the points earned, 0–1; `at` is
aware. Whole logs go faster through trainer.core.learning.replay, with the same results to the bit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from trainer.core.learning.evidence import Lesson, Situation, lesson, weigh
from trainer.core.learning.learner import Learner, Mastery, day_of
from trainer.core.learning.population import PRIOR, ItemState, Model, new_item
from trainer.core.learning.update import (
    general_after,
    item_after,
    memory_after,
    tag_after,
    teach,
    worth_after,
)

START = "starting point"
QUESTION = "question difficulty"
SUBJECT = "subtopic difficulty"
ABILITY = "you overall"
FORM = "your form lately"
SUBTOPIC = "this subtopic"
MEMORY = "this question seen before"

TERM_OF_FEATURE = (
    START,
    *[SUBTOPIC] * 2,
    *[ABILITY] * 2,
    *[MEMORY] * 3,
    SUBTOPIC,
    *[FORM] * 2,
    MEMORY,
    *[FORM] * 2,
    MEMORY,
    *[SUBTOPIC] * 2,
    FORM,
    SUBTOPIC,
)
"""The term that each of population.FEATURES is told under."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """`p`: the expected points of the answer. `terms` add up to the log-odds `eta`.

    `variance` is the doubt about eta; it draws p towards one half.
    """

    p: float
    terms: Mapping[str, float]
    variance: float

    @property
    def eta(self) -> float:
        return sum(self.terms.values())


def predict(learner: Learner, item: ItemState, at: datetime, model: Model = PRIOR) -> Prediction:
    """How the learner is likely to do on the item now."""
    evidence = weigh(_situation(learner, item, at, model))
    share = evidence.share
    terms = {
        START: 0.0,
        QUESTION: -item.difficulty,
        SUBJECT: -share * sum(model.tag(name).difficulty for name in item.tags),
        ABILITY: learner.general.ability,
        FORM: evidence.fast,
        SUBTOPIC: evidence.ability,
        MEMORY: learner.memory(item.id).residual,
    }
    for name, weight, value in zip(TERM_OF_FEATURE, model.weights, evidence.features, strict=True):
        terms[name] += weight * value
    return Prediction(evidence.p, terms, evidence.variance)


def observe(
    learner: Learner, item: ItemState, score: float, at: datetime, model: Model = PRIOR
) -> Learner:
    """The learner after one more answer."""
    learned = _lesson(learner, item, score, at, model)
    tags, evidence = learner.tags, learned[0]
    for name, now in zip(item.tags, evidence.tags, strict=True):
        tags = tags.with_(name, tag_after(learner.tag(name), now, learned))
    return Learner(
        general_after(learner.general, item, learned),
        tags,
        learner.items.with_(item.id, memory_after(learner.memory(item.id), learned)),
    )


def calibrated(
    item: ItemState, learner: Learner, score: float, at: datetime, model: Model = PRIOR
) -> ItemState:
    """The item after a learner's answer to it."""
    return item_after(item, _lesson(learner, item, score, at, model))


def trained(model: Model, learner: Learner, item: ItemState, score: float, at: datetime) -> Model:
    """The population after a learner's answer to an item."""
    learned = _lesson(learner, item, score, at, model)
    tags, evidence = model.tags, learned[0]
    for name, now in zip(item.tags, evidence.tags, strict=True):
        tags = tags.with_(name, worth_after(model.tag(name), now, learned))
    weights, variances = list(model.weights), list(model.variances)
    teach(weights, variances, learned)
    return Model(tuple(weights), tuple(variances), tags)


def _lesson(learner: Learner, item: ItemState, score: float, at: datetime, model: Model) -> Lesson:
    situation = _situation(learner, item, at, model)
    return lesson(situation, weigh(situation), score)


def _situation(learner: Learner, item: ItemState, at: datetime, model: Model) -> Situation:
    return (
        learner.general,
        [learner.tag(name) for name in item.tags],
        learner.memory(item.id),
        item,
        model.weights,
        model.variances,
        [model.tag(name) for name in item.tags],
        day_of(at),
    )


def outlook(
    learner: Learner, tags: tuple[str, ...], at: datetime, model: Model = PRIOR
) -> Prediction:
    """How the learner is likely to do on an unknown item of these tags."""
    return predict(learner, new_item("", tags), at, model)


def mastery(
    learner: Learner, subtopic: str, tags: tuple[str, ...], at: datetime, model: Model = PRIOR
) -> Mastery:
    """The counts of a subtopic with the forecast for its next item, whose `tags` these are."""
    return replace(learner[subtopic], expected=outlook(learner, tags, at, model).p)
