"""What the model foretells, in its directions, its sums and its limits."""

import json
import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import STEADY
from trainer.core.learning.estimate import (
    TERM_OF_FEATURE,
    calibrated,
    mastery,
    observe,
    outlook,
    predict,
    trained,
)
from trainer.core.learning.learner import Learner
from trainer.core.learning.population import (
    FEATURES,
    ITEM_SPREAD,
    PRIOR,
    exposed,
    item_from_state,
    item_to_state,
    model_from_state,
    model_to_state,
    new_item,
)
from trainer.core.learning.state import NEW_GENERAL, NEW_MEMORY, NEW_TAG_STATE
from trainer.core.learning.trie import Trie

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TAGS = ("coding", "coding.modifiers")
ITEM = new_item("a", TAGS)
SIBLING = new_item("b", TAGS)
STRANGER = new_item("c", ("law", "law.hipaa"))


def after(*scores: float, item=ITEM, at: datetime = AT, learner: Learner | None = None) -> Learner:
    learner = learner or Learner()
    for score in scores:
        learner = observe(learner, item, score, at)
    return learner


class TestPrediction:
    @STEADY
    @given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1)), max_size=12))
    def test_is_the_sum_of_its_terms(self, answers: list[tuple[int, float]]) -> None:
        learner = Learner()
        for number, score in answers:
            learner = observe(learner, new_item(str(number), TAGS[: number % 3]), score, AT)
        told = predict(learner, new_item("3", TAGS, author_difficulty=4), AT)
        shrunk = told.eta / math.sqrt(1 + math.pi * told.variance / 8)
        assert told.p == pytest.approx(1 / (1 + math.exp(-shrunk)))

    def test_of_a_new_learner_on_a_new_item_is_a_little_above_even(self) -> None:
        assert 0.5 < predict(Learner(), ITEM, AT).p < 0.65

    @pytest.mark.parametrize("item", [ITEM, SIBLING, STRANGER])
    def test_rises_after_a_right_answer_and_falls_after_a_wrong_one(self, item) -> None:
        wrong, half, right = (predict(after(score), item, AT).p for score in (0.0, 0.5, 1.0))
        assert wrong < half < right

    def test_moves_more_on_the_same_subtopic_than_on_another(self) -> None:
        moved = [
            predict(after(1.0), item, AT).p - predict(after(0.0), item, AT).p
            for item in (SIBLING, STRANGER)
        ]
        assert moved[0] > moved[1]

    def test_doubts_less_after_an_answer(self) -> None:
        learner = after(1.0)
        assert learner.general.ability_variance < Learner().general.ability_variance
        assert learner.tag(TAGS[0]).variance < Learner().tag(TAGS[0]).variance
        assert learner.memory("a").variance < Learner().memory("a").variance

    def test_tells_a_harder_question_by_its_term(self) -> None:
        easy, hard = (predict(Learner(), new_item("x", TAGS, level), AT) for level in (1, 5))
        assert easy.p > hard.p
        assert easy.terms["question difficulty"] > 0 > hard.terms["question difficulty"]

    def test_tells_a_mistake_on_the_question_by_its_term(self) -> None:
        told = predict(after(0.0), ITEM, AT).terms
        assert told["this question seen before"] < 0
        assert predict(after(0.0), SIBLING, AT).terms["this question seen before"] == 0

    def test_of_an_item_without_tags_works(self) -> None:
        bare = new_item("bare", ())
        assert 0 < predict(after(1.0, item=bare), bare, AT).p < 1

    def test_every_feature_belongs_to_a_term(self) -> None:
        assert set(TERM_OF_FEATURE) <= set(predict(Learner(), ITEM, AT).terms)
        assert len(TERM_OF_FEATURE) == len(FEATURES)


class TestForgetting:
    @pytest.mark.parametrize("score", [0.0, 1.0])
    def test_draws_a_subtopic_back_to_what_was_expected_before(self, score: float) -> None:
        learner = after(*[score] * 5)
        gaps = [
            abs(predict(learner, SIBLING, AT + timedelta(days=days)).terms["this subtopic"]
                - predict(learner, SIBLING, AT + timedelta(days=5000)).terms["this subtopic"])
            for days in (0, 30, 300)
        ]  # fmt: skip
        assert gaps == sorted(gaps, reverse=True)
        assert gaps[-1] < 0.01

    def test_raises_the_doubt(self) -> None:
        learner = after(1.0, 0.0, 1.0)
        soon, late = (predict(learner, SIBLING, AT + timedelta(days=d)).variance for d in (0, 90))
        assert soon < late

    def test_ignores_a_clock_that_runs_backwards(self) -> None:
        learner = after(1.0)
        earlier = predict(learner, SIBLING, AT - timedelta(days=9))
        assert earlier == predict(learner, SIBLING, AT)


class TestExtremes:
    @pytest.mark.parametrize("score", [0.0, 1.0])
    def test_a_thousand_answers_alike_leave_a_chance(self, score: float) -> None:
        learner, item, model = Learner(), ITEM, PRIOR
        for _ in range(1000):
            learner, item, model = (
                observe(learner, item, score, AT, model),
                calibrated(item, learner, score, AT, model),
                trained(model, learner, item, score, AT),
            )
        told = predict(learner, item, AT, model)
        assert abs(told.p - score) < 0.05
        assert 0 < told.p < 1
        assert 0 < told.variance < math.inf

    @STEADY
    @given(
        st.lists(
            st.tuples(st.sampled_from("abcd"), st.floats(0, 1), st.floats(-1e4, 1e4)), max_size=40
        )
    )
    def test_the_chance_is_always_a_chance(self, answers) -> None:
        learner, model = Learner(), PRIOR
        for name, score, days in answers:
            item, at = new_item(name, (name,)), AT + timedelta(days=days)
            assert 0 < predict(learner, item, at, model).p < 1
            learner, model = (
                observe(learner, item, score, at, model),
                trained(model, learner, item, score, at),
            )

    @pytest.mark.parametrize(("right", "wrong"), [(1e12, 0.0), (0.0, 1e12), (1e12, 1e12)])
    def test_a_trillion_answers_leave_a_chance(self, right: float, wrong: float) -> None:
        many = int(right + wrong)
        counts = {"successes": right, "failures": wrong, "answered": many, "last_index": 0}
        learner = Learner(
            NEW_GENERAL._replace(successes=right, failures=wrong, answered=many),
            Trie((name, NEW_TAG_STATE._replace(**counts)) for name in TAGS),
            Trie([(ITEM.id, NEW_MEMORY._replace(**counts))]),
        )
        again = observe(learner, ITEM, 1.0, AT)
        assert 0 < predict(learner, ITEM, AT).p <= predict(again, ITEM, AT).p < 1

    def test_a_hundred_tags_share_the_evidence_of_an_answer(self) -> None:
        tags = tuple(f"t{number}" for number in range(100))
        wide, narrow = new_item("w", tags), new_item("n", tags[:1])
        moved = [observe(Learner(), item, 1.0, AT).tag(tags[0]).ability for item in (wide, narrow)]
        assert 0 < moved[0] < moved[1] / 50
        assert 0 < predict(Learner(), wide, AT).variance < predict(Learner(), narrow, AT).variance

    def test_log_odds_beyond_the_exponential_keep_inside(self) -> None:
        far = ITEM._replace(difficulty=1e6)
        assert 0 < predict(Learner(), far, AT).p < 1e-12


class TestItems:
    def test_a_right_answer_makes_an_item_easier_and_better_known(self) -> None:
        item = calibrated(ITEM, Learner(), 1.0, AT)
        assert item.difficulty < 0 < calibrated(ITEM, Learner(), 0.0, AT).difficulty
        assert (item.variance < ITEM.variance, item.answers) == (True, 1)

    @pytest.mark.parametrize(("options", "guess"), [(None, 0.0), (4, 0.2), (5, 0.16)])
    def test_the_guess_follows_the_options(self, options: int | None, guess: float) -> None:
        assert new_item("x", (), options=options).guess == pytest.approx(guess)

    def test_an_author_is_believed_in_part(self) -> None:
        levels = [new_item("x", (), level).difficulty for level in range(1, 6)]
        assert levels == sorted(levels)
        assert levels[2] == 0
        assert levels[4] < ITEM_SPREAD
        assert new_item("x", (), 3).variance < new_item("x", ()).variance

    def test_the_difficulty_is_found(self) -> None:
        item = ITEM
        for number in range(400):
            item = calibrated(item, Learner(), 0.0 if number % 10 else 1.0, AT)
        assert item.difficulty == pytest.approx(2.7, abs=0.5)  # ln 9 + start, less the shrinking

    def test_an_exposure_is_counted(self) -> None:
        assert exposed(exposed(ITEM)).exposures == 2


class TestPopulation:
    def test_learns_how_hard_a_tag_is(self) -> None:
        model = PRIOR
        for number in range(50):
            model = trained(model, Learner(), new_item(str(number), ("hard",)), 0.0, AT)
        told = [predict(Learner(), new_item("x", (tag,)), AT, model) for tag in ("hard", "new")]
        assert told[0].terms["subtopic difficulty"] < 0
        assert told[0].p < told[1].p

    def test_the_prior_stays_as_it_was(self) -> None:
        before = model_to_state(PRIOR)
        trained(PRIOR, after(1.0), ITEM, 0.0, AT)
        assert model_to_state(PRIOR) == before

    def test_and_items_survive_json_exactly(self) -> None:
        learner = after(1.0, 0.3, 0.0)
        model = trained(trained(PRIOR, learner, ITEM, 0.7, AT), learner, STRANGER, 0.0, AT)
        item = exposed(calibrated(ITEM, learner, 0.7, AT))
        assert model_from_state(json.loads(json.dumps(model_to_state(model)))) == model
        assert item_from_state(json.loads(json.dumps(item_to_state(item)))) == item


class TestMastery:
    def test_is_what_the_next_item_of_the_subtopic_is_expected_to_earn(self) -> None:
        learner = after(1.0, 1.0, 0.0)
        told = mastery(learner, TAGS[1], TAGS, AT)
        assert (told.answered, told.points, told.correct) == (3, 2.0, 2)
        assert told.estimate == outlook(learner, TAGS, AT).p == predict(learner, SIBLING, AT).p

    def test_of_a_strong_learner_beats_that_of_a_weak_one(self) -> None:
        strong, weak = (mastery(after(*[s] * 12), TAGS[1], TAGS, AT) for s in (1.0, 0.0))
        assert strong.estimate > 0.75
        assert weak.estimate < 0.35
