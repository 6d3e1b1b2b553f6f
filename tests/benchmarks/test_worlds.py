from collections import Counter

import pytest

from benchmarks.worlds import CLIMATES, EXAM_DAY, EXAM_LENGTH, SimulatedLearner, World


@pytest.fixture(scope="module")
def world() -> World:
    return World("A", seed=2)


def practise(learner: SimulatedLearner, answers: int = 200, a_day: int = 20) -> list[bool]:
    items = learner.world.items
    return [
        learner.answer(items[37 * number % len(items)].id, 1 + number // a_day)
        for number in range(answers)
    ]


def test_has_eight_topics_of_four_subtopics_and_eight_hundred_items(world: World) -> None:
    topics = Counter(world.topic_of(subtopic) for subtopic in world.blueprint)
    assert set(topics.values()) == {4}
    assert len(topics) == 8
    assert len(world.items) == 800


def test_the_blueprint_is_uneven_and_sums_to_one(world: World) -> None:
    assert sum(world.blueprint.values()) == pytest.approx(1)
    assert max(world.blueprint.values()) > 4 * min(world.blueprint.values())


@pytest.mark.parametrize("name", CLIMATES)
def test_the_same_seed_is_the_same_story(name: str) -> None:
    first, second = World(name, 3).learner(5), World(name, 3).learner(5)
    assert practise(first) == practise(second)
    assert first.exam_score(EXAM_DAY) == second.exam_score(EXAM_DAY)
    assert first.exam_draw(EXAM_DAY) == second.exam_draw(EXAM_DAY)


def test_another_seed_is_another_world(world: World) -> None:
    assert World("A", seed=4).blueprint != world.blueprint


@pytest.mark.parametrize("name", CLIMATES)
def test_practice_improves_the_exam_score(name: str) -> None:
    world = World(name, 2)
    for number in range(5):
        learner = world.learner(number)
        before = learner.exam_score(EXAM_DAY)
        practise(learner)
        assert learner.exam_score(EXAM_DAY) > before + 0.03


@pytest.mark.parametrize("name", CLIMATES)
def test_time_without_practice_lowers_the_exam_score(name: str) -> None:
    learner = World(name, 2).learner(1)
    practise(learner)
    scores = [learner.exam_score(day) for day in (11, 15, 30, 90)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] + 0.02


def test_the_forgetful_world_forgets_faster() -> None:
    lost = {}
    for name in ("A", "D"):
        learner = World(name, 2).learner(1)
        practise(learner)
        lost[name] = learner.exam_score(11) - learner.exam_score(20)
    assert lost["D"] > lost["A"]


def test_an_answer_just_given_is_known_by_heart(world: World) -> None:
    learner, item = world.learner(0), world.items[0].id
    learner.answer(item, 1)
    now, later = learner.true_probability(item, 1), learner.true_probability(item, 60)
    assert now > 0.8
    assert later < now


def test_a_copy_goes_its_own_way(world: World) -> None:
    learner = world.learner(0)
    before = learner.exam_score(EXAM_DAY)
    practise(learner.copy())
    assert learner.exam_score(EXAM_DAY) == before


@pytest.mark.parametrize(("chance", "right"), [(0.0, True), (1.0, False)])
def test_an_answer_can_be_supposed(world: World, chance: float, right: bool) -> None:
    assert world.learner(0).answer(world.items[0].id, 1, chance) is right


def test_sampled_exams_scatter_around_the_expected_score(world: World) -> None:
    learners = [world.learner(number) for number in range(200)]
    off = [learner.exam_draw(EXAM_DAY) - learner.exam_score(EXAM_DAY) for learner in learners]
    assert abs(sum(off) / 200) < 0.015
    assert 0.04 < (sum(each**2 for each in off) / 200) ** 0.5 < 0.075


def test_a_form_follows_the_blueprint(world: World) -> None:
    asked = Counter(world.form(0.5))
    for place, weight in enumerate(world.blueprint.values()):
        assert abs(asked[place] - weight * EXAM_LENGTH) <= 1
