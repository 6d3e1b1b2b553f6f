"""Numbers for pictures: coordinates in the units of a view box, rounded and ready to print."""

from dataclasses import dataclass
from math import ceil

from trainer.core.analysis.interval import Band
from trainer.core.analysis.outcome import Tally
from trainer.core.analysis.pace import Pace

_STEP, _BAR = 10, 7  # widths of an item's place and of its bar
_HEIGHT = 100
_FEWEST_LINES, _MOST_LINES = 3, 5  # multiples of the target that a chart shows
_MINUTE = 60


def clock(seconds: float) -> str:
    """144 → 2:24."""
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes}:{rest:02}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One question's time. `middle`: x of its mark, if it is slow."""

    x: int
    y: float
    height: float
    middle: float
    is_slow: bool


@dataclass(frozen=True, slots=True)
class PaceRow:
    number: int
    time: str
    is_slow: bool


@dataclass(frozen=True, slots=True)
class PaceChart:
    """Times by question; `n` of `items` were measured.

    `lines`: y of each multiple of the target, the highest first, and `ticks` their times down to
    zero; `cut`: how many bars would stand above the chart.
    """

    width: int
    height: int
    bar_width: int
    bars: tuple[Bar, ...]
    lines: tuple[float, ...]
    target_y: float
    ticks: tuple[str, ...]
    rows: tuple[PaceRow, ...]
    items: int
    n: int
    slow: int
    cut: int
    target: str
    limit: str
    mean: str


def pace_chart(pace: Pace, items: int, limit: float) -> PaceChart | None:
    """The chart of an exam of so many items; None where no time was measured.

    `limit`: seconds beyond which an item is slow.
    """
    if not pace.rows:
        return None
    most = max(seconds for _, seconds in pace.rows)
    lines = min(_MOST_LINES, max(_FEWEST_LINES, ceil(most / pace.target)))
    top = lines * pace.target
    return PaceChart(
        width=items * _STEP,
        height=_HEIGHT,
        bar_width=_BAR,
        bars=tuple(_bar(n, seconds, top, n in pace.slow) for n, seconds in pace.rows),
        lines=tuple(round(_HEIGHT * n / lines, 2) for n in range(lines)),
        target_y=round(_HEIGHT * (lines - 1) / lines, 2),
        ticks=tuple(clock(n * pace.target) for n in range(lines, -1, -1)),
        rows=tuple(PaceRow(n, clock(seconds), n in pace.slow) for n, seconds in pace.rows),
        items=items,
        n=pace.n,
        slow=len(pace.slow),
        cut=sum(seconds > top for _, seconds in pace.rows),
        target=clock(pace.target),
        limit=clock(limit),
        mean=clock(pace.mean),
    )


def _bar(number: int, seconds: int, top: float, is_slow: bool) -> Bar:  # noqa: FBT001  # a fact of the row
    height = round(_HEIGHT * min(1.0, seconds / top), 2)
    x = (number - 1) * _STEP + (_STEP - _BAR) // 2
    return Bar(x, round(_HEIGHT - height, 2), height, x + _BAR / 2, is_slow)


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A share, its interval and the share that passes, in hundredths."""

    share: float
    low: float
    span: float
    cut: float


def share_bar(tally: Tally, band: Band, cut: float) -> ShareBar:
    """The bar of a share with its interval."""
    low, high = band.low * 100, band.high * 100
    return ShareBar(
        round(tally.share * 100, 1), round(low, 1), round(high - low, 1), round(cut * 100, 1)
    )
