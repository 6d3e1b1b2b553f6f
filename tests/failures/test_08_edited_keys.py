"""8. A key that is edited during an exam changes nothing of it, until somebody regrades."""

import pytest

from tests.conftest import guest_of, rows_of
from tests.services.hall import answer, begin, entries, record, save, slot, stocked, submit
from tests.services.shelf import Shelf, load
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import NothingToRegradeError
from trainer.services import regrades


@pytest.fixture
def both(shop: Trainer, shelf: Shelf) -> Trainer:
    """A house on each database kind with items for two full forms."""
    return stocked(shop, shelf)


@pytest.fixture
def who(both: Trainer) -> Account:
    return guest_of(both)


def edit(house: Trainer, shelf: Shelf) -> None:
    """Another option of every item becomes its key."""
    load(house, shelf.write("alpha", *({**each, "key": "left"} for each in entries())))


def points(house: Trainer, who: Account, exam: int) -> list[float]:
    return [kept.points for kept in record(house, who, exam).slots]


def test_an_exam_under_way_keeps_the_questions_and_keys_that_it_was_served(
    both: Trainer, shelf: Shelf, who: Account
) -> None:
    exam = begin(both, who)
    save(both, who, exam, 1)
    before = [slot(both, who, exam, number) for number in range(1, 5)]
    edit(both, shelf)
    assert [slot(both, who, exam, number) for number in range(1, 5)] == before
    save(both, who, exam, 2)
    submit(both, who, exam)
    assert points(both, who, exam) == [1.0, 1.0, 0.0, 0.0]


def test_a_result_is_not_moved_by_an_edit(both: Trainer, shelf: Shelf, who: Account) -> None:
    exam = begin(both, who)
    save(both, who, exam, 1)
    submit(both, who, exam)
    before = record(both, who, exam)
    edit(both, shelf)
    assert record(both, who, exam) == before


def test_a_new_exam_goes_by_the_new_key(both: Trainer, shelf: Shelf, who: Account) -> None:
    submit(both, who, begin(both, who))
    edit(both, shelf)
    exam = begin(both, who)
    assert {slot(both, who, exam, number).item.key for number in range(1, 5)} == {"left"}


def test_a_regrade_moves_the_result_once_and_can_be_undone(
    both: Trainer, shelf: Shelf, who: Account
) -> None:
    exam = begin(both, who)
    slug = slot(both, who, exam, 1).item.id
    save(both, who, exam, 1, answer(both, who, exam, 1))
    submit(both, who, exam)
    edit(both, shelf)
    with both.database.unit() as store:
        number = regrades.apply(store, slug, reason="Corrected", by="Test", at=both.now())
    assert points(both, who, exam)[0] == 0.0
    before = rows_of(both.database)
    with pytest.raises(NothingToRegradeError), both.database.unit() as store:
        regrades.apply(store, slug, reason="Again", by="Test", at=both.now())
    assert rows_of(both.database) == before
    with both.database.unit() as store:
        regrades.undo(store, number, at=both.now())
    assert points(both, who, exam)[0] == 1.0
