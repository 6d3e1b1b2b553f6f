"""Simulated learners: a truth to measure the engine against. Invented, not fitted to people.

    world = World("A", seed=11)             # or "B", "D", "E"; see CLIMATES
    world.blueprint                         # {"t0.s0": 0.04, …}, sums to 1
    world.topic_of("t0.s0")                 # "t0"
    world.items                             # 800 × PracticeItem(id, subtopic, difficulty_hint)
    learner = world.learner(0)              # always the same person for the same number
    learner.answer("t0.s0-07", day=1)       # bool; feedback is given, so the learner learns
    learner.true_probability(item, day)     # what `answer` would be drawn with
    learner.exam_score(22)                  # expected share of points of an exam on day 22
    learner.exam_draw(22)                   # one sampled exam of 65 items
    learner.copy().answer(item, day, 0.0)   # what if it were right? (1.0: what if wrong?)

A learner's chances are drawn once, by the number of the answer: two policies meet the same luck,
and a copy repeats it. Days are numbers (fractions allowed) that never go back.

What is true here and unknown to the engine: 3PL items (Birnbaum 1968); gains that shrink towards
a personal ceiling, are largest a little above the learner's ability (Bjork 1994) and lose when
massed (Cepeda et al. 2006); forgetting by a stretched exponential with a durable rest, slower
after each spaced practice (Wixted & Ebbesen 1991 discuss the shapes); answers remembered by
heart, which teach little. No formula is shared with selection or readiness. Plain Python.
"""

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import exp, log1p

TOPICS = 8
SUBTOPICS = 4  # a topic
PRACTICE_ITEMS = 25  # a subtopic: 800 in all
EXAM_ITEMS = 12  # a subtopic, never practised
GUESS = 0.2
DAYS = 21
ANSWERS_A_DAY = 20
EXAM_DAY = 22
EXAM_LENGTH = 65
CUT = 0.7

START = -0.55  # mean ability before any practice, in logits
GLOBAL_SPREAD = 0.5
GAIN = 0.25  # logits: the most that one answer teaches a beginner
CEILING = (2.6, 0.3)  # mean and spread over learners
HARDER = 0.3  # the best item stands this far above the ability,
REACH = 1.3  # and the gain falls off with this width
EASY_GAIN = 0.45  # the share of the gain that any item gives
MASSING = 0.3  # the loss by each earlier answer in the subtopic on the same day
REST = 0.12  # the benefit by the logarithm of the days since
DURABLE = 0.35  # the share of a gain that is never lost
SHAPE = 0.8  # of the stretched exponential
STRENGTHENING = 0.18  # of stability, by the logarithm of the days since
HEART = 0.8  # the chance to know an answer by heart right after its feedback,
HEART_DAYS = 6.0  # and how long that lasts
HEART_LOSS = 0.7  # the share of the gain lost when an answer is known by heart


@dataclass(frozen=True, slots=True)
class Climate:
    """In what the worlds differ. Spreads in logits, stability in days."""

    topic_spread: float
    subtopic_spread: float
    stability: float
    transfer: float


CLIMATES: Mapping[str, Climate] = {
    "A": Climate(topic_spread=0.4, subtopic_spread=0.45, stability=30, transfer=0.15),  # base
    "B": Climate(
        topic_spread=0.6, subtopic_spread=0.9, stability=30, transfer=0.15
    ),  # uneven start
    "D": Climate(topic_spread=0.4, subtopic_spread=0.45, stability=15, transfer=0.15),  # forgetful
    "E": Climate(topic_spread=0.6, subtopic_spread=0.9, stability=30, transfer=0.0),  # no transfer
}


@dataclass(frozen=True, slots=True)
class PracticeItem:
    """What the engine may know: `difficulty_hint` is an author's guess, 1 (easiest) to 5."""

    id: str
    subtopic: str
    difficulty_hint: int


@dataclass(frozen=True, slots=True)
class _Curve:
    """A 3PL item's true parameters."""

    discrimination: float
    difficulty: float

    def probability(self, ability: float) -> float:
        return GUESS + (1 - GUESS) / (1 + exp(self.discrimination * (self.difficulty - ability)))


class World:
    """A bank, an exam and a population. `name` picks the climate, `seed` everything else."""

    def __init__(self, name: str, seed: int) -> None:
        self.name, self.seed, self.climate = name, seed, CLIMATES[name]
        chance = random.Random(f"world {seed}")
        self.subtopics = [f"t{t}.s{s}" for t in range(TOPICS) for s in range(SUBTOPICS)]
        self.blueprint = _blueprint(chance, self.subtopics)
        self.items: list[PracticeItem] = []
        self.curves: dict[str, tuple[int, _Curve]] = {}
        self._exam: list[_ExamCurve] = []
        for place, subtopic in enumerate(self.subtopics):
            shift = chance.gauss(0, 0.3)
            self._exam.append(_ExamCurve([_curve(chance, shift) for _ in range(EXAM_ITEMS)]))
            for number in range(PRACTICE_ITEMS):
                item, curve = f"{subtopic}-{number:02}", _curve(chance, shift)
                hint = round(3 + curve.difficulty + chance.gauss(0, 0.8))
                self.items.append(PracticeItem(item, subtopic, min(5, max(1, hint))))
                self.curves[item] = (place, curve)

    def topic_of(self, subtopic: str) -> str:
        return subtopic.partition(".")[0]

    def learner(self, number: int) -> "SimulatedLearner":
        """A person as on day 0, before any practice."""
        return SimulatedLearner(self, number)

    def form(self, chance: float) -> list[int]:
        """The places of the subtopics that an exam asks: systematic sampling by the blueprint."""
        ends = list(accumulate(self.blueprint.values()))
        marks = [(number + chance) / EXAM_LENGTH for number in range(EXAM_LENGTH)]
        return [min(bisect(ends, mark), len(ends) - 1) for mark in marks]

    def exam_probabilities(self, abilities: Sequence[float]) -> list[float]:
        """The chance of a right answer to an exam item of each subtopic, given its ability."""
        return [curve(ability) for curve, ability in zip(self._exam, abilities, strict=True)]


class SimulatedLearner:
    """One person in a world; changes with every answer."""

    def __init__(self, world: World, number: int) -> None:
        chance = random.Random(f"learner {world.name} {world.seed} {number}")
        climate, count = world.climate, len(world.subtopics)
        level = START + chance.gauss(0, GLOBAL_SPREAD)
        topics = [chance.gauss(0, climate.topic_spread) for _ in range(TOPICS)]
        self.world = world
        self.answers = 0
        self._start = [
            level + topics[place // SUBTOPICS] + chance.gauss(0, climate.subtopic_spread)
            for place in range(count)
        ]
        self._pace = chance.lognormvariate(0, 0.35)
        self._ceiling = chance.gauss(*CEILING)
        self._gained = [0.0] * count  # as of `_last`; decays from there
        self._last = [0.0] * count
        self._stability = [climate.stability * chance.lognormvariate(0, 0.4)] * count
        self._today = [0] * count  # answers in the subtopic on the day of `_last`
        self._seen: dict[str, float] = {}
        self._luck = [chance.random() for _ in range(2000)]
        self._exam_chance = chance.random()

    def copy(self) -> "SimulatedLearner":
        """The same person with the same luck to come; the two go separate ways from here."""
        other = object.__new__(SimulatedLearner)
        other.__dict__.update(self.__dict__)
        for name in ("_gained", "_last", "_stability", "_today", "_seen"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def answer(self, item_id: str, day: float, chance: float | None = None) -> bool:
        """Whether the answer is right; the feedback teaches. `chance` in [0, 1]: 0 is right."""
        place, curve = self.world.curves[item_id]
        luck = self._luck[self.answers % len(self._luck)] if chance is None else chance
        right = luck < self.true_probability(item_id, day)
        gain = self._gain(place, curve, day) * (1 - HEART_LOSS * self._by_heart(item_id, day))
        self._learn(place, day, gain)
        first = place - place % SUBTOPICS
        for sibling in range(first, first + SUBTOPICS):
            if sibling != place:
                self._gained[sibling] += self.world.climate.transfer * gain
        self._seen[item_id] = day
        self.answers += 1
        return right

    def true_probability(self, item_id: str, day: float) -> float:
        """The chance of a right answer now: by ability or by heart."""
        place, curve = self.world.curves[item_id]
        skilled = curve.probability(self.ability(place, day))
        return skilled + (1 - skilled) * self._by_heart(item_id, day)

    def ability(self, place: int, day: float) -> float:
        """In logits, of the subtopic at this place of `world.subtopics`."""
        return self._start[place] + self._gained[place] * self._kept(place, day)

    def exam_probabilities(self, day: float) -> list[float]:
        """The chance of a right answer to an exam item of each subtopic."""
        count = len(self._start)
        return self.world.exam_probabilities([self.ability(place, day) for place in range(count)])

    def exam_score(self, day: float) -> float:
        """The expected share of points in an exam after the blueprint."""
        weights = self.world.blueprint.values()
        return sum(w * p for w, p in zip(weights, self.exam_probabilities(day), strict=True))

    def exam_draw(self, day: float) -> float:
        """The share of right answers in one sampled exam; the same again when asked again."""
        chance = random.Random(f"exam {self._exam_chance} {self.answers} {day}")
        asked = self.world.form(chance.random())
        probabilities = self.exam_probabilities(day)
        return sum(chance.random() < probabilities[place] for place in asked) / EXAM_LENGTH

    def _kept(self, place: int, day: float) -> float:
        away = max(0.0, day - self._last[place]) / self._stability[place]
        return float(DURABLE + (1 - DURABLE) * exp(-(away**SHAPE)))

    def _by_heart(self, item_id: str, day: float) -> float:
        seen = self._seen.get(item_id)
        return 0.0 if seen is None else HEART / (1 + ((day - seen) / HEART_DAYS) ** 2)

    def _gain(self, place: int, curve: _Curve, day: float) -> float:
        ability = self.ability(place, day)
        challenge = (curve.difficulty - ability - HARDER) / REACH
        room = max(0.0, self._ceiling - ability) / (self._ceiling - START)
        spaced = (1 + REST * log1p(self._days_since(place, day))) / (
            1 + MASSING * self._times_today(place, day)
        )
        fitting = EASY_GAIN + (1 - EASY_GAIN) * exp(-(challenge**2) / 2)
        return GAIN * self._pace * room * fitting * spaced

    def _learn(self, place: int, day: float, gain: float) -> None:
        self._gained[place] = self._gained[place] * self._kept(place, day) + gain
        self._stability[place] *= 1 + STRENGTHENING * log1p(self._days_since(place, day))
        self._today[place] = self._times_today(place, day) + 1
        self._last[place] = day

    def _days_since(self, place: int, day: float) -> float:
        return day - self._last[place] if self._today[place] else 0.0

    def _times_today(self, place: int, day: float) -> int:
        return self._today[place] if int(day) == int(self._last[place]) else 0


class _ExamCurve:
    """The mean curve of a subtopic's exam items, tabulated: asked millions of times."""

    LOW, HIGH, STEPS = -8.0, 8.0, 20  # steps a logit: off by less than 1e-4

    def __init__(self, curves: Sequence[_Curve]) -> None:
        grid = [self.LOW + step / self.STEPS for step in range(int(self.HIGH * 2 * self.STEPS) + 1)]
        values = [sum(curve.probability(x) for curve in curves) / len(curves) for x in grid]
        self._pieces = [(left, right - left) for left, right in pairwise(values)]

    def __call__(self, ability: float) -> float:
        position = (min(max(ability, self.LOW), self.HIGH - 1e-9) - self.LOW) * self.STEPS
        whole = int(position)
        value, slope = self._pieces[whole]
        return value + slope * (position - whole)


def _blueprint(chance: random.Random, subtopics: Sequence[str]) -> dict[str, float]:
    topics = [chance.lognormvariate(0, 0.5) for _ in range(TOPICS)]
    raw = [
        topics[place // SUBTOPICS] * chance.lognormvariate(0, 0.5)
        for place in range(len(subtopics))
    ]
    total = sum(raw)
    return {subtopic: weight / total for subtopic, weight in zip(subtopics, raw, strict=True)}


def _curve(chance: random.Random, shift: float) -> _Curve:
    return _Curve(chance.lognormvariate(0, 0.25), shift + chance.gauss(0, 0.9))
