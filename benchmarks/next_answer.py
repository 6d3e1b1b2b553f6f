"""How well the next answer is foretold, beside what others do.

    python -m benchmarks.next_answer --data PATH [--limit N] [--test-fold 0] [--fast]

Learners of all folds but the test fold are streamed once. Then the population stands still, each
test learner starts empty, and every answer is foretold before it is taken in. From here on there
are two protocols, each for Elo as well as for ours:

as the product runs (the plain rows): a foretold answer goes on to calibrate its item, as between
    two nightly refits; no answer is known before it is foretold
", items frozen": nothing but the test learner's own state moves, as in most publications

Elo's steps are chosen in the same protocol on a fifth of the train learners. What is fitted offline
stands with the frozen ones; `--fast` leaves it out. The last tables start with an empty bank:
everything is learned on the way. µs are CPU time per answer of both sides; each block of
answers counts as in the quickest of RUNS runs, for other work on the machine only adds to it. The
last column is their ratio to Elo's.
"""

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import regressions
from benchmarks.answers import Answer, one_by_one, read, side_by_side
from benchmarks.baselines import (
    Forecaster,
    GlobalMean,
    ItemMean,
    Maker,
    Ours,
    elo_grid,
    multivariate_grid,
)
from benchmarks.metrics import Metrics, auc, metrics
from trainer.core.learning.replay import Learning

PROTOCOLS = {"": Learning.ITEMS, ", items frozen": Learning.NOTHING}
STAGES = (
    (0, 1_000),
    (1_000, 5_000),
    (5_000, 20_000),
    (0, 20_000),
    (20_000, 60_000),
    (60_000, None),
)
FIRST = (0, 20_000)  # the stage whose figure is given for each order
SEEDS = range(5)
RUNS = 5
BLOCK = 100  # answers that are timed together
TUNED_ON = 5  # a fifth of the train learners is held out to choose Elo's steps
MICROSECONDS = 1e6
LEAST_IN_STAGE = 100


class Outcome(NamedTuple):
    """What a method earned on the test answers; `took` in µs an answer, where it was timed."""

    told: Metrics
    took: float | None = None


def main() -> None:
    """Read, stream, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--test-fold", type=int, default=0)
    parser.add_argument("--fast", action="store_true")
    options = parser.parse_args()
    answers = read(options.data, options.limit)
    gc.freeze()  # the data are not the method's to sweep
    train = [answer for answer in answers if answer.fold != options.test_fold]
    test = [answer for answer in answers if answer.fold == options.test_fold]
    if not train or not test:
        parser.error(f"No answers on one side of fold {options.test_fold}.")
    print(f"train {_size(train)}; test fold {options.test_fold}, {_size(test)}")
    print(f"\n{'':30}   AUC  accuracy  log loss  Brier    ECE  µs/answer   × Elo")
    for suffix, teaches in PROTOCOLS.items():
        _print_protocol(suffix, _makers(answers, train, teaches), train, test, teaches)
    if not options.fast:
        _print_offline(train, test)
    makers = _makers(answers, train, Learning.ITEMS)
    del makers["global mean"]
    _print_cold("in the order of the file", makers, [answers])
    for order, arranged in (
        ("one learner after another", one_by_one),
        ("all learners side by side", side_by_side),
    ):
        _print_cold(order, makers, [arranged(answers, seed) for seed in SEEDS])


def _size(answers: Sequence[Answer]) -> str:
    return f"{len(answers):,} answers of {len({answer.user for answer in answers}):,} learners"


def _makers(
    answers: Sequence[Answer], train: Sequence[Answer], teaches: Learning
) -> dict[str, Maker]:
    return {
        "global mean": GlobalMean,
        "item mean": ItemMean,
        "Elo": tuned(elo_grid(), train, teaches),
        "multivariate Elo": tuned(multivariate_grid(), train, teaches),
        "ours": partial(Ours, answers),
    }


def streamed(
    maker: Maker,
    train: Sequence[Answer],
    test: Sequence[Answer],
    teaches: Learning,
    runs: int = 1,
) -> Outcome:
    """The metrics on the test answers, and µs an answer of both."""
    quickest: list[float] = []
    for _ in range(runs):
        forecaster = maker()
        _, before = _told(forecaster, train, Learning.POPULATION)
        chances, after = _told(forecaster, test, teaches)
        times = before + after
        quickest = list(map(min, quickest or times, times))
    took = sum(quickest) / (len(train) + len(test)) * MICROSECONDS
    return Outcome(metrics(chances, [answer.score for answer in test]), took)


def _told(
    forecaster: Forecaster, answers: Sequence[Answer], teaches: Learning
) -> tuple[list[float], list[float]]:
    """The chances, and the CPU seconds of each block."""
    chances, seconds = [], []
    for start in range(0, len(answers), BLOCK):
        since = time.process_time()
        chances += [forecaster.answer(each, teaches) for each in answers[start : start + BLOCK]]
        seconds.append(time.process_time() - since)
    return chances, seconds


def tuned(grid: Sequence[Maker], train: Sequence[Answer], teaches: Learning) -> Maker:
    """The candidate with the least log loss on a fifth of the train learners."""
    learners = sorted({answer.user for answer in train})
    held = set(learners[::TUNED_ON])
    rest = [answer for answer in train if answer.user not in held]
    check = [answer for answer in train if answer.user in held]
    return min(grid, key=lambda maker: streamed(maker, rest, check, teaches).told.log_loss)


def _print_protocol(
    suffix: str,
    makers: dict[str, Maker],
    train: Sequence[Answer],
    test: Sequence[Answer],
    teaches: Learning,
) -> None:
    rows = {name: streamed(maker, train, test, teaches, RUNS) for name, maker in makers.items()}
    for name, outcome in rows.items():
        _print_row(name + suffix, outcome, rows["Elo"].took)


def _print_row(name: str, outcome: Outcome | None, elo: float | None = None) -> None:
    if outcome is None:
        print(f"{name:30} not run: its library is missing or fails")
        return
    told, took = outcome
    speed = f"{took:10.2f} {took / elo:7.1f}" if took and elo else ""
    print(
        f"{name:30} {told.auc:.4f}  {told.accuracy:.4f}   {told.log_loss:.4f}  {told.brier:.4f}"
        f"  {told.ece:.4f} {speed}".rstrip(),
        flush=True,
    )


def _print_offline(train: Sequence[Answer], test: Sequence[Answer]) -> None:
    methods: dict[str, Callable[..., list[float] | None]] = {
        "PFA": partial(regressions.regression, regressions.pfa),
        "Best-LR": partial(regressions.regression, regressions.best_lr),
        "BKT": regressions.tracing,
    }
    for name, method in methods.items():
        start = time.process_time()
        chances = method(train, test)
        seconds = time.process_time() - start
        told = metrics(chances, [answer.score for answer in test]) if chances else None
        _print_row(f"{name}, fit in {seconds:.0f} s", Outcome(told) if told else None)


def _print_cold(order: str, makers: dict[str, Maker], orders: Sequence[Sequence[Answer]]) -> None:
    """AUC by answers seen, everything learned online from nothing; the median of the orders."""
    stages = [(a, b) for a, b in STAGES if len(orders[0]) >= a + LEAST_IN_STAGE]
    heads = [f"{a // 1000}–{b // 1000}k" if b else f"{a // 1000}k+" for a, b in stages]
    several = f", median of {len(orders)} random orders" if len(orders) > 1 else ""
    print(f"\nEmpty bank, {order}: AUC by answers seen{several}")
    print(f"{'':18}" + "".join(f"{head:>9}" for head in heads))
    for name, maker in makers.items():
        areas = [_areas(maker, answers, stages) for answers in orders]
        print(f"{name:18}" + "".join(f"{median(each):9.4f}" for each in zip(*areas, strict=True)))
    if several and FIRST in stages:
        firsts = " ".join(f"{each[stages.index(FIRST)]:.4f}" for each in areas)
        print(f"{name}, first 20k, each order: {firsts}", flush=True)


def _areas(
    maker: Maker, answers: Sequence[Answer], stages: Sequence[tuple[int, int | None]]
) -> list[float]:
    chances, _ = _told(maker(), answers, Learning.POPULATION)
    scores = [answer.score for answer in answers]
    return [auc(chances[a:b], scores[a:b]) for a, b in stages]


if __name__ == "__main__":
    main()
