"""What a whole answer log says of a learner's abilities, for all exams at once.

`start` is a newcomer, `observed` takes one answer in, `replayed` many. Abilities and difficulties
are logits, 0 being a newcomer before practice: `difficulty` puts an item on that scale. Days are
numbers; trainer.core.learning.learner.day_of makes them of times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any, NamedTuple

from trainer.core.learning.kalman import Dynamics, Filter, Place

# Fitted on simulated learners of seeds 21 and 22 only: docs/engine.md, "Readiness".
FITTED = Dynamics(
    global_spread=0.78,
    topic_spread=0.16,
    subtopic_spread=1.57,
    learning=0.02,
    ceiling=9.5,  # beyond every exam: gains shrink slowly
    forgetting=0.02,
    subtopic_noise=0.066,
    global_noise=0.0002,
    day_noise=0.0007,
)
RECALL = 0.95  # the chance to know an item by heart right after its feedback,
RECALL_DAYS = 10.0  # and the days in which it falls to 1/e of that; fitted with the above
LEAST_SKILL = 0.02  # no item is taken to be easier or harder than this for a newcomer


class Answer(NamedTuple):
    """One entry of the log: the item as it was, the score (0–1) it got, the day."""

    subtopic: str
    difficulty: float
    guess: float
    score: float
    at_day: float


@dataclass(frozen=True, slots=True)
class Ability:
    """What the answers say of a learner.

    `topics` pairs each subtopic with its topic. `mean` and `covariance` (lower triangle) run over
    the global ability, the topics and the subtopics; `gained` and `counts` over the subtopics:
    what practice is supposed to have given, and the answers.
    """

    topics: tuple[tuple[str, str], ...]
    mean: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    gained: tuple[float, ...]
    counts: tuple[int, ...]
    last_day: float | None = None

    @property
    def answers(self) -> int:
        return sum(self.counts)


def start(taxonomy: Mapping[str, str], dynamics: Dynamics = FITTED) -> Ability:
    """A newcomer. `taxonomy` maps each subtopic to its topic."""
    spreads = [dynamics.global_spread]
    spreads += [dynamics.topic_spread] * len(set(taxonomy.values()))
    spreads += [dynamics.subtopic_spread] * len(taxonomy)
    rows = tuple((0.0,) * entry + (spread**2,) for entry, spread in enumerate(spreads))
    nothing = (0.0,) * len(taxonomy)
    counts = (0,) * len(taxonomy)
    return Ability(tuple(taxonomy.items()), (0.0,) * len(spreads), rows, nothing, counts)


def observed(
    ability: Ability,
    subtopic: str,
    difficulty: float,
    guess: float,
    *,
    score: float,
    at_day: float,
) -> Ability:
    """The ability after one more answer. Raises KeyError for an unknown subtopic."""
    return replayed(ability, [Answer(subtopic, difficulty, guess, score, at_day)])


def replayed(ability: Ability, log: Iterable[Answer], dynamics: Dynamics = FITTED) -> Ability:
    """The ability after all answers of a log, the same to the bit as one by one."""
    filtered, where, last_day = filter_of(ability, dynamics), places(ability), ability.last_day
    counts = dict(zip(where, ability.counts, strict=True))
    for answer in log:
        place = where[answer.subtopic]
        last_day = rested(filtered, last_day, answer.at_day)
        filtered.see(place, answer.difficulty, answer.guess, answer.score)
        filtered.learn(place)
        counts[answer.subtopic] += 1
    return Ability(
        ability.topics,
        tuple(filtered.mean),
        tuple(map(tuple, filtered.rows)),
        tuple(filtered.gained),
        tuple(counts.values()),
        last_day,
    )


def remembered(guess: float, days: float) -> float:
    """The guess of an item that was last answered so many days ago: it may be known by heart."""
    return guess + (1 - guess) * RECALL * exp(-max(0.0, days) / RECALL_DAYS)


def difficulty(share_right: float, guess: float) -> float:
    """The difficulty of an item that a newcomer gets right with this chance."""
    skilled = (share_right - guess) / (1 - guess)
    skilled = min(max(skilled, LEAST_SKILL), 1 - LEAST_SKILL)
    return log((1 - skilled) / skilled)


def ability_to_state(ability: Ability) -> dict[str, Any]:
    """The ability as JSON takes it."""
    return {
        "topics": [list(pair) for pair in ability.topics],
        "mean": list(ability.mean),
        "covariance": [list(row) for row in ability.covariance],
        "gained": list(ability.gained),
        "counts": list(ability.counts),
        "last_day": ability.last_day,
    }


def ability_from_state(state: Mapping[str, Any]) -> Ability:
    """The ability that `ability_to_state` told of, exactly."""
    return Ability(
        tuple((subtopic, topic) for subtopic, topic in state["topics"]),
        tuple(state["mean"]),
        tuple(map(tuple, state["covariance"])),
        tuple(state["gained"]),
        tuple(state["counts"]),
        state["last_day"],
    )


def filter_of(ability: Ability, dynamics: Dynamics) -> Filter:
    """The machine in this state; it moves without touching the ability."""
    return Filter(ability.mean, ability.covariance, ability.gained, dynamics)


def places(ability: Ability) -> dict[str, Place]:
    """Where each subtopic stands in the state."""
    topics = list(dict.fromkeys(topic for _, topic in ability.topics))
    entries = {topic: entry for entry, topic in enumerate(topics, start=1)}
    first = 1 + len(topics)
    return {
        subtopic: (0, entries[topic], entry)
        for entry, (subtopic, topic) in enumerate(ability.topics, start=first)
    }


def rested(filtered: Filter, last_day: float | None, at_day: float) -> float:
    """Let the days pass; the later day. Where a log goes back, time stands still."""
    if last_day is None:
        return at_day
    filtered.rest(max(0.0, at_day - last_day))
    return max(last_day, at_day)
