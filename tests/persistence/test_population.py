"""What all answers say: difficulties that no answer overwrites, and one fitted population."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from tests.persistence.samples import fresh, put_items, single, studied
from tests.persistence.waiting import after_waiting
from trainer.core.learning.population import PRIOR, ItemState
from trainer.persistence.database import Database
from trainer.persistence.population import NOT_FITTED, UNANSWERED, Fitted, Population, item_state
from trainer.persistence.tables import PopulationRow
from trainer.persistence.unit_of_work import UnitOfWork


class Desk:
    """Two items, and what answers say of them."""

    def __init__(self, store: UnitOfWork) -> None:
        self.population: Population = store.population
        self.a, self.b = (item.item for item in put_items(store, map(single, "ab")).values())

    def after(self, answers: int) -> ItemState:
        """The first item after so many answers."""
        return studied(self.a, answers=answers).states[self.a]

    def calibrate(self, before: int, after: int) -> bool:
        return self.population.calibrate(self.after(before), self.after(after))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


def numbers(state: ItemState) -> tuple[float, float, int]:
    return state.difficulty, state.variance, state.answers


# --- items --------------------------------------------------------------------


def test_an_item_without_an_answer_stands_where_its_author_put_it(desk: Desk) -> None:
    assert desk.population.item(fresh(desk.a)) == fresh(desk.a)
    assert desk.population.items() == {}


def test_the_first_answer_is_stored_to_the_last_bit(desk: Desk) -> None:
    assert desk.calibrate(0, 1) is True
    assert desk.population.item(fresh(desk.a)) == desk.after(1)


def test_the_next_answer_is_stored_to_the_last_bit(desk: Desk) -> None:
    desk.calibrate(0, 1)
    assert desk.calibrate(1, 2) is True
    assert desk.population.item(fresh(desk.a)) == desk.after(2)


@pytest.mark.parametrize(
    ("stored", "before"),
    [
        ((0, 1), 0),  # both gave the first answer
        ((0, 1, 2), 1),
        ((0, 1, 2, 3), 1),
        ((0,), 1),  # it was answered, and then a replay found no answer
        ((0, 1), 2),
    ],
)
def test_an_answer_to_an_item_that_was_moved_meanwhile_changes_nothing(
    desk: Desk, stored: tuple[int, ...], before: int
) -> None:
    for step in pairwise(stored):
        desk.calibrate(*step)
    assert desk.calibrate(before, before + 1) is False
    assert desk.population.item(fresh(desk.a)) == desk.after(stored[-1])


def test_an_item_is_found_anew_after_it_was_moved(desk: Desk) -> None:
    desk.calibrate(0, 1)
    assert desk.population.item(desk.after(0)) == desk.after(1)


def test_an_item_whose_answers_are_gone_counts_as_unanswered(desk: Desk) -> None:
    assert desk.population.item(desk.after(2)).answers == 0


@pytest.mark.parametrize("before", [0, 1])
def test_of_two_answers_at_once_the_later_one_is_told(postgres: Database, before: int) -> None:
    with postgres.unit() as store:
        desk = Desk(store)
        for answers in range(before):
            desk.calibrate(answers, answers + 1)
    one, two = desk.after(before), desk.after(before + 1)

    def calibrate(store: UnitOfWork) -> bool:
        return store.population.calibrate(one, two)

    assert after_waiting(postgres, calibrate, calibrate) is False


def test_an_answer_moves_one_item(desk: Desk) -> None:
    desk.population.replace([fresh(desk.b)._replace(answers=1)])
    desk.calibrate(0, 1)
    desk.calibrate(1, 2)
    assert desk.population.items() == {
        desk.a: numbers(desk.after(2)),
        desk.b: numbers(fresh(desk.b)._replace(answers=1)),
    }


def test_replacing_puts_items_in_the_place_of_others(desk: Desk) -> None:
    desk.calibrate(0, 1)
    replayed = studied(desk.b).states[desk.b]
    desk.population.replace([replayed])
    assert desk.population.items() == {desk.b: numbers(replayed)}


def test_replacing_by_nothing_leaves_nothing(desk: Desk) -> None:
    desk.calibrate(0, 1)
    desk.population.replace([])
    assert desk.population.items() == {}


def test_what_answers_say_moves_an_item_from_where_its_author_put_it(desk: Desk) -> None:
    assert item_state(fresh(desk.a), numbers(desk.after(3))) == desk.after(3)
    assert item_state(fresh(desk.a), UNANSWERED) == fresh(desk.a)


# --- the population -----------------------------------------------------------


def test_before_the_first_fit_the_population_is_the_prior(desk: Desk) -> None:
    assert desk.population.find() == NOT_FITTED == Fitted(PRIOR, 0)


def test_a_population_comes_back_to_the_last_bit(desk: Desk) -> None:
    fitted = Fitted(studied(desk.a, desk.b, answers=40).model, 2**40)
    desk.population.put(fitted)
    assert desk.population.find() == fitted


def test_putting_again_replaces(desk: Desk) -> None:
    for answers in (1, 2):
        fitted = Fitted(studied(desk.a, answers=answers).model, answers)
        desk.population.put(fitted)
    assert desk.population.find() == fitted
    count = select(func.count()).select_from(PopulationRow)
    assert desk.population._connection.scalar(count) == 1
