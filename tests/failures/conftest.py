"""What failed elsewhere and must not fail here, one file a failure, by its number on our list."""

import pytest

from tests.conftest import guest_of
from tests.failures.browser import Browser
from tests.services.conftest import learner, memory_shop, shared_shop, shelf, shop
from tests.services.hall import stocked
from tests.services.shelf import Shelf
from trainer.bootstrap import Trainer

__all__ = ["learner", "memory_shop", "shared_shop", "shelf", "shop"]


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:  # the fixture of that name
    """A house in memory with items for two full forms."""
    return stocked(memory_shop, shelf)


@pytest.fixture
def crowd(shared_shop: Trainer, shelf: Shelf) -> Trainer:  # the fixture of that name
    """A house on each database kind that many may enter at once."""
    return stocked(shared_shop, shelf)


@pytest.fixture
def seat(house: Trainer) -> Browser:
    """Somebody's browser with an exam of four questions and twenty minutes open."""
    return Browser.of(house, guest_of(house)).begin()
