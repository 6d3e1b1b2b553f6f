"""Counts over banks: what is there, and how many forms it could fill."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainer.core.bank import Bank
from trainer.core.blueprint import Fill, fill
from trainer.core.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Statistics:
    """Items by kind and cognitive level, and per exam by subtopic with the forms they fill."""

    items: int
    cases: int
    by_kind: Mapping[str, int]
    by_level: Mapping[str, int]
    by_exam: Mapping[str, Mapping[str, int]]
    fills: Mapping[str, Fill]


def statistics(catalogue: Catalogue, banks: Sequence[Bank], on: date) -> Statistics:
    """Counts of these banks against the exam profiles of a day."""
    items = [item for bank in banks for item in bank]
    by_exam = {
        exam.id: dict(Counter(item.subtopic for item in items if exam.id in item.exams))
        for exam in catalogue.exams
    }
    return Statistics(
        len(items),
        sum(len(bank.cases) for bank in banks),
        dict(Counter(item.kind for item in items)),
        dict(Counter(item.level.value for item in items)),
        by_exam,
        {exam.id: fill(exam.profile(on), by_exam[exam.id]) for exam in catalogue.exams},
    )
