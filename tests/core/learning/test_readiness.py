import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from itertools import pairwise
from math import log, sqrt

import pytest

from trainer.banks.profiles import catalogue
from trainer.config import ROOT
from trainer.core.exam import Exam
from trainer.core.learning.ability import (
    FITTED,
    Ability,
    Answer,
    ability_from_state,
    ability_to_state,
    difficulty,
    observed,
    remembered,
    replayed,
    start,
)
from trainer.core.learning.kalman import EXTREME, skill
from trainer.core.learning.readiness import UNLIKE, Z80, Readiness, readiness

TREE = {f"{topic}.{part}": topic for topic in ("coding", "billing", "anatomy") for part in "abc"}
SUBTOPICS = list(TREE)
EVEN = {subtopic: 1 / len(TREE) for subtopic in TREE}
BANK = {subtopic: [(-0.5, 0.2), (0.5, 0.2)] for subtopic in TREE}
CUT = 0.7
ITEMS = 100

HOUSE = catalogue(ROOT / "question_banks")
HOUSE_TREE = {subtopic.id: subtopic.topic for subtopic in HOUSE.taxonomy}


def spread_out(number: int, stride: float = (sqrt(5) - 1) / 2) -> float:
    """The numbers' places in [0, 1): even, but in no order (Weyl's sequence)."""
    return number * stride % 1


def answers(count: int, right: float = 0.7, a_day: int = 20) -> list[Answer]:
    return [
        Answer(
            SUBTOPICS[number % len(SUBTOPICS)],
            2 * spread_out(number, sqrt(2)) - 1,
            0.2,
            float(spread_out(number) < right),
            number // a_day,
        )
        for number in range(count)
    ]


def forecast(ability: Ability, blueprint: Mapping[str, float] = EVEN, **more: float) -> Readiness:
    return readiness(ability, blueprint, ITEMS, CUT, BANK, **more)


def after(log_: list[Answer]) -> Ability:
    return replayed(start(TREE), log_)


def covariance(ability: Ability) -> list[list[float]]:
    size = len(ability.mean)
    rows = ability.covariance
    return [[rows[max(i, j)][min(i, j)] for j in range(size)] for i in range(size)]


def is_positive_definite(matrix: list[list[float]]) -> bool:
    """By Cholesky: every pivot is positive."""
    lower: list[list[float]] = []
    for i, row in enumerate(matrix):
        new: list[float] = []
        for j in range(i + 1):
            rest = row[j] - sum(
                a * b for a, b in zip(new, (lower[j] if j < i else new), strict=False)
            )
            if j < i:
                new.append(rest / lower[j][j])
            elif rest <= 0:
                return False
            else:
                new.append(sqrt(rest))
        lower.append(new)
    return True


# --- the filter ---------------------------------------------------------------


def test_a_newcomer_stands_at_zero_with_independent_parts() -> None:
    newcomer = start(TREE)
    assert set(newcomer.mean) == {0.0}
    assert len(newcomer.mean) == 1 + 3 + 9
    matrix = covariance(newcomer)
    variances = [FITTED.global_spread, *[FITTED.topic_spread] * 3, *[FITTED.subtopic_spread] * 9]
    assert [matrix[i][i] for i in range(13)] == pytest.approx([each**2 for each in variances])
    assert matrix[5][2] == 0


@pytest.mark.parametrize("guess", [0.0, 0.2])
def test_one_answer_moves_as_the_kalman_gain_says(guess: float) -> None:
    seen = observed(start(TREE), "coding.a", 0.0, guess, score=1.0, at_day=0)
    variances = [FITTED.global_spread**2, FITTED.topic_spread**2, FITTED.subtopic_spread**2]
    expected = guess + (1 - guess) / 2
    slope = (1 - guess) / 4
    gain = slope / (expected * (1 - expected) + slope**2 * sum(variances))
    assert seen.mean[0] == pytest.approx(variances[0] * gain * (1 - expected))
    assert seen.mean[1] == pytest.approx(variances[1] * gain * (1 - expected))
    left = variances[0] - (variances[0] * slope) ** 2 * gain / slope + FITTED.global_noise
    assert seen.covariance[0][0] == pytest.approx(left)


def test_an_answer_as_expected_only_teaches() -> None:
    seen = observed(start(TREE), "coding.a", 0.0, 0.0, score=0.5, at_day=0)
    assert seen.mean[:4] == (0.0,) * 4
    assert seen.mean[4] == pytest.approx(FITTED.learning * FITTED.ceiling)
    assert seen.gained[0] == seen.mean[4]


def test_right_is_better_than_half_is_better_than_wrong() -> None:
    means = [
        observed(start(TREE), "coding.a", 0.0, 0.2, score=score, at_day=0).mean[0]
        for score in (0.0, 0.5, 1.0)
    ]
    assert means == sorted(means)
    assert len(set(means)) == 3


def test_a_right_answer_that_may_be_known_by_heart_says_less() -> None:
    fresh = observed(start(TREE), "coding.a", 0.0, 0.2, score=1.0, at_day=0)
    seen = observed(start(TREE), "coding.a", 0.0, remembered(0.2, 1), score=1.0, at_day=0)
    assert 0 < seen.mean[0] < fresh.mean[0] / 2


def test_practice_fades_with_days() -> None:
    ability = after(answers(60))
    later = replayed(ability, [Answer("coding.a", 0.0, 0.2, 0.6, 30.0)])
    assert later.gained[-1] < ability.gained[-1]
    assert later.mean[-1] < ability.mean[-1]


def test_a_log_that_goes_back_in_time_stands_still() -> None:
    first = Answer("coding.a", 0.0, 0.2, 1.0, 5.0)
    early, same = (after([first, first._replace(at_day=day)]) for day in (1.0, 5.0))
    assert early == same


def test_an_unknown_subtopic_is_refused() -> None:
    with pytest.raises(KeyError):
        observed(start(TREE), "law.torts", 0.0, 0.2, score=1.0, at_day=0)


def test_the_covariance_stays_positive_definite_over_a_thousand_answers() -> None:
    ability = start(TREE)
    log_ = answers(1000, 0.8)
    for first in range(0, 1000, 100):
        ability = replayed(ability, log_[first : first + 100])
        matrix = covariance(ability)
        assert matrix == [list(column) for column in zip(*matrix, strict=True)]
        assert is_positive_definite(matrix)


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_extreme_runs_stay_finite(score: float) -> None:
    log_ = [Answer("coding.a", -40 if score else 40, 0.0, score, 0.0)] * 500
    said = forecast(after(log_))
    assert 0 <= said.low90 <= said.mean <= said.high90 <= 1


def test_one_by_one_is_the_same_to_the_bit_as_a_replay() -> None:
    log_ = answers(150)
    steps = reduce(
        lambda ability, each: observed(ability, *each[:3], score=each.score, at_day=each.at_day),
        log_,
        start(TREE),
    )
    assert steps == after(log_)


def test_the_ability_survives_json_exactly() -> None:
    ability = after(answers(77))
    assert ability_from_state(json.loads(json.dumps(ability_to_state(ability)))) == ability
    newcomer = start(TREE)
    assert ability_from_state(json.loads(json.dumps(ability_to_state(newcomer)))) == newcomer


# --- items on the ability's scale ---------------------------------------------


@pytest.mark.parametrize(
    ("share", "guess", "expected"),
    [(0.5, 0.0, 0.0), (0.6, 0.2, 0.0), (0.8, 0.2, -log(3)), (0.1, 0.2, log(49)), (1, 0, -log(49))],
)
def test_difficulty_is_where_a_newcomer_would_be(
    share: float, guess: float, expected: float
) -> None:
    assert difficulty(share, guess) == pytest.approx(expected)


def test_by_heart_fades_to_guessing() -> None:
    chances = [remembered(0.2, days) for days in (0, 1, 10, 100, 1000)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] < 1
    assert chances[-1] == pytest.approx(0.2)
    assert remembered(0.2, -1) == chances[0]


def test_skill_saturates_without_overflow() -> None:
    assert skill(1e6, 0) == skill(EXTREME, 0) < 1
    assert skill(-1e6, 0) == skill(-EXTREME, 0) > 0


# --- the forecast --------------------------------------------------------------


def test_the_interval_shrinks_with_answers() -> None:
    widths = []
    for count in (0, 10, 40, 80, 160):
        said = forecast(after(answers(count)))
        widths.append(said.high80 - said.low80)
    assert all(later < earlier for earlier, later in pairwise(widths))


def test_the_intervals_are_nested_and_hold_the_mean() -> None:
    said = forecast(after(answers(100)))
    assert said.low90 < said.low80 < said.mean < said.high80 < said.high90
    half80, half90 = said.high80 - said.mean, said.high90 - said.mean
    assert half90 / half80 == pytest.approx(1.6449 / 1.2816, rel=1e-3)


def test_no_number_of_answers_makes_the_exam_s_own_items_known() -> None:
    sure = replace(FITTED, global_spread=1e-9, topic_spread=1e-9, subtopic_spread=1e-9)
    said = readiness(start(TREE, sure), EVEN, ITEMS, CUT, BANK)
    assert said.high80 - said.mean == pytest.approx(Z80 * UNLIKE, rel=1e-6)


def test_the_chance_to_pass_rises_with_the_score() -> None:
    said = [forecast(after(answers(120, right))) for right in (0.3, 0.5, 0.7, 0.8, 0.95)]
    means, chances = [each.mean for each in said], [each.p_pass for each in said]
    assert means == sorted(means)
    assert chances == sorted(chances)
    assert chances[0] < 0.05
    assert chances[-1] > 0.9


def test_the_chance_to_pass_falls_with_the_cut() -> None:
    ability = after(answers(120))
    chances = [readiness(ability, EVEN, ITEMS, cut, BANK).p_pass for cut in (0.5, 0.7, 0.9)]
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(("items", "cut", "needed"), [(100, 0.7, 0.695), (65, 0.7, 0.7)])
def test_the_luck_of_a_sitting_is_binomial(items: int, cut: float, needed: float) -> None:
    """With the ability known exactly, Φ with half an item taken off the whole number needed.

    What remains besides: an exam may ask harder or easier items than the bank.
    """
    sure = replace(FITTED, global_spread=1e-9, topic_spread=1e-9, subtopic_spread=1e-9)
    bank = {subtopic: [(-log(3), 0.2)] for subtopic in TREE}
    said = readiness(start(TREE, sure), EVEN, items, cut, bank)
    assert said.mean == pytest.approx(0.8)
    z = (0.8 - needed) / sqrt(0.8 * 0.2 / items + UNLIKE**2)
    assert said.p_pass == pytest.approx(_phi(z), abs=1e-6)


def _phi(z: float) -> float:
    """The trapezoid rule over the density, from −8."""
    steps = 4000
    width = (z + 8) / steps
    density = [2.718281828459045 ** (-((-8 + n * width) ** 2) / 2) for n in range(steps + 1)]
    return (sum(density) - (density[0] + density[-1]) / 2) * width / sqrt(2 * 3.141592653589793)


def test_levers_are_sorted_and_positive() -> None:
    levers = forecast(after(answers(100))).levers
    gains = [lever.gain for lever in levers]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) > 0
    assert {lever.subtopic for lever in levers} == set(TREE)


def test_the_heaviest_of_equal_subtopics_is_the_best_lever() -> None:
    blueprint = dict.fromkeys(TREE, 0.05) | {"billing.b": 0.6}
    assert forecast(start(TREE), blueprint).levers[0].subtopic == "billing.b"


def test_a_lever_gains_what_practice_then_adds() -> None:
    ability = after(answers(200))
    before = forecast(ability)
    lever = before.levers[0]
    entry = 4 + SUBTOPICS.index(lever.subtopic)
    mean = list(ability.mean)
    room = FITTED.ceiling - (mean[0] + mean[1 + (entry - 4) // 3] + mean[entry])
    mean[entry] += FITTED.learning * room
    gained = forecast(replace(ability, mean=tuple(mean))).mean - before.mean
    assert lever.gain == pytest.approx(gained, rel=0.1)


def test_a_later_exam_without_practice_goes_worse_and_is_less_sure() -> None:
    ability = after(answers(200))
    now, later = forecast(ability), forecast(ability, at_day=90.0)
    assert later.mean < now.mean
    assert later.high80 - later.low80 > now.high80 - now.low80
    assert forecast(ability, at_day=ability.last_day) == now


def test_a_subtopic_without_items_counts_as_a_middling_item() -> None:
    empty = readiness(start(TREE), EVEN, ITEMS, CUT, {})
    middling = readiness(start(TREE), EVEN, ITEMS, CUT, {key: [(0.0, 0.2)] for key in TREE})
    assert empty == middling


# --- enough evidence -------------------------------------------------------------


@pytest.mark.parametrize(("count", "enough"), [(39, False), (40, True)])
def test_forty_answers_are_enough(count: int, enough: bool) -> None:
    said = forecast(after(answers(count)))
    assert said.evidence.enough is enough
    assert said.answers == count
    words = () if enough else ("39 of the 40 answers that a forecast needs.",)
    assert said.evidence.reasons == words


@pytest.mark.parametrize(("share", "enough"), [(0.049, True), (0.05, False)])
def test_every_topic_of_a_twentieth_must_be_touched(share: float, enough: bool) -> None:
    log_ = [each for each in answers(200) if not each.subtopic.startswith("anatomy")]
    weights = {"coding": 0.5, "billing": 0.5 - share, "anatomy": share}
    blueprint = {subtopic: weights[topic] / 3 for subtopic, topic in TREE.items()}
    evidence = forecast(after(log_), blueprint).evidence
    assert evidence.enough is enough
    assert evidence.reasons == (() if enough else ("No answer yet in anatomy, 5% of the exam.",))


def test_answers_outside_the_exam_do_not_count() -> None:
    blueprint = dict.fromkeys(SUBTOPICS[:3], 1 / 3)
    said = forecast(after(answers(90)), blueprint)
    assert said.answers == 30
    assert not said.evidence.enough


# --- the real exams ---------------------------------------------------------------


@pytest.fixture(scope="module")
def practised() -> Ability:
    subtopics = list(HOUSE_TREE)
    log_ = [
        Answer(subtopics[7 * n % len(subtopics)], 0.0, 0.2, float(spread_out(n) < 0.8), n // 20)
        for n in range(400)
    ]
    return replayed(start(HOUSE_TREE), log_)


@pytest.mark.parametrize("exam", HOUSE.exams, ids=lambda exam: exam.id)
def test_one_history_serves_every_exam(practised: Ability, exam: Exam) -> None:
    profile = exam.profile(date(2026, 11, 1))
    said = readiness(practised, profile.blueprint, profile.scored, profile.cut.raw, {})
    assert said.evidence.enough
    assert 0.6 < said.mean < 0.95
    assert said.low90 < said.mean < said.high90
    assert 0 < said.p_pass < 1
    assert {lever.subtopic for lever in said.levers} == set(profile.blueprint)


def test_our_exams_fit_into_fifty_dimensions() -> None:
    assert len(start(HOUSE_TREE).mean) <= 50
