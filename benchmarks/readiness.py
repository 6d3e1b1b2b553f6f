"""Whether the readiness forecast of simulated learners comes true.

    python -m benchmarks.readiness [--quick] [--seeds 31,32,33] [--learners 20] [--jobs 2] [--hints]

Four worlds (benchmarks/worlds.py), four ways to choose items, forecasts after 40 to 420 answers
for an exam on the next day. The head knows items as the product does: as the next-answer model
calibrated them on 150 other learners (with --hints: by their author's level alone), never the
truth. Its constants were set on seeds 21 and 22; these seeds are others.

MAE, bias and coverage compare the expected score with the true one. ECE (ten bins) and Brier
compare P(pass) with the true chance to pass, so chance in the exam adds no noise; `irreducible`
is the Brier score of somebody who knows that chance. `log score` is the mean Gaussian
−ln density of the true score: what the constants were fitted to.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from math import ceil, log, pi
from statistics import mean, median
from typing import NamedTuple

from benchmarks.policies import POLICIES, Policy
from benchmarks.settings import EPOCH, Setting, setting
from benchmarks.worlds import (
    ANSWERS_A_DAY,
    CLIMATES,
    CUT,
    DAYS,
    EXAM_LENGTH,
    SimulatedLearner,
    World,
)
from trainer.core.learning.ability import (
    FITTED,
    Answer,
    difficulty,
    remembered,
    replayed,
    start,
)
from trainer.core.learning.estimate import predict
from trainer.core.learning.kalman import Dynamics
from trainer.core.learning.learner import Learner
from trainer.core.learning.population import PRIOR, new_item
from trainer.core.learning.readiness import Z80, Z90, readiness

SEEDS = (31, 32, 33)
LEARNERS = 20
CHECKPOINTS = (40, 80, 160, 280, 420)
LATE = 280
BINS = 10
OPTIONS = 5
WEAKEST_TOPIC = "weakest topic"
CHOSEN = ("blueprint random", WEAKEST_TOPIC, "fixed order", "ours")

Curves = dict[str, tuple[float, float]]  # difficulty and guess by item


class Forecast(NamedTuple):
    """What was said of one learner at one time, and the truth."""

    world: str
    policy: str
    answers: int
    mean: float
    spread: float
    p_pass: float
    score: float
    passes: float

    @property
    def error(self) -> float:
        return self.mean - self.score


class Story(NamedTuple):
    """One learner's log, and the true score and chance to pass at each checkpoint."""

    log: list[Answer]
    truth: list[tuple[float, float]]


class WeakestTopic:
    """Always the topic with the lowest share of right answers so far (Laplace), any item of it."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.tally = {world.topic_of(subtopic): (0, 0) for subtopic in world.blueprint}
        self.items: dict[str, list[str]] = {topic: [] for topic in self.tally}
        for item in world.items:
            self.items[world.topic_of(item.subtopic)].append(item.id)

    def ask(self, day: float) -> str:  # noqa: ARG002  # the protocol's
        weakest = min(self.tally, key=lambda t: (self.tally[t][0] + 1) / (self.tally[t][1] + 2))
        return self.chance.choice(self.items[weakest])

    def told(self, item: str, right: bool, day: float) -> None:  # noqa: ARG002, FBT001  # as above
        topic = self.world.topic_of(item)
        before = self.tally[topic]
        self.tally[topic] = (before[0] + right, before[1] + 1)


def main() -> None:
    """Simulate, forecast, print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="one seed, 5 learners")
    arguments.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    arguments.add_argument("--learners", type=int, default=LEARNERS)
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--hints", action="store_true", help="items known by author only")
    asked = arguments.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")][: 1 if asked.quick else None]
    learners = 5 if asked.quick else asked.learners
    found: list[Forecast] = []
    with ProcessPoolExecutor(asked.jobs) as workers:
        parts = [
            workers.submit(forecasts, world, seed, learners, hints=asked.hints)
            for world, seed in product(CLIMATES, seeds)
        ]
        for part in parts:
            found.extend(part.result())
    report(found)


def forecasts(name: str, seed: int, learners: int, *, hints: bool = False) -> list[Forecast]:
    """All forecasts for one world."""
    ready = setting(name, seed)
    curves = _curves(ready, hints=hints)
    return [
        forecast
        for policy, number in product(CHOSEN, range(learners))
        for forecast in judged(ready, curves, policy, told(ready, curves, policy, number))
    ]


def _curves(ready: Setting, *, hints: bool) -> Curves:
    """Difficulty and guess of each item, on the scale of a newcomer."""
    items, model = ready.items, ready.model
    if hints:
        items = {
            item.id: new_item(item.id, ready.tags(item.subtopic), item.difficulty_hint, OPTIONS)
            for item in ready.world.items
        }
        model = PRIOR
    return {
        name: (difficulty(predict(Learner(), item, EPOCH, model).p, item.guess), item.guess)
        for name, item in items.items()
    }


def told(ready: Setting, curves: Curves, policy: str, number: int) -> Story:
    """A learner's 21 days."""
    person = ready.world.learner(number)
    chosen = _policy(ready, policy, person, random.Random(f"{policy} {number}"))
    log: list[Answer] = []
    truth: list[tuple[float, float]] = []
    last_day: dict[str, int] = {}
    for day, _ in product(range(1, DAYS + 1), range(ANSWERS_A_DAY)):
        item = chosen.ask(day)
        right = person.answer(item, day)
        chosen.told(item, right, day)
        hardness, guess = curves[item]
        if item in last_day:
            guess = remembered(guess, day - last_day[item])
        last_day[item] = day
        log.append(Answer(item.partition("-")[0], hardness, guess, float(right), day))
        if len(log) in CHECKPOINTS:
            truth.append((person.exam_score(day + 1), _passes(person, day + 1)))
    return Story(log, truth)


def judged(
    ready: Setting, curves: Curves, policy: str, story: Story, dynamics: Dynamics = FITTED
) -> Iterator[Forecast]:
    """The head's forecasts beside the truth."""
    blueprint = ready.world.blueprint
    bank = {name: [curves[item] for item in items] for name, items in ready.by_subtopic.items()}
    ability = start({name: ready.world.topic_of(name) for name in blueprint}, dynamics)
    done = 0
    for answers, (score, passes) in zip(CHECKPOINTS, story.truth, strict=True):
        ability = replayed(ability, story.log[done:answers], dynamics)
        done, exam = answers, story.log[answers - 1].at_day + 1
        said = readiness(ability, blueprint, EXAM_LENGTH, CUT, bank, at_day=exam, dynamics=dynamics)
        spread = (said.mean - said.low80) / Z80
        yield Forecast(
            ready.world.name, policy, answers, said.mean, spread, said.p_pass, score, passes
        )


def _policy(ready: Setting, name: str, person: SimulatedLearner, chance: random.Random) -> Policy:
    if name == WEAKEST_TOPIC:
        return WeakestTopic(ready.world, chance)
    return POLICIES[name](ready, chance, person)


def _passes(person: SimulatedLearner, day: float) -> float:
    """The true chance to pass: items are independent, as the blueprint apportions them."""
    by_subtopic = person.exam_probabilities(day)
    counts = [1.0] + [0.0] * EXAM_LENGTH  # the chance of so many right answers
    for place in person.world.form(0.5):
        p = by_subtopic[place]
        counts = [
            stay * (1 - p) + rise * p for stay, rise in zip(counts, [0.0, *counts], strict=False)
        ]
    return sum(counts[ceil(CUT * EXAM_LENGTH) :])


def report(found: Sequence[Forecast]) -> None:
    """Print everything."""
    at = {str(each): [one for one in found if one.answers == each] for each in CHECKPOINTS}
    columns = {**at, "all": list(found)}
    print(f"{len(found)} forecasts\n{'answers':14}" + "".join(f"{name:>9}" for name in columns))
    for name, figure in FIGURES.items():
        print(f"{name:14}" + "".join(f"{figure(part):9.3f}" for part in columns.values()))
    print(f"\nMAE and, from {LATE} answers on, late MAE; cover 90; ECE; bias")
    cells = []
    for world, policy in product(CLIMATES, CHOSEN):
        cell = [one for one in found if (one.world, one.policy) == (world, policy)]
        late = [one for one in cell if one.answers >= LATE]
        row = (_mae(cell), _mae(late), _covered(cell, Z90), _ece(cell), _bias(cell))
        cells.append(row)
        print(f"{world} {policy:18}" + "".join(f"{value:8.3f}" for value in row))
    print(
        f"{'median':20}" + "".join(f"{median(column):8.3f}" for column in zip(*cells, strict=True))
    )
    print(f"\nthe chance to pass, by tenths\n{'said':>9}{'true':>9}{'forecasts':>11}")
    for tenth in _tenths(found):
        said, true = mean(one.p_pass for one in tenth), mean(one.passes for one in tenth)
        print(f"{said:9.3f}{true:9.3f}{len(tenth):11}")


def _mae(part: Sequence[Forecast]) -> float:
    return mean(abs(one.error) for one in part)


def _bias(part: Sequence[Forecast]) -> float:
    return mean(one.error for one in part)


def _covered(part: Sequence[Forecast], z: float) -> float:
    return mean(abs(one.error) <= z * one.spread for one in part)


def _ece(part: Sequence[Forecast]) -> float:
    gaps = (sum(one.p_pass - one.passes for one in tenth) for tenth in _tenths(part))
    return sum(map(abs, gaps)) / len(part)


def _tenths(part: Sequence[Forecast]) -> list[list[Forecast]]:
    """Forecasts gathered by the chance that was said; without empty gatherings."""
    bins: list[list[Forecast]] = [[] for _ in range(BINS)]
    for one in part:
        bins[min(int(one.p_pass * BINS), BINS - 1)].append(one)
    return [each for each in bins if each]


def _irreducible(part: Sequence[Forecast]) -> float:
    return mean(one.passes * (1 - one.passes) for one in part)


def _brier(part: Sequence[Forecast]) -> float:
    return mean((one.p_pass - one.passes) ** 2 for one in part) + _irreducible(part)


def log_score(part: Sequence[Forecast]) -> float:
    """Mean −ln density of the true score; lower is better."""
    return mean(
        log(one.spread) + log(2 * pi) / 2 + (one.error / one.spread) ** 2 / 2 for one in part
    )


FIGURES: dict[str, Callable[[Sequence[Forecast]], float]] = {
    "MAE": _mae,
    "bias": _bias,
    "cover 80": lambda part: _covered(part, Z80),
    "cover 90": lambda part: _covered(part, Z90),
    "mean spread": lambda part: mean(one.spread for one in part),
    "ECE P(pass)": _ece,
    "Brier": _brier,
    "irreducible": _irreducible,
    "log score": log_score,
}


if __name__ == "__main__":
    main()
