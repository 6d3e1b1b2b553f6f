"""Attempts, slots and responses: one's own, each once, in order."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.persistence.samples import (
    AWKWARD,
    CASE,
    EXAM,
    ITEMS,
    NOW,
    RESPONSES,
    RIGHT,
    WRONG,
    put_answer,
    put_attempt,
    put_guest,
    put_items,
    single,
)
from trainer.core.attempt import TUTOR, Answer, Attempt, Plan, Pool
from trainer.core.errors import AlreadyAnsweredError
from trainer.core.learning.first_rule import Candidate
from trainer.core.response import SingleResponse
from trainer.core.scoring import Score
from trainer.persistence.attempts import Line, Logged
from trainer.persistence.banks import Revision
from trainer.persistence.database import Database
from trainer.persistence.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
GIVEN = RESPONSES["single"]


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


def test_an_attempt_of_somebody_else_is_not_found(desk: Desk) -> None:
    assert desk.store.attempts.find(desk.attempt.id, desk.stranger) is None


def test_an_attempt_that_does_not_exist_is_not_found(desk: Desk) -> None:
    assert desk.store.attempts.find(desk.attempt.id + 1, desk.learner) is None


# --- open attempts ------------------------------------------------------------


def test_the_open_attempt_is_the_newest(desk: Desk) -> None:
    newest = put_attempt(desk.store, desk.learner, LATER)
    put_attempt(desk.store, desk.learner, NOW - timedelta(days=1))
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


# --- slots --------------------------------------------------------------------


def test_a_new_attempt_has_no_slot(desk: Desk) -> None:
    assert desk.store.attempts.last_slot(desk.attempt.id) == (0, False)


def test_the_last_slot_is_the_highest_served(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    desk.store.attempts.serve(desk.attempt.id, 2, desk.items["ordering"], 0.5, NOW)
    assert desk.store.attempts.last_slot(desk.attempt.id) == (2, False)


def test_the_last_slot_knows_that_it_is_answered(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    assert desk.store.attempts.last_slot(desk.attempt.id) == (1, True)


def test_an_answer_in_another_attempt_does_not_answer_the_slot(desk: Desk) -> None:
    other = put_attempt(desk.store, desk.learner)
    put_answer(desk.store, other, 1, desk.items["single"])
    desk.store.attempts.serve(desk.attempt.id, 1, desk.items["single"], 1.0, NOW)
    assert desk.store.attempts.last_slot(desk.attempt.id) == (1, False)


def test_the_first_item_of_a_slot_is_served(desk: Desk) -> None:
    assert desk.store.attempts.serve(desk.attempt.id, 1, desk.items["single"], 1.0, NOW) is True


def test_a_slot_that_is_filled_stays_as_it_is(desk: Desk) -> None:
    desk.store.attempts.serve(desk.attempt.id, 1, desk.items["single"], 1.0, NOW)
    assert desk.store.attempts.serve(desk.attempt.id, 1, desk.items["ordering"], 1.0, NOW) is False
    assert desk.store.attempts.slot(desk.attempt.id, 1, desk.learner).item == ITEMS["single"]


def test_the_work_goes_on_after_a_filled_slot(desk: Desk) -> None:
    for number in (1, 1, 2):
        desk.store.attempts.serve(desk.attempt.id, number, desk.items["single"], 1.0, NOW)
    assert desk.store.attempts.last_slot(desk.attempt.id) == (2, False)


@pytest.mark.parametrize("kind", ITEMS)
def test_a_slot_carries_its_item_case_and_attempt(desk: Desk, kind: str) -> None:
    item = ITEMS[kind]
    desk.store.attempts.serve(desk.attempt.id, 3, desk.items[item.id], 1.0, NOW)
    slot = desk.store.attempts.slot(desk.attempt.id, 3, desk.learner)
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
    slot = desk.store.attempts.slot(desk.attempt.id, 1, desk.learner)
    assert slot.answer == Answer(given, 1 / 3, correct=False, revision=1, answered_at=LATER)


@pytest.mark.parametrize("to_answer", [False, True])
def test_a_slot_of_somebody_else_is_not_found(desk: Desk, *, to_answer: bool) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    found = desk.store.attempts.slot(desk.attempt.id, 1, desk.stranger, to_answer=to_answer)
    assert found is None


def test_a_slot_that_was_not_served_is_not_found(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    assert desk.store.attempts.slot(desk.attempt.id, 2, desk.learner) is None


def test_a_slot_to_answer_is_the_same_slot(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["multiple"])
    to_show = desk.store.attempts.slot(desk.attempt.id, 1, desk.learner)
    assert desk.store.attempts.slot(desk.attempt.id, 1, desk.learner, to_answer=True) == to_show


def test_a_slot_keeps_the_version_that_was_served(desk: Desk) -> None:
    desk.store.attempts.serve(desk.attempt.id, 1, desk.items["single"], 1.0, NOW)
    desk.put_second_version()
    slot = desk.store.attempts.slot(desk.attempt.id, 1, desk.learner)
    assert (slot.version, slot.item.stem) == (1, ITEMS["single"].stem)


def test_a_later_slot_gets_the_new_version(desk: Desk) -> None:
    desk.put_second_version()
    newer = Candidate(desk.items["single"].item, 2)
    desk.store.attempts.serve(desk.attempt.id, 1, newer, 1.0, NOW)
    slot = desk.store.attempts.slot(desk.attempt.id, 1, desk.learner)
    assert (slot.version, slot.item.stem) == (2, "Reworded.")


# --- responses ----------------------------------------------------------------


def test_the_first_response_is_recorded(desk: Desk) -> None:
    desk.store.attempts.serve(desk.attempt.id, 1, desk.items["single"], 1.0, NOW)
    slot = desk.store.attempts.slot(desk.attempt.id, 1, desk.learner)
    assert desk.store.attempts.record(slot, GIVEN, WRONG, NOW) is True


def test_the_same_response_at_the_same_moment_is_not_recorded_again(desk: Desk) -> None:
    slot = put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    assert desk.store.attempts.record(slot, GIVEN, WRONG, LATER) is False
    assert len(desk.store.attempts.log(desk.learner)) == 1


def test_another_response_to_the_same_revision_is_refused(desk: Desk) -> None:
    slot = put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    with pytest.raises(AlreadyAnsweredError, match="the first answer counts"):
        desk.store.attempts.record(slot, SingleResponse("0042t"), RIGHT, LATER)
    assert [entry.response for entry in desk.store.attempts.log(desk.learner)] == [GIVEN]


def test_lines_are_the_slots_in_order_answered_or_not(desk: Desk) -> None:
    desk.store.attempts.serve(desk.attempt.id, 2, desk.items["ordering"], 1.0, NOW)
    put_answer(desk.store, desk.attempt, 1, desk.items["single"], score=RIGHT)
    assert desk.store.attempts.lines(desk.attempt.id) == [
        Line(1, ITEMS["single"], 1.0, correct=True),
        Line(2, ITEMS["ordering"], None, None),
    ]


def test_lines_are_of_one_attempt(desk: Desk) -> None:
    put_answer(desk.store, put_attempt(desk.store, desk.learner), 1, desk.items["single"])
    assert desk.store.attempts.lines(desk.attempt.id) == []


def test_the_log_is_in_the_order_of_answering(desk: Desk) -> None:
    other = put_attempt(desk.store, desk.learner)
    put_answer(desk.store, desk.attempt, 1, desk.items["single"], at=LATER)
    put_answer(desk.store, other, 1, desk.items["ordering"], response=RESPONSES["ordering"])
    assert desk.store.attempts.log(desk.learner) == [
        Logged(desk.items["ordering"].item, ITEMS["ordering"], RESPONSES["ordering"], NOW),
        Logged(desk.items["single"].item, ITEMS["single"], GIVEN, LATER),
    ]


def test_answers_of_one_moment_are_in_the_order_of_storing(desk: Desk) -> None:
    for number, name in ((2, "ordering"), (1, "single"), (3, "multiple")):
        put_answer(desk.store, desk.attempt, number, desk.items[name], response=RESPONSES[name])
    found = [entry.item.id for entry in desk.store.attempts.log(desk.learner)]
    assert found == ["ordering", "single", "multiple"]


def test_the_log_is_of_one_learner(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    assert desk.store.attempts.log(desk.stranger) == []


def test_the_log_names_the_version_that_was_answered(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    desk.put_second_version()
    assert desk.store.attempts.log(desk.learner)[0].item == ITEMS["single"]


def test_handing_over_moves_attempts_and_answers(desk: Desk) -> None:
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    desk.store.attempts.hand_over(desk.learner, desk.stranger)
    assert desk.store.attempts.find(desk.attempt.id, desk.learner) is None
    assert desk.store.attempts.find(desk.attempt.id, desk.stranger) is not None
    assert [len(desk.store.attempts.log(each)) for each in (desk.learner, desk.stranger)] == [0, 1]


def test_handing_over_leaves_others_alone(desk: Desk) -> None:
    third = put_guest(desk.store).id
    put_answer(desk.store, put_attempt(desk.store, third), 1, desk.items["single"])
    desk.store.attempts.hand_over(desk.learner, desk.stranger)
    assert len(desk.store.attempts.log(third)) == 1


def test_learners_are_those_who_answered_in_the_order_of_their_first_answer(desk: Desk) -> None:
    theirs = put_attempt(desk.store, desk.stranger)
    put_guest(desk.store)
    put_answer(desk.store, theirs, 1, desk.items["single"])
    put_answer(desk.store, desk.attempt, 1, desk.items["single"])
    put_answer(desk.store, theirs, 2, desk.items["single"])
    assert list(desk.store.attempts.learners()) == [desk.stranger, desk.learner]
