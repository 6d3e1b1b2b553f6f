"""S rules: each catches a planted flaw and passes good items."""

import pytest

from tests.banks.rules.samples import GOOD_ITEMS, item_flaws, single
from trainer.banks.rules import s03_duplicate_options
from trainer.core.item import Item


@pytest.mark.parametrize("item", GOOD_ITEMS, ids=lambda item: item.kind)
@pytest.mark.parametrize("module", [s03_duplicate_options], ids=lambda m: m.RULE.id)
def test_passes_good_items(module, item: Item) -> None:
    assert item_flaws(module.RULE, item) == []


def test_s03_catches_a_code_written_twice() -> None:
    flaws = item_flaws(s03_duplicate_options.RULE, single("E11.9", "e119", "I10", "J45.909"))
    assert [flaw.field for flaw in flaws] == ["options.o1"]
