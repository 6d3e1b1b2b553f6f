"""Answer logs for measuring, read from npz arrays. Data sets are never shipped.

`user`, `item`, `correct` and `fold` stand per answer, in order; answer r's tags are
`idx[ptr[r]:ptr[r+1]]`; `ts`, where it tells time, counts from 1970 or from the first answer.
"""

import random
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

DAY = 86_400.0
LONGEST = 20 * 365  # days: a longer log was not written in this unit
LATEST = 1e11  # in seconds that were the year 5138
UNITS = (1.0, 1e3, 1e6, 1e9)  # to the second


class Answer(NamedTuple):
    """`score` is 0–1; `day` is 0 throughout where the set tells no time."""

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
    stamps = arrays["ts"][:count].astype(float).tolist() if "ts" in arrays else [0.0] * count
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
    """Days, in the first unit that makes sense of the stamps; zeros where they tell no time."""
    if stamps and all(map(isfinite, stamps)):
        latest, span = max(map(abs, stamps)), max(stamps) - min(stamps)
        for unit in UNITS:
            if latest <= LATEST * unit and DAY * unit <= span <= LONGEST * DAY * unit:
                return [each / (DAY * unit) for each in stamps]
    return [0.0] * len(stamps)


def one_by_one(answers: Sequence[Answer], seed: int = 0) -> list[Answer]:
    """The same answers, one learner after another, the learners in a random order."""
    own = _by_learner(answers)
    users = list(own)
    random.Random(seed).shuffle(users)
    return [answer for user in users for answer in own[user]]


def side_by_side(answers: Sequence[Answer], seed: int = 0) -> list[Answer]:
    """The same answers as if all learners worked at the same time, each in their own order."""
    turns = [answer.user for answer in answers]
    random.Random(seed).shuffle(turns)
    upcoming = {user: iter(theirs) for user, theirs in _by_learner(answers).items()}
    return [next(upcoming[user]) for user in turns]


def _by_learner(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    own: dict[str, list[Answer]] = {}
    for answer in answers:
        own.setdefault(answer.user, []).append(answer)
    return own
