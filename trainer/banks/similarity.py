"""How alike two texts are, by their words and by the run of their letters.

Rare features weigh more than common ones: stems of one bank share “Which modifier belongs on”,
and only the rest tells whether they ask the same.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from trainer.banks.lexicon import STOP_WORDS
from trainer.banks.text import CODE, codes, folded, plain
from trainer.banks.wording import root
from trainer.core.code import normalised

# Somewhat below the usual .90 and .80: what two texts do not share is rare and so weighs more.
TOKEN_SET_LIMIT = 0.85
GRAM_LIMIT = 0.75
_GRAM = 5
_SMOOTHING = 20  # texts that a bank is thought to have more
_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?![^\W_])|[^\W_]+")
_CONTRACTED = re.compile(r"['’][a-z]+")
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}


def content_words(text: str) -> frozenset[str]:
    """What a text is about: roots of its words without stop words, numbers, codes.

    A code is one word however it is dotted; its modifiers are words of their own. Single letters
    count: Part B is not Part C.
    """
    bare = _CONTRACTED.sub(" ", CODE.sub(" ", plain(text)).lower())
    coded = {normalised(part).lower() for code in codes(text) for part in code.split("-")}
    return frozenset(coded.union(filter(None, map(_word, _TOKEN.findall(bare)))))


def _word(token: str) -> str:
    """The token as compared; empty where it tells nothing."""
    if token[0].isdigit():
        return token.replace(",", "").removesuffix(".00")
    if token in _NUMBER_WORDS:
        return _NUMBER_WORDS[token]
    return "" if token in STOP_WORDS else root(token)


def fingerprint(text: str) -> str:
    """A hash that texts share if they differ in case, blanks, punctuation or markup only."""
    return sha256(folded(text).encode()).hexdigest()


@lru_cache(maxsize=2)
def first_with_text(texts: tuple[str, ...]) -> tuple[int, ...]:
    """For each text the position of the first one with its fingerprint: its own, if it is new."""
    first: dict[str, int] = {}
    return tuple(first.setdefault(fingerprint(text), at) for at, text in enumerate(texts))


def grams(text: str) -> frozenset[str]:
    """All runs of five letters or digits; a shorter text is one gram."""
    run = folded(text)
    return frozenset(run[at : at + _GRAM] for at in range(max(1, len(run) - _GRAM + 1)))


def token_set_ratio(left: Set[str], right: Set[str]) -> float:
    """Twice the shared words by all words, 0–1 (Dice 1945), whatever their order.

    Unlike the ratio of that name in fuzzy-matching libraries, a part is not equal to its whole.
    Two empty sets are the same.
    """
    counted = len(left) + len(right)
    return 2 * len(left & right) / counted if counted else 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by position, the earlier first, and how alike they are (0–1)."""

    earlier: int
    later: int
    likeness: float


@lru_cache(maxsize=2)
def alike_pairs(texts: tuple[str, ...]) -> tuple[Pair, ...]:
    """All pairs at or above one of the two limits, each once.

    Cached, as is `first_with_text`, because each bank of a lint asks for the pairs of all banks.
    """
    by_grams = _joined([grams(text) for text in texts], GRAM_LIMIT)
    dice_as_jaccard = TOKEN_SET_LIMIT / (2 - TOKEN_SET_LIMIT)
    by_words = _joined([content_words(text) for text in texts], dice_as_jaccard)
    found = {(pair.earlier, pair.later): pair for pair in by_grams}
    for pair in by_words:
        likeness = 2 * pair.likeness / (1 + pair.likeness)  # Dice again
        found[pair.earlier, pair.later] = Pair(pair.earlier, pair.later, likeness)
    return tuple(found.values())


def _joined(sets: Sequence[frozenset[str]], limit: float) -> Iterator[Pair]:
    """Pairs whose weighted Jaccard index (shared by united weight) reaches the limit.

    Prefix filtering (Bayardo, Ma & Srikant, “Scaling up all pairs similarity search”, WWW 2007):
    with features sorted rarest first, two sets this alike share one of their first few, so most
    pairs are never compared.
    """
    weights = _rarity(sets)
    totals = [math.fsum(weights[feature] for feature in features) for features in sets]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for later, features in enumerate(sets):
        candidates: set[int] = set()
        for feature in _prefix(features, weights, (1 - limit) * totals[later]):
            candidates.update(index[feature])
            index[feature].append(later)
        for earlier in sorted(candidates):
            shared = math.fsum(weights[feature] for feature in features & sets[earlier])
            likeness = shared / (totals[earlier] + totals[later] - shared)
            if likeness >= limit:
                yield Pair(earlier, later, likeness)


def _rarity(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency (Spärck Jones 1972), smoothed: in a small bank all is rare."""
    counts = Counter(feature for features in sets for feature in features)
    size = len(sets) + _SMOOTHING
    return {feature: math.log(1 + size / (count + 1)) for feature, count in counts.items()}


def _prefix(features: frozenset[str], weights: Mapping[str, float], spare: float) -> Iterator[str]:
    """The rarest features, until they weigh more than a pair may differ by."""
    seen = 0.0
    for feature in sorted(features, key=lambda f: (-weights[f], f)):
        if seen > spare:
            return
        yield feature
        seen += weights[feature]
