"""Offline baselines, fitted on the train learners: PFA, Best-LR (scikit-learn), BKT (pyBKT).

Each is None where its library is not installed: they are no dependency of the product.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from math import log1p
from typing import Any, NamedTuple

from benchmarks.answers import Answer
from benchmarks.baselines import logistic

ROUNDS = 5_000  # of L-BFGS, at most: 300 do not converge
TRIALS = 1  # of expectation maximisation
LEAST = 1e-4
HALF = 0.5  # of the points: from here on an answer counts as right


class Counts(NamedTuple):
    """Successes and failures before an answer: of each of its tags, its item, in all."""

    tags: list[tuple[float, float]]
    item: tuple[float, float]
    whole: tuple[float, float]


Columns = dict[str, float]
Encoding = Callable[[Answer, Counts], Columns]


def pfa(answer: Answer, counts: Counts) -> Columns:
    """Performance factors analysis (Pavlik, Cen & Koedinger 2009), counts as logarithms."""
    columns: Columns = {}
    for tag, (won, lost) in zip(answer.tags, counts.tags, strict=True):
        columns |= {f"k{tag}": 1.0, f"s{tag}": log1p(won), f"f{tag}": log1p(lost)}
    return columns


def best_lr(answer: Answer, counts: Counts) -> Columns:
    """Best-LR (Gervet et al. 2020): PFA with the item, and the counts of the item and in all."""
    won, lost = counts.whole
    item_won, item_lost = counts.item
    return pfa(answer, counts) | {
        f"i{answer.item}": 1.0,
        "won": log1p(won),
        "lost": log1p(lost),
        "item won": log1p(item_won),
        "item lost": log1p(item_lost),
    }


def histories(answers: Sequence[Answer]) -> list[Counts]:
    """What was known before each answer."""
    known: dict[tuple[str, str], tuple[float, float]] = {}
    told = []
    for answer in answers:
        tags = [(answer.user, f"k{tag}") for tag in answer.tags]
        keys = [*tags, (answer.user, f"i{answer.item}"), (answer.user, "")]
        *before, item, whole = [known.get(key, (0.0, 0.0)) for key in keys]
        told.append(Counts(before, item, whole))
        for key in set(keys):
            won, lost = known.get(key, (0.0, 0.0))
            known[key] = won + answer.score, lost + 1 - answer.score
    return told


def regression(
    encoding: Encoding, train: Sequence[Answer], test: Sequence[Answer]
) -> list[float] | None:
    """The chances that a logistic regression (L2, C = 1) gives the test answers."""
    try:
        vectorizer: Any = import_module("sklearn.feature_extraction").DictVectorizer()
        model: Any = import_module("sklearn.linear_model").LogisticRegression(max_iter=ROUNDS)
    except ImportError:
        return None
    rows = [encoding(*pair) for pair in zip(train, histories(train), strict=True)]
    model.fit(vectorizer.fit_transform(rows), [answer.score >= HALF for answer in train])
    rows = [encoding(*pair) for pair in zip(test, histories(test), strict=True)]
    chances: list[float] = model.predict_proba(vectorizer.transform(rows))[:, 1].tolist()
    return chances


class Tracing(NamedTuple):
    """A tag's parameters in Bayesian knowledge tracing (Corbett & Anderson 1995)."""

    prior: float
    learns: float
    guesses: float
    slips: float


def tracing(train: Sequence[Answer], test: Sequence[Answer]) -> list[float] | None:
    """The chances of BKT fitted by pyBKT a tag; an answer's is the mean log-odds of its tags."""
    try:
        parameters = _fitted(train)
    except (ImportError, TypeError, ValueError):  # pyBKT 1.4.3 fails with numpy 2.4
        return None
    mean = sum(answer.score for answer in train) / len(train)
    known: dict[tuple[str, str], float] = {}
    chances = []
    for answer in test:
        tags = [tag for tag in answer.tags if tag in parameters]
        odds = []
        solved = answer.score >= HALF
        for tag in tags:
            fit = parameters[tag]
            p = known.get((answer.user, tag), fit.prior)
            right = min(1 - LEAST, max(LEAST, p * (1 - fit.slips) + (1 - p) * fit.guesses))
            odds.append(log1p(right - 1) - log1p(-right))
            seen = p * (1 - fit.slips) / right if solved else p * fit.slips / (1 - right)
            known[answer.user, tag] = seen + (1 - seen) * fit.learns
        chances.append(logistic(sum(odds) / len(odds)) if odds else mean)
    return chances


def _fitted(train: Sequence[Answer]) -> dict[str, Tracing]:
    pandas: Any = import_module("pandas")
    model: Any = import_module("pyBKT.models").Model(seed=0, num_fits=TRIALS, parallel=False)
    rows = [
        (answer.user, tag, int(answer.score >= HALF)) for answer in train for tag in answer.tags
    ]
    table = pandas.DataFrame(rows, columns=["user_id", "skill_name", "correct"])
    table["order_id"] = range(len(table))
    model.fit(data=table)
    fits: dict[str, dict[str, float]] = {}
    for (tag, name, _), value in model.params()["value"].items():
        fits.setdefault(str(tag), {})[name] = float(value)
    names = Tracing._fields
    return {tag: Tracing(*(fit[name] for name in names)) for tag, fit in fits.items()}
