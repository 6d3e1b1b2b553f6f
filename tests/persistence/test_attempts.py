"""Attempts and their slots: one's own, each filled once, in order."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.persistence.samples import (
    AWKWARD,
    CASE,
    DECISION,
    EXAM,
    ITEMS,
    NOW,
    REASON,
    RESPONSES,
    RIGHT,
    SUBTOPIC,
    Put,
    put_answer,
    put_attempt,
    put_guest,
    put_items,
    put_slot,
    single,
)
from trainer.core.attempt import MODES, TUTOR, Answer, Attempt, Mode, Plan, Pool, Slot
from trainer.core.learning.decision import Decision, Policy
from trainer.core.learning.memory import Confidence
from trainer.core.learning.selection import Served
from trainer.core.scoring import Score
from trainer.persistence.attempts import Line, Place
from trainer.persistence.banks import Revision
from trainer.persistence.database import Database
from trainer.persistence.tables import SlotRow
from trainer.persistence.unit_of_work import UnitOfWork

DAY = timedelta(days=1)
LATER = NOW + timedelta(hours=1)


class Desk:
    """A learner with an attempt, somebody else, and the items of all kinds."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.items = put_items(store, ITEMS.values(), cases=(CASE,))
        self.learner = put_guest(store).id
        self.stranger = put_guest(store).id
        self.attempt = put_attempt(store, self.learner)

    def put_second_version(self) -> None:
        """Give the single item another stem, as a load does."""
        stored = self.store.banks.stored_items(["single"], "alpha")["single"]
        revision = Revision(single(stem="Reworded."), None, "other hash", 0, stored)
        self.store.banks.add_versions("alpha", [revision], LATER)

    def serve(self, number: int, item: str = "single", attempt: Attempt | None = None) -> Slot:
        return put_slot(self.store, attempt or self.attempt, number, self.items[item])

    def answer(self, number: int, item: str = "single", attempt: Attempt | None = None) -> Slot:
        return put_answer(self.store, attempt or self.attempt, number, self.items[item])

    def skip(self, *numbers: int) -> None:
        for number in numbers:
            self.store.attempts.skip(self.attempt.id, number, LATER)

    def slot(self, number: int = 1) -> Slot:
        return self.store.attempts.slot(self.attempt.id, number, self.learner)[0]

    def place(self) -> Place:
        return self.store.attempts.last_slot(self.attempt.id)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


def test_an_attempt_comes_back_as_it_was_added(desk: Desk) -> None:
    plan = Plan(Pool.TOPICS, 7, ("coding.modifiers", AWKWARD))
    added = desk.store.attempts.add(
        learner=desk.learner, exam=EXAM, mode=TUTOR, plan=plan, seed="s", at=NOW
    )
    assert added == Attempt(added.id, desk.learner, EXAM, TUTOR, plan, "s", NOW, None)
    assert desk.store.attempts.find(added.id, desk.learner) == added


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_an_attempt_keeps_its_mode(desk: Desk, mode: Mode) -> None:
    added = desk.store.attempts.add(
        learner=desk.learner, exam=EXAM, mode=mode, plan=desk.attempt.plan, seed="s", at=NOW
    )
    assert desk.store.attempts.find(added.id, desk.learner).mode == mode


def test_an_attempt_of_somebody_else_is_not_found(desk: Desk) -> None:
    assert desk.store.attempts.find(desk.attempt.id, desk.stranger) is None


def test_an_attempt_that_does_not_exist_is_not_found(desk: Desk) -> None:
    assert desk.store.attempts.find(desk.attempt.id + 1, desk.learner) is None


# --- open attempts ------------------------------------------------------------


def test_the_open_attempt_is_the_newest(desk: Desk) -> None:
    newest = put_attempt(desk.store, desk.learner, LATER)
    put_attempt(desk.store, desk.learner, NOW - DAY)
    assert desk.store.attempts.find_open(desk.learner) == newest


def test_of_attempts_begun_together_the_last_one_is_open(desk: Desk) -> None:
    last = put_attempt(desk.store, desk.learner)
    assert desk.store.attempts.find_open(desk.learner) == last


def test_a_finished_attempt_is_not_open(desk: Desk) -> None:
    desk.store.attempts.finish(desk.attempt.id, LATER)
    assert desk.store.attempts.find_open(desk.learner) is None


def test_an_open_attempt_of_somebody_else_is_not_continued(desk: Desk) -> None:
    assert desk.store.attempts.find_open(desk.stranger) is None


def test_finishing_keeps_the_time_of_the_first_finish(desk: Desk) -> None:
    desk.store.attempts.finish(desk.attempt.id, NOW)
    desk.store.attempts.finish(desk.attempt.id, LATER)
    assert desk.store.attempts.find(desk.attempt.id, desk.learner).finished_at == NOW


def test_finishing_one_attempt_leaves_the_others_open(desk: Desk) -> None:
    other = put_attempt(desk.store, desk.learner, LATER)
    desk.store.attempts.finish(desk.attempt.id, LATER)
    assert desk.store.attempts.find_open(desk.learner) == other


# --- how far an attempt has come ----------------------------------------------


def test_a_new_attempt_has_no_slot(desk: Desk) -> None:
    assert desk.place() == Place(0, is_open=False, skipped=0)


def test_the_last_slot_is_the_highest_served(desk: Desk) -> None:
    desk.answer(1)
    desk.serve(2, "ordering")
    assert desk.place() == Place(2, is_open=True, skipped=0)


def test_an_answered_slot_is_not_open(desk: Desk) -> None:
    desk.answer(1)
    assert desk.place() == Place(1, is_open=False, skipped=0)


def test_a_slot_put_off_is_not_open(desk: Desk) -> None:
    desk.serve(1)
    desk.skip(1)
    assert desk.place() == Place(1, is_open=False, skipped=1)


def test_all_slots_put_off_are_counted(desk: Desk) -> None:
    for number in (1, 2, 3, 4):
        desk.serve(number)
    desk.skip(1, 3)
    assert desk.place() == Place(4, is_open=True, skipped=2)


def test_an_answer_in_another_attempt_does_not_close_the_slot(desk: Desk) -> None:
    desk.answer(1, attempt=put_attempt(desk.store, desk.learner))
    desk.serve(1)
    assert desk.place().is_open is True


def test_what_another_attempt_put_off_is_not_counted(desk: Desk) -> None:
    desk.serve(1)
    desk.serve(1, attempt=(other := put_attempt(desk.store, desk.learner)))
    desk.store.attempts.skip(other.id, 1, LATER)
    assert desk.place() == Place(1, is_open=True, skipped=0)


# --- slots --------------------------------------------------------------------


def test_the_first_item_of_a_slot_is_served(desk: Desk) -> None:
    item = desk.items["single"]
    assert desk.store.attempts.serve(desk.attempt.id, 1, item, DECISION, NOW) is True


def test_a_slot_that_is_filled_stays_as_it_is(desk: Desk) -> None:
    desk.serve(1)
    other = desk.items["ordering"]
    assert desk.store.attempts.serve(desk.attempt.id, 1, other, DECISION, NOW) is False
    assert desk.slot().item == ITEMS["single"]


def test_the_work_goes_on_after_a_filled_slot(desk: Desk) -> None:
    for number in (1, 1, 2):
        desk.serve(number)
    assert desk.place().number == 2


@pytest.mark.parametrize("kind", ITEMS)
def test_a_slot_carries_its_item_case_and_attempt(desk: Desk, kind: str) -> None:
    item = ITEMS[kind]
    slot = desk.serve(3, item.id)
    assert (slot.attempt, slot.number, slot.item_id, slot.version) == (
        desk.attempt,
        3,
        desk.items[item.id].item,
        1,
    )
    assert (slot.item, slot.case, slot.answer) == (item, CASE if item.case else None, None)


@pytest.mark.parametrize("kind", RESPONSES)
def test_a_slot_carries_its_answer(desk: Desk, kind: str) -> None:
    item, given, score = desk.items[ITEMS[kind].id], RESPONSES[kind], Score(1 / 3, correct=False)
    put_answer(desk.store, desk.attempt, 1, item, response=given, score=score, at=LATER)
    expected = Answer(given, 1 / 3, correct=False, revision=1, answered_at=LATER)
    assert desk.slot().answer == expected


@pytest.mark.parametrize("confidence", [None, *Confidence])
def test_an_answer_keeps_its_confidence(desk: Desk, confidence: Confidence | None) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"], confidence=confidence)
    assert desk.slot().answer.confidence is confidence


DECISIONS = {
    **{policy.value: Decision(policy, 0.1 + 0.2, 1 / 3, REASON) for policy in Policy},
    "without a reason": Decision(Policy.ADAPTIVE, 1.0, 0.0),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_comes_back_to_the_last_bit(desk: Desk, name: str) -> None:
    put_slot(desk.store, desk.attempt, 1, desk.items["single"], decision=DECISIONS[name])
    assert desk.slot().decision == DECISIONS[name]


def test_a_slot_older_than_the_log_of_decisions_has_none(desk: Desk) -> None:
    desk.serve(1)
    nothing = dict.fromkeys(("policy", "expected", "reason"))
    desk.store.attempts._connection.execute(update(SlotRow).values(nothing))
    assert desk.slot().decision is None


def test_a_slot_of_somebody_else_is_not_found(desk: Desk) -> None:
    desk.serve(1)
    assert desk.store.attempts.slot(desk.attempt.id, 1, desk.stranger) is None


def test_a_slot_that_was_not_served_is_not_found(desk: Desk) -> None:
    desk.serve(1)
    assert desk.store.attempts.slot(desk.attempt.id, 2, desk.learner) is None


def test_a_slot_keeps_the_version_that_was_served(desk: Desk) -> None:
    desk.serve(1)
    desk.put_second_version()
    assert (desk.slot().version, desk.slot().item.stem) == (1, ITEMS["single"].stem)


def test_a_later_slot_gets_the_new_version(desk: Desk) -> None:
    desk.put_second_version()
    slot = put_slot(desk.store, desk.attempt, 1, Put(desk.items["single"].item, 2))
    assert (slot.version, slot.item.stem) == (2, "Reworded.")


# --- slots put off ------------------------------------------------------------


def test_a_served_slot_is_not_put_off(desk: Desk) -> None:
    assert desk.serve(1).is_skipped is False


def test_putting_off_reaches_one_slot_of_one_attempt(desk: Desk) -> None:
    other = put_attempt(desk.store, desk.learner)
    for attempt, number in ((desk.attempt, 1), (desk.attempt, 2), (other, 1)):
        desk.serve(number, attempt=attempt)
    desk.skip(1)
    others = desk.store.attempts.slot(other.id, 1, desk.learner)[0]
    assert [desk.slot(1).is_skipped, desk.slot(2).is_skipped, others.is_skipped] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("number", "before"), [(1, 0), (2, 1), (3, 1), (4, 2)])
def test_a_slot_tells_how_many_before_it_were_put_off(desk: Desk, number: int, before: int) -> None:
    for each in (1, 2, 3, 4):
        desk.serve(each)
    desk.skip(1, 3, 4)
    assert desk.store.attempts.slot(desk.attempt.id, number, desk.learner)[1] == before


def test_slots_put_off_in_another_attempt_do_not_count(desk: Desk) -> None:
    other = put_attempt(desk.store, desk.learner)
    for attempt, number in ((other, 1), (desk.attempt, 1), (desk.attempt, 2)):
        desk.serve(number, attempt=attempt)
    desk.store.attempts.skip(other.id, 1, LATER)
    assert desk.store.attempts.slot(desk.attempt.id, 2, desk.learner)[1] == 0


# --- what was served ----------------------------------------------------------


def trail(desk: Desk, before: int = 0, attempt: Attempt | None = None) -> list[str]:
    names = {item.item: name for name, item in desk.items.items()}
    found = desk.store.attempts.trail(desk.learner, (attempt or desk.attempt).id, before)
    return [names[each.item] for each in found]


@pytest.fixture
def history(desk: Desk) -> Desk:
    """An attempt with two items, after a day with three."""
    yesterday = put_attempt(desk.store, desk.learner, NOW - DAY)
    for number, name in enumerate(("multiple", "code-entry", "single"), start=1):
        desk.serve(number, name, yesterday)
    for number, name in enumerate(("ordering", "matching"), start=1):
        desk.serve(number, name)
    return desk


@pytest.mark.parametrize(
    ("before", "names"),
    [
        (0, ["ordering", "matching"]),
        (1, ["single", "ordering", "matching"]),
        (2, ["code-entry", "single", "ordering", "matching"]),
        (9, ["multiple", "code-entry", "single", "ordering", "matching"]),
    ],
)
def test_a_trail_is_the_attempt_and_so_many_items_before(
    history: Desk, before: int, names: list[str]
) -> None:
    assert trail(history, before) == names


def test_a_trail_is_one_learners(history: Desk) -> None:
    history.serve(1, "code-entry", put_attempt(history.store, history.stranger))
    assert trail(history) == ["ordering", "matching"]
    assert len(trail(history, before=9)) == 5


def test_a_trail_holds_what_was_answered_and_what_was_put_off(desk: Desk) -> None:
    desk.answer(1, "single")
    desk.serve(2, "ordering")
    desk.skip(2)
    assert trail(desk) == ["single", "ordering"]


def test_a_trail_of_a_new_attempt_is_what_went_before(history: Desk) -> None:
    newest = put_attempt(history.store, history.learner, LATER)
    assert trail(history, 2, newest) == ["ordering", "matching"]


def test_a_trail_of_somebody_new_is_empty(desk: Desk) -> None:
    assert trail(desk, before=9) == []


def test_of_an_old_attempt_the_trail_is_still_whole(history: Desk) -> None:
    for days in range(1, 5):
        put_attempt(history.store, history.learner, NOW + days * DAY)
    assert trail(history) == ["ordering", "matching"]


def test_a_trail_names_subtopic_and_case_of_the_attempts_own_items(desk: Desk) -> None:
    desk.serve(1, "single")
    desk.serve(2, "ordering")
    numbers = [desk.items[name].item for name in ("single", "ordering")]
    assert desk.store.attempts.trail(desk.learner, desk.attempt.id, 0) == [
        Served(numbers[0], SUBTOPIC, None),
        Served(numbers[1], SUBTOPIC, "alpha/case"),
    ]


def test_a_case_of_another_attempt_does_not_go_on(desk: Desk) -> None:
    desk.serve(1, "ordering")
    newest = put_attempt(desk.store, desk.learner, LATER)
    (found,) = desk.store.attempts.trail(desk.learner, newest.id, 9)
    assert found == Served(desk.items["ordering"].item, SUBTOPIC, None)


# --- summaries, and another owner ---------------------------------------------


def test_lines_are_the_slots_in_order_answered_or_not(desk: Desk) -> None:
    desk.serve(3, "matching")
    desk.serve(2, "ordering")
    put_answer(desk.store, desk.attempt, 1, desk.items["single"], score=RIGHT)
    desk.skip(2)
    assert desk.store.attempts.lines(desk.attempt.id) == [
        Line(1, ITEMS["single"], 1.0, correct=True, is_skipped=False),
        Line(2, ITEMS["ordering"], None, None, is_skipped=True),
        Line(3, ITEMS["matching"], None, None, is_skipped=False),
    ]


def test_lines_are_of_one_attempt(desk: Desk) -> None:
    desk.answer(1, attempt=put_attempt(desk.store, desk.learner))
    assert desk.store.attempts.lines(desk.attempt.id) == []


def test_handing_over_moves_attempts_and_answers(desk: Desk) -> None:
    desk.answer(1)
    desk.store.attempts.hand_over(desk.learner, desk.stranger)
    assert desk.store.attempts.find(desk.attempt.id, desk.learner) is None
    assert desk.store.attempts.find(desk.attempt.id, desk.stranger) is not None
    counts = [len(list(desk.store.responses.log(each))) for each in (desk.learner, desk.stranger)]
    assert counts == [0, 1]


def test_handing_over_leaves_others_alone(desk: Desk) -> None:
    third = put_guest(desk.store).id
    desk.answer(1, attempt=put_attempt(desk.store, third))
    desk.store.attempts.hand_over(desk.learner, desk.stranger)
    assert len(list(desk.store.responses.log(third))) == 1
