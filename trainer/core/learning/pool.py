"""All items of an exam, laid out so that the next one is found without looking at each.

Built once per process and exam, O(N log N). A pick costs O(K) for K subtopics, and for at most
`SUBTOPICS` of them a bisection and a bounded walk: O(K + log N). A subtopic is left out as soon
as not even its best possible item could enter the best three, so usually one to three are opened.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log
from operator import itemgetter
from typing import NamedTuple

from trainer.core.errors import PoolEmptyError
from trainer.core.learning.priority import SubtopicView, share_right, urgency
from trainer.core.learning.selection import (
    BEST,
    LADDER,
    NO_WISH,
    NOTHING_LEFT,
    SUBTOPICS,
    WORTHY,
    Bars,
    Candidate,
    Choice,
    Served,
    Wish,
    bars,
    chosen,
    item_score,
    since,
)

ENOUGH = 4  # fresh items nearest the target difficulty: more than chance decides among
REACH = 32  # items walked past in a subtopic at most, spent ones not counted
SPREAD = 0.5  # logits by which learners' targets differ, so that not all get the same items
GOLDEN = 0.6180339887498949  # multiples of it fill (0, 1) evenly (Weyl 1916)
EVEN_CHANCE = 0.5


class Entry(NamedTuple):
    """What the bank says of an item; `difficulty` in logits from average."""

    item: int
    version: int
    subtopic: str
    difficulty: float
    case: str | None = None
    enemies: frozenset[int] = frozenset()


class Seen(NamedTuple):
    """What a learner's answers to an item left behind; see `Candidate`."""

    recall: float = 0.0
    last_right: bool | None = None
    last: int | None = None


_UNSEEN = Seen()


class _Found(NamedTuple):
    """An item in the running; sorts best first."""

    loss: float  # less is better
    last: int
    item: int
    entry: Entry
    view: SubtopicView
    seen: Seen
    p: float
    exposure: float


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A subtopic's items by difficulty."""

    difficulties: tuple[float, ...]
    entries: tuple[Entry, ...]

    def near(self, difficulty: float) -> Iterator[Entry]:
        """Items by distance from a difficulty, nearest first."""
        levels, entries = self.difficulties, self.entries
        right, end = bisect_left(levels, difficulty), len(levels)
        left = right - 1
        for _ in range(end):
            if right == end or (
                left >= 0 and difficulty - levels[left] <= levels[right] - difficulty
            ):
                yield entries[left]
                left -= 1
            else:
                yield entries[right]
                right += 1


class _Search(NamedTuple):
    """One learner's question to the pool."""

    seen: Mapping[int, Seen]
    exposure: Mapping[int, float]
    target: float | None
    shift: float
    wanted: int
    spent: frozenset[int]


class Pool:
    """An exam's items. A case enters with its first item and then goes on in its order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        shelves: defaultdict[str, list[Entry]] = defaultdict(list)
        self._cases: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.case is not None:
                mates = self._cases.setdefault(entry.case, [])
                mates.append(entry)
                if len(mates) > 1:
                    continue
            shelves[entry.subtopic].append(entry)
        self._shelves = {name: _shelf(shelved) for name, shelved in shelves.items()}

    def pick(
        self,
        views: Iterable[SubtopicView],
        seen: Mapping[int, Seen],
        trail: Sequence[Served] = (),
        *,
        chance: float,
        wish: Wish = NO_WISH,
        exposure: Mapping[int, float] | None = None,
        salt: float = EVEN_CHANCE,
        spent: Collection[int] = frozenset(),
    ) -> Choice:
        """The item to serve next, with chances of success judged by subtopic and difficulty alone.

        `salt` in [0, 1) is the learner's own and shifts the difficulty looked for a little.
        `spent` items never come. Raises PoolEmptyError where the views have no other.
        """
        search = _Search(seen, exposure or {}, wish.target, _shift(salt), BEST, frozenset(spent))
        found = self._foremost(tuple(views), trail, wish, search)
        best = [each for each in found if each.loss <= WORTHY * found[0].loss]
        drawn = best[int(chance * len(best))]
        return chosen(_candidate(drawn), 1 / len(best), drawn.view)

    def shortlist(
        self,
        views: Iterable[SubtopicView],
        seen: Mapping[int, Seen],
        trail: Sequence[Served] = (),
        *,
        wish: Wish = NO_WISH,
        exposure: Mapping[int, float] | None = None,
        salt: float = EVEN_CHANCE,
        spent: Collection[int] = frozenset(),
        count: int = 2 * BEST,
    ) -> tuple[Candidate, ...]:
        """The best few, for `choose` once a better prediction has replaced their `p`.

        `spent` items never come. Raises PoolEmptyError where the views have no other.
        """
        search = _Search(seen, exposure or {}, wish.target, _shift(salt), count, frozenset(spent))
        found = self._foremost(tuple(views), trail, wish, search)
        return tuple(_candidate(each) for each in found)

    def _foremost(
        self, views: Sequence[SubtopicView], trail: Sequence[Served], wish: Wish, search: _Search
    ) -> list[_Found]:
        mate = self._next_of_case(views, trail, search.spent)
        if mate is not None:
            return [_judged(*mate, 1.0, search)]
        ranked = [(urgency(view), view) for view in views if view.subtopic in self._shelves]
        ranked.sort(key=itemgetter(0), reverse=True)
        for rules in LADDER:
            found = self._best(ranked, search, bars(rules, trail, wish))
            if found:
                return found
        raise PoolEmptyError(NOTHING_LEFT)

    def _best(
        self, ranked: Sequence[tuple[float, SubtopicView]], search: _Search, barred: Bars
    ) -> list[_Found]:
        best: list[_Found] = []
        opened = 0
        for worth, view in ranked:
            if view.subtopic in barred.subtopics:
                continue
            if opened == SUBTOPICS or (len(best) == search.wanted and worth <= -best[-1].loss):
                break  # an item score is at most 1
            found = self._found(view, worth, search, barred)
            opened += bool(found)
            best = sorted(best + found)[: search.wanted]
        return best

    def _found(
        self, view: SubtopicView, worth: float, search: _Search, barred: Bars
    ) -> list[_Found]:
        """A subtopic's admitted items nearest the wished-for difficulty, fresh ones and others."""
        goal = search.target or EVEN_CHANCE
        middle = view.mastery - log(goal / (1 - goal)) + search.shift
        wanted = max(ENOUGH, search.wanted)
        found: list[_Found] = []
        near = self._shelves[view.subtopic].near(middle)
        if search.spent:
            near = self._unspent(near, search.spent)
        for entry in islice(near, REACH):
            if barred.admits(entry.item, entry.enemies):
                judged = _judged(entry, view, worth, search)
                found.append(judged)
                wanted -= judged.seen is _UNSEEN
                if not wanted:
                    break
        return found

    def _unspent(self, entries: Iterable[Entry], spent: frozenset[int]) -> Iterator[Entry]:
        """Those that are left; a case broken off stands in with its next item of the subtopic."""
        for entry in entries:
            if entry.item not in spent:
                yield entry
            elif entry.case is not None:
                mates = (
                    mate
                    for mate in self._cases[entry.case]
                    if mate.subtopic == entry.subtopic and mate.item not in spent
                )
                yield from islice(mates, 1)

    def _next_of_case(
        self, views: Iterable[SubtopicView], trail: Sequence[Served], spent: frozenset[int]
    ) -> tuple[Entry, SubtopicView] | None:
        """The item that continues a begun case, if its subtopic is among the views."""
        if not trail or trail[-1].case is None:
            return None
        mates = iter(self._cases.get(trail[-1].case, ()))
        any(mate.item == trail[-1].item for mate in mates)  # goes on behind the last one served
        known = {view.subtopic: view for view in views}
        return next(
            (
                (mate, known[mate.subtopic])
                for mate in mates
                if mate.subtopic in known and mate.item not in spent
            ),
            None,
        )


def _judged(entry: Entry, view: SubtopicView, worth: float, search: _Search) -> _Found:
    p = share_right(view.mastery - entry.difficulty)
    exposure = search.exposure.get(entry.item, 0.0)
    seen = search.seen.get(entry.item, _UNSEEN)
    score = item_score(
        p,
        recall=seen.recall,
        last_right=seen.last_right,
        exposure=exposure,
        target=search.target,
    )
    return _Found(-worth * score, since(seen.last), entry.item, entry, view, seen, p, exposure)


def _candidate(found: _Found) -> Candidate:
    entry = found.entry
    recall, last_right, last = found.seen
    return Candidate(
        entry.item,
        entry.version,
        entry.subtopic,
        p=found.p,
        recall=recall,
        last_right=last_right,
        exposure=found.exposure,
        difficulty=entry.difficulty,
        case=entry.case,
        enemies=entry.enemies,
        last=last,
    )


def _shelf(entries: Sequence[Entry]) -> _Shelf:
    levels = [_spread(entry) for entry in entries]
    order = sorted(range(len(levels)), key=levels.__getitem__)
    return _Shelf(tuple([levels[n] for n in order]), tuple([entries[n] for n in order]))


def _shift(salt: float) -> float:
    return (salt - EVEN_CHANCE) * SPREAD


def _spread(entry: Entry) -> float:
    """The difficulty, moved a little: authors give a few levels only, with many items on each."""
    return entry.difficulty + SPREAD * (entry.item * GOLDEN % 1 - EVEN_CHANCE)
