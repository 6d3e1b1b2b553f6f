"""What the review page shows, ready to print."""

from dataclasses import dataclass
from datetime import datetime

from trainer.core.topic import Subtopic, Taxonomy
from trainer.services.reviews import Agenda


@dataclass(frozen=True, slots=True)
class Shelf:
    """The due items of a subtopic, its share of the exam, and when one was answered last."""

    subtopic: Subtopic
    items: int
    weight: float
    last_at: datetime


def shelves(agenda: Agenda, taxonomy: Taxonomy) -> tuple[Shelf, ...]:
    """The agenda by subtopic, in the order of its most valuable items."""
    names = dict.fromkeys(each.subtopic for each in agenda.due)
    grouped = {name: [each for each in agenda.due if each.subtopic == name] for name in names}
    return tuple(
        Shelf(taxonomy[name], len(due), due[0].weight, max(each.memory.last for each in due))
        for name, due in grouped.items()
    )
