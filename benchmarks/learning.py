"""What each way of choosing items is worth to simulated learners, on the day of the exam.

    python -m benchmarks.learning [--quick] [--seeds 11,12,13] [--learners 90] [--jobs 2]

Twenty answers a day for 21 days, the exam on the day after; four worlds (benchmarks/worlds.py).
Per policy: expected score, chance to pass, median answers until the expected score is .75 (never
counts as 480), and the score's difference from random for the same people, with its standard
error. Then the same differences for ours against each. The rule was set on seeds 2 and 3; these
seeds are others. The one-step oracle is asked for a third of the learners only: it is slow.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from math import ceil, comb, sqrt
from statistics import mean, median, stdev

from benchmarks.policies import POLICIES
from benchmarks.settings import Setting, setting
from benchmarks.worlds import ANSWERS_A_DAY, CLIMATES, CUT, DAYS, EXAM_DAY, EXAM_LENGTH

SEEDS = (11, 12, 13)
LEARNERS = 90
GOAL = 0.75
NEVER = 480
CHECK_EVERY = 10
MINUTE = 1 / 1440  # of a day: one answer's time
ORACLE, ORACLE_SHARE = "one-step oracle", 3
OURS, BASE = "ours", "random"


@dataclass(frozen=True)
class Journey:
    """How one learner fared."""

    score: float
    passes: float
    answers_to_goal: int


Results = dict[str, dict[tuple[int, int], Journey]]  # by policy, then by seed and learner


def main() -> None:
    """Simulate, print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="one seed, 12 learners")
    arguments.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    arguments.add_argument("--learners", type=int, default=LEARNERS)
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--worlds", default="".join(CLIMATES))
    arguments.add_argument("--policies", default=",".join(POLICIES))
    asked = arguments.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")][: 1 if asked.quick else None]
    learners = 12 if asked.quick else asked.learners
    policies = asked.policies.split(",")
    with ProcessPoolExecutor(asked.jobs) as workers:
        for world in asked.worlds:
            parts = [workers.submit(journeys, world, seed, policies, learners) for seed in seeds]
            _print_world(world, _merged(part.result() for part in parts))


def journeys(world: str, seed: int, policies: Sequence[str], learners: int) -> Results:
    """All learners of one world under each policy."""
    found = setting(world, seed)
    results: Results = {name: {} for name in policies}
    for name, number in product(policies, range(learners)):
        if name != ORACLE or number < learners / ORACLE_SHARE:
            results[name][seed, number] = journey(found, name, number)
    return results


def journey(found: Setting, policy: str, number: int) -> Journey:
    """One learner from the first day to the exam."""
    person = found.world.learner(number)
    asker = POLICIES[policy](found, random.Random(f"policy {number}"), person)
    to_goal = NEVER
    moments = product(range(1, DAYS + 1), range(ANSWERS_A_DAY))
    for answers, (day, place) in enumerate(moments, start=1):
        now = day + place * MINUTE
        item = asker.ask(now)
        asker.told(item, person.answer(item, now), now)
        if to_goal == NEVER and answers % CHECK_EVERY == 0 and person.exam_score(now) >= GOAL:
            to_goal = answers
    score = person.exam_score(EXAM_DAY)
    return Journey(score, passing(score), to_goal)


def passing(score: float) -> float:
    """The chance that an exam of EXAM_LENGTH independent items reaches the cut."""
    return sum(
        comb(EXAM_LENGTH, right) * score**right * (1 - score) ** (EXAM_LENGTH - right)
        for right in range(ceil(CUT * EXAM_LENGTH), EXAM_LENGTH + 1)
    )


def _merged(parts: Iterable[Results]) -> Results:
    merged: Results = {}
    for part in parts:
        for name, journeys_ in part.items():
            merged.setdefault(name, {}).update(journeys_)
    return merged


def _print_world(world: str, results: Results) -> None:
    print(f"\nworld {world}{'':15} score  P(pass)  to .75   − random           ours −")
    for name, found in results.items():
        print(
            f"{name:20} {mean(j.score for j in found.values()):6.4f}"
            f" {mean(j.passes for j in found.values()):7.3f}"
            f" {median(j.answers_to_goal for j in found.values()):7.0f}"
            f"   {_difference(found, results.get(BASE))}   {_difference(results.get(OURS), found)}",
            flush=True,
        )


def _difference(
    ones: dict[tuple[int, int], Journey] | None, others: dict[tuple[int, int], Journey] | None
) -> str:
    """Mean difference of scores for the same people ± its standard error."""
    if not ones or not others or ones is others:
        return f"{'':16}"
    pairs = [ones[who].score - others[who].score for who in ones if who in others]
    return f"{mean(pairs):+.4f} ± {stdev(pairs) / sqrt(len(pairs)):.4f}"


if __name__ == "__main__":
    main()
