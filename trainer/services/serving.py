"""Which item a practice serves next, by what it draws from. Decides; `practice` stores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import mean

from trainer.core.attempt import Attempt, Pool
from trainer.core.errors import PoolEmptyError
from trainer.core.learning import diagnostic
from trainer.core.learning.decision import Decision, Policy
from trainer.core.learning.estimate import predict
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Remembered, retrievability
from trainer.core.learning.pool import GOLDEN, Entry, Seen
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.readiness import Z80
from trainer.core.learning.reasons import Reason
from trainer.core.learning.selection import (
    NOTHING_LEFT,
    REST,
    Candidate,
    Choice,
    Served,
    Wish,
    choose,
    recall_by_heart,
)
from trainer.core.learning.views import subtopic_view
from trainer.core.topic import tags_of
from trainer.persistence.learners import Remembering
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import reviews
from trainer.services.stock import Stock


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that bears on the next item of an attempt.

    `trail`: what was served, of this attempt and REST items before it; `spent`: the items of this
    attempt, none of which comes again in it.
    """

    attempt: Attempt
    stock: Stock
    learner: Learner
    wish: Wish
    trail: Sequence[Served]
    spent: frozenset[int]
    memories: Mapping[int, Remembering]
    at: datetime

    def view(self, subtopic: str) -> SubtopicView:
        return views(self.stock, self.learner, [subtopic], self.at)[0]

    def expected(self, item: int) -> float:
        """The points that the model foretells."""
        state, learner = self.stock.states[item], self.learner
        if item in self.memories:
            known = learner.items.with_(state.id, self.memories[item].item)
            learner = replace(learner, items=known)
        return predict(learner, state, self.at, self.stock.model).p

    def is_missed(self, item: int) -> bool:
        """Whether the last answer was not all right."""
        return item in self.memories and self.memories[item].item.last_outcome < 1


@dataclass(frozen=True, slots=True)
class Level:
    """Expected share of right answers to the bank's questions, with its 80 % interval."""

    share: float
    low: float
    high: float
    answers: int


class _Seen(Mapping[int, Seen]):
    """What is remembered of items, worked out for those that are looked at."""

    def __init__(self, situation: Situation) -> None:
        self._known, self._at = situation.memories, situation.at
        self._last = situation.learner.general.answered - 1

    def __getitem__(self, item: int) -> Seen:
        """Raises KeyError for an item that was never answered."""
        number, memory = self._known[item]
        by_heart = recall_by_heart(self._last - number.last_index)
        recall = max(by_heart, retrievability(memory, self._at))
        return Seen(recall, number.last_outcome >= 1, number.last_index)

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def situation(
    store: UnitOfWork, stock: Stock, attempt: Attempt, served: int, at: datetime
) -> Situation:
    """What bears on the item after so many served ones."""
    known = store.learners.find(attempt.learner, at)
    trail = store.attempts.trail(attempt.learner, attempt.id, REST)
    return Situation(
        attempt,
        stock,
        known.learner,
        known.wish,
        trail,
        frozenset(each.item for each in trail[len(trail) - served :]),
        store.learners.memories(attempt.learner),
        at,
    )


def views(
    stock: Stock, learner: Learner, subtopics: Iterable[str], at: datetime
) -> list[SubtopicView]:
    """The subtopics as selection sees them, in the order of their names."""
    return [
        subtopic_view(
            learner,
            name,
            tags_of(name),
            stock.blueprint.get(name, 0.0),
            at=at,
            model=stock.model,
        )
        for name in sorted(subtopics)
    ]


def scope(stock: Stock, attempt: Attempt) -> frozenset[str]:
    """The subtopics that an attempt draws from; all of the bank where the blueprint has none."""
    if attempt.plan.subtopics:
        return stock.subtopics & frozenset(attempt.plan.subtopics)
    return stock.subtopics & frozenset(stock.blueprint) or stock.subtopics


def next_item(
    situation: Situation, scores: Sequence[tuple[int, float]], chance: float
) -> tuple[Entry, Decision]:
    """The item to serve and how it was chosen; `chance` in [0, 1) decides.

    `scores`: item and points of what this attempt has answered. Raises PoolEmptyError.
    """
    match situation.attempt.plan.pool:
        case Pool.PLACEMENT:
            return _placed(situation, scores, chance)
        case Pool.REVIEW:
            return _due(situation)
        case Pool.MISSED:
            return _missed(situation, chance)
        case _:
            return _adaptive(situation, chance)


def placement(stock: Stock, scores: Sequence[tuple[int, float]]) -> diagnostic.State:
    """How far a placement has come; an item that was retired meanwhile no longer counts."""
    state = diagnostic.begun(stock.placement)
    for item, points in scores:
        if item in stock.placed:
            state = diagnostic.updated(state, stock.placed[item], points)
    return state


def level(stock: Stock, state: diagnostic.State) -> Level:
    """What a placement found, told as a share of the bank's own questions."""
    low, middle, high = (
        mean(
            each.probability(state.ability + side * Z80 * state.error)
            for each in stock.placed.values()
        )
        for side in (-1, 0, 1)
    )
    return Level(middle, low, high, len(state.served))


def _adaptive(situation: Situation, chance: float) -> tuple[Entry, Decision]:
    """The best few by subtopic and difficulty, judged anew one by one."""
    stock, attempt = situation.stock, situation.attempt
    inside = scope(stock, attempt)
    seen_now = views(stock, situation.learner, inside, situation.at)
    short = stock.pool(inside).shortlist(
        seen_now,
        _Seen(situation),
        situation.trail,
        wish=situation.wish,
        exposure=stock.exposure,
        salt=attempt.learner * GOLDEN % 1,
        spent=situation.spent,
    )
    judged = [replace(each, p=situation.expected(each.item)) for each in short]
    choice = choose(seen_now, judged, situation.trail, chance=chance, wish=situation.wish)
    return _logged(situation, choice, Policy.ADAPTIVE)


def _missed(situation: Situation, chance: float) -> tuple[Entry, Decision]:
    """The same rule among items last answered wrong; each stands alone, case or not."""
    seen = _Seen(situation)
    candidates = [
        Candidate(
            entry.item,
            entry.version,
            entry.subtopic,
            situation.expected(entry.item),
            seen[entry.item].recall,
            last_right=False,
            difficulty=entry.difficulty,
            enemies=entry.enemies,
            last=seen[entry.item].last,
        )
        for entry in situation.stock.entries.values()
        if entry.item not in situation.spent and situation.is_missed(entry.item)
    ]
    inside = {each.subtopic for each in candidates}
    seen_now = views(situation.stock, situation.learner, inside, situation.at)
    choice = choose(seen_now, candidates, situation.trail, chance=chance, wish=situation.wish)
    return _logged(situation, choice, Policy.MISSED)


def _due(situation: Situation) -> tuple[Entry, Decision]:
    stock, at = situation.stock, situation.at
    due = reviews.ranked(stock, situation.memories, at, without=situation.spent)
    if not due:
        raise PoolEmptyError(NOTHING_LEFT)
    return stock.entries[due[0].item], _decision(situation, due[0])


def _decision(situation: Situation, due: Remembered) -> Decision:
    entry = situation.stock.entries[due.item]
    recall = retrievability(due.memory, situation.at)
    reason = Reason(
        situation.view(due.subtopic), entry.difficulty, situation.is_missed(due.item), recall
    )
    return Decision(Policy.REVIEW, 1.0, situation.expected(due.item), reason)


def _placed(
    situation: Situation, scores: Sequence[tuple[int, float]], chance: float
) -> tuple[Entry, Decision]:
    """Raises PoolEmptyError where the placement is sure enough, too."""
    stock, state = situation.stock, placement(situation.stock, scores)
    if diagnostic.is_done(state):
        raise PoolEmptyError(NOTHING_LEFT)
    draw = diagnostic.next_item(state, stock.placement, chance)
    entry = stock.entries[draw.item.item]
    reason = Reason(situation.view(entry.subtopic), entry.difficulty, missed=False)
    expected = situation.expected(entry.item)
    return entry, Decision(Policy.PLACEMENT, draw.propensity, expected, reason)


def _logged(situation: Situation, choice: Choice, policy: Policy) -> tuple[Entry, Decision]:
    chosen = choice.candidate
    return situation.stock.entries[chosen.item], Decision(
        policy, choice.propensity, chosen.p, choice.reason
    )
