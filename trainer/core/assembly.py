"""Drawing a form from a bank: exact domains, whole cases, enemies apart, nothing seen lately.

Without cases and enemies the sets of items that fit an outline are the independent sets of a
transversal matroid: taking items in order of preference, and moving those already seated between
the domains that share their subtopic, misses nothing (Edmonds 1971). Cases and enemies break
that; a draw that they may have kept short is repeated with other habits, and the best is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from operator import attrgetter

from trainer.core.form import Available, Cell, Form, FormSlot, Outline, Outlook, Shortfall, chance

_TURNS = 8  # draws at most: each has another mix of habits
_WORTH = 3  # figures of a cost that are worth another draw: missing, missing, repeated

_Unit = tuple[Available, ...]  # what is taken whole: an item, or a case's items in their order


def assemble(
    outline: Outline, bank: Iterable[Available], *, seed: str, recent: Sequence[int] = ()
) -> Form:
    """The form that a seed draws from a bank, in whatever order the bank is given.

    `recent`: items of the learner's last forms, oldest first. What the bank cannot give, the
    form's shortages tell: first to go are the shares of a domain's subtopics, then freshness,
    then pretest items, then scored ones. An empty bank makes an empty form.
    """
    return _best(_Stock(outline, bank, seed, recent)).form()


def outlook(outline: Outline, bank: Iterable[Available], *, recent: Sequence[int] = ()) -> Outlook:
    """How far a bank goes. A case that no form of the outline can hold whole does not count."""
    stock = _Stock(outline, bank, "outlook", recent)
    form = _best(stock).form()
    forms = outline.forms(stock.total)
    if forms >= 1:  # enemies and cases may still keep every single form short
        lines = [line for line in form.shortages if line.scored and not line.subtopic]
        forms = min([forms, *(line.found / line.wanted for line in lines)])
    unseen = min(forms, outline.forms(stock.supply))
    return Outlook(forms, unseen, form.shortages, len(form.repeats))


def _best(stock: "_Stock") -> "_Draw":
    best = _Draw(stock, 0)
    for turn in range(1, _TURNS if stock.is_entangled else 1):
        if not any(best.cost[:_WORTH]):
            break
        best = min(best, _Draw(stock, turn), key=lambda draw: draw.cost)
    return best


class _Stock:
    """What of a bank can stand on a form, and what all draws from it have in common."""

    def __init__(
        self, outline: Outline, bank: Iterable[Available], seed: str, recent: Sequence[int]
    ) -> None:
        self.outline = outline
        self.seed = seed
        self.quotas = {scored: outline.quotas(seed, scored=scored) for scored in (True, False)}
        latest = {a.item: a for a in sorted(bank, key=attrgetter("item", "version"))}
        self.ages = {item: age for age, item in enumerate(recent)}
        self._foes = _foes(latest.values())
        units = list(_units(latest.values(), outline.subtopics, self._foes))
        self.is_entangled = bool(self._foes) or any(len(unit) > 1 for unit in units)
        self.total = _counted(units)
        self.supply = _counted(unit for unit in units if self.age(unit) < 0)
        self._digests = {u[0].item: sha256(f"{u[0].item}|{seed}".encode()).digest() for u in units}
        self._demand = {scored: Counter[str]() for scored in self.quotas}
        self._room = Counter[str]()
        for scored, quotas in self.quotas.items():
            for (section, subtopic), wanted in quotas.items():
                self._demand[scored][subtopic] += wanted
                self._room[subtopic] += sum(n for (s, _), n in quotas.items() if s == section)
        self.units = list(self._useful(units))  # in order of preference

    def _useful(self, units: Iterable[_Unit]) -> Iterator[_Unit]:
        """Fresh units by lot, then seen ones by age, less those that the ones before leave no room.

        Only single items without enemies are sure to take theirs, whatever else is on the form.
        """
        room = self._room.copy()
        by_lot = sorted(units, key=lambda unit: self._digests[unit[0].item])
        for unit in sorted(by_lot, key=self.age):
            if len(unit) == 1 and unit[0].item not in self._foes:
                room[unit[0].subtopic] -= 1
            if room[unit[0].subtopic] >= 0 or len(unit) > 1:
                yield unit

    def age(self, unit: _Unit) -> int:
        """Its place among the recent items, the latest the highest; -1 for a fresh one."""
        if len(unit) == 1:
            return self.ages.get(unit[0].item, -1)
        return max(self.ages.get(each.item, -1) for each in unit)

    def lot(self, unit: _Unit, turn: int) -> bytes:
        """What decides on a unit in a draw."""
        digest = self._digests[unit[0].item]
        return digest[turn:] + digest[:turn]

    def rivals(self, unit: _Unit) -> set[int]:
        return {foe for each in unit for foe in self._foes.get(each.item, ())}

    def draws(self, case: _Unit, turn: int, *, scored: bool) -> bool:
        """Whether a case comes before single items, which may leave it no seats.

        Its odds are those of an item of its subtopics, demand over supply; later turns raise them.
        """
        demand, supply = self._demand[scored], self.supply
        odds = min(demand[each.subtopic] / max(1, supply[each.subtopic]) for each in case)
        return chance(self.seed, "case", turn, scored, case[0].item) < odds * (turn + 1)


def _counted(units: Iterable[_Unit]) -> Counter[str]:
    return Counter(each.subtopic for unit in units for each in unit)


def _foes(bank: Iterable[Available]) -> dict[int, set[int]]:
    """Enemies both ways, whichever of the two tells."""
    foes: defaultdict[int, set[int]] = defaultdict(set)
    for each in bank:
        for enemy in each.enemies:
            foes[each.item].add(enemy)
            foes[enemy].add(each.item)
    return dict(foes)


def _units(
    bank: Iterable[Available], subtopics: frozenset[str], foes: Mapping[int, set[int]]
) -> Iterator[_Unit]:
    """Items, and cases of which every item can stand on the form beside the others."""
    cases: defaultdict[str, list[Available]] = defaultdict(list)
    for each in bank:
        if each.case is not None:
            cases[each.case].append(each)
        elif each.subtopic in subtopics:
            yield (each,)
    for case in cases.values():
        ids = {each.item for each in case}
        if all(e.subtopic in subtopics and ids.isdisjoint(foes.get(e.item, ())) for e in case):
            yield tuple(sorted(case, key=lambda each: each.place))


class _Draw:
    """One try at a form.

    Its turn mixes three habits, a bit each: units with few enemies come first; cases may exceed
    the shares of their subtopics; seen units are drawn among the fresh ones.
    """

    def __init__(self, stock: _Stock, turn: int) -> None:
        self._stock = stock
        self._barred: set[int] = set()  # items on the form and their enemies
        self._seats = {scored: _Seats(quotas) for scored, quotas in stock.quotas.items()}
        seen = [u for u in stock.units if stock.age(u) >= 0]
        order = [u for u in stock.units if turn & 4 or stock.age(u) < 0]
        order.sort(key=lambda unit: stock.lot(unit, turn))
        if turn & 1:
            order.sort(key=lambda unit: len(stock.rivals(unit)))
        cases = [unit for unit in order if len(unit) > 1]
        units = [unit for unit in order if len(unit) == 1] + cases
        for scored, seats in self._seats.items():
            drawn = (case for case in cases if stock.draws(case, turn, scored=scored))
            self._take(seats, drawn, is_exact=not turn & 2)
            self._take(seats, units, is_exact=True)
            self._take(seats, units + seen, is_exact=False)

    def _take(self, seats: "_Seats", units: Iterable[_Unit], *, is_exact: bool) -> None:
        for unit in units:
            if not seats.vacant:
                return
            ids = [each.item for each in unit]
            if self._barred.isdisjoint(ids) and seats.admit(unit, is_exact=is_exact):
                self._barred.update(ids, self._stock.rivals(unit))

    @property
    def cost(self) -> tuple[int, ...]:
        """Scored and pretest items missing, items repeated, items replaced."""
        seats = self._seats.values()
        missing = (each.vacant for each in seats)
        return (*missing, len(self._repeats()), sum(each.replaced for each in seats))

    def _repeats(self) -> list[int]:
        ages = self._stock.ages
        units = [unit for seats in self._seats.values() for unit in seats.units]
        items = [each.item for unit in units for each in unit]
        return sorted((item for item in items if item in ages), key=ages.__getitem__)

    def form(self) -> Form:
        """The draw as a form, its units in an order of their own."""
        seed, domains = self._stock.seed, [s.domain for s in self._stock.outline.sections]
        lines, blocks = list[Shortfall](), list[list[FormSlot]]()
        for scored, seats in self._seats.items():
            lines.extend(seats.shortages(domains, scored=scored))
            blocks.extend(seats.blocks(domains, scored=scored))
        blocks.sort(key=lambda block: chance(seed, "place", block[0].item))
        slots = tuple(slot for block in blocks for slot in block)
        return Form(seed, slots, tuple(lines), tuple(self._repeats()))


class _Seats:
    """The places of a form's scored or pretest items: how many are wanted, and by whom taken."""

    def __init__(self, quotas: Mapping[Cell, int]) -> None:
        self.units: list[_Unit] = []
        self.vacant = sum(quotas.values())
        self._open: Counter[int] = Counter()
        self._quotas = quotas
        self._taken = dict.fromkeys(quotas, 0)
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        self._splits: defaultdict[int, list[str]] = defaultdict(list)
        self._shut: dict[bool, set[str]] = {True: set(), False: set()}
        for (section, subtopic), wanted in quotas.items():
            self._open[section] += wanted
            self._holders[subtopic].append(section)
            self._splits[section].append(subtopic)

    @property
    def replaced(self) -> int:
        """Items beyond the shares of their subtopics."""
        return sum(max(0, taken - self._quotas[cell]) for cell, taken in self._taken.items())

    def admit(self, unit: _Unit, *, is_exact: bool) -> bool:
        """Seat all of a unit or none of it; `is_exact` keeps to the shares of the subtopics."""
        shut = self._shut[is_exact]  # a subtopic that finds no seat will never find one
        if unit[0].subtopic in shut:
            return False
        before = (self._taken.copy(), self._open.copy(), self.vacant) if len(unit) > 1 else None
        for each in unit:
            if self._sit(each.subtopic) or (not is_exact and self._push(each.subtopic, set())):
                continue
            if each is unit[0]:
                shut.add(each.subtopic)
            if before:
                self._taken, self._open, self.vacant = before
            return False
        self.units.append(unit)
        return True

    def _sit(self, subtopic: str) -> bool:
        """Take a seat that is meant for the subtopic."""
        for section in self._holders[subtopic]:
            cell = (section, subtopic)
            if self._open[section] and self._taken[cell] < self._quotas[cell]:
                return self._seated(cell)
        return False

    def _push(self, subtopic: str, tried: set[int]) -> bool:
        """Take any seat of a domain, if need be one whose holder can go to another (Kuhn 1955)."""
        for section in self._holders[subtopic]:
            if self._open[section]:
                return self._seated((section, subtopic))
        for section in self._holders[subtopic]:
            if section in tried:
                continue
            tried.add(section)
            for other in self._splits[section]:
                if self._taken[section, other] and self._push(other, tried):
                    self._taken[section, other] -= 1
                    self._taken[section, subtopic] += 1
                    return True
        return False

    def _seated(self, cell: Cell) -> bool:
        self._taken[cell] += 1
        self._open[cell[0]] -= 1
        self.vacant -= 1
        return True

    def blocks(self, domains: Sequence[int], *, scored: bool) -> Iterator[list[FormSlot]]:
        """The slots of each unit. Which of a subtopic's items a domain has makes no difference."""
        seats = {
            subtopic: [n for n in holders for _ in range(self._taken[n, subtopic])]
            for subtopic, holders in self._holders.items()
        }
        for unit in self.units:
            yield [
                FormSlot(
                    e.item, e.version, domains[seats[e.subtopic].pop()], e.subtopic, scored, e.case
                )
                for e in unit
            ]

    def shortages(self, domains: Sequence[int], *, scored: bool) -> Iterator[Shortfall]:
        """What the subtopics lack, then what the domains do."""
        for (section, subtopic), wanted in self._quotas.items():
            taken = self._taken[section, subtopic]
            if taken < wanted:
                yield Shortfall(domains[section], subtopic, scored, wanted, taken)
        for section, names in self._splits.items():
            wanted = sum(self._quotas[section, name] for name in names)
            if self._open[section]:
                found = wanted - self._open[section]
                yield Shortfall(domains[section], None, scored, wanted, found)
