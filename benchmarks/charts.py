"""Pictures of what the benchmarks printed.

    python -m benchmarks.charts [FILE]

Reads the tables as benchmarks.learning, benchmarks.readiness and benchmarks.selection print them,
from docs/engine.md or any other file that holds them, and draws docs/img/*.svg. A test holds the
pictures to the tables.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile, takewhile
from math import log10, sqrt
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "docs" / "engine.md"
PICTURES = ROOT / "docs" / "img"

INK, FAINT, RULE, PAPER = "#1c2430", "#5b6472", "#d5dae1", "#ffffff"
OURS, OTHER, TRUTH = "#0b62c4", "#6f7885", "#b4530a"
CUT = 0.7
SECONDS = 1_000_000  # µs


class Row(NamedTuple):
    """A line of a table: what it is about, and its numbers (None where there is a dash)."""

    title: str
    numbers: tuple[float | None, ...]


class Scale(NamedTuple):
    """Maps values to places on paper, linearly or by their logarithms."""

    low: float
    high: float
    start: float
    end: float
    by: Callable[[float], float] = float

    def __call__(self, value: float) -> float:
        low, high = self.by(self.low), self.by(self.high)
        share = (self.by(value) - low) / (high - low)
        return round(self.start + share * (self.end - self.start), 1)


def main() -> None:
    """Read, draw."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", nargs="?", type=Path, default=TABLES)
    for name, picture in pictures(arguments.parse_args().file.read_text()).items():
        (PICTURES / name).write_text(picture)
        print(f"docs/img/{name}")


def pictures(text: str) -> dict[str, str]:
    """All pictures by file name."""
    lines = [line.strip() for line in text.splitlines()]
    return {
        "learning.svg": learning(lines),
        "readiness.svg": reliability(lines),
        "selection.svg": pick_times(lines),
    }


# --- tables --------------------------------------------------------------------


def table(lines: Iterable[str], head: str) -> list[Row]:
    """The rows below the line that starts with `head`, a pattern, to the next empty one."""
    found = iter(dropwhile(lambda line: not re.match(head, line), lines))
    next(found, None)
    return [_row(line) for line in takewhile(bool, found)]


def _row(line: str) -> Row:
    """A title and what follows it: numbers with thousands separators or dashes for none."""
    match = re.match(r"(?P<title>(?:[A-Za-z.&-]+ )*[A-Za-z.&-]*)\s*(?P<rest>.*)", line)
    title, rest = ("", line) if match is None else (match["title"].strip(), match["rest"])
    return Row(title, tuple(_numbers(rest.split())))


def _numbers(words: Iterable[str]) -> Iterator[float | None]:
    for word in words:
        if word == "–":
            yield None
        elif re.fullmatch(r"[+-]?[\d,]*\.?\d+", word):
            yield float(word.replace(",", ""))


# --- pictures ------------------------------------------------------------------


def learning(lines: list[str]) -> str:
    """Exam score by policy, a panel for each world."""
    worlds = [line.split()[1] for line in lines if re.match(r"world \w +score", line)]
    parts = [
        part
        for number, world in enumerate(worlds)
        for part in _world(
            world,
            table(lines, rf"world {world} +score"),
            40 + 440 * (number % 2),
            62 + 262 * (number // 2),
        )
    ]
    return _svg(
        (900, 96 + 262 * ((len(worlds) + 1) // 2)),
        "Expected exam score of simulated learners by the way items are chosen",
        "One panel for each simulated world, one line for each way to choose; a dot at the "
        "expected score after 420 answers, the median number of answers until the expected score "
        "is 0.75 at the right (480: never). The tables in docs/engine.md give the same numbers.",
        [
            *parts,
            _text(40, 28, "Expected exam score after 420 answers, simulated learners", size=16),
        ],
    )


def _world(world: str, rows: list[Row], left: float, top: float) -> Iterator[str]:
    scale = Scale(0.55, 0.9, left + 125, left + 340)
    bottom = top + 28 + 20 * len(rows)
    yield _text(left, top, f"World {world}", weight=700)
    yield _text(left + 400, top, "answers to .75", anchor="end", fill=FAINT, size=11)
    for tick in (0.6, 0.7, 0.8, 0.9):
        colour = TRUTH if tick == CUT else RULE
        yield _line((scale(tick), top + 10), (scale(tick), bottom - 10), colour)
        yield _text(scale(tick), bottom + 5, f"{tick:.1f}", anchor="middle", fill=FAINT, size=11)
    for number, row in enumerate(rows):
        score, to_goal = row.numbers[0] or 0.0, row.numbers[2] or 0.0
        colour, y = (OURS if row.title == "ours" else OTHER), top + 24 + 20 * number
        weight = 700 if row.title == "ours" else 400
        yield _text(left + 118, y + 4, row.title, anchor="end", weight=weight)
        yield _line((scale(0.55), y), (scale(score), y), colour, width=2)
        yield _dot(scale(score), y, 5, colour)
        yield _text(scale(score) + 9, y + 4, f"{score:.3f}", weight=weight, size=11)
        yield _text(left + 400, y + 4, f"{to_goal:.0f}", anchor="end", weight=weight, size=11)


def reliability(lines: list[str]) -> str:
    """The chance to pass that was told, beside the true one."""
    x, y = Scale(0, 1, 70, 470), Scale(0, 1, 460, 60)
    rows = [row.numbers for row in table(lines, r"said +true")]
    bins = [
        (said, true, count) for said, true, count in rows if said is not None and true and count
    ]
    total = sum(count for _, _, count in bins)
    parts = [*_square(x, y), _line((x(0), y(0)), (x(1), y(1)), TRUTH, dashes="5 4")]
    for said, true, count in bins:
        parts.append(_dot(x(said), y(true), round(3 + 22 * sqrt(count / total), 1), OURS, 0.75))
    parts += [
        _text(70, 32, "Chance to pass: forecast and truth", size=16),
        _text(270, 500, "forecast P(pass), by tenths", anchor="middle", fill=FAINT),
        _text(0, 0, "true chance", anchor="middle", fill=FAINT, turned=(24, 260)),
    ]
    return _svg(
        (510, 520),
        "Reliability of the chance to pass",
        "Forecasts for simulated learners gathered by tenths: the true chance to pass over the "
        "chance that was told. A dot's area is the share of forecasts. On the dashed diagonal the "
        "two agree.",
        parts,
    )


def _square(x: Scale, y: Scale) -> Iterator[str]:
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        yield _line((x(tick), y(0)), (x(tick), y(1)), RULE)
        yield _line((x(0), y(tick)), (x(1), y(tick)), RULE)
        yield _text(x(tick), y(0) + 18, f"{tick:g}", anchor="middle", fill=FAINT, size=11)
        yield _text(x(0) - 8, y(tick) + 4, f"{tick:g}", anchor="end", fill=FAINT, size=11)


def pick_times(lines: list[str]) -> str:
    """CPU time of a pick by the size of the bank, both axes logarithmic."""
    rows = [row.numbers for row in table(lines, r"items +pick")]
    x, y = Scale(100, 1_000_000, 80, 560, log10), Scale(1, SECONDS, 400, 60, log10)
    parts = [_text(30, 32, "CPU time of a pick by size of the bank", size=16)]
    for power in range(7):
        value = 10**power
        parts.append(_line((x(100), y(value)), (x(1_000_000), y(value)), RULE))
        label = ("1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s")[power]
        parts.append(_text(72, y(value) + 4, label, anchor="end", fill=FAINT, size=11))
        if value >= x.low:
            parts.append(_text(x(value), 420, f"{value:,}", anchor="middle", fill=FAINT, size=11))
    series = ((4, "catsim", OTHER), (2, "ours, all seen", TRUTH), (1, "ours", OURS))
    for column, title, colour in (*series, (3, "ours, placement", INK)):
        points = [
            (x(size), y(value))
            for size, value in ((row[0], row[column]) for row in rows)
            if size and value
        ]
        if points:
            parts += _curve(points, title, colour)
    parts.append(_text(320, 444, "items in the bank", anchor="middle", fill=FAINT))
    return _svg(
        (680, 462),
        "CPU time of choosing the next item by the size of the bank",
        "Both axes are logarithmic. Ours stays level from 100 to 1,000,000 items: in practice, for "
        "a learner who has seen every item, in placement. catsim grows in proportion.",
        parts,
    )


def _curve(points: list[tuple[float, float]], title: str, colour: str) -> Iterator[str]:
    path = " ".join(f"{x},{y}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in points:
        yield _dot(x, y, 3.5, colour)
    yield _text(points[-1][0] + 9, points[-1][1] + 4, title, fill=colour, weight=700)


# --- marks ---------------------------------------------------------------------


def _svg(size: tuple[int, int], title: str, told: str, parts: Iterable[str]) -> str:
    """On paper of its own, so that it reads on dark pages too."""
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title told" font-family="sans-serif">'
    )
    return "\n".join(
        (
            head,
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="told">{escape(told)}</desc>',
            f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>',
            *parts,
            "</svg>\n",
        )
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 12,
    anchor: str = "start",
    fill: str = INK,
    weight: int = 400,
    turned: tuple[float, float] | None = None,
) -> str:
    """Words, with a rim of paper; `turned` stands them upright at a place."""
    turn = f' transform="translate({turned[0]} {turned[1]}) rotate(-90)"' if turned else ""
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{fill}" font-weight="{weight}" stroke="{PAPER}" stroke-width="3" '
        f'paint-order="stroke"{turn}>{escape(words)}</text>'
    )


def _line(
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    *,
    width: int = 1,
    dashes: str = "none",
) -> str:
    return (
        f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" stroke="{colour}" '
        f'stroke-width="{width}" stroke-dasharray="{dashes}"/>'
    )


def _dot(x: float, y: float, radius: float, colour: str, opacity: float = 1.0) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="{opacity}"/>'


if __name__ == "__main__":
    main()
