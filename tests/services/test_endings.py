"""How exams end: once, from what is stored, whoever looks first; and what they teach."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import Clock, guest_of, rows_of
from tests.services.hall import (
    FULL,
    answer,
    begin,
    entries,
    every_kind,
    grant,
    record,
    refused,
    rest,
    save,
    saves,
    settle,
    sitting,
    slot,
    stocked,
    submit,
    sweep,
)
from tests.services.shelf import Shelf, answered, load, run, start
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import NotFoundError
from trainer.core.learning.learner import Learner
from trainer.core.mock import Ending
from trainer.core.presentation import Filled
from trainer.services import accounts, endings, learning

CACHES = ("learner", "item_memory", "item_state")
ANA, PASSWORD = "ana@example.org", "correct horse"
EMPTY = Filled()

ENDS: dict[str, Callable[[Trainer, Account, int], object]] = {
    "submit": submit,
    "settle": lambda house, who, _attempt: settle(house, who),
    "sweep": lambda house, _who, _attempt: sweep(house),
}


@pytest.fixture
def house(shop: Trainer, shelf: Shelf) -> Trainer:
    """A house on each database kind with items for two full forms."""
    return stocked(shop, shelf)


@pytest.fixture
def who(house: Trainer) -> Account:
    return guest_of(house)


@pytest.fixture
def exam(house: Trainer, who: Account) -> int:
    """Four questions, twenty minutes."""
    return begin(house, who)


def responses(house: Trainer, attempt: int) -> dict[int, tuple[object, float]]:
    """What counts in each slot, and for how much."""
    with house.database.reading() as store:
        counted = store.responses.counted(attempt)
    return {number: (response, score.points) for number, (response, score) in counted.items()}


# --- handing in -------------------------------------------------------------------


def test_what_was_saved_last_in_each_question_counts(
    house: Trainer, who: Account, exam: int
) -> None:
    right = answer(house, who, exam, 1)
    wrong = answer(house, who, exam, 1, right=False)
    save(house, who, exam, 1, right)
    save(house, who, exam, 1, wrong, revision=2)
    save(house, who, exam, 2, answer(house, who, exam, 2, right=False))
    save(house, who, exam, 2, revision=2)
    submit(house, who, exam)
    assert {n: points for n, (_, points) in responses(house, exam).items()} == {1: 0.0, 2: 1.0}


def test_an_answer_that_was_taken_back_does_not_count(
    house: Trainer, who: Account, exam: int
) -> None:
    save(house, who, exam, 1)
    save(house, who, exam, 1, EMPTY, revision=2)
    save(house, who, exam, 2)
    submit(house, who, exam)
    assert set(responses(house, exam)) == {2}


def test_an_exam_without_an_answer_can_be_handed_in(
    house: Trainer, who: Account, exam: int
) -> None:
    submit(house, who, exam)
    assert (sitting(house, who, exam).ending, responses(house, exam)) == (Ending.SUBMITTED, {})


def test_unfinished_answers_count_as_they_stand(memory_shop: Trainer, shelf: Shelf) -> None:
    house = every_kind(memory_shop, shelf)
    who = guest_of(house)
    exam = begin(house, who, FULL)
    points = {}
    for number in range(1, sitting(house, who, exam).length + 1):
        whole = answer(house, who, exam, number)
        placed = dict(list((whole.placed or {}).items())[:1]) or None
        save(house, who, exam, number, Filled(whole.chosen[:1], placed, whole.rows[:1]))
        points[slot(house, who, exam, number).item.kind] = number
    submit(house, who, exam)
    found = responses(house, exam)
    assert found[points["single"]][1] == 1.0
    assert 0 < found[points["multiple"]][1] < 1
    assert 0 < found[points["matching"]][1] < 1
    assert 0 < found[points["ordering"]][1] < 1


def test_handing_in_twice_changes_nothing(
    house: Trainer, who: Account, exam: int, clock: Clock
) -> None:
    save(house, who, exam, 1)
    submit(house, who, exam)
    before = rows_of(house.database)
    clock.move(hours=1)
    submit(house, who, exam)
    assert rows_of(house.database) == before


def test_somebody_elses_exam_cannot_be_handed_in(house: Trainer, exam: int) -> None:
    refused(house, NotFoundError, submit, guest_of(house), exam)


def test_a_practice_cannot_be_handed_in(house: Trainer, who: Account) -> None:
    refused(house, NotFoundError, submit, who, start(house, who).id)


def test_the_end_is_an_event(house: Trainer, who: Account, exam: int) -> None:
    submit(house, who, exam)
    with house.database.reading() as store:
        assert store.saves.events(exam)[-1] == (2, house.now(), "submitted", "")


# --- the clock ----------------------------------------------------------------------

# (seconds after the deadline, how handing in ends it, when it counts as finished)
HANDED_IN = [
    (-1, Ending.SUBMITTED, -1),
    (-0.001, Ending.SUBMITTED, -0.001),
    (0, Ending.EXPIRED, 0),  # by the browser, at zero
    (3, Ending.EXPIRED, 0),
    (10.001, Ending.EXPIRED, 0),
    (86_400, Ending.EXPIRED, 0),
]


@pytest.mark.parametrize(("seconds", "ending", "finished"), HANDED_IN)
def test_an_exam_is_handed_in_until_the_deadline_and_expires_from_then_on(
    memory_shop: Trainer, shelf: Shelf, seconds: float, ending: Ending, finished: float
) -> None:
    house = stocked(memory_shop, shelf)
    who = guest_of(house)
    exam = begin(house, who)
    deadline = sitting(house, who, exam).deadline
    house.now.time = deadline + timedelta(seconds=seconds)
    submit(house, who, exam)
    found = sitting(house, who, exam)
    assert found.ending is ending
    assert found.attempt.finished_at == deadline + timedelta(seconds=finished)


@pytest.mark.parametrize("name", ["settle", "sweep"])
@pytest.mark.parametrize(("seconds", "ends"), [(0, False), (10, False), (10.001, True)])
def test_only_what_is_over_is_ended(
    house: Trainer, who: Account, exam: int, name: str, *, seconds: float, ends: bool
) -> None:
    house.now.move(minutes=20, seconds=seconds)
    ENDS[name](house, who, exam)
    assert (sitting(house, who, exam).ending is Ending.EXPIRED) is ends


@pytest.mark.parametrize("name", ENDS)
def test_an_exam_that_was_left_counts_the_next_day(
    house: Trainer, who: Account, exam: int, clock: Clock, name: str
) -> None:
    save(house, who, exam, 3)
    clock.move(days=1)
    ENDS[name](house, who, exam)
    found = record(house, who, exam)
    assert [kept.points for kept in found.slots] == [0, 0, 1.0, 0]
    assert found.finished_at == found.started_at + timedelta(minutes=20)


def test_a_sweep_ends_every_exam_once(house: Trainer, clock: Clock) -> None:
    people = [guest_of(house) for _ in range(3)]
    exams = [begin(house, each) for each in people]
    clock.move(minutes=21)
    assert (sweep(house), sweep(house)) == (3, 0)
    pairs = zip(people, exams, strict=True)
    assert {sitting(house, *pair).ending for pair in pairs} == {Ending.EXPIRED}


def test_a_sweep_ends_a_limited_number_at_a_time_the_oldest_first(
    house: Trainer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "SWEPT_AT_ONCE", 2)
    begun = []
    for _ in range(3):
        begun.append(begin(house, guest_of(house)))
        clock.move(seconds=1)
    clock.move(minutes=21)
    with house.database.reading() as store:
        found = endings.overdue(store, at=clock.time)
    assert [attempt for attempt, _ in found] == begun[:2]


def test_a_visit_ends_ones_own_exams_only(house: Trainer, who: Account, exam: int) -> None:
    other = guest_of(house)
    theirs = begin(house, other)
    house.now.move(minutes=21)
    settle(house, who)
    assert sitting(house, who, exam).ending is Ending.EXPIRED
    assert sitting(house, other, theirs).ending is None


def test_after_a_visit_a_new_exam_can_begin(house: Trainer, who: Account, exam: int) -> None:
    house.now.move(days=1)
    settle(house, who)
    assert begin(house, who) != exam


# --- breaks at the end ----------------------------------------------------------------


def test_an_exam_left_in_a_break_ends_when_break_and_time_are_used_up(
    house: Trainer, who: Account, clock: Clock
) -> None:
    grant(house, who, breaks=30)
    exam = begin(house, who)
    clock.move(minutes=5)
    rest(house, who, exam)
    clock.move(days=1)
    settle(house, who)
    found = sitting(house, who, exam)
    assert found.attempt.finished_at == found.attempt.started_at + timedelta(minutes=50)
    assert (found.rested, found.break_at) == (timedelta(minutes=30), None)


def test_an_exam_handed_in_during_a_break_counts_the_break(
    house: Trainer, who: Account, clock: Clock
) -> None:
    grant(house, who, breaks=30)
    exam = begin(house, who)
    rest(house, who, exam)
    clock.move(minutes=12)
    submit(house, who, exam)
    found = sitting(house, who, exam)
    assert (found.rested, found.ending) == (timedelta(minutes=12), Ending.SUBMITTED)
    assert found.attempt.finished_at == clock.time


@pytest.mark.parametrize("minutes", [49, 50.16, 50.17])
def test_the_sweep_gives_a_break_its_time(
    house: Trainer, who: Account, clock: Clock, minutes: float
) -> None:
    grant(house, who, breaks=30)
    exam = begin(house, who)
    rest(house, who, exam)
    clock.move(minutes=minutes)
    assert sweep(house) == (1 if minutes == 50.17 else 0)
    assert (sitting(house, who, exam).ending is None) is (minutes != 50.17)


# --- what an exam teaches ---------------------------------------------------------------


def caches(house: Trainer) -> dict[str, list[tuple[object, ...]]]:
    rows = rows_of(house.database)
    return {name: rows[name] for name in CACHES}


def replayed(house: Trainer) -> dict[str, list[tuple[object, ...]]]:
    """What a replay of the log makes of nothing."""
    with house.database.unit() as store:
        for learner in list(store.learners.all()):
            store.learners.replace(learner, Learner(), {})
        store.population.replace([])
        learning.replay(store)
    return caches(house)


def sit(house: Trainer, who: Account, seed: int = 0) -> int:
    """A full exam with right, wrong and missing answers."""
    exam = begin(house, who, FULL)
    for number in range(1, sitting(house, who, exam).length + 1):
        if (number + seed) % 4:
            form = answer(house, who, exam, number, right=(number + seed) % 4 == 1)
            save(house, who, exam, number, form)
    return exam


def test_an_exam_teaches_what_a_replay_of_its_answers_would(house: Trainer, clock: Clock) -> None:
    people = [guest_of(house) for _ in range(2)]
    for day in range(2):
        for place, each in enumerate(people):
            run(house, each, start(house, each, length=5), right=lambda s: s.number % 2 == 0)
            exam = sit(house, each, place + day)
            clock.move(minutes=3)
            submit(house, each, exam)
        clock.move(days=2)
    before = caches(house)
    assert all(before.values())
    assert replayed(house) == before


def test_every_answer_of_an_exam_is_learned_once(house: Trainer, who: Account) -> None:
    exam = sit(house, who)
    assert answered(house, who) == 0
    submit(house, who, exam)
    submit(house, who, exam)
    assert answered(house, who) == len(responses(house, exam)) == 9
    with house.database.reading() as store:
        assert not learning.is_due(store)


def test_items_that_were_practised_before_are_learned_on_top(
    memory_shop: Trainer, shelf: Shelf, clock: Clock
) -> None:
    every_kind(memory_shop, shelf)
    who = guest_of(memory_shop)
    run(memory_shop, who, start(memory_shop, who), right=lambda s: s.number % 2 == 0)
    clock.move(days=3)
    submit(memory_shop, who, sit(memory_shop, who))
    before = caches(memory_shop)
    assert max(row[-1] for row in before["item_state"]) == 2
    assert replayed(memory_shop) == before


def test_an_empty_exam_teaches_nothing(house: Trainer, who: Account, exam: int) -> None:
    before = caches(house)
    submit(house, who, exam)
    assert caches(house) == before


def test_an_exam_counts_by_the_key_that_was_served(
    house: Trainer, shelf: Shelf, who: Account, exam: int
) -> None:
    right = answer(house, who, exam, 1)
    load(house, shelf.write("alpha", *({**each, "key": "left"} for each in entries())))
    save(house, who, exam, 1, right)
    submit(house, who, exam)
    assert responses(house, exam)[1][1] == 1.0
    assert record(house, who, exam).slots[0].item.key == "right"


# --- signing in with an exam under way ----------------------------------------------------


@pytest.fixture
def ana(house: Trainer) -> Account:
    with house.database.unit() as store:
        return accounts.register(
            store, name="Ana", email=ANA, password=PASSWORD, session_key="key", at=house.now()
        )


def sign_in(house: Trainer, guest: Account) -> Account:
    with house.database.unit() as store:
        return accounts.sign_in(store, email=ANA, password=PASSWORD, at=house.now(), guest=guest)


def test_a_guests_exam_goes_on_in_the_account(
    house: Trainer, who: Account, exam: int, ana: Account
) -> None:
    save(house, who, exam, 1)
    before = sitting(house, who, exam)
    sign_in(house, who)
    save(house, ana, exam, 2)
    found = sitting(house, ana, exam)
    assert (found.deadline, found.ending) == (before.deadline, None)
    submit(house, ana, exam)
    assert set(responses(house, exam)) == {1, 2}
    assert answered(house, ana) == 2


def test_the_guest_no_longer_has_the_exam(
    house: Trainer, who: Account, exam: int, ana: Account
) -> None:
    sign_in(house, who)
    refused(house, NotFoundError, save, who, exam, 1, EMPTY)


def test_of_two_open_exams_of_a_kind_the_guests_ends_and_counts(
    house: Trainer, who: Account, exam: int, ana: Account
) -> None:
    own = begin(house, ana)
    save(house, who, exam, 1)
    save(house, ana, own, 2)
    sign_in(house, who)
    assert sitting(house, ana, exam).ending is Ending.SUBMITTED
    assert sitting(house, ana, own).ending is None
    assert (set(responses(house, exam)), saves(house, own)[0].slot) == ({1}, 2)
    assert answered(house, ana) == 1


def test_open_exams_of_two_kinds_both_go_on(
    house: Trainer, who: Account, exam: int, ana: Account
) -> None:
    own = begin(house, ana, exam="beta")
    sign_in(house, who)
    assert [sitting(house, ana, each).ending for each in (exam, own)] == [None, None]


def test_an_exam_that_was_left_does_not_end_one_under_way(
    house: Trainer, ana: Account, clock: Clock
) -> None:
    left = begin(house, ana)
    clock.move(days=1)
    who = guest_of(house)
    exam = begin(house, who)
    sign_in(house, who)
    assert sitting(house, ana, left).ending is Ending.EXPIRED
    assert sitting(house, ana, exam).ending is None


def test_finished_exams_come_along(house: Trainer, who: Account, exam: int, ana: Account) -> None:
    save(house, who, exam, 1)
    submit(house, who, exam)
    before = record(house, who, exam)
    sign_in(house, who)
    assert record(house, ana, exam).slots == before.slots


def test_signing_in_learns_what_a_replay_would(
    house: Trainer, who: Account, exam: int, ana: Account
) -> None:
    own = begin(house, ana)
    for each, attempt in ((who, exam), (ana, own)):
        save(house, each, attempt, 1)
        save(house, each, attempt, 2, answer(house, each, attempt, 2, right=False))
    submit(house, ana, own)
    sign_in(house, who)
    assert answered(house, ana) == 2  # the guest's exam is still open
    submit(house, ana, exam)
    assert answered(house, ana) == 4


def test_what_a_guest_was_granted_stays_with_the_exam(
    house: Trainer, who: Account, ana: Account
) -> None:
    grant(house, who, 1.5)
    exam = begin(house, who)
    sign_in(house, who)
    assert sitting(house, ana, exam).accommodation.factor == 1.5
