"""Which item comes next.

Two stages: the twelve subtopics of highest priority (see `priority`), then of their items the
best three by priority × item score, one of them by chance (randomesque: Kingsbury & Zara 1989),
unless it falls short of half of the best.

    item score = fit(p) · (1−.7 recall) · (.9 if right last time) · (1−.3 exposure)
    fit(p)     = .6 + 1.6 p(1−p), or a kernel about the success that the learner wishes for

`choose` looks at all it is given; for a whole bank `pool.Pool` finds the same items without
looking at each.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from typing import NamedTuple

from trainer.core.errors import PoolEmptyError
from trainer.core.learning.priority import Priority, SubtopicView, priorities
from trainer.core.learning.reasons import Reason

SUBTOPICS = 12  # that stage two looks into
BEST = 3  # items that chance decides among,
WORTHY = 0.5  # and the share of the best one's worth that each must have
PULL = 0.4  # what fit is worth: .6 for a hopeless item, 1 for a fitting one
SHARPNESS = 4.0  # of the kernel: the same curvature at its top as 1.6 p(1−p) has
RECALL_COST = 0.7  # an answer known by heart teaches little
RIGHT_FACTOR = 0.9
EXPOSURE_COST = 0.3  # for an item that everybody has seen lately
REST = 10  # items before one comes back
RUN = 2  # items of one subtopic in a row
NOTHING_LEFT = "There is no further item for this choice."

HEART = 0.85  # recall right after feedback, within a sitting,
HEART_SPAN = 5.0  # and the items in which it fades

USUAL_TARGET = 0.65  # success that field studies of adaptive practice aim at,
TARGET_STEP = 0.05  # and what one *too hard* adds to it
LEAST_TARGET, GREATEST_TARGET = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be served to a learner.

    `p`: predicted chance of a right answer. `recall`: chance that the answer itself is remembered.
    `last_right`: the last answer, None without one. `exposure`: share of the learners who had it
    lately. `difficulty` in logits from average. `case` names the record that it asks about.
    `enemies` must not meet it in a sitting. `last`: number of its last serving, counted over all
    that the learner was served; None if never.
    """

    item: int
    version: int
    subtopic: str
    p: float = 0.5
    recall: float = 0.0
    last_right: bool | None = None
    exposure: float = 0.0
    difficulty: float = 0.0
    case: str | None = None
    enemies: frozenset[int] = frozenset()
    last: int | None = None


class Served(NamedTuple):
    """An item as it was served."""

    item: int
    subtopic: str
    case: str | None = None


class Steer(StrEnum):
    """What a learner may say of a question that was chosen for them."""

    TOO_EASY = "too-easy"
    TOO_HARD = "too-hard"
    NOT_TODAY = "not-today"
    USUAL = "usual"  # takes the first two back


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner asked for: times *too hard* less times *too easy*, and *not today*."""

    offset: int = 0
    postponed: frozenset[str] = frozenset()

    @property
    def target(self) -> float | None:
        """The wished-for chance of success; None without a wish."""
        if self.offset == 0:
            return None
        wished = USUAL_TARGET + TARGET_STEP * self.offset
        return min(GREATEST_TARGET, max(LEAST_TARGET, wished))


@dataclass(frozen=True, slots=True)
class Choice:
    """What is served, the exact probability with which it was, and why."""

    candidate: Candidate
    propensity: float
    reason: Reason


NO_WISH = Wish()
LEAST_OFFSET, GREATEST_OFFSET = (
    round((end - USUAL_TARGET) / TARGET_STEP) for end in (LEAST_TARGET, GREATEST_TARGET)
)


def steered(offset: int, steer: Steer) -> int:
    """The wish's offset after one more word; beyond the ends of the target it goes no further."""
    if steer is Steer.USUAL:
        return 0
    step = {Steer.TOO_HARD: 1, Steer.TOO_EASY: -1}.get(steer, 0)
    return min(GREATEST_OFFSET, max(LEAST_OFFSET, offset + step))


class Rules(NamedTuple):
    """What keeps an item back. `rest`: how many items must lie between."""

    keeps_run: bool = True
    keeps_enemies: bool = True
    keeps_wish: bool = True
    rest: int = REST


# Relaxed from the first to the last where nothing else is left: a subtopic may go on, enemies may
# meet, what was put off comes back, and only then an item returns sooner, as late as possible.
LADDER = (
    Rules(),
    Rules(keeps_run=False),
    Rules(keeps_run=False, keeps_enemies=False),
    *(
        Rules(keeps_run=False, keeps_enemies=False, keeps_wish=False, rest=rest)
        for rest in (REST, 5, 2, 1, 0)
    ),
)


@dataclass(frozen=True, slots=True)
class Bars:
    """Rules brought to bear on what was served: the subtopics and items that must wait."""

    subtopics: frozenset[str]
    items: frozenset[int]
    met: Sequence[Served]  # whose enemies must wait

    def admits(self, item: int, enemies: frozenset[int]) -> bool:
        if item in self.items:
            return False
        return not enemies or all(served.item not in enemies for served in self.met)


def bars(rules: Rules, trail: Sequence[Served], wish: Wish) -> Bars:
    """What the rules bar after a trail: all that was served in this sitting or more, in order."""
    waiting = wish.postponed if rules.keeps_wish else _NONE
    lately = {served.subtopic for served in trail[-RUN:]}
    if rules.keeps_run and len(trail) >= RUN and len(lately) == 1:
        waiting |= lately
    return Bars(
        waiting,
        frozenset([served.item for served in trail[-rules.rest :]] if rules.rest else ()),
        trail if rules.keeps_enemies else (),
    )


_NONE: frozenset[str] = frozenset()


def recall_by_heart(gap: int) -> float:
    """The chance that an answer seen this many items ago is still known by heart."""
    return HEART * exp(-gap / HEART_SPAN)


def fit(p: float, target: float | None) -> float:
    """How well a chance of success suits, 1 at best."""
    if target is None:
        return 1 - PULL + 4 * PULL * p * (1 - p)
    return 1 - PULL + PULL * exp(-SHARPNESS * (p - target) ** 2)


def item_score(
    p: float, *, recall: float, last_right: bool | None, exposure: float, target: float | None
) -> float:
    """How much an item is worth within its subtopic, 1 at best."""
    habit = RIGHT_FACTOR if last_right else 1.0
    return fit(p, target) * (1 - RECALL_COST * recall) * habit * (1 - EXPOSURE_COST * exposure)


def choose(
    views: Iterable[SubtopicView],
    candidates: Sequence[Candidate],
    trail: Sequence[Served] = (),
    *,
    chance: float,
    wish: Wish = NO_WISH,
    spent: Collection[int] = frozenset(),
) -> Choice:
    """The item to serve next; `chance` in [0, 1) decides. Raises PoolEmptyError if there is none.

    Candidates of a subtopic without a view do not count, nor do `spent` ones: those of this
    sitting. A begun case goes on first.
    """
    known, gone = {view.subtopic: view for view in views}, frozenset(spent)
    open_ = [each for each in candidates if each.subtopic in known and each.item not in gone]
    rest = _rest_of_case(open_, trail)
    if rest:
        return chosen(rest[0], 1.0, known[rest[0].subtopic])
    factors = priorities(known.values())
    for rules in LADDER:
        admitted = _admitted(open_, bars(rules, trail, wish))
        if admitted:
            best = _best(admitted, factors, wish.target)
            candidate = best[int(chance * len(best))]
            return chosen(candidate, 1 / len(best), known[candidate.subtopic])
    raise PoolEmptyError(NOTHING_LEFT)


def chosen(candidate: Candidate, propensity: float, view: SubtopicView) -> Choice:
    """A choice with its reason."""
    why = Reason(view, candidate.difficulty, candidate.last_right is False)
    return Choice(candidate, propensity, why)


def _rest_of_case(candidates: Sequence[Candidate], trail: Sequence[Served]) -> list[Candidate]:
    case = trail[-1].case if trail else None
    if case is None:
        return []
    served = {each.item for each in trail if each.case == case}
    return [each for each in candidates if each.case == case and each.item not in served]


def _admitted(candidates: Sequence[Candidate], barred: Bars) -> list[Candidate]:
    return [
        each
        for each in candidates
        if each.subtopic not in barred.subtopics and barred.admits(each.item, each.enemies)
    ]


def _best(
    candidates: Sequence[Candidate], factors: Mapping[str, Priority], target: float | None
) -> list[Candidate]:
    """The best few of the foremost subtopics; among equals the one seen longest ago."""
    present = {each.subtopic for each in candidates}
    worth = {name: factor.value for name, factor in factors.items() if name in present}
    foremost = set(sorted(worth, key=lambda name: -worth[name])[:SUBTOPICS])
    ranked = sorted(
        (
            (worth[each.subtopic] * _score(each, target), each)
            for each in candidates
            if each.subtopic in foremost
        ),
        key=lambda pair: (-pair[0], since(pair[1].last)),
    )[:BEST]
    return [each for value, each in ranked if value >= WORTHY * ranked[0][0]]


def _score(each: Candidate, target: float | None) -> float:
    return item_score(
        each.p,
        recall=each.recall,
        last_right=each.last_right,
        exposure=each.exposure,
        target=target,
    )


def since(last: int | None) -> int:
    """Sorts what was never served before what was served long ago."""
    return -1 if last is None else last
