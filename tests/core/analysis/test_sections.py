"""Domains, topics and weak subtopics; counted by hand."""

import pytest

from tests.core.analysis.samples import outcome, outcomes, profile
from trainer.core.analysis.interval import wilson
from trainer.core.analysis.outcome import Outcome, Tally
from trainer.core.analysis.sections import Weakness, domains, tallies, topics, weaknesses

CLAIMS = "billing.claims"


def sat() -> list[Outcome]:
    """Codes 4 of 6, Rest 1 of 4 with a half point, and a pretest item."""
    return [
        *outcomes(4, 2, domain=0),
        *outcomes(1, 2, domain=1, subtopic=CLAIMS),
        outcome(10, domain=1, subtopic=CLAIMS, points=0.5),
        outcome(11, domain=1, subtopic=CLAIMS, scored=False, correct=True),
    ]


def test_a_domain_has_weight_count_and_interval() -> None:
    codes, rest = domains(profile(), sat(), {})
    assert (codes.name, codes.weight, codes.tally) == ("Codes", 0.6, Tally(4, 6))
    assert (rest.name, rest.weight, rest.tally) == ("Rest", 0.4, Tally(1, 4))
    assert codes.band == wilson(4, 6)


def test_a_domain_is_compared_with_the_one_of_the_same_name() -> None:
    before = {"Codes": Tally(3, 6), "Gone": Tally(1, 1)}
    codes, rest = domains(profile(), sat(), before)
    assert codes.delta == pytest.approx(1 / 6)
    assert codes.before == Tally(3, 6)
    assert rest.delta is None


def test_a_domain_without_an_item_is_listed_and_not_compared() -> None:
    _, rest = domains(profile(), outcomes(1, 0, domain=0), {"Rest": Tally(1, 2)})
    assert rest.tally == Tally(0, 0)
    assert rest.delta is None


def test_tallies_leave_out_domains_without_a_scored_item() -> None:
    assert tallies(profile(), outcomes(1, 1, domain=1)) == {"Rest": Tally(1, 2)}


def test_topics_are_counted_without_pretest_items() -> None:
    assert topics(sat()) == {"coding": Tally(4, 6), "billing": Tally(1, 4)}


def test_the_weakest_subtopics_cost_most_points() -> None:
    assert weaknesses(sat()) == (
        Weakness(CLAIMS, 2.5, Tally(1, 4)),
        Weakness("coding.modifiers", 2.0, Tally(4, 6)),
    )


def test_three_at_most_and_none_without_a_miss() -> None:
    missed = [outcome(n, subtopic=f"coding.{name}") for n, name in enumerate("dcba", 1)]
    assert [each.subtopic for each in weaknesses(missed)] == ["coding.a", "coding.b", "coding.c"]
    assert weaknesses(outcomes(3, 0)) == ()


def test_of_two_that_cost_the_same_the_one_with_fewer_items_is_weaker() -> None:
    mixed = [*outcomes(3, 1, subtopic="coding.a"), *outcomes(0, 1, subtopic="coding.z")]
    assert [each.subtopic for each in weaknesses(mixed)] == ["coding.z", "coding.a"]
