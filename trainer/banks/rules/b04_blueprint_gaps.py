"""B04: exams for which all banks together cannot fill three different forms."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trainer.banks.rules.rule import BankRule, Context, Flaw, Severity
from trainer.core.bank import Bank
from trainer.core.exam import Exam, ExamProfile

_FORMS = 3
_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Supply:
    """What a domain has and what one form takes from it."""

    domain: str
    items: float
    needed: int

    @property
    def forms(self) -> float:
        return self.items / self.needed


def blueprint_gaps(bank: Bank, context: Context) -> Iterator[Flaw]:
    """Counted over all banks and said once, at the first; silent on exams that no item is for."""
    if not context.banks or bank is not context.banks[0]:
        return
    for exam in context.catalogue.exams:
        profile = exam.profiles[-1]
        stock = _stock(profile, context)
        if any(exam.id in item.exams for item in context.items):
            yield from _gap(exam, profile, stock)


def _stock(profile: ExamProfile, context: Context) -> Counter[str]:
    """Items by subtopic that may stand on a form of this exam."""
    return Counter(
        item.subtopic
        for item in context.items
        if profile.exam in item.exams and item.kind in profile.kinds
    )


def _gap(exam: Exam, profile: ExamProfile, stock: Mapping[str, int]) -> Iterator[Flaw]:
    short = sorted(_supplies(profile, stock), key=lambda supply: supply.forms)
    forms = short[0].forms
    if forms >= _FORMS:
        return
    named = "; ".join(
        f"{supply.domain}: {supply.items:g} of {_FORMS * supply.needed} items"
        for supply in short[:_NAMED]
        if supply.forms < _FORMS
    )
    # Rounded down: 0.96 forms are no form.
    rounded = math.floor(forms * 10) / 10
    yield Flaw(f"{rounded:.1f} {exam.short} forms; short in {named}", "exams", place="all banks")


def _supplies(profile: ExamProfile, stock: Mapping[str, int]) -> Iterator[_Supply]:
    """Domains with their items; two domains share a subtopic's items as the blueprint does."""
    demand: defaultdict[str, float] = defaultdict(float)
    for domain in profile.domains:
        for subtopic, items in domain.subtopics:
            demand[subtopic] += items
    for domain in profile.domains:
        held = sum(stock.get(s, 0) * items / demand[s] for s, items in domain.subtopics)
        yield _Supply(domain.name, round(held, 1), domain.items)


RULE = BankRule(
    id="B04",
    severity=Severity.WARNING,
    title="Blueprint gap",
    why="With fewer than three forms' worth in a domain, mock exams repeat the same items, and a "
    "score soon measures memory.",
    fix="Write items for the domains named, or tag fitting items of other exams with this one.",
    source="Haladyna, Downing & Rodriguez (2002), rule 2: content by blueprint",
    check=blueprint_gaps,
)
