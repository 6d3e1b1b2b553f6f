"""A corrected key: previewed, applied to earlier answers once, logged, and taken back."""

import pytest
from sqlalchemy import select

from tests.conftest import guest_of, rows_of
from tests.services.shelf import ICD, MODIFIERS, WORDS, Shelf, known, load, run, single, start
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.errors import NotFoundError, NothingToRegradeError
from trainer.core.mock import Choice
from trainer.core.presentation import Filled
from trainer.core.shuffle import token
from trainer.persistence.tables import ResponseRow
from trainer.services import endings, learning, mocks, records, regrades, rooms
from trainer.services.records import Record
from trainer.services.regrades import Preview

WHY = "The guideline says left."


@pytest.fixture
def house(shop: Trainer, shelf: Shelf) -> Trainer:
    """Two items, of which one learner answers both right and one both wrong (with `left`)."""
    load(shop, shelf.write("alpha", single("a", ICD), single("b", WORDS)))
    for right in (True, False):
        learner = guest_of(shop)
        run(shop, learner, start(shop, learner), right=lambda _slot, right=right: right)
    return shop


def correct(house: Trainer, shelf: Shelf, **changes: object) -> None:
    """A new version of `a` with another key."""
    load(house, shelf.write("alpha", single("a", ICD, key="left", **changes), single("b", WORDS)))


def preview(house: Trainer, slug: str = "a") -> Preview:
    with house.database.reading() as store:
        return regrades.preview(store, slug)


def apply(house: Trainer) -> int:
    with house.database.unit() as store:
        return regrades.apply(store, "a", reason=WHY, by="Dana", at=house.now())


def undo(house: Trainer, number: int) -> None:
    with house.database.unit() as store:
        regrades.undo(store, number, at=house.now())


def points(house: Trainer) -> list[float]:
    with house.database.engine.connect() as connection:
        return list(connection.scalars(select(ResponseRow.points).order_by(ResponseRow.id)))


def test_without_a_new_key_nothing_would_change(house: Trainer) -> None:
    assert preview(house).changes == ()
    with pytest.raises(NothingToRegradeError):
        apply(house)


def test_a_preview_tells_what_would_change_and_changes_nothing(
    house: Trainer, shelf: Shelf
) -> None:
    correct(house, shelf)
    before = rows_of(house.database)
    found = preview(house)
    assert (len(found.changes), found.better, found.worse) == (2, 1, 1)
    assert (found.learners, found.mocks, found.unchanged, found.unfit) == (2, 0, 0, 0)
    assert rows_of(house.database) == before


def test_an_attempt_is_unchanged_until_the_regrade(house: Trainer, shelf: Shelf) -> None:
    before = points(house)
    correct(house, shelf)
    assert points(house) == before == [1, 1, 0, 0]


def test_a_regrade_moves_scores_and_nothing_that_was_answered(house: Trainer, shelf: Shelf) -> None:
    bodies = [row[5] for row in rows_of(house.database)["response"]]
    correct(house, shelf)
    apply(house)
    assert sorted(points(house)) == [0, 0, 1, 1]
    assert points(house) != [1, 1, 0, 0]
    assert [row[5] for row in rows_of(house.database)["response"]] == bodies


def test_a_regrade_is_idempotent(house: Trainer, shelf: Shelf) -> None:
    correct(house, shelf)
    apply(house)
    before = rows_of(house.database)
    with pytest.raises(NothingToRegradeError):
        apply(house)
    assert rows_of(house.database) == before


def test_undoing_gives_everything_back_and_stays_on_record(house: Trainer, shelf: Shelf) -> None:
    correct(house, shelf)
    before = rows_of(house.database)
    number = apply(house)
    undo(house, number)
    undo(house, number)
    after = rows_of(house.database)
    assert after["response"] == before["response"]
    with house.database.reading() as store:
        (kept,) = regrades.history(store)
    assert (kept.slug, kept.version, kept.reason, kept.by) == ("a", 2, WHY, "Dana")
    assert kept.undone_at == house.now()


def test_undoing_an_older_regrade_leaves_a_newer_one_in_force(house: Trainer, shelf: Shelf) -> None:
    correct(house, shelf)
    first = apply(house)
    load(house, shelf.write("alpha", single("a", ICD, key="right"), single("b", WORDS)))
    apply(house)
    assert points(house) == [1, 1, 0, 0]
    undo(house, first)
    assert points(house) == [1, 1, 0, 0]


def test_an_answer_that_the_new_version_does_not_have_is_left_alone(
    house: Trainer, shelf: Shelf
) -> None:
    options = [
        {"id": name, "text": f"The {name} one", "reason": f"Because it is {name}."}
        for name in ("right", "new", "upper", "lower")
    ]
    load(
        house,
        shelf.write("alpha", single("a", ICD, key="new", options=options), single("b", WORDS)),
    )
    found = preview(house)
    assert (len(found.changes), found.unfit) == (1, 1)


def test_an_unknown_item_or_regrade_is_not_found(house: Trainer) -> None:
    with pytest.raises(NotFoundError, match="nothing-like-it"):
        preview(house, "nothing-like-it")
    with pytest.raises(NotFoundError, match="99"):
        undo(house, 99)


def test_estimates_follow_a_regrade_as_a_replay_would(house: Trainer, shelf: Shelf) -> None:
    with house.database.reading() as store:
        someone = store.accounts.find(min(store.learners.all()))
    before = known(house, someone)[ICD].points
    correct(house, shelf)
    apply(house)
    assert (before, known(house, someone)[ICD].points) == (1.0, 0.0)
    with house.database.unit() as store:
        learning.replay(store)
    assert known(house, someone)[ICD].points == 0.0


def sit(house: Trainer, learner: Account) -> Record:
    """A mock exam in which every answer is `left`."""
    now = house.now()
    with house.database.unit() as store:
        number = mocks.begin(
            store, house.stockroom, learner, "alpha", Choice(), at=now, seed="seed"
        )
        for sheet in rooms.questions(store, learner, number, at=now):
            filled = Filled(chosen=(token(f"seed|{sheet.number}", "left"),))
            rooms.save(
                store, learner, number, sheet.number, revision=1, filled=filled, seconds=1, at=now
            )
        endings.submit(store, learner, number, at=now)
    return record(house, learner, number)


def record(house: Trainer, learner: Account, number: int) -> Record:
    with house.database.reading() as store:
        return records.record(store, house.stockroom, learner, number)


def test_a_mock_exam_is_regraded_with_a_note_on_its_record(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", single("a", ICD), single("b", MODIFIERS)))
    learner = guest_of(shop)
    before = sit(shop, learner)
    correct(shop, shelf)
    assert preview(shop).mocks == 1
    assert record(shop, learner, before.sitting.attempt.id) == before
    number = apply(shop)
    after = record(shop, learner, before.sitting.attempt.id)
    place = next(kept.number for kept in after.slots if kept.item.id == "a")
    assert sum(kept.correct for kept in after.slots) == 1
    assert {slot: each.reason for slot, each in after.regrades.items()} == {place: WHY}
    assert after.events[-1].kind == "regrade"
    undo(shop, number)
    undone = record(shop, learner, before.sitting.attempt.id)
    assert (undone.slots, undone.regrades) == (before.slots, {})
