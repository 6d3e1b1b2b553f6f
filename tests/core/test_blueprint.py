"""How many full forms a bank can fill, and what runs out first."""

from dataclasses import replace

import pytest

from tests.core.test_exam import PROFILE
from trainer.core.blueprint import Shortage, fill

TEN_SCORED = replace(PROFILE, items=12, pretest=2)  # needs a: 4, b: 3, c: 2.5, d: 0.5
ENOUGH_FOR_TWO = {"coding.a": 8, "coding.b": 6, "billing.c": 5, "billing.d": 1}


def test_a_bank_lasts_as_long_as_its_scarcest_subtopic() -> None:
    assert fill(TEN_SCORED, {**ENOUGH_FOR_TWO, "coding.b": 3}).forms == pytest.approx(1.0)


def test_items_of_a_subtopic_serve_all_its_domains() -> None:
    assert fill(TEN_SCORED, ENOUGH_FOR_TWO).forms == pytest.approx(2.0)


def test_the_scarcest_subtopic_comes_first() -> None:
    counts = {"coding.a": 6, "coding.b": 6, "billing.c": 10, "billing.d": 0}
    assert fill(TEN_SCORED, counts).shortages == (
        Shortage("billing.d", 0, 0.0),
        Shortage("coding.a", 6, pytest.approx(1.5)),
        Shortage("coding.b", 6, pytest.approx(2.0)),
        Shortage("billing.c", 10, pytest.approx(4.0)),
    )


def test_an_empty_bank_fills_none() -> None:
    filled = fill(TEN_SCORED, {})
    assert filled.forms == 0
    assert {(shortage.items, shortage.forms) for shortage in filled.shortages} == {(0, 0.0)}


def test_items_outside_the_blueprint_fill_nothing() -> None:
    assert len(fill(TEN_SCORED, {"anatomy.x": 99}).shortages) == 4
