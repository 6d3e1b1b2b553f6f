"""Mock exams before they begin: what is offered, that one begins, and what somebody is granted."""

from datetime import date, timedelta

import pytest

from tests.conftest import Clock, guest_of, rows_of
from tests.services.hall import (
    FULL,
    MINUTES,
    SHORT,
    begin,
    entries,
    grant,
    record,
    save,
    sitting,
    slot,
    stocked,
    submit,
)
from tests.services.shelf import CLAIMS, ICD, MODIFIERS, WORDS, Shelf, load, single
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import NotFoundError, PoolEmptyError
from trainer.core.form import Shortfall, Size
from trainer.core.mock import USUAL, Accommodation, Choice
from trainer.services import accounts, mocks
from trainer.services.mocks import Offer

CODES, REST = 0, 1  # the domains of exam alpha


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house in memory with items for two full forms."""
    return stocked(memory_shop, shelf)


def offer(house: Trainer, who: Account, choice: Choice = FULL, exam: str = "alpha") -> Offer:
    with house.database.reading() as store:
        return mocks.offer(store, house.stockroom, who, exam, choice, at=house.now())


def items(house: Trainer, who: Account, attempt: int) -> list[str]:
    length = sitting(house, who, attempt).length
    return [slot(house, who, attempt, number).item.id for number in range(1, length + 1)]


# --- what is offered --------------------------------------------------------------


def test_a_full_exam_has_the_items_and_minutes_of_its_profile(
    house: Trainer, learner: Account
) -> None:
    found = offer(house, learner)
    assert (found.available, found.minutes, found.outlook.shortages) == (12, MINUTES, ())
    assert found.ends_at == house.now() + timedelta(minutes=MINUTES)


@pytest.mark.parametrize(
    ("size", "items", "minutes"), [(Size.FULL, 12, 24), (Size.HALF, 6, 12), (Size.QUARTER, 4, 6)]
)
def test_a_part_of_an_exam_has_a_part_of_its_items_and_time(
    house: Trainer, learner: Account, size: Size, items: int, minutes: int
) -> None:
    found = offer(house, learner, Choice(size))
    assert (found.available, found.outline.minutes) == (items, minutes)


@pytest.mark.parametrize(
    ("choice", "items", "minutes"),
    [
        (Choice(items=6), 6, 12),  # at the exam's pace
        (Choice(items=6, minutes=45), 6, 45),
        (Choice(items=3, domains=(CODES,)), 3, 6),
        (Choice(items=2, subtopics=(CLAIMS,)), 2, 4),
    ],
)
def test_a_custom_exam_has_what_was_chosen(
    house: Trainer, learner: Account, choice: Choice, items: int, minutes: int
) -> None:
    found = offer(house, learner, choice)
    assert (found.available, found.minutes) == (items, minutes)


def test_a_domain_that_is_short_is_told_before_the_start(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    bank = [*(single(f"m{n}", MODIFIERS) for n in range(9)), single("c", CLAIMS)]
    load(memory_shop, shelf.write("alpha", *bank))
    found = offer(memory_shop, learner, Choice(items=10, minutes=20))
    lines = [line for line in found.outlook.shortages if line.subtopic is None]
    assert lines == [Shortfall(REST, None, scored=True, wanted=3, found=1)]
    assert (found.available, found.minutes) == (8, 16)


def test_what_is_offered_is_what_begins(house: Trainer, learner: Account) -> None:
    found = offer(house, learner)
    begun = sitting(house, learner, begin(house, learner, FULL))
    assert (begun.length, begun.minutes) == (found.available, found.minutes)


def test_repeats_are_told_before_the_start(house: Trainer, learner: Account) -> None:
    assert offer(house, learner).outlook.repeats == 0
    for _ in range(2):
        submit(house, learner, begin(house, learner, FULL))
    assert offer(house, learner).outlook.repeats > 0


def test_an_offer_stores_nothing(house: Trainer, learner: Account) -> None:
    before = rows_of(house.database)
    offer(house, learner)
    assert rows_of(house.database) == before


def test_an_offer_names_the_exam_to_go_on_with(house: Trainer, learner: Account) -> None:
    assert offer(house, learner).open_attempt is None
    begun = begin(house, learner)
    assert offer(house, learner).open_attempt == begun
    assert offer(house, learner, exam="beta").open_attempt is None


def test_an_unknown_exam_is_not_offered(house: Trainer, learner: Account) -> None:
    with pytest.raises(NotFoundError, match="gamma"):
        offer(house, learner, exam="gamma")


def test_the_rules_are_those_of_the_day_of_the_learners_exam(
    memory_shop: Trainer, shelf: Shelf, clock: Clock
) -> None:
    clock.time = clock.time.replace(month=9)  # the profile changes on 1 October
    stocked(memory_shop, shelf)
    who = guest_of(memory_shop)
    assert offer(memory_shop, who).profile.items == 10
    with memory_shop.database.unit() as store:
        accounts.plan(store, who, exam="alpha", exam_on=date(2026, 10, 1), minutes=20)
        who = store.accounts.find(who.id)
    assert offer(memory_shop, who).profile.items == 12


def test_an_exam_day_that_is_over_is_forgotten(house: Trainer, learner: Account) -> None:
    with house.database.unit() as store:
        accounts.plan(store, learner, exam="alpha", exam_on=date(2026, 9, 1), minutes=20)
        learner = store.accounts.find(learner.id)
    assert offer(house, learner).profile.items == 12


# --- the beginning ----------------------------------------------------------------


def test_an_exam_begins_with_all_that_was_chosen(house: Trainer, learner: Account) -> None:
    choice = Choice(items=5, minutes=33, digital_book=True)
    begun = sitting(house, learner, begin(house, learner, choice))
    assert (begun.choice, begun.length, begun.minutes) == (choice, 5, 33)
    assert (begun.attempt.started_at, begun.profile_on) == (house.now(), house.now().date())
    assert (begun.flags, begun.furthest, begun.ending) == (frozenset(), 1, None)


def test_a_full_form_keeps_to_the_blueprint(house: Trainer, learner: Account) -> None:
    begun = sitting(house, learner, begin(house, learner, FULL))
    scored = [seat.domain for seat in begun.seats if seat.scored]
    assert (scored.count(CODES), scored.count(REST)) == (7, 3)
    assert len(begun.seats) - len(scored) == 2


def test_a_subtopic_that_was_chosen_is_all_there_is(house: Trainer, learner: Account) -> None:
    begun = begin(house, learner, Choice(items=3, subtopics=(ICD,)))
    found = {slot(house, learner, begun, number).item.subtopic for number in (1, 2, 3)}
    assert found == {ICD}


def test_only_kinds_that_the_exam_asks_stand_on_a_form(memory_house: Trainer) -> None:
    load(memory_house, memory_house.config.question_banks / "alpha")  # it has all kinds
    who = guest_of(memory_house)
    begun = begin(memory_house, who, FULL)
    length = sitting(memory_house, who, begun).length
    kinds = {slot(memory_house, who, begun, n).item.kind for n in range(1, length + 1)}
    assert kinds <= {"single", "multiple", "code_entry"}
    assert offer(memory_house, who).available == length


def test_the_start_is_noted(house: Trainer, learner: Account) -> None:
    begun = begin(house, learner)
    with house.database.reading() as store:
        (event,) = store.saves.events(begun)
    assert event == (1, house.now(), "start", "4 items, 20 min")


def test_beginning_again_goes_on_with_the_open_exam(house: Trainer, learner: Account) -> None:
    begun = begin(house, learner)
    before = rows_of(house.database)
    assert begin(house, learner, FULL) == begun
    assert rows_of(house.database) == before


def test_another_exam_may_be_open_at_the_same_time(house: Trainer, learner: Account) -> None:
    assert begin(house, learner) != begin(house, learner, exam="beta")


def test_somebody_else_begins_an_exam_of_their_own(house: Trainer, learner: Account) -> None:
    assert begin(house, learner) != begin(house, guest_of(house))


def test_after_the_end_a_new_exam_begins(house: Trainer, learner: Account) -> None:
    first = begin(house, learner)
    submit(house, learner, first)
    assert begin(house, learner) != first


@pytest.mark.parametrize(
    "choice",
    [FULL, Choice(items=0), Choice(items=-1), Choice(items=3, domains=(7,)), Choice(items=3)],
)
def test_an_exam_without_an_item_does_not_begin(
    memory_shop: Trainer, shelf: Shelf, learner: Account, choice: Choice
) -> None:
    is_empty = choice in (FULL, Choice(items=3))
    load(memory_shop, shelf.write("alpha", *(entries(2, ["beta"]) if is_empty else entries())))
    before = rows_of(memory_shop.database)
    with pytest.raises(PoolEmptyError):
        begin(memory_shop, learner, choice)
    assert rows_of(memory_shop.database) == before


def test_a_short_bank_makes_a_shorter_exam_at_the_same_pace(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", single("m", MODIFIERS), single("w", WORDS)))
    begun = sitting(memory_shop, learner, begin(memory_shop, learner, FULL))
    assert (begun.length, begun.minutes) == (2, 4)


def test_every_order_comes_from_a_seed_that_is_stored(house: Trainer, learner: Account) -> None:
    begun = sitting(house, learner, begin(house, learner))
    assert begun.attempt.seed.startswith("secret-")


def test_a_version_that_comes_later_changes_nothing_of_a_form(
    house: Trainer, shelf: Shelf, learner: Account
) -> None:
    begun = begin(house, learner)
    before = [slot(house, learner, begun, number) for number in range(1, 5)]
    load(house, shelf.write("alpha", *({**each, "key": "left"} for each in entries())))
    assert [slot(house, learner, begun, number) for number in range(1, 5)] == before


# --- what somebody is granted -------------------------------------------------------


def granted(house: Trainer, who: Account) -> Accommodation:
    with house.database.reading() as store:
        return mocks.accommodation(store, who)


def test_nobody_is_granted_anything_unasked(house: Trainer, learner: Account) -> None:
    assert granted(house, learner) == USUAL


def test_what_is_granted_holds_until_something_else_is(house: Trainer, learner: Account) -> None:
    grant(house, learner, 1.5, breaks=30)
    assert granted(house, learner) == Accommodation(1.5, timedelta(minutes=30))
    grant(house, learner, 2.0)
    assert granted(house, learner) == Accommodation(2.0)


@pytest.mark.parametrize(
    ("factor", "breaks", "kept"),
    [
        (0.5, -3, Accommodation()),
        (9.0, 999, Accommodation(4.0, timedelta(hours=4))),
        (1.0, 0, Accommodation()),
        (4.0, 240, Accommodation(4.0, timedelta(hours=4))),
    ],
)
def test_nobody_is_granted_less_than_the_usual_or_more_than_the_most(
    house: Trainer, learner: Account, factor: float, breaks: float, kept: Accommodation
) -> None:
    grant(house, learner, factor, breaks)
    assert granted(house, learner) == kept


def test_extra_time_is_offered(house: Trainer, learner: Account) -> None:
    grant(house, learner, 1.5)
    found = offer(house, learner)
    assert (found.minutes, found.accommodation.factor) == (36, 1.5)
    assert found.ends_at == house.now() + timedelta(minutes=36)


def test_an_exam_under_way_gets_what_is_granted(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    begun = begin(house, learner)
    clock.move(minutes=15)
    grant(house, learner, 2.0)
    assert sitting(house, learner, begun).deadline == clock.time + timedelta(minutes=25)
    with house.database.reading() as store:
        assert store.saves.events(begun)[-1][2:] == ("accommodation", "time × 2, 0:00:00 of breaks")


def test_somebody_elses_exam_gets_nothing(house: Trainer, learner: Account) -> None:
    begun, stranger = begin(house, learner), guest_of(house)
    before = sitting(house, learner, begun)
    grant(house, stranger, 2.0)
    assert sitting(house, learner, begun) == before


def test_a_finished_exam_keeps_what_it_had(house: Trainer, learner: Account) -> None:
    begun = begin(house, learner)
    save(house, learner, begun, 1)
    submit(house, learner, begun)
    before = record(house, learner, begun)
    grant(house, learner, 4.0)
    assert record(house, learner, begun) == before


def test_an_exam_whose_time_is_over_is_not_opened_again(
    house: Trainer, learner: Account, clock: Clock
) -> None:
    begun = begin(house, learner, SHORT)
    clock.move(minutes=20, seconds=10.001)
    grant(house, learner, 4.0)
    assert sitting(house, learner, begun).is_over(clock.time)


def test_all_exams_under_way_get_what_is_granted(house: Trainer, learner: Account) -> None:
    both = [begin(house, learner), begin(house, learner, exam="beta")]
    grant(house, learner, 2.0)
    assert [sitting(house, learner, each).accommodation.factor for each in both] == [2.0, 2.0]
