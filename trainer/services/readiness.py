"""How each exam would go today, read from one and the same history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trainer.core.account import Account
from trainer.core.catalogue import Catalogue
from trainer.core.exam import Exam, ExamProfile
from trainer.core.learning.ability import Ability, Answer, remembered, replayed, start
from trainer.core.learning.learner import day_of
from trainer.core.learning.readiness import Curve, Readiness, readiness
from trainer.core.learning.standing import authored
from trainer.persistence.population import UNANSWERED, item_state
from trainer.persistence.responses import Logged
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services.stock import Stockroom, curve_of


@dataclass(frozen=True, slots=True)
class Outlook:
    """One exam's forecast by the profile that is in force."""

    exam: Exam
    profile: ExamProfile
    forecast: Readiness
    available: frozenset[str]  # subtopics with an item to practise


def outlooks(
    store: UnitOfWork,
    stockroom: Stockroom,
    learner: Account,
    at: datetime,
) -> tuple[Outlook, ...]:
    """Every exam's forecast, were it sat now."""
    catalogue = stockroom.catalogue
    ability = _ability(store, catalogue, learner, at)
    found: list[Outlook] = []
    for exam in catalogue.exams:
        profile = exam.profile(at.date())
        stock = stockroom.stock(store, exam.id, at)
        forecast = readiness(
            ability,
            profile.blueprint,
            profile.scored,
            profile.cut.raw,
            stock.curves_by_subtopic,
            at_day=day_of(at),
        )
        found.append(Outlook(exam, profile, forecast, stock.subtopics))
    return tuple(found)


def _ability(store: UnitOfWork, catalogue: Catalogue, learner: Account, at: datetime) -> Ability:
    taxonomy = {each.id: each.topic for each in catalogue.taxonomy}
    log = [entry for entry in store.responses.log(learner.id) if entry.subtopic in taxonomy]
    return replayed(start(taxonomy), _answers(log, _curves(store, learner, log, at)))


def _curves(
    store: UnitOfWork, learner: Account, log: Iterable[Logged], at: datetime
) -> Mapping[int, Curve]:
    """The answered items as they are calibrated now, retired ones too."""
    versions, estimated = store.responses.versions(learner.id), store.population.items()
    model = store.population.find().model
    curves: dict[int, Curve] = {}
    for entry in log:
        fresh = authored(entry.item_id, versions[entry.item_id, entry.version])
        state = item_state(fresh, estimated.get(entry.item_id, UNANSWERED))
        curves.setdefault(entry.item_id, curve_of(state, model, at))
    return curves


def _answers(log: Iterable[Logged], curves: Mapping[int, Curve]) -> Iterable[Answer]:
    """An item that was answered before may be known by heart."""
    last: dict[int, float] = {}
    for entry in log:
        day = day_of(entry.at)
        hardness, guess = curves[entry.item_id]
        if entry.item_id in last:
            guess = remembered(guess, day - last[entry.item_id])
        last[entry.item_id] = day
        yield Answer(entry.subtopic, hardness, guess, entry.points, day)
