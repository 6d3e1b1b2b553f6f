"""B02: a sequence of keys that repeats itself, clusters or alternates."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from string import ascii_uppercase

from trainer.banks.answers import key_place
from trainer.banks.chance import runs_test
from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.core.bank import Bank
from trainer.core.item import SingleItem

_ALPHA = 0.01
_FEWEST_FOR_RUNS = 20  # below, the normal approximation is poor
_PERIODS = range(2, 7)
_FEWEST_CYCLES = 4
_FEWEST_IN_PATTERN = 12  # chance repeats four options that long less than once in 4 ** 6 banks


def key_pattern(bank: Bank, _context: Context) -> Iterator[Flaw]:
    places = [key_place(item) for item in bank if isinstance(item, SingleItem)]
    keys = "".join(ascii_uppercase[place] for place in places if place is not None)
    pattern = _cycle(keys)
    if pattern:
        cycle, length = pattern
        yield Flaw(f"{length} keys in a row repeat {cycle}", "key")
    elif len(keys) >= _FEWEST_FOR_RUNS:
        runs = runs_test(keys)
        if runs.p < _ALPHA:
            longest = max(len(list(group)) for _, group in groupby(keys))
            kind = "clusters" if runs.observed < runs.expected else "alternation"
            yield Flaw(
                f"{kind} in the order of {len(keys)} keys: {runs.observed} runs where chance "
                f"gives {runs.expected:.0f} (p = {runs.p:.2g}), the longest of {longest}",
                "key",
            )


def _cycle(keys: Sequence[str]) -> tuple[str, int] | None:
    """The first ABAB or ABCDABCD that is too long for chance: what repeats, and how long."""
    for period in _PERIODS:
        needed = max(_FEWEST_IN_PATTERN, _FEWEST_CYCLES * period)
        start = 0
        for at in range(period, len(keys) + 1):
            if at < len(keys) and keys[at] == keys[at - period]:
                continue
            cycle = "".join(keys[start : start + period])
            if at - start >= needed and len(set(cycle)) > 1:
                return cycle, at - start
            start = at - period + 1
    return None


RULE = BankRule(
    id="B02",
    severity=Severity.ADVICE,
    title="Pattern in the order of keys",
    why="Who notices ABAB or a long row of one letter answers without reading, wherever items "
    "appear in the written order.",
    fix="Reorder the options of some items; sorting them by length or alphabet breaks a pattern.",
    source="Haladyna, Downing & Rodriguez (2002), rule 20",
    check=key_pattern,
)
