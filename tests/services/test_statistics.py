"""Counts over the test bank, by hand."""

from datetime import date

import pytest

from tests.services.shelf import CLAIMS, ICD, MODIFIERS, WORDS
from trainer.bootstrap import Trainer
from trainer.services import banks
from trainer.services.statistics import Statistics, statistics


@pytest.fixture
def found(memory_house: Trainer) -> Statistics:
    read = banks.read(memory_house.catalogue, memory_house.config.question_banks)
    return statistics(memory_house.catalogue, read, date(2026, 11, 23))


def test_items_and_cases_are_counted(found: Statistics) -> None:
    assert (found.items, found.cases) == (7, 1)


def test_kinds_are_counted(found: Statistics) -> None:
    assert found.by_kind == {
        "single": 3,
        "multiple": 1,
        "code_entry": 1,
        "ordering": 1,
        "matching": 1,
    }


def test_levels_are_counted(found: Statistics) -> None:
    assert found.by_level == {"recall": 4, "application": 2, "analysis": 1}


def test_an_item_counts_for_each_of_its_exams(found: Statistics) -> None:
    assert found.by_exam == {
        "alpha": {MODIFIERS: 1, CLAIMS: 2, WORDS: 1, ICD: 2},
        "beta": {MODIFIERS: 2},
    }


def test_forms_are_limited_by_the_scarcest_subtopic(found: Statistics) -> None:
    # a form has 3 modifiers, 4 ICD-10-CM, 2.5 claims and half an item of word parts
    assert found.fills["alpha"].forms == pytest.approx(1 / 3)
    assert found.fills["beta"].forms == 0


def test_shortages_stand_scarcest_first(found: Statistics) -> None:
    shortages = found.fills["alpha"].shortages
    assert [(each.subtopic, each.items) for each in shortages] == [
        (MODIFIERS, 1),
        (ICD, 2),
        (CLAIMS, 2),
        (WORDS, 1),
    ]
    assert [each.forms for each in shortages] == pytest.approx([1 / 3, 2 / 4, 2 / 2.5, 1 / 0.5])
