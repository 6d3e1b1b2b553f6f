"""How well the next answer is foretold, beside what others do.

    python -m benchmarks.next_answer --data PATH [--limit N] [--test-fold 0] [--fast]

Learners of all folds but the test fold are streamed once; then items and population stand still,
each test learner starts empty, and every answer is foretold before it is taken in. "items stay
online" lets the test answers calibrate the items as well. Elo is tuned on a fifth of the train
learners. The second table starts with an empty bank: everything is learned on the way. µs are
CPU time per answer, all answers of the run. `--fast` leaves out what is fitted offline.
"""

import argparse
import gc
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import regressions
from benchmarks.answers import Answer, read, side_by_side
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

STAGES = (
    (0, 1_000),
    (1_000, 5_000),
    (5_000, 20_000),
    (0, 20_000),
    (20_000, 60_000),
    (60_000, None),
)
TUNED_ON = 5  # a fifth of the train learners is held out to choose Elo's steps
MICROSECONDS = 1e6
LEAST_IN_STAGE = 100


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
    print(f"train {_size(train)}; test fold {options.test_fold}, {_size(test)}\n")
    elo = tuned(elo_grid(), train)
    multivariate = tuned(multivariate_grid(), train)
    print(f"{'':28}   AUC  accuracy  log loss  Brier    ECE  µs/answer")
    makers: dict[str, Maker] = {
        "global mean": GlobalMean,
        "item mean": ItemMean,
        "Elo": elo,
        "multivariate Elo": multivariate,
        "ours": partial(Ours, answers),
    }
    for name, maker in makers.items():
        _print_row(name, *frozen(maker, train, test))
    _print_row("ours, items stay online", *frozen(makers["ours"], train, test, Learning.ITEMS))
    if not options.fast:
        _print_offline(train, test)
    del makers["global mean"]
    _print_cold("in the order of the file", makers, answers)
    _print_cold("all learners side by side", makers, side_by_side(answers))


def _size(answers: Sequence[Answer]) -> str:
    return f"{len(answers):,} answers of {len({answer.user for answer in answers}):,} learners"


def frozen(
    maker: Maker,
    train: Iterable[Answer],
    test: Sequence[Answer],
    teaches: Learning = Learning.NOTHING,
) -> tuple[Metrics, float]:
    """The metrics on the test answers, and µs an answer of both."""
    forecaster = maker()
    start = time.process_time()
    trained = _streamed(forecaster, train, Learning.POPULATION)
    chances = _streamed(forecaster, test, teaches)
    seconds = time.process_time() - start
    took = seconds / (len(trained) + len(chances)) * MICROSECONDS
    return metrics(chances, [answer.score for answer in test]), took


def _streamed(forecaster: Forecaster, answers: Iterable[Answer], teaches: Learning) -> list[float]:
    return [forecaster.answer(answer, teaches) for answer in answers]


def tuned(grid: Sequence[Maker], train: Sequence[Answer]) -> Maker:
    """The candidate with the least log loss on a fifth of the train learners."""
    learners = sorted({answer.user for answer in train})
    held = set(learners[::TUNED_ON])
    rest = [answer for answer in train if answer.user not in held]
    check = [answer for answer in train if answer.user in held]
    return min(grid, key=lambda maker: frozen(maker, rest, check)[0].log_loss)


def _print_row(name: str, told: Metrics | None, took: float | None) -> None:
    if told is None:
        print(f"{name:28} not run: its library is missing or fails")
        return
    speed = "" if took is None else f"{took:9.2f}"
    print(
        f"{name:28} {told.auc:.4f}  {told.accuracy:.4f}   {told.log_loss:.4f}  {told.brier:.4f}"
        f"  {told.ece:.4f} {speed}",
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
        _print_row(f"{name} (fit {seconds:.0f} s)", told, None)


def _print_cold(order: str, makers: dict[str, Maker], answers: Sequence[Answer]) -> None:
    """AUC by answers seen, everything learned online from nothing."""
    stages = [(a, b) for a, b in STAGES if len(answers) >= a + LEAST_IN_STAGE]
    heads = [f"{a // 1000}–{b // 1000}k" if b else f"{a // 1000}k+" for a, b in stages]
    print(
        f"\nEmpty bank, {order}: AUC by answers seen\n{'':18}" + "".join(f"{h:>9}" for h in heads)
    )
    scores = [answer.score for answer in answers]
    for name, maker in makers.items():
        chances = _streamed(maker(), answers, Learning.POPULATION)
        areas = [auc(chances[a:b], scores[a:b]) for a, b in stages]
        print(f"{name:18}" + "".join(f"{area:9.4f}" for area in areas), flush=True)


if __name__ == "__main__":
    main()
