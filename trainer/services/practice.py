"""Practice with feedback after each answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from trainer.core.account import Account
from trainer.core.attempt import TUTOR, Attempt, Plan, Pool, Slot
from trainer.core.catalogue import Catalogue
from trainer.core.errors import NotFoundError, PoolEmptyError
from trainer.core.feedback import Feedback, feedback
from trainer.core.learning import first_rule
from trainer.core.learning.first_rule import Candidate
from trainer.core.learning.tally import tallied
from trainer.core.presentation import Filled, Question, question, response
from trainer.core.scoring import score
from trainer.persistence.attempts import Line
from trainer.persistence.unit_of_work import UnitOfWork

QUICK_LENGTH = 10
WEAKEST_COUNT = 3
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Page:
    """One slot as its learner may see it: the feedback only once it is answered."""

    attempt: Attempt
    number: int
    question: Question
    feedback: Feedback | None

    @property
    def is_last(self) -> bool:
        return self.number >= self.attempt.plan.length


@dataclass(frozen=True, slots=True)
class Summary:
    """An attempt at a glance. `score` is the sum of points over the answered slots."""

    attempt: Attempt
    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        return sum(line.points is not None for line in self.lines)

    @property
    def correct(self) -> int:
        return sum(bool(line.correct) for line in self.lines)

    @property
    def is_short(self) -> bool:
        return self.answered < self.attempt.plan.length


def start(
    store: UnitOfWork,
    catalogue: Catalogue,
    learner: Account,
    exam: str,
    plan: Plan,
    *,
    at: datetime,
    seed: str,
) -> Attempt:
    """A new attempt with its plan settled. Raises NotFoundError, PoolEmptyError."""
    profile = catalogue.exam(exam).profile(at.date())
    if plan.pool is Pool.WEAKEST:
        known = store.progress.learner(learner.id)
        weakest = first_rule.weakest(profile.blueprint, known, WEAKEST_COUNT)
        plan = Plan(plan.pool, plan.length, weakest)
    attempt = store.attempts.add(
        learner=learner.id, exam=exam, mode=TUTOR, plan=plan, seed=seed, at=at
    )
    if not _available(store, attempt, at.date()):
        raise PoolEmptyError(_EMPTY[plan.pool])
    if learner.exam != exam:
        store.accounts.set_exam(learner.id, exam)
    return attempt


_EMPTY = {
    Pool.QUICK: "The bank has no item for this exam yet.",
    Pool.WEAKEST: "The bank has no item in your weakest subtopics.",
    Pool.MISSED: "You have no missed items for this exam. Nothing to catch up on.",
    Pool.TOPICS: "The bank has no item for this exam in the topics you chose.",
}


def serve_next(
    store: UnitOfWork,
    catalogue: Catalogue,
    learner: Account,
    attempt_id: int,
    *,
    at: datetime,
    chances: tuple[float, float],
) -> int | None:
    """The number of the slot to answer now; None when the attempt is over.

    Asking twice gives the same slot: a new one is served only when the last one is answered.
    Raises NotFoundError.
    """
    attempt = _own(store, learner, attempt_id)
    if attempt.finished_at is not None:
        return None
    number, answered = store.attempts.last_slot(attempt.id)
    if number and not answered:
        return number
    if number >= attempt.plan.length:
        store.attempts.finish(attempt.id, at)
        return None
    try:
        chosen, propensity = _chosen(store, catalogue, attempt, number, at.date(), chances=chances)
    except PoolEmptyError:
        store.attempts.finish(attempt.id, at)
        return None
    store.attempts.serve(attempt.id, number + 1, chosen, propensity, at)
    return number + 1


def _chosen(
    store: UnitOfWork,
    catalogue: Catalogue,
    attempt: Attempt,
    last: int,
    on: date,
    *,
    chances: tuple[float, float],
) -> tuple[Candidate, float]:
    """The next item and the probability of its subtopic; a begun case is finished first."""
    missed = attempt.plan.pool is Pool.MISSED
    if not missed:
        rest = store.items.next_of_begun_case(attempt.id, last, attempt.exam, on)
        if rest:
            return rest, 1.0
    learner = store.progress.learner(attempt.learner)
    blueprint = catalogue.exam(attempt.exam).profile(on).blueprint
    odds = first_rule.chances(blueprint, learner, sorted(_available(store, attempt, on)))
    subtopic = first_rule.subtopic(odds, chances[0])
    candidates = store.items.candidates(
        attempt.id, attempt.learner, attempt.exam, on, subtopic, missed=missed
    )
    chosen = first_rule.candidate(candidates, chances[1])
    if chosen.case and not missed:
        chosen = store.items.next_of_case(attempt.id, chosen.item, attempt.exam, on) or chosen
    return chosen, odds[subtopic]


def _available(store: UnitOfWork, attempt: Attempt, on: date) -> Mapping[str, int]:
    """Unserved items per subtopic, within the plan."""
    missed = attempt.plan.pool is Pool.MISSED
    counts = store.items.open_counts(attempt.id, attempt.learner, attempt.exam, on, missed=missed)
    wanted = attempt.plan.subtopics
    return {name: count for name, count in counts.items() if not wanted or name in wanted}


def page(store: UnitOfWork, learner: Account, attempt_id: int, number: int) -> Page:
    """A slot to look at. Raises NotFoundError."""
    slot = _slot(store, learner, attempt_id, number)
    shown = question(slot.item, slot.case, slot.seed)
    answer = slot.answer if slot.tells else None
    told = feedback(slot.item, slot.seed, answer.response) if answer else None
    return Page(slot.attempt, slot.number, shown, told)


def respond(
    store: UnitOfWork,
    learner: Account,
    attempt_id: int,
    number: int,
    filled: Filled,
    *,
    at: datetime,
) -> None:
    """Take an answer, score it, learn from it.

    Raises NotFoundError, AlreadyAnsweredError, AttemptFinishedError, InvalidResponseError.
    """
    slot = _slot(store, learner, attempt_id, number, to_answer=True)
    given = response(slot.item, slot.seed, filled)
    if slot.answer and slot.answer.response == given:
        return  # the same click twice
    slot.check_open()
    result = score(slot.item, given)
    before = store.progress.learner(learner.id, slot.item.subtopic)
    after = tallied(before, slot.item, result, at)
    if not store.attempts.record(slot, given, result, at):
        return  # the same click twice, at the same moment
    store.progress.save(learner.id, slot.item.subtopic, after[slot.item.subtopic])
    store.progress.remember(learner.id, slot.item_id, correct=result.correct, at=at)


def finish(store: UnitOfWork, learner: Account, attempt_id: int, *, at: datetime) -> None:
    """End an attempt early; what is answered stays. Raises NotFoundError."""
    store.attempts.finish(_own(store, learner, attempt_id).id, at)


def summary(store: UnitOfWork, learner: Account, attempt_id: int) -> Summary:
    """Raises NotFoundError."""
    attempt = _own(store, learner, attempt_id)
    return Summary(attempt, tuple(store.attempts.lines(attempt.id)))


def counts(store: UnitOfWork, exam: str, on: date) -> Mapping[str, int]:
    """Live items per subtopic, for building a quiz."""
    return store.items.counts(exam, on)


def open_attempt(store: UnitOfWork, learner: Account) -> Attempt | None:
    """The attempt to continue, if one was left open."""
    return store.attempts.find_open(learner.id)


def _own(store: UnitOfWork, learner: Account, attempt_id: int) -> Attempt:
    attempt = store.attempts.find(attempt_id, learner.id)
    if attempt is None:
        raise NotFoundError("There is no such practice.")
    return attempt


def _slot(
    store: UnitOfWork, learner: Account, attempt_id: int, number: int, *, to_answer: bool = False
) -> Slot:
    slot = store.attempts.slot(attempt_id, number, learner.id, to_answer=to_answer)
    if slot is None:
        raise NotFoundError("There is no such question.")
    return slot
