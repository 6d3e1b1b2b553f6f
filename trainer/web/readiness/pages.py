"""What the readiness page shows, ready to print."""

from dataclasses import dataclass

from trainer.core.topic import Subtopic, Taxonomy
from trainer.services.readiness import Outlook

MOST_LEVERS = 5
ANSWERS = 10  # of practice that a lever is told for


@dataclass(frozen=True, slots=True)
class Move:
    """A subtopic, its share of the exam, and what ten answers in it add, in points of a hundred."""

    subtopic: Subtopic
    weight: float
    gain: str
    is_available: bool


def levers(outlook: Outlook, taxonomy: Taxonomy) -> tuple[Move, ...]:
    """What would move the forecast most, best first."""
    blueprint = outlook.profile.blueprint
    return tuple(
        Move(
            taxonomy[lever.subtopic],
            blueprint[lever.subtopic],
            _points(lever.gain),
            lever.subtopic in outlook.available,
        )
        for lever in outlook.forecast.levers[:MOST_LEVERS]
    )


def _points(gain: float) -> str:
    return f"{gain * ANSWERS * 100:.1f}"
