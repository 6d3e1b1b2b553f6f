"""How fast, how exact and how even the next item is chosen.

    python -m benchmarks.selection [--quick]

1. CPU time of a pick from 100 to 1,000,000 items, beside catsim's MaxInfoSelector where catsim is
   installed (Python with catsim ≥ 0.21; up to 100,000 items, above it takes seconds each).
2. Error of the ability after 20, 40 and 60 placement items, beside chance, plain maximum
   information and the van Trees (Bayesian Fisher) bound.
3. Exposure in placement: the most shown item of 1,000, and how many are used at all.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from math import sqrt
from statistics import median

from trainer.core.learning.diagnostic import (
    LEVELS,
    Bank,
    Placed,
    State,
    begun,
    is_done,
    next_item,
    updated,
)
from trainer.core.learning.pool import Entry, Pool, Seen
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.selection import Served

SUBTOPICS = 32
DOMAINS = 8
SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
CATSIM_MOST = 100_000
PICKS = 1_000
REPEATS = 5
CATSIM_PICKS = 5
ANSWERED = 50
HALF = 0.5
LENGTHS = (20, 40, 60)
BANK = 1_000
GUESS = 0.25
ANY = 1.0  # exposure that never binds

Asker = Callable[[State, float], Placed]


def main() -> None:
    """Measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="to 100,000 items, 200 examinees")
    quick = arguments.parse_args().quick
    _print_times(SIZES[:-1] if quick else SIZES)
    _print_errors(200 if quick else 2_000, guess=0.0)
    _print_errors(200 if quick else 2_000, guess=GUESS)
    _print_exposures(500 if quick else 2_000)


def _print_times(sizes: Iterable[int]) -> None:
    print(f"CPU µs of a pick: median of {PICKS}, each the best of {REPEATS}; {SUBTOPICS} subtopics")
    print(
        f"{'items':>9} {'pick':>7} {'all seen':>9} {'placement':>10} {'catsim':>9} {'build s':>8}"
    )
    for size in sizes:
        chance = random.Random(size)
        entries = list(_entries(size, chance))
        before = time.process_time()
        pool = Pool(entries)
        built = time.process_time() - before
        ours = _pick_time(pool, chance, {})
        known = {n: Seen(chance.random(), chance.random() < HALF, n) for n in range(size)}
        seen = _pick_time(pool, chance, known)
        bank = Bank(_items(size, chance, SUBTOPICS), _blueprint(SUBTOPICS))
        placement = _placement_time(bank, chance)
        catsim = f"{_catsim_time(size, chance):9.0f}" if _has_catsim(size) else f"{'–':>9}"
        print(
            f"{size:9,} {ours:7.1f} {seen:9.1f} {placement:10.1f} {catsim} {built:8.2f}", flush=True
        )


def _entries(size: int, chance: random.Random) -> Iterable[Entry]:
    return (Entry(n, 1, f"s{n % SUBTOPICS}", chance.gauss(0, 1)) for n in range(size))


def _views(chance: random.Random) -> list[SubtopicView]:
    """A learner at some moment, another one each time."""
    return [
        SubtopicView(
            f"s{n}",
            (1 + n % 5) / 90,
            answered=chance.uniform(0, 9),
            mastery=chance.gauss(0, 1),
            variance=chance.uniform(0, 0.2),
            gap=chance.randrange(80),
            days=chance.uniform(0, 9),
        )
        for n in range(SUBTOPICS)
    ]


def _best(work: Callable[[], object]) -> float:
    """CPU µs, undisturbed."""
    times: list[int] = []
    for _ in range(REPEATS):
        before = time.process_time_ns()
        work()
        times.append(time.process_time_ns() - before)
    return min(times) / 1000


def _pick_time(pool: Pool, chance: random.Random, seen: dict[int, Seen]) -> float:
    """Learners with up to ANSWERED answers more than `seen`, one after the other."""
    times: list[float] = []
    trail: list[Served] = []
    new: dict[int, Seen] = {}
    for step in range(PICKS):
        if step % ANSWERED == 0:
            trail, new = [], dict(seen)
        pick = partial(
            pool.pick, _views(chance), new, trail, chance=chance.random(), salt=chance.random()
        )
        times.append(_best(pick))
        item = pick().candidate
        new[item.item] = Seen(chance.random(), chance.random() < item.p, step)
        trail.append(Served(item.item, item.subtopic))
    return median(times)


def _placement_time(bank: Bank, chance: random.Random) -> float:
    """Rankings are worked out the first time that an ability needs them; that is left out."""
    times: list[float] = []
    while len(times) < PICKS:
        state = begun(bank)
        for _ in range(bank.length):
            pick = partial(next_item, state, bank, chance.random())
            times.append(_best(pick))
            item = pick().item
            state = updated(state, item, float(chance.random() < item.probability(0.0)))
    return median(times)


def _has_catsim(size: int) -> bool:
    return size <= CATSIM_MOST and find_spec("catsim") is not None


def _catsim_time(size: int, chance: random.Random) -> float:
    """Through import_module: catsim is no dependency of ours."""
    numpy, catsim = import_module("numpy"), import_module("catsim")
    selector = import_module("catsim.selection").MaxInfoSelector()
    rows = [[chance.lognormvariate(0, 0.3), chance.gauss(0, 1), 0.0, 1.0] for _ in range(size)]
    with redirect_stdout(StringIO()):  # it prints an empty line
        bank = catsim.ItemBank(numpy.array(rows))
    given = chance.sample(range(size), ANSWERED)
    select = partial(selector.select, item_bank=bank, administered_items=given)
    times = [_best(partial(select, est_theta=chance.gauss(0, 1))) for _ in range(CATSIM_PICKS)]
    return median(times)


def _items(size: int, chance: random.Random, domains: int, guess: float = 0.0) -> list[Placed]:
    """Discriminations log-normal (0, .3), difficulties standard normal."""
    return [
        Placed(n, 1, f"d{n % domains}", chance.gauss(0, 1), chance.lognormvariate(0, 0.3), guess)
        for n in range(size)
    ]


def _blueprint(domains: int) -> dict[str, float]:
    return {f"d{n}": 1.0 + n % 5 for n in range(domains)}


def _print_errors(examinees: int, guess: float) -> None:
    print(f"\nRMSE of the ability, {BANK} items, guessing {guess}, {examinees} examinees N(0, 1)")
    print(f"{'after':26}" + "".join(f"{n:8}" for n in LENGTHS) + "  most shown     used")
    items = _items(BANK, random.Random(1), DOMAINS, guess)
    together = [item._replace(stratum="all") for item in items]
    free = Bank(together, {"all": 1.0}, LENGTHS[-1], exposure=ANY)
    bound = "".join(f"{_van_trees(items, length):8.3f}" for length in LENGTHS)
    print(f"{'van Trees bound':26}{bound}")
    _print_line("maximum information", [_simulated(_asking(free), LENGTHS, examinees)])
    _print_line("random", [_simulated(_at_random(items), LENGTHS, examinees)])
    ours = [
        _simulated(_asking(Bank(items, _blueprint(DOMAINS), length)), (length,), examinees)
        for length in LENGTHS
    ]
    _print_line("ours: blueprint, exposure", ours)


@dataclass(frozen=True)
class _Outcome:
    """Root mean square errors by length, and to what share of examinees each item was shown."""

    errors: dict[int, float]
    shown: dict[int, float]


def _print_line(title: str, outcomes: Sequence[_Outcome]) -> None:
    """The lengths of several outcomes, one after the other; exposures of the last one."""
    errors = [error for outcome in outcomes for error in outcome.errors.values()]
    shown = outcomes[-1].shown
    print(f"{title:26}" + "".join(f"{e:8.3f}" for e in errors), end="")
    print(f"{max(shown.values()):12.2f}{len(shown):9}")


def _simulated(ask: Asker, lengths: Sequence[int], examinees: int) -> _Outcome:
    chance = random.Random(2)
    squares = dict.fromkeys(lengths, 0.0)
    shown: Counter[int] = Counter()
    for _ in range(examinees):
        ability, state = chance.gauss(0, 1), begun(Bank((), {}))
        for place in range(1, lengths[-1] + 1):
            item = ask(state, chance.random())
            shown[item.item] += 1
            state = updated(state, item, float(chance.random() < item.probability(ability)))
            if place in squares:
                squares[place] += (state.ability - ability) ** 2
    errors = {length: sqrt(total / examinees) for length, total in squares.items()}
    return _Outcome(errors, {item: count / examinees for item, count in shown.items()})


def _asking(bank: Bank) -> Asker:
    return lambda state, chance: next_item(state, bank, chance).item


def _at_random(items: Sequence[Placed]) -> Asker:
    def ask(state: State, chance: float) -> Placed:
        served = frozenset(state.served)
        left = [item for item in items if item.item not in served]
        return left[int(chance * len(left))]

    return ask


def _van_trees(items: Sequence[Placed], length: int) -> float:
    """No estimator and no choice of items does better under an N(0, 1) prior (Van Trees 1968)."""
    prior = begun(Bank((), {})).posterior
    information = sum(
        share * sum(sorted((item.information(level) for item in items), reverse=True)[:length])
        for share, level in zip(prior, LEVELS, strict=True)
    )
    return 1 / sqrt(1 + information)


def _print_exposures(examinees: int) -> None:
    chance = random.Random(3)
    bank = Bank(_items(BANK, chance, DOMAINS, GUESS), _blueprint(DOMAINS))
    shown: Counter[int] = Counter()
    lengths, errors = 0, 0.0
    for _ in range(examinees):
        ability, state = chance.gauss(0, 1), begun(bank)
        while not is_done(state):
            item = next_item(state, bank, chance.random()).item
            state = updated(state, item, float(chance.random() < item.probability(ability)))
        shown.update(state.served)
        lengths += len(state.served)
        errors += (state.ability - ability) ** 2
    print(f"\nplacement as served, {BANK} items, guessing {GUESS}, {examinees} examinees")
    print(f"mean length {lengths / examinees:.1f}, RMSE {sqrt(errors / examinees):.3f}")
    print(f"most shown item: to {max(shown.values()) / examinees:.1%}; {len(shown)} items used")


if __name__ == "__main__":
    main()
