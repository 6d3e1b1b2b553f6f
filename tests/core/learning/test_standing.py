"""One answer moves learner, item and memory, each from where it stood before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from trainer.core.learning.estimate import calibrated, observe, trained
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Confidence, reviewed
from trainer.core.learning.population import PRIOR, new_item
from trainer.core.learning.standing import Standing, answered
from trainer.core.scoring import Score

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)
ITEM = new_item("7", ("coding", "coding.modifiers"), 4, 4)
WRONG, HALF, RIGHT = Score(0.0, False), Score(0.5, False), Score(1.0, True)
FITTED = trained(PRIOR, Learner(), ITEM, 0.0, AT)
NEW = Standing(Learner(), ITEM, None, FITTED)
BEGUN = answered(NEW, HALF, None, AT)


@pytest.mark.parametrize("score", [WRONG, HALF, RIGHT], ids=["wrong", "half", "right"])
@pytest.mark.parametrize("before", [NEW, BEGUN], ids=["new", "begun"])
class TestAnswered:
    def test_moves_the_learner_as_observed_before(self, before: Standing, score: Score) -> None:
        after = answered(before, score, None, LATER)
        assert after.learner == observe(before.learner, before.item, score.points, LATER, FITTED)

    def test_moves_the_item_by_the_learner_before(self, before: Standing, score: Score) -> None:
        after = answered(before, score, None, LATER)
        assert after.item == calibrated(before.item, before.learner, score.points, LATER, FITTED)

    def test_reviews_the_memory(self, before: Standing, score: Score) -> None:
        after = answered(before, score, None, LATER)
        assert after.memory == reviewed(before.memory, score, None, LATER)

    def test_leaves_the_population_alone(self, before: Standing, score: Score) -> None:
        assert answered(before, score, None, LATER).model is FITTED

    def test_changes_nothing_of_what_was_before(self, before: Standing, score: Score) -> None:
        copy = replace(before)
        answered(before, score, None, LATER)
        assert before == copy


@pytest.mark.parametrize("confidence", [None, *Confidence])
def test_confidence_counts_for_the_memory_alone(confidence: Confidence | None) -> None:
    after = answered(BEGUN, RIGHT, confidence, LATER)
    without = answered(BEGUN, RIGHT, None, LATER)
    memory = reviewed(BEGUN.memory, RIGHT, confidence, LATER)
    assert after == replace(without, memory=memory)


def test_the_population_that_was_fitted_counts() -> None:
    unfitted = answered(replace(NEW, model=PRIOR), RIGHT, None, AT)
    assert answered(NEW, RIGHT, None, AT).learner != unfitted.learner
    assert answered(NEW, RIGHT, None, AT).item != unfitted.item
