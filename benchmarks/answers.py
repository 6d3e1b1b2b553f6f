"""Answer logs for measuring, read from npz arrays. Data sets are never shipped.

`user`, `item`, `correct` and `fold` stand per answer, in order; answer r's tags are
`idx[ptr[r]:ptr[r+1]]`; `ts`, where it tells time, is in seconds or milliseconds.
"""

import random
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

DAY = 86_400.0
YEARS = 20 * 365  # a longer span is not a time in seconds
MILLISECONDS_FROM = 1e11  # in seconds that were the year 5138


class Answer(NamedTuple):
    """`score` is 0 or 1; `day` is 0 throughout where the set tells no time."""

    user: str
    item: str
    tags: tuple[str, ...]
    score: float
    fold: int
    day: float


def read(path: Path, limit: int | None = None) -> list[Answer]:
    """The first `limit` answers of a file, or all. Needs numpy."""
    arrays: Any = import_module("numpy").load(path, allow_pickle=False)
    count = len(arrays["user"]) if limit is None else min(limit, len(arrays["user"]))
    names = [f"t{each}" for each in arrays["idx"].tolist()]
    bounds = arrays["ptr"].tolist()
    stamps = arrays["ts"][:count].tolist() if "ts" in arrays else [0.0] * count
    return [
        Answer(str(user), str(item), tuple(names[start:end]), float(score), int(fold), day)
        for user, item, (start, end), score, fold, day in zip(
            arrays["user"][:count].tolist(),
            arrays["item"][:count].tolist(),
            list(pairwise(bounds))[:count],
            arrays["correct"][:count].tolist(),
            arrays["fold"][:count].tolist(),
            _days(stamps),
            strict=True,
        )
    ]


def _days(stamps: Sequence[float]) -> list[float]:
    """Days, or zeros where the stamps cannot be a time."""
    if not stamps or not all(map(isfinite, stamps)):
        return [0.0] * len(stamps)
    unit = DAY * 1000 if max(stamps) > MILLISECONDS_FROM else DAY
    span = (max(stamps) - min(stamps)) / unit
    return [each / unit for each in stamps] if 1 <= span <= YEARS else [0.0] * len(stamps)


def side_by_side(answers: Sequence[Answer], seed: int = 0) -> list[Answer]:
    """The same answers as if all learners worked at the same time, each in their own order."""
    own: dict[str, list[Answer]] = {}
    for answer in answers:
        own.setdefault(answer.user, []).append(answer)
    turns = [answer.user for answer in answers]
    random.Random(seed).shuffle(turns)
    upcoming = {user: iter(theirs) for user, theirs in own.items()}
    return [next(upcoming[user]) for user in turns]
