"""Practice with feedback after each answer, and placement without."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.core.account import Account
from trainer.core.attempt import MOCK, Attempt, Plan, Pool, Slot
from trainer.core.errors import NotFoundError, PoolEmptyError
from trainer.core.feedback import Feedback, feedback
from trainer.core.learning.memory import Confidence
from trainer.core.learning.priority import weakest
from trainer.core.learning.selection import Steer, Wish, steered
from trainer.core.presentation import Filled, Question, question, response
from trainer.core.scoring import score
from trainer.persistence.attempts import Line
from trainer.persistence.turns import Turn
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import learning, serving
from trainer.services.serving import Level
from trainer.services.stock import Stock, Stockroom

QUICK_LENGTH = 10
WEAKEST_COUNT = 3
NOT_TODAY = timedelta(hours=16)  # from an evening to the next noon, from a morning to midnight


@dataclass(frozen=True, slots=True)
class Page:
    """One slot as its learner may see it: the feedback only once it is answered."""

    slot: Slot
    place: int  # among the slots that were not put off
    question: Question
    feedback: Feedback | None

    @property
    def attempt(self) -> Attempt:
        return self.slot.attempt

    @property
    def number(self) -> int:
        return self.slot.number

    @property
    def is_last(self) -> bool:
        return self.place >= self.attempt.plan.length


@dataclass(frozen=True, slots=True)
class Summary:
    """An attempt at a glance. `placement` is where a placement found its learner."""

    attempt: Attempt
    lines: tuple[Line, ...]
    placement: Level | None = None

    @property
    def answered(self) -> int:
        return sum(line.points is not None for line in self.lines)

    @property
    def correct(self) -> int:
        return sum(bool(line.correct) for line in self.lines)

    @property
    def is_short(self) -> bool:
        is_placement = self.attempt.plan.pool is Pool.PLACEMENT
        return self.answered < self.attempt.plan.length and not is_placement


def start(
    store: UnitOfWork,
    stockroom: Stockroom,
    learner: Account,
    exam: str,
    plan: Plan,
    *,
    at: datetime,
    seed: str,
) -> Attempt:
    """A new attempt with its plan settled. Raises NotFoundError, PoolEmptyError."""
    if not plan.pool.is_practice:
        raise NotFoundError("A mock exam begins in its own room.")
    stock = stockroom.stock(store, exam, at)
    plan = _settled(store, stock, learner, plan, at)
    attempt = store.attempts.add(
        learner=learner.id, exam=exam, mode=plan.pool.mode, plan=plan, seed=seed, at=at
    )
    try:
        serving.next_item(serving.situation(store, stock, attempt, 0, at), (), 0.0)
    except PoolEmptyError:
        raise PoolEmptyError(_EMPTY[plan.pool]) from None
    if learner.exam != exam:
        store.accounts.set_exam(learner.id, exam)
    return attempt


def _settled(store: UnitOfWork, stock: Stock, learner: Account, plan: Plan, at: datetime) -> Plan:
    """The plan with what only the moment of the start can tell."""
    match plan.pool:
        case Pool.PLACEMENT:
            return Plan(plan.pool, stock.placement.length)
        case Pool.WEAKEST:
            known = store.learners.find(learner.id, at).learner
            found = weakest(serving.views(stock, known, stock.subtopics, at), WEAKEST_COUNT)
            return Plan(plan.pool, plan.length, found or tuple(stock.blueprint))
        case _:
            return plan


_EMPTY = {
    Pool.QUICK: "The bank has no item for this exam yet.",
    Pool.WEAKEST: "The bank has no item in your weakest subtopics.",
    Pool.MISSED: "You have no missed items for this exam. Nothing to catch up on.",
    Pool.TOPICS: "The bank has no item for this exam in the topics you chose.",
    Pool.REVIEW: "Nothing is due for review now.",
    Pool.PLACEMENT: "The bank has no item for a placement in this exam yet.",
}


def serve_next(
    store: UnitOfWork,
    stockroom: Stockroom,
    learner: Account,
    attempt_id: int,
    *,
    at: datetime,
    chance: float,
) -> int | None:
    """The number of the slot to answer now; None when the attempt is over.

    Asking twice gives the same slot: a new one is served only when the last one is answered or
    put off. Raises NotFoundError.
    """
    attempt = _own(store, learner, attempt_id)
    if attempt.finished_at is not None:
        return None
    place = store.attempts.last_slot(attempt.id)
    if place.is_open:
        return place.number
    if place.number - place.skipped >= attempt.plan.length:
        store.attempts.finish(attempt.id, at)
        return None
    stock = stockroom.stock(store, attempt.exam, at)
    situation = serving.situation(store, stock, attempt, place.number, at)
    is_placement = attempt.plan.pool is Pool.PLACEMENT
    scores = store.responses.scores(attempt.id) if is_placement else ()
    try:
        entry, decision = serving.next_item(situation, scores, chance)
    except PoolEmptyError:
        store.attempts.finish(attempt.id, at)
        return None
    store.attempts.serve(attempt.id, place.number + 1, (entry.item, entry.version), decision, at)
    return place.number + 1


def page(store: UnitOfWork, learner: Account, attempt_id: int, number: int) -> Page:
    """A slot to look at. Raises NotFoundError."""
    found = store.attempts.slot(attempt_id, number, learner.id)
    if found is None or found[0].attempt.mode is MOCK:
        raise NotFoundError(_NO_QUESTION)
    slot, skipped = found
    shown = question(slot.item, slot.case, slot.seed)
    answer = slot.answer if slot.tells else None
    told = feedback(slot.item, slot.seed, answer.response) if answer else None
    return Page(slot, number - skipped, shown, told)


def respond(
    store: UnitOfWork,
    learner: Account,
    attempt_id: int,
    number: int,
    filled: Filled,
    *,
    at: datetime,
    confidence: Confidence | None = None,
) -> Attempt:
    """Take an answer, score it, learn from it; the attempt that it belongs to.

    Raises NotFoundError, AlreadyAnsweredError, AttemptFinishedError, InvalidResponseError.
    """
    turn = _turn(store, learner, attempt_id, number)
    slot = turn.slot
    given = response(slot.item, slot.seed, filled)
    if slot.answer and slot.answer.response == given:
        return slot.attempt  # the same click twice
    slot.check_open()
    result = score(slot.item, given)
    if store.responses.record(slot, given, result, at, confidence=confidence):
        learning.learn(store, slot, turn.standing, score=result, confidence=confidence, at=at)
    return slot.attempt


def steer(
    store: UnitOfWork,
    learner: Account,
    attempt_id: int,
    number: int,
    word: Steer,
    *,
    at: datetime,
) -> None:
    """Act on what the learner says of a question. *Not today* puts it and its subtopic off.

    Raises NotFoundError.
    """
    turn = _turn(store, learner, attempt_id, number)
    slot, known = turn.slot, store.learners.wishes(learner.id)
    postponed = {name: until for name, until in known.postponed.items() if until > at}
    if word is Steer.NOT_TODAY:
        postponed[slot.item.subtopic] = at + NOT_TODAY
    store.learners.wish(learner.id, steered(known.offset, word), postponed)
    if word is Steer.NOT_TODAY and slot.answer is None and slot.attempt.finished_at is None:
        store.attempts.skip(attempt_id, number, at)


def wishes(store: UnitOfWork, learner: Account, at: datetime) -> Wish:
    """What the learner asked for, as it holds now."""
    return store.learners.find(learner.id, at).wish


def unwish(store: UnitOfWork, learner: Account) -> None:
    """Forget what the learner asked for."""
    store.learners.wish(learner.id, 0, {})


def finish(store: UnitOfWork, learner: Account, attempt_id: int, *, at: datetime) -> None:
    """End an attempt early; what is answered stays. Raises NotFoundError."""
    store.attempts.finish(_own(store, learner, attempt_id).id, at)


def summary(
    store: UnitOfWork,
    stockroom: Stockroom,
    learner: Account,
    attempt_id: int,
    *,
    at: datetime,
) -> Summary:
    """Raises NotFoundError."""
    attempt = _own(store, learner, attempt_id)
    lines = tuple(store.attempts.lines(attempt.id))
    if attempt.plan.pool is not Pool.PLACEMENT:
        return Summary(attempt, lines)
    stock = stockroom.stock(store, attempt.exam, at)
    state = serving.placement(stock, store.responses.scores(attempt.id))
    return Summary(attempt, lines, serving.level(stock, state) if state.served else None)


def counts(store: UnitOfWork, exam: str, on: date) -> Mapping[str, int]:
    """Live items per subtopic, for building a quiz."""
    return store.items.counts(exam, on)


def open_attempt(store: UnitOfWork, learner: Account) -> Attempt | None:
    """The attempt to continue, if one was left open."""
    return store.attempts.find_open(learner.id)


_NO_QUESTION = "There is no such question."


def _own(store: UnitOfWork, learner: Account, attempt_id: int) -> Attempt:
    attempt = store.attempts.find(attempt_id, learner.id)
    if attempt is None or attempt.mode is MOCK:
        raise NotFoundError("There is no such practice.")
    return attempt


def _turn(store: UnitOfWork, learner: Account, attempt_id: int, number: int) -> Turn:
    """A mock exam's slots are answered in its own room."""
    turn = store.turns.find(attempt_id, number, learner.id)
    if turn is None or turn.slot.attempt.mode is MOCK:
        raise NotFoundError(_NO_QUESTION)
    return turn
