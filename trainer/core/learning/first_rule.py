"""Which item comes next.

First the subtopic, with a chance in proportion to

    blueprint weight / (1 + times answered) × (1 − mastery)

so that what the exam asks most, was practised least and goes worst comes first, and nothing
starves. Then the item in it that was seen least, and among those the one seen longest ago.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from trainer.core.errors import PoolEmptyError
from trainer.core.learning.tally import Tally

LEAST_WEAKNESS = 0.05  # a mastered subtopic still comes up now and then
LEAST_WEIGHT = 0.001  # a subtopic outside the blueprint that the learner asked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be served: its version, how often this learner saw it, and when last.

    `case` names the record that it asks about; a case is served whole and in its order.
    """

    item: int
    version: int
    seen: int = 0
    last_at: datetime | None = None
    case: str | None = None


def priority(weight: float, learner: Tally, subtopic: str) -> float:
    """How much a subtopic is worth asking about; only ratios matter."""
    mastery = learner[subtopic]
    weakness = max(LEAST_WEAKNESS, 1 - mastery.estimate)
    return max(weight, LEAST_WEIGHT) / (1 + mastery.answered) * weakness


def chances(
    blueprint: Mapping[str, float], learner: Tally, available: Sequence[str]
) -> dict[str, float]:
    """The probability of each available subtopic. Raises PoolEmptyError where there is none."""
    if not available:
        raise PoolEmptyError("There is no further item for this choice.")
    worth = {name: priority(blueprint.get(name, 0.0), learner, name) for name in available}
    total = sum(worth.values())
    return {name: value / total for name, value in worth.items()}


def subtopic(probabilities: Mapping[str, float], chance: float) -> str:
    """The subtopic that a chance in [0, 1) falls on."""
    mark = 0.0
    for name, probability in probabilities.items():
        mark += probability
        if chance < mark:
            return name
    return name  # the sum may end a rounding error below 1


def candidate(candidates: Sequence[Candidate], chance: float) -> Candidate:
    """The least seen, longest ago; a chance in [0, 1) decides among equals.

    Raises PoolEmptyError where there is no candidate.
    """
    if not candidates:
        raise PoolEmptyError("There is no further item for this choice.")
    best = min(_rank(each) for each in candidates)
    equals = [each for each in candidates if _rank(each) == best]
    return equals[int(chance * len(equals))]


def _rank(each: Candidate) -> tuple[int, datetime]:
    return each.seen, each.last_at or datetime.min.replace(tzinfo=UTC)


def weakest(blueprint: Mapping[str, float], learner: Tally, count: int) -> tuple[str, ...]:
    """The subtopics where points are most likely to be lost, by weight × (1 − mastery).

    Only subtopics with an answer count as known to be weak; without any, the heaviest lead.
    """
    tried = [name for name in blueprint if learner[name].answered] or list(blueprint)
    tried.sort(key=lambda name: -blueprint[name] * (1 - learner[name].estimate))
    return tuple(tried[:count])
