"""The exam room: every answer that is acknowledged is stored, once, and none after the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import Clock, counted, guest_of, rows_of
from tests.core.samples import leaves
from tests.services.hall import (
    FULL,
    answer,
    begin,
    every_kind,
    grant,
    refused,
    room,
    save,
    saves,
    sheet,
    sitting,
    slot,
    stocked,
    submit,
)
from tests.services.shelf import Shelf, start
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import (
    AttemptFinishedError,
    InvalidResponseError,
    NotFoundError,
    StaleRevisionError,
)
from trainer.core.learning.selection import Steer
from trainer.core.mock import Save
from trainer.core.presentation import Filled
from trainer.persistence.saves import NO_MARK, Mark
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import practice, rooms

SAVE, QUESTION, STATE = 5, 4, 2  # statements
EMPTY = Filled()


@pytest.fixture
def house(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house in memory with items for two full forms."""
    return stocked(memory_shop, shelf)


@pytest.fixture
def exam(house: Trainer, learner: Account) -> int:
    """Four questions, twenty minutes, any order."""
    return begin(house, learner)


# --- saving -----------------------------------------------------------------------


def test_a_save_is_acknowledged_by_what_is_stored(
    house: Trainer, learner: Account, exam: int, clock: Clock
) -> None:
    clock.move(seconds=40)
    given = save(house, learner, exam, 2, seconds=33)
    assert given == Save(2, 1, 1, given.response, clock.time, 33)
    assert saves(house, exam) == [given]


def test_serials_count_the_saves_of_an_exam(house: Trainer, learner: Account, exam: int) -> None:
    order = [(1, 1), (3, 1), (1, 2), (2, 1)]
    wrong = answer(house, learner, exam, 1, right=False)
    forms = [None, None, wrong, None]
    given = [
        save(house, learner, exam, number, form, revision=revision)
        for (number, revision), form in zip(order, forms, strict=True)
    ]
    assert [each.serial for each in given] == [1, 2, 3, 4]


def test_serials_of_two_exams_do_not_mix(house: Trainer, learner: Account, exam: int) -> None:
    other = guest_of(house)
    theirs = begin(house, other)
    assert [
        save(house, learner, exam, 1).serial,
        save(house, other, theirs, 1).serial,
        save(house, learner, exam, 2).serial,
    ] == [1, 1, 2]


def test_the_same_save_again_gives_the_same_acknowledgement(
    house: Trainer, learner: Account, exam: int, clock: Clock
) -> None:
    given = save(house, learner, exam, 1, seconds=5)
    before = rows_of(house.database)
    clock.move(seconds=30)
    assert save(house, learner, exam, 1, seconds=20) == given
    assert rows_of(house.database) == before


def test_every_revision_is_kept(house: Trainer, learner: Account, exam: int) -> None:
    forms = [answer(house, learner, exam, 1, right=right) for right in (True, False, True)]
    given = [
        save(house, learner, exam, 1, form, revision=revision)
        for revision, form in enumerate(forms, start=1)
    ]
    assert saves(house, exam) == given


@pytest.mark.parametrize("revision", [-1, 0, 1, 2, 4, 10**9])
def test_a_stale_save_is_refused_with_the_current_revision(
    house: Trainer, learner: Account, exam: int, revision: int
) -> None:
    right, wrong = (answer(house, learner, exam, 1, right=each) for each in (True, False))
    save(house, learner, exam, 1, right, revision=1)
    save(house, learner, exam, 1, wrong, revision=2)
    refusal = refused(house, StaleRevisionError, save, learner, exam, 1, right, revision=revision)
    assert refusal.revision == 2


def test_an_answer_can_be_cleared(house: Trainer, learner: Account, exam: int) -> None:
    save(house, learner, exam, 1)
    cleared = save(house, learner, exam, 1, EMPTY, revision=2)
    assert (cleared.response, cleared.revision, cleared.serial) == (None, 2, 2)
    assert sheet(house, learner, exam, 1).filled == EMPTY


def test_clearing_what_is_empty_is_a_save_like_any_other(
    house: Trainer, learner: Account, exam: int
) -> None:
    assert save(house, learner, exam, 1, EMPTY).serial == 1
    assert room(house, learner, exam).answered == 0


@pytest.mark.parametrize(("said", "kept"), [(-5, 0), (0, 0), (59, 59), (60, 60), (10**12, 60)])
def test_a_browser_cannot_claim_more_time_than_has_passed(
    house: Trainer, learner: Account, exam: int, said: int, kept: int
) -> None:
    house.now.move(seconds=60)
    assert save(house, learner, exam, 1, seconds=said).seconds == kept


@pytest.mark.parametrize("number", [0, -1, 5])
def test_a_question_that_is_not_there_takes_no_answer(
    house: Trainer, learner: Account, exam: int, number: int
) -> None:
    refused(house, NotFoundError, save, learner, exam, number, EMPTY)


def test_an_option_of_another_question_is_refused(
    house: Trainer, learner: Account, exam: int
) -> None:
    other = answer(house, learner, exam, 2)
    refused(house, InvalidResponseError, save, learner, exam, 1, other)


def test_unfinished_answers_of_every_kind_are_taken_and_shown_again(
    memory_shop: Trainer, shelf: Shelf
) -> None:
    every_kind(memory_shop, shelf)
    who = guest_of(memory_shop)
    attempt = begin(memory_shop, who, FULL)
    kinds = set()
    for number in range(1, sitting(memory_shop, who, attempt).length + 1):
        found = slot(memory_shop, who, attempt, number)
        whole = answer(memory_shop, who, attempt, number)
        placed = dict(list((whole.placed or {}).items())[:1]) or None
        part = replace(whole, chosen=whole.chosen[:1], placed=placed, rows=whole.rows[:1])
        save(memory_shop, who, attempt, number, part)
        shown = sheet(memory_shop, who, attempt, number).filled
        assert set(part.chosen) == set(shown.chosen)
        assert set((part.placed or {}).items()) <= set((shown.placed or {}).items())
        assert len(part.rows) == len(shown.rows)
        kinds.add(found.item.kind)
    assert kinds == {"single", "multiple", "code_entry", "ordering", "matching"}


# --- the end, second by second ------------------------------------------------------

MOMENTS = [(-1, True), (0, True), (3, True), (10, True), (10.001, False), (86_400, False)]


@pytest.mark.parametrize(("seconds", "in_time"), MOMENTS)
def test_saves_are_taken_until_ten_seconds_after_the_deadline(
    house: Trainer, learner: Account, exam: int, clock: Clock, seconds: float, *, in_time: bool
) -> None:
    clock.move(minutes=20, seconds=seconds)
    if in_time:
        assert save(house, learner, exam, 1).at == clock.time
    else:
        refused(house, AttemptFinishedError, save, learner, exam, 1)


def test_extra_time_counts_before_the_grace(house: Trainer, learner: Account, clock: Clock) -> None:
    grant(house, learner, 1.5)
    exam = begin(house, learner)
    clock.move(minutes=30, seconds=10)
    save(house, learner, exam, 1)
    clock.move(seconds=0.001)
    refused(house, AttemptFinishedError, save, learner, exam, 2)


def _use(name: str, *args: object) -> Callable[[UnitOfWork, Trainer, Account, int], object]:
    def use(store: UnitOfWork, house: Trainer, who: Account, attempt: int) -> object:
        return getattr(rooms, name)(store, who, attempt, *args, at=house.now())

    return use


USES: dict[str, Callable[[UnitOfWork, Trainer, Account, int], object]] = {
    "question": _use("question", 1),
    "questions": _use("questions"),
    "save": lambda store, house, who, attempt: rooms.save(
        store, who, attempt, 1, revision=1, filled=EMPTY, seconds=0, at=house.now()
    ),
    "advance": lambda store, house, who, attempt: rooms.advance(
        store, house.stockroom, who, attempt, 2, at=house.now()
    ),
    "flag": lambda store, house, who, attempt: rooms.flag(
        store, who, attempt, 1, on=True, at=house.now()
    ),
    "mark": _use("mark", 1, Mark(note="?")),
    "rest": _use("rest"),
    "resume": _use("resume"),
}
LOOKS = {
    "room": lambda store, house, who, attempt: rooms.room(
        store, house.stockroom, who, attempt, at=house.now()
    )
}


def use(house: Trainer, name: str, who: Account, attempt: int) -> object:
    with house.database.unit() as store:
        return (USES | LOOKS)[name](store, house, who, attempt)


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("is_submitted", [True, False])
def test_a_room_that_is_over_lets_nobody_do_anything(
    house: Trainer, learner: Account, exam: int, clock: Clock, name: str, *, is_submitted: bool
) -> None:
    if is_submitted:
        submit(house, learner, exam)
    else:
        clock.move(minutes=20, seconds=11)
    refused(house, AttemptFinishedError, use, name, learner, exam)


@pytest.mark.parametrize("name", USES | LOOKS)
def test_the_room_of_somebody_else_looks_like_one_that_is_not_there(
    house: Trainer, learner: Account, exam: int, name: str
) -> None:
    stranger = guest_of(house)
    mine = refused(house, NotFoundError, use, name, stranger, exam)
    none = refused(house, NotFoundError, use, name, learner, exam + 1)
    assert mine.message == none.message


@pytest.mark.parametrize("name", USES | LOOKS)
def test_a_practice_is_no_exam(house: Trainer, learner: Account, name: str) -> None:
    attempt = start(house, learner)
    refused(house, NotFoundError, use, name, learner, attempt.id)


PRACTICE: dict[str, Callable[[UnitOfWork, Trainer, Account, int], object]] = {
    "serve": lambda store, house, who, attempt: practice.serve_next(
        store, house.stockroom, who, attempt, at=house.now(), chance=0.0
    ),
    "page": lambda store, _house, who, attempt: practice.page(store, who, attempt, 1),
    "respond": lambda store, house, who, attempt: practice.respond(
        store, who, attempt, 1, EMPTY, at=house.now()
    ),
    "finish": lambda store, house, who, attempt: practice.finish(
        store, who, attempt, at=house.now()
    ),
    "summary": lambda store, house, who, attempt: practice.summary(
        store, house.stockroom, who, attempt, at=house.now()
    ),
    "steer": lambda store, house, who, attempt: practice.steer(
        store, who, attempt, 1, Steer.NOT_TODAY, at=house.now()
    ),
}


def practise(house: Trainer, name: str, who: Account, attempt: int) -> object:
    with house.database.unit() as store:
        return PRACTICE[name](store, house, who, attempt)


@pytest.mark.parametrize("name", PRACTICE)
@pytest.mark.parametrize("is_over", [False, True])
def test_practice_has_nothing_to_do_with_an_exam(
    house: Trainer, learner: Account, exam: int, name: str, *, is_over: bool
) -> None:
    save(house, learner, exam, 1)
    if is_over:
        submit(house, learner, exam)
    refused(house, NotFoundError, practise, name, learner, exam)


def test_an_open_exam_is_no_practice_to_go_on_with(
    house: Trainer, learner: Account, exam: int
) -> None:
    with house.database.reading() as store:
        assert practice.open_attempt(store, learner) is None


# --- looking ------------------------------------------------------------------------


def test_a_room_knows_what_is_answered_cleared_and_flagged(
    house: Trainer, learner: Account, exam: int
) -> None:
    save(house, learner, exam, 1)
    save(house, learner, exam, 3)
    save(house, learner, exam, 3, EMPTY, revision=2)
    flag(house, learner, exam, 3)
    found = room(house, learner, exam)
    assert [(p.revision, p.is_answered, p.is_flagged) for p in found.places] == [
        (1, True, False),
        (0, False, False),
        (2, False, True),
        (0, False, False),
    ]
    assert (found.answered, found.unanswered, found.flagged) == (1, 3, 1)


def test_a_room_goes_on_at_the_first_question_without_an_answer(
    house: Trainer, learner: Account, exam: int
) -> None:
    numbers = [room(house, learner, exam).next_number]
    for number in (2, 1, 3, 4):
        save(house, learner, exam, number)
        numbers.append(room(house, learner, exam).next_number)
    assert numbers == [1, 1, 3, 4, 4]


def test_a_room_tells_the_time_left(
    house: Trainer, learner: Account, exam: int, clock: Clock
) -> None:
    clock.move(minutes=5)
    assert room(house, learner, exam).left == timedelta(minutes=15)
    clock.move(minutes=16)
    found = room(house, learner, exam)
    assert (found.left, found.is_over) == (timedelta(0), True)


def test_a_sheet_shows_the_answer_that_is_saved(
    house: Trainer, learner: Account, exam: int
) -> None:
    assert (sheet(house, learner, exam, 1).revision, sheet(house, learner, exam, 1).filled) == (
        0,
        EMPTY,
    )
    form = answer(house, learner, exam, 1)
    given = save(house, learner, exam, 1, form)
    found = sheet(house, learner, exam, 1)
    assert (found.revision, found.filled, found.saved_at) == (1, form, given.at)


def test_all_sheets_are_those_of_the_single_pages(
    house: Trainer, learner: Account, exam: int
) -> None:
    save(house, learner, exam, 2)
    scribble(house, learner, exam, 3, Mark(note="later"))
    with house.database.reading() as store:
        found = rooms.questions(store, learner, exam, at=house.now())
    assert list(found) == [sheet(house, learner, exam, number) for number in range(1, 5)]


def test_no_sheet_carries_a_key_a_reason_or_an_option_id(
    house: Trainer, learner: Account, exam: int
) -> None:
    save(house, learner, exam, 1)
    with house.database.reading() as store:
        found = rooms.questions(store, learner, exam, at=house.now())
    told = [leaf for each in found for leaf in leaves(each)]
    for number in range(1, 5):
        item = slot(house, learner, exam, number).item
        secret = {item.rationale, item.id, *(o.id for o in item.options)}
        secret |= {option.reason for option in item.options}
        assert secret.isdisjoint(told)


# --- flags and marks ------------------------------------------------------------------


def flag(house: Trainer, who: Account, attempt: int, number: int, *, on: bool = True) -> None:
    with house.database.unit() as store:
        rooms.flag(store, who, attempt, number, on=on, at=house.now())


def scribble(house: Trainer, who: Account, attempt: int, number: int, mark: Mark) -> None:
    with house.database.unit() as store:
        rooms.mark(store, who, attempt, number, mark, at=house.now())


def test_flags_are_set_and_taken_away(house: Trainer, learner: Account, exam: int) -> None:
    for number in (4, 2):
        flag(house, learner, exam, number)
    flag(house, learner, exam, 4, on=False)
    assert sitting(house, learner, exam).flags == {2}
    assert sheet(house, learner, exam, 2).is_flagged


@pytest.mark.parametrize("on", [True, False])
def test_a_flag_that_changes_nothing_leaves_no_trace(
    house: Trainer, learner: Account, exam: int, *, on: bool
) -> None:
    if on:
        flag(house, learner, exam, 1)
    before = rows_of(house.database)
    flag(house, learner, exam, 1, on=on)
    assert rows_of(house.database) == before


def test_flags_are_events(house: Trainer, learner: Account, exam: int) -> None:
    flag(house, learner, exam, 3)
    flag(house, learner, exam, 3, on=False)
    with house.database.reading() as store:
        events = store.saves.events(exam)
    assert [each[2:] for each in events[1:]] == [("flag", "3"), ("unflag", "3")]


def test_scribbles_stay_with_their_question(house: Trainer, learner: Account, exam: int) -> None:
    mark = Mark(("abc",), ((0, 4), (9, 12)), 'CC/MCC? "\x00 – 心')
    scribble(house, learner, exam, 2, Mark(note="first"))
    scribble(house, learner, exam, 2, mark)
    assert sheet(house, learner, exam, 2).mark == mark
    assert sheet(house, learner, exam, 1).mark == NO_MARK


def test_scribbles_have_an_end(house: Trainer, learner: Account, exam: int) -> None:
    much = Mark(("a",) * 5000, ((0, 1),) * 5000, "x" * 5000)
    scribble(house, learner, exam, 1, much)
    kept = sheet(house, learner, exam, 1).mark
    assert (len(kept.struck), len(kept.highlights), len(kept.note)) == (200, 200, 2000)


@pytest.mark.parametrize("number", [0, 5])
def test_what_is_not_there_is_neither_flagged_nor_scribbled_on(
    house: Trainer, learner: Account, exam: int, number: int
) -> None:
    refused(house, NotFoundError, flag, learner, exam, number)
    refused(house, NotFoundError, scribble, learner, exam, number, NO_MARK)


# --- budgets --------------------------------------------------------------------------


def test_a_save_keeps_to_its_budget(shop: Trainer, shelf: Shelf) -> None:
    stocked(shop, shelf)
    who = guest_of(shop)
    exam = begin(shop, who, FULL)
    forms = [answer(shop, who, exam, 1, right=right) for right in (True, False)]
    for revision, form in enumerate(forms, start=1):
        with counted(shop.database) as statements:
            save(shop, who, exam, 1, form, revision=revision)
        assert len(statements) <= SAVE, statements.texts


def test_pages_of_the_room_keep_to_their_budgets(shop: Trainer, shelf: Shelf) -> None:
    stocked(shop, shelf)
    who = guest_of(shop)
    exam = begin(shop, who, FULL)
    save(shop, who, exam, 1)
    with counted(shop.database) as statements:
        sheet(shop, who, exam, 1)
    assert len(statements) <= QUESTION
    with counted(shop.database) as statements:
        room(shop, who, exam)
    assert len(statements) <= STATE
    with counted(shop.database) as statements, shop.database.reading() as store:
        rooms.questions(store, who, exam, at=shop.now())
    assert len(statements) <= QUESTION
