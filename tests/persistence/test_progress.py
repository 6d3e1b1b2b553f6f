"""The cache of the learner model: what is stored once, counted again, replaced."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.persistence.samples import EXAM, ITEMS, NOW, TODAY, put_attempt, put_guest, put_items
from trainer.core.learning.first_rule import Candidate
from trainer.core.learning.learner import Mastery
from trainer.core.learning.tally import Tally
from trainer.persistence.database import Database
from trainer.persistence.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
ONE, TWO = Mastery(1, 1 / 3, 0, NOW), Mastery(2, 4 / 3, 1, LATER)
SUBTOPIC, OTHER = "coding.modifiers", "billing.claims"


class Desk:
    """Two learners and an item."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store
        self.item = put_items(store, [ITEMS["single"]])["single"]
        self.learner = put_guest(store).id
        self.stranger = put_guest(store).id

    def memory(self, learner: int) -> Candidate:
        """What selection is told about the item."""
        attempt = put_attempt(self.store, learner)
        (found,) = self.store.items.candidates(
            attempt.id, learner, EXAM, TODAY, SUBTOPIC, missed=False
        )
        return found


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.unit() as store:
        yield Desk(store)


def test_a_new_learner_knows_nothing(desk: Desk) -> None:
    assert desk.store.progress.learner(desk.learner) == Tally({})


def test_mastery_comes_back_to_the_last_bit(desk: Desk) -> None:
    desk.store.progress.save(desk.learner, SUBTOPIC, ONE)
    assert desk.store.progress.learner(desk.learner) == Tally({SUBTOPIC: ONE})


def test_saving_again_replaces(desk: Desk) -> None:
    for mastery in (ONE, TWO):
        desk.store.progress.save(desk.learner, SUBTOPIC, mastery)
    assert desk.store.progress.learner(desk.learner) == Tally({SUBTOPIC: TWO})


def test_subtopics_and_learners_are_kept_apart(desk: Desk) -> None:
    desk.store.progress.save(desk.learner, SUBTOPIC, ONE)
    desk.store.progress.save(desk.learner, OTHER, TWO)
    desk.store.progress.save(desk.stranger, SUBTOPIC, TWO)
    assert desk.store.progress.learner(desk.learner) == Tally({SUBTOPIC: ONE, OTHER: TWO})


def test_one_subtopic_can_be_asked_for(desk: Desk) -> None:
    desk.store.progress.save(desk.learner, SUBTOPIC, ONE)
    desk.store.progress.save(desk.learner, OTHER, TWO)
    assert desk.store.progress.learner(desk.learner, OTHER) == Tally({OTHER: TWO})


def test_an_unknown_item_was_never_seen(desk: Desk) -> None:
    assert desk.memory(desk.learner) == Candidate(desk.item.item, 1, 0, None)


def test_an_item_is_remembered_with_its_last_time(desk: Desk) -> None:
    desk.store.progress.remember(desk.learner, desk.item.item, correct=True, at=NOW)
    assert desk.memory(desk.learner) == Candidate(desk.item.item, 1, 1, NOW)


def test_remembering_again_counts_and_moves_the_time(desk: Desk) -> None:
    for at in (NOW, LATER):
        desk.store.progress.remember(desk.learner, desk.item.item, correct=True, at=at)
    assert desk.memory(desk.learner) == Candidate(desk.item.item, 1, 2, LATER)


def test_memories_of_learners_are_kept_apart(desk: Desk) -> None:
    desk.store.progress.remember(desk.stranger, desk.item.item, correct=True, at=NOW)
    assert desk.memory(desk.learner).seen == 0


@pytest.mark.parametrize("verdicts", [(True,), (False,), (True, False), (False, True)])
def test_the_last_verdict_decides_what_is_missed(desk: Desk, verdicts: tuple[bool, ...]) -> None:
    for correct in verdicts:
        desk.store.progress.remember(desk.learner, desk.item.item, correct=correct, at=NOW)
    attempt = put_attempt(desk.store, desk.learner)
    missed = desk.store.items.open_counts(attempt.id, desk.learner, EXAM, TODAY, missed=True)
    assert bool(missed) is not verdicts[-1]


def test_replacing_puts_a_state_in_the_place_of_another(desk: Desk) -> None:
    desk.store.progress.save(desk.learner, SUBTOPIC, ONE)
    desk.store.progress.remember(desk.learner, desk.item.item, correct=True, at=NOW)
    desk.store.progress.replace(
        desk.learner, Tally({OTHER: TWO}), {desk.item.item: (7, False, LATER)}
    )
    assert desk.store.progress.learner(desk.learner) == Tally({OTHER: TWO})
    assert desk.memory(desk.learner) == Candidate(desk.item.item, 1, 7, LATER)


def test_replacing_by_nothing_leaves_nothing(desk: Desk) -> None:
    desk.store.progress.save(desk.learner, SUBTOPIC, ONE)
    desk.store.progress.remember(desk.learner, desk.item.item, correct=True, at=NOW)
    desk.store.progress.replace(desk.learner, Tally(), {})
    assert desk.store.progress.learner(desk.learner) == Tally({})
    assert desk.memory(desk.learner).seen == 0


def test_replacing_one_learner_leaves_others_alone(desk: Desk) -> None:
    desk.store.progress.save(desk.stranger, SUBTOPIC, ONE)
    desk.store.progress.remember(desk.stranger, desk.item.item, correct=True, at=NOW)
    desk.store.progress.replace(desk.learner, Tally(), {})
    assert desk.store.progress.learner(desk.stranger) == Tally({SUBTOPIC: ONE})
    assert desk.memory(desk.stranger).seen == 1
