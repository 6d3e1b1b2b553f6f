"""Linting with what the response log knows."""

from datetime import timedelta

import pytest

from tests.conftest import Clock, guest_of
from tests.services.shelf import Shelf, load, run, single, start
from trainer.bootstrap import Trainer
from trainer.services import banks, linting

WAIVED = {"waivers": [{"rule": "C05", "reason": "The law says so."}]}


def findings(house: Trainer, shelf: Shelf, **exposures: float) -> list[linting.Finding]:
    found = banks.read(house.catalogue, shelf.root)
    return list(linting.lint(house.catalogue, found, exposures))


def test_rules_stand_in_the_order_of_their_ids() -> None:
    ids = [rule.id for rule in linting.rules()]
    assert ids == sorted(set(ids))


def test_a_finding_names_bank_item_and_place(memory_shop: Trainer, shelf: Shelf) -> None:
    absolute = single("a")
    absolute["options"][1]["text"] = "It is always and never so"
    shelf.write("alpha", absolute)
    found = [each for each in findings(memory_shop, shelf) if each.rule == "C05"]
    assert [(each.bank, each.item, each.origin) for each in found] == [
        ("alpha", "a", "alpha/items.yaml:2")
    ]


def test_a_waived_finding_keeps_its_reason(memory_shop: Trainer, shelf: Shelf) -> None:
    absolute = single("a", **WAIVED)
    absolute["options"][1]["text"] = "It is always and never so"
    shelf.write("alpha", absolute)
    (found,) = [each for each in findings(memory_shop, shelf) if each.rule == "C05"]
    assert (found.waiver, found.blocks) == ("The law says so.", False)


def test_an_item_that_everybody_saw_is_found(memory_shop: Trainer, shelf: Shelf) -> None:
    shelf.write("alpha", single("a"), single("b"))
    found = [each.item for each in findings(memory_shop, shelf, a=1.0) if each.rule == "B06"]
    assert found == ["a"]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), {"a": 1.0}),
        (linting.EXPOSURE_WINDOW, {"a": 1.0}),
        (linting.EXPOSURE_WINDOW + timedelta(seconds=1), {}),
    ],
)
def test_exposure_looks_back_as_far_as_its_window(
    memory_shop: Trainer,
    shelf: Shelf,
    clock: Clock,
    age: timedelta,
    expected: dict[str, float],
) -> None:
    load(memory_shop, shelf.write("alpha", single("a")))
    learner = guest_of(memory_shop)
    run(memory_shop, learner, start(memory_shop, learner))
    with memory_shop.database.reading() as store:
        assert linting.exposures(store, at=clock.time + age) == expected
