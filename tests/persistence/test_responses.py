"""The response log: each answer once, in order, with all that a replay needs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.persistence.samples import (
    CASE,
    ITEMS,
    NOW,
    RESPONSES,
    RIGHT,
    SUBTOPIC,
    WRONG,
    Put,
    put_answer,
    put_attempt,
    put_guest,
    put_items,
    put_slot,
    single,
)
from trainer.core.attempt import Attempt, Slot
from trainer.core.errors import AlreadyAnsweredError
from trainer.core.learning.memory import Confidence
from trainer.core.response import SingleResponse
from trainer.core.scoring import Score
from trainer.persistence import responses
from trainer.persistence.banks import Revision
from trainer.persistence.database import Database
from trainer.persistence.responses import Logged
from trainer.persistence.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
GIVEN = RESPONSES["single"]
THIRD = Score(1 / 3, correct=False)
CLAIMS = "billing.claims"


class Desk:
    """Two learners with an attempt each, and the items of all kinds."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.items = put_items(store, ITEMS.values(), cases=(CASE,))
        self.learner = put_guest(store).id
        self.stranger = put_guest(store).id
        self.attempt = put_attempt(store, self.learner)
        self.theirs = put_attempt(store, self.stranger)

    def answer(
        self, number: int, item: str = "single", attempt: Attempt | None = None, **facts: object
    ) -> Slot:
        attempt = attempt or self.attempt
        return put_answer(self.store, attempt, number, self.items[item], **facts)

    def reword(self, item: str = "single", **changes: object) -> Put:
        """A second version of the item."""
        stored = self.store.banks.stored_items([item], "alpha")[item]
        revision = Revision(single(item, **changes), None, "other hash", 0, stored)
        self.store.banks.add_versions("alpha", [revision], LATER)
        return Put(stored.id, 2)

    def log(self, learner: int | None = None) -> list[Logged]:
        return list(self.store.responses.log(learner))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


# --- recording ----------------------------------------------------------------


def test_the_first_response_is_recorded(desk: Desk) -> None:
    slot = put_slot(desk.store, desk.attempt, 1, desk.items["single"])
    assert desk.store.responses.record(slot, GIVEN, WRONG, NOW) is True


def test_the_same_response_at_the_same_moment_is_not_recorded_again(desk: Desk) -> None:
    slot = desk.answer(1)
    assert desk.store.responses.record(slot, GIVEN, WRONG, LATER) is False
    assert desk.store.responses.count() == 1


def test_another_response_to_the_same_revision_is_refused(desk: Desk) -> None:
    slot = desk.answer(1)
    with pytest.raises(AlreadyAnsweredError, match="the first answer counts"):
        desk.store.responses.record(slot, SingleResponse("0042t"), RIGHT, LATER)
    assert desk.store.attempts.slot(desk.attempt.id, 1, desk.learner)[0].answer.response == GIVEN


def test_a_refused_response_leaves_the_work_whole(desk: Desk) -> None:
    slot = desk.answer(1)
    with pytest.raises(AlreadyAnsweredError):
        desk.store.responses.record(slot, SingleResponse("0042t"), RIGHT, LATER)
    desk.answer(2)
    assert desk.store.responses.count() == 2


def test_one_response_to_two_slots_is_recorded_twice(desk: Desk) -> None:
    desk.answer(1)
    desk.answer(2)
    assert desk.store.responses.count() == 2


# --- the log ------------------------------------------------------------------


@pytest.mark.parametrize("confidence", [None, *Confidence])
def test_the_log_tells_of_an_answer_to_the_last_bit(
    desk: Desk, confidence: Confidence | None
) -> None:
    desk.answer(1, score=THIRD, confidence=confidence, at=LATER)
    (found,) = desk.log()
    item = desk.items["single"].item
    assert found == Logged(
        found.id,
        desk.learner,
        item,
        1,
        SUBTOPIC,
        1 / 3,
        correct=False,
        confidence=confidence,
        at=LATER,
    )
    assert type(found.confidence) is type(confidence)


def test_the_log_is_in_the_order_in_which_answers_were_stored(desk: Desk) -> None:
    desk.answer(2, "ordering", at=LATER)
    desk.answer(1, "single")
    desk.answer(1, "multiple", desk.theirs)
    names = {item.item: name for name, item in desk.items.items()}
    assert [names[entry.item_id] for entry in desk.log()] == ["ordering", "single", "multiple"]


def test_the_log_counts_upwards(desk: Desk) -> None:
    for number in (3, 1, 2):
        desk.answer(number)
    numbers = [entry.id for entry in desk.log()]
    assert numbers == sorted(set(numbers))


def test_the_log_of_one_learner_is_that_learners(desk: Desk) -> None:
    desk.answer(1)
    desk.answer(1, "ordering", desk.theirs)
    assert [entry.learner for entry in desk.log(desk.stranger)] == [desk.stranger]


def test_the_log_of_all_is_everybodys(desk: Desk) -> None:
    desk.answer(1, attempt=desk.theirs)
    desk.answer(1)
    assert [entry.learner for entry in desk.log()] == [desk.stranger, desk.learner]


def test_the_log_of_somebody_who_answered_nothing_is_empty(desk: Desk) -> None:
    desk.answer(1)
    put_slot(desk.store, desk.theirs, 1, desk.items["single"])
    assert desk.log(desk.stranger) == []


def test_the_log_names_version_and_subtopic_that_were_answered(desk: Desk) -> None:
    desk.answer(1)
    newer = desk.reword(subtopic=CLAIMS)
    put_answer(desk.store, desk.attempt, 2, newer)
    told = [(entry.version, entry.subtopic) for entry in desk.log()]
    assert told == [(1, SUBTOPIC), (2, CLAIMS)]


def test_a_log_of_many_chunks_comes_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "_CHUNK", 2)
    for number in range(1, 6):
        desk.answer(number)
    assert len(desk.log()) == 5


# --- what is asked of it ------------------------------------------------------


def test_an_empty_log_has_no_newest_response(desk: Desk) -> None:
    put_slot(desk.store, desk.attempt, 1, desk.items["single"])
    assert (desk.store.responses.count(), desk.store.responses.newest()) == (0, 0)


def test_the_newest_response_is_the_last_of_the_log(desk: Desk) -> None:
    desk.answer(2)
    desk.answer(1, attempt=desk.theirs)
    assert desk.store.responses.newest() == desk.log()[-1].id
    assert desk.store.responses.count() == 2


def test_scores_are_the_answered_slots_in_order(desk: Desk) -> None:
    put_slot(desk.store, desk.attempt, 2, desk.items["matching"])
    desk.answer(3, "ordering", score=THIRD)
    desk.answer(1, "single", score=RIGHT)
    expected = [(desk.items["single"].item, 1.0), (desk.items["ordering"].item, 1 / 3)]
    assert desk.store.responses.scores(desk.attempt.id) == expected


def test_scores_are_of_one_attempt(desk: Desk) -> None:
    desk.answer(1, attempt=desk.theirs)
    desk.answer(1, attempt=put_attempt(desk.store, desk.learner))
    assert desk.store.responses.scores(desk.attempt.id) == []


def test_versions_are_those_that_were_answered(desk: Desk) -> None:
    desk.answer(1)
    newer = desk.reword(stem="Reworded.")
    put_answer(desk.store, desk.theirs, 1, newer)
    put_slot(desk.store, desk.attempt, 2, desk.items["ordering"])
    assert desk.store.responses.versions() == {
        (newer.item, 1): ITEMS["single"],
        (newer.item, 2): single(stem="Reworded."),
    }


def test_versions_of_one_learner_are_that_learners(desk: Desk) -> None:
    desk.answer(1)
    desk.answer(1, "ordering", desk.theirs)
    found = desk.store.responses.versions(desk.stranger)
    assert found == {desk.items["ordering"]: ITEMS["ordering"]}


def test_without_answers_there_are_no_versions(desk: Desk) -> None:
    assert desk.store.responses.versions() == {}
