"""What the choosing and question pages show, ready to print."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.attempt import Attempt, Slot
from trainer.core.catalogue import Catalogue
from trainer.core.exam import Exam, ExamProfile
from trainer.core.topic import Subtopic, Taxonomy, Topic


@dataclass(frozen=True, slots=True)
class Choice:
    """A subtopic with its items and its share of the exam; not to be chosen without items."""

    subtopic: Subtopic
    items: int
    weight: float

    @property
    def is_available(self) -> bool:
        return self.items > 0


@dataclass(frozen=True, slots=True)
class Chooser:
    """The choosing page for one exam. `open_attempt` can be continued."""

    exam: Exam
    profile: ExamProfile
    topics: tuple[tuple[Topic, tuple[Choice, ...]], ...]
    items: int
    open_attempt: Attempt | None


def chooser(
    exam: Exam,
    profile: ExamProfile,
    taxonomy: Taxonomy,
    counts: Mapping[str, int],
    open_attempt: Attempt | None,
) -> Chooser:
    """Topics that the exam's blueprint or its bank has something of."""
    blueprint = profile.blueprint
    topics = tuple(
        (
            topic,
            tuple(
                Choice(each, counts.get(each.id, 0), blueprint.get(each.id, 0.0))
                for each in topic.subtopics
                if each.id in counts or each.id in blueprint
            ),
        )
        for topic in taxonomy.topics
    )
    kept = tuple((topic, choices) for topic, choices in topics if choices)
    return Chooser(exam, profile, kept, sum(counts.values()), open_attempt)


def why(slot: Slot, catalogue: Catalogue) -> str | None:
    """Why this question was chosen, in one line; None where it was not logged."""
    if slot.decision is None or slot.decision.reason is None:
        return None
    subtopic = catalogue.taxonomy[slot.decision.reason.view.subtopic]
    return slot.decision.reason.text(subtopic.short, catalogue.exam(slot.attempt.exam).short)
