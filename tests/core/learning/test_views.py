"""What selection sees of a learner, held against the estimates that it is made of."""

from datetime import UTC, datetime, timedelta

import pytest

from trainer.core.learning.estimate import observe, outlook
from trainer.core.learning.learner import Learner
from trainer.core.learning.population import new_item
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.views import subtopic_view

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
MODIFIERS, HCPCS = ("coding", "coding.modifiers"), ("coding", "coding.hcpcs")


def view(learner: Learner, tags: tuple[str, ...], at: datetime) -> SubtopicView:
    return subtopic_view(learner, tags[-1], tags, 0.12, at=at)


class TestSubtopicView:
    def test_of_a_new_learner_has_no_past(self) -> None:
        seen = view(Learner(), MODIFIERS, START)
        assert (seen.subtopic, seen.weight) == ("coding.modifiers", 0.12)
        assert (seen.answered, seen.gap, seen.days) == (0, None, None)
        assert seen.mastery == outlook(Learner(), MODIFIERS, START).eta

    def test_counts_since_the_last_answer(self) -> None:
        learner = observe(Learner(), new_item("m", MODIFIERS), 1.0, START)
        for number in range(3):
            learner = observe(learner, new_item(f"h{number}", HCPCS), 0.0, START)
        later = START + timedelta(days=21)
        modifiers, hcpcs = view(learner, MODIFIERS, later), view(learner, HCPCS, later)
        assert (modifiers.gap, hcpcs.gap) == (3, 0)
        assert modifiers.days == pytest.approx(21)
        assert modifiers.answered == pytest.approx(0.5)
        assert hcpcs.answered == pytest.approx(1.5)
        assert modifiers.mastery > hcpcs.mastery
        assert modifiers.variance == learner.tag("coding.modifiers").variance

    def test_never_looks_ahead(self) -> None:
        learner = observe(Learner(), new_item("m", MODIFIERS), 1.0, START)
        assert view(learner, MODIFIERS, START - timedelta(days=1)).days == 0
