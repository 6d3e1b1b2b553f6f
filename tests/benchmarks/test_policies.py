"""Every way to choose plays by the same rules."""
# ruff: noqa: S311  # simulations, not secrets

import random

import pytest

from benchmarks import settings
from benchmarks.policies import POLICIES
from benchmarks.settings import Setting
from benchmarks.worlds import ANSWERS_A_DAY


@pytest.fixture(scope="module")
def setting() -> Setting:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "CALIBRATORS", 2)
        return settings.setting("A", 2)


def served(setting: Setting, policy: str, days: int) -> list[list[str]]:
    """What a learner gets, day by day."""
    person = setting.world.learner(0)
    asker = POLICIES[policy](setting, random.Random(1), person)
    told: list[list[str]] = []
    for day in range(1, days + 1):
        told.append([])
        for _ in range(ANSWERS_A_DAY):
            item = asker.ask(day)
            asker.told(item, person.answer(item, day), day)
            told[-1].append(item)
    return told


@pytest.mark.parametrize("policy", POLICIES)
def test_no_item_comes_back_within_ten(setting: Setting, policy: str) -> None:
    items = [item for day in served(setting, policy, days=2) for item in day]
    for place, item in enumerate(items):
        assert item not in items[max(0, place - 10) : place]


def test_ours_serves_no_item_twice_in_a_sitting(setting: Setting) -> None:
    for day in served(setting, "ours", days=3):
        assert len(set(day)) == ANSWERS_A_DAY


def test_ours_is_the_same_again(setting: Setting) -> None:
    assert served(setting, "ours", days=1) == served(setting, "ours", days=1)
