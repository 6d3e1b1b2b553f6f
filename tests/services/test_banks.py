"""Bank files into the database: what is new, changed, moved, gone and back again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import guest_of, rows_of
from tests.services.shelf import (
    CLAIMS,
    MODIFIERS,
    Entry,
    Shelf,
    case,
    load,
    respond,
    run,
    serve,
    single,
    slot,
    start,
)
from trainer.bootstrap import Trainer
from trainer.core.errors import BankError, NotFoundError, Problem
from trainer.core.feedback import Verdict
from trainer.core.item import CodeEntryItem, SingleItem
from trainer.persistence.tables import BankRow, CaseRow, ItemRow, VersionRow
from trainer.services import banks, practice
from trainer.services.banks import LoadReport

A, B, C = single("a"), single("b"), single("c")
LEFT = {"key": "left"}


def versions(house: Trainer, item_id: str) -> list[tuple[int, str]]:
    """Number and stem of every stored version of an item."""
    statement = (
        select(VersionRow.number, VersionRow.body)
        .join(ItemRow, ItemRow.id == VersionRow.item_id)
        .where(ItemRow.slug == item_id)
        .order_by(VersionRow.number)
    )
    with house.database.engine.connect() as connection:
        return [(number, item.stem) for number, item in connection.execute(statement)]


def live(house: Trainer) -> int:
    with house.database.reading() as store:
        return sum(practice.counts(store, "alpha", house.now().date()).values())


def served(house: Trainer) -> list[str]:
    """What a fresh learner gets, from the first item to the last."""
    someone = guest_of(house)
    return [each.item.id for each in run(house, someone, start(house, someone, length=50))]


# --- first and second load ----------------------------------------------------


def test_a_first_load_adds_every_item(shop: Trainer, shelf: Shelf) -> None:
    assert load(shop, shelf.write("alpha", A, B)) == LoadReport("alpha", added=2)
    assert live(shop) == 2


def test_every_kind_arrives_as_its_file_says(house: Trainer) -> None:
    for source in banks.sources(house.config.question_banks):
        with house.database.unit() as store:
            banks.load(store, house.catalogue, source, at=house.now())
    found = banks.read(house.catalogue, house.config.question_banks)
    with house.database.reading() as store:
        for bank in found:
            for item in bank:
                assert store.items.current(item.id) == (item, bank.case_of(item))


def test_codes_arrive_as_they_were_typed(memory_house: Trainer) -> None:
    load(memory_house, memory_house.config.question_banks / "alpha")
    load(memory_house, memory_house.config.question_banks / "beta")
    with memory_house.database.reading() as store:
        codes, _ = store.items.current("beta-codes")
        entry, _ = store.items.current("alpha-case-1")
    assert isinstance(codes, SingleItem)
    assert isinstance(entry, CodeEntryItem)
    texts = [(option.id, option.text) for option in codes.options]
    assert texts == [("00100", "00100"), ("0042t", "0042T"), ("no", "NO"), ("1e3", "-25")]
    assert [(code.code, code.modifiers) for code in entry.codes][2] == ("99213", ("25",))


def test_a_second_load_is_skipped_and_touches_no_row(shop: Trainer, shelf: Shelf, clock) -> None:
    path = shelf.write("alpha", A, B, cases=[case("visit", [C])])
    load(shop, path)
    before = rows_of(shop.database)
    clock.move(hours=1)
    assert load(shop, path) == LoadReport("alpha", is_skipped=True)
    assert rows_of(shop.database) == before


def test_two_banks_live_side_by_side(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A))
    load(shop, shelf.write("beta", B))
    assert live(shop) == 2


# --- changes ------------------------------------------------------------------


def test_a_changed_item_becomes_a_second_version(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    report = load(shop, shelf.write("alpha", A | {"stem": "Reworded."}, B))
    assert report == LoadReport("alpha", changed=1, unchanged=1)
    assert versions(shop, "a") == [(1, "What is right about a?"), (2, "Reworded.")]
    assert len(versions(shop, "b")) == 1


def test_an_old_version_keeps_every_byte(shop: Trainer, shelf: Shelf, clock) -> None:
    load(shop, shelf.write("alpha", A))
    (before,) = rows_of(shop.database)["item_version"]
    clock.move(hours=1)
    load(shop, shelf.write("alpha", A | {"stem": "Reworded."}))
    assert before in rows_of(shop.database)["item_version"]


CHANGES: dict[str, Entry] = {
    "subtopic": {"subtopic": CLAIMS},
    "exams": {"exams": ["alpha", "beta"]},
    "difficulty": {"difficulty": "3"},
    "key": LEFT,
    "a reason": {"options": [A["options"][0] | {"reason": "New."}, *A["options"][1:]]},
    "shuffle": {"shuffle": "no"},
    "valid_to": {"valid_to": "2027-01-01"},
    "a waiver": {"waivers": [{"rule": "C01", "reason": "Meant."}]},
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_field_counts_as_content(memory_shop: Trainer, shelf: Shelf, name: str) -> None:
    load(memory_shop, shelf.write("alpha", A))
    assert load(memory_shop, shelf.write("alpha", A | CHANGES[name])).changed == 1


def test_a_header_alone_changes_no_item(shop: Trainer, shelf: Shelf) -> None:
    path = shelf.write("alpha", A)
    load(shop, path)
    header = path / "bank.yaml"
    header.write_text(header.read_text().replace("Bank alpha", "Renamed"))
    assert load(shop, path) == LoadReport("alpha", unchanged=1)
    with shop.database.engine.connect() as connection:
        assert connection.scalar(select(BankRow.title)) == "Renamed"


def test_another_order_is_no_change_but_the_new_order(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B, C))
    assert load(shop, shelf.write("alpha", C, A, B)) == LoadReport("alpha", unchanged=3)
    assert [len(versions(shop, name)) for name in "abc"] == [1, 1, 1]
    with shop.database.reading() as store:
        stocked = store.items.stock("alpha", shop.now().date())
    assert [each.slug for each in stocked] == ["c", "a", "b"]


def test_an_item_in_another_file_of_its_bank_is_no_change(shop: Trainer, shelf: Shelf) -> None:
    path = shelf.write("alpha", A, B)
    load(shop, path)
    (path / "items.yaml").rename(path / "renamed.yaml")
    assert load(shop, path) == LoadReport("alpha", unchanged=2)


def test_a_changed_record_makes_new_versions_of_its_items(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", C, cases=[case("visit", [A, B])]))
    report = load(shop, shelf.write("alpha", C, cases=[case("visit", [A, B], text="Asthma.")]))
    assert report == LoadReport("alpha", changed=2, unchanged=1)
    with shop.database.engine.connect() as connection:
        bodies = connection.scalars(select(CaseRow.body).order_by(CaseRow.id)).all()
    assert [body.sections[0].text for body in bodies] == ["Diabetes.", "Asthma."]


def test_a_served_slot_keeps_the_record_it_was_served_with(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", cases=[case("visit", [A, B])]))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    serve(shop, learner, attempt)
    load(shop, shelf.write("alpha", cases=[case("visit", [A, B], text="Asthma.")]))
    with shop.database.reading() as store:
        shown = practice.page(store, learner, attempt.id, 1).question.case
    assert shown.sections[0].text == "Diabetes."


def test_the_rest_of_a_case_comes_with_the_new_record(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", cases=[case("visit", [A, B])]))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    respond(shop, learner, attempt, serve(shop, learner, attempt))
    load(shop, shelf.write("alpha", cases=[case("visit", [A, B], text="Asthma.")]))
    number = serve(shop, learner, attempt)
    assert slot(shop, learner, attempt, number).case.sections[0].text == "Asthma."


# --- the key is corrected in the middle of a practice -------------------------


def test_a_slot_served_before_the_correction_scores_by_the_old_key(
    shop: Trainer, shelf: Shelf
) -> None:
    load(shop, shelf.write("alpha", A))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    number = serve(shop, learner, attempt)
    load(shop, shelf.write("alpha", A | LEFT))
    respond(shop, learner, attempt, number, right=True)
    answered = slot(shop, learner, attempt, number)
    assert (answered.version, answered.item.key) == (1, "right")
    assert (answered.answer.points, answered.answer.correct) == (1.0, True)


def test_the_feedback_on_an_old_answer_stays_with_the_old_key(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    run(shop, learner, attempt)
    load(shop, shelf.write("alpha", A | LEFT | {"rationale": "Left is right."}))
    with shop.database.reading() as store:
        told = practice.page(store, learner, attempt.id, 1).feedback
    assert (told.verdict, told.rationale) == (Verdict.RIGHT, "Right is right.")
    assert [option.text for option in told.options if option.is_key] == ["The right one"]


def test_the_next_attempt_gets_the_corrected_key(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A))
    learner = guest_of(shop)
    run(shop, learner, start(shop, learner))
    load(shop, shelf.write("alpha", A | LEFT))
    (found,) = run(shop, learner, start(shop, learner))
    assert (found.version, found.item.key) == (2, "left")


# --- gone and back ------------------------------------------------------------


def test_a_removed_item_is_retired_and_served_no_more(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    assert load(shop, shelf.write("alpha", B)) == LoadReport("alpha", unchanged=1, retired=1)
    assert served(shop) == ["b"]


def test_a_removed_item_is_retired_once(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    load(shop, shelf.write("alpha", B))
    report = load(shop, shelf.write("alpha", B, C))
    assert report == LoadReport("alpha", added=1, unchanged=1)


def test_answers_to_a_removed_item_stay(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    run(shop, learner, attempt)
    load(shop, shelf.write("alpha", B))
    with shop.database.reading() as store:
        found = practice.summary(store, shop.stockroom, learner, attempt.id, at=shop.now())
    assert {line.item.id: line.correct for line in found.lines} == {"a": True, "b": True}


def test_a_removed_item_that_was_served_can_still_be_answered(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    learner = guest_of(shop)
    attempt = start(shop, learner)
    number = serve(shop, learner, attempt)
    load(shop, shelf.write("alpha", B))
    respond(shop, learner, attempt, number)
    assert slot(shop, learner, attempt, number).answer.correct


def test_an_item_put_back_is_revived_without_a_new_version(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    load(shop, shelf.write("alpha", B))
    report = load(shop, shelf.write("alpha", A, B))
    assert report == LoadReport("alpha", unchanged=1, revived=1)
    assert (len(versions(shop, "a")), sorted(served(shop))) == (1, ["a", "b"])


def test_an_item_put_back_with_a_change_is_a_new_version(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    load(shop, shelf.write("alpha", B))
    report = load(shop, shelf.write("alpha", A | LEFT, B))
    assert report == LoadReport("alpha", changed=1, unchanged=1)
    assert sorted(served(shop)) == ["a", "b"]


def test_an_emptied_bank_serves_nothing(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    assert load(shop, shelf.write("alpha")) == LoadReport("alpha", retired=2)
    assert live(shop) == 0


# --- two banks, one id --------------------------------------------------------


def test_an_id_that_another_bank_uses_is_told_with_its_place(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A))
    path = shelf.write("beta", B, A)
    line = (path / "items.yaml").read_text().splitlines().index("- id: a") + 1
    with pytest.raises(BankError) as refusal:
        load(shop, path)
    assert refusal.value.problems == (
        Problem(
            "beta/items.yaml", line, "id", "“a”, which the bank “alpha” has", "an id of its own"
        ),
    )


def test_an_id_that_another_bank_uses_stores_nothing(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A))
    before = rows_of(shop.database)
    path = shelf.write("beta", B, A)
    with pytest.raises(BankError):
        load(shop, path)
    assert rows_of(shop.database) == before


def test_an_item_that_its_bank_gave_up_may_move_to_another(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    load(shop, shelf.write("alpha", B))
    assert load(shop, shelf.write("beta", A)) == LoadReport("beta", changed=1)
    assert sorted(served(shop)) == ["a", "b"]


def test_a_bank_that_gave_an_item_up_cannot_take_it_back(shop: Trainer, shelf: Shelf) -> None:
    load(shop, shelf.write("alpha", A, B))
    load(shop, shelf.write("alpha", B))
    load(shop, shelf.write("beta", A))
    with pytest.raises(BankError, match="alpha: nothing of it was loaded"):
        load(shop, shelf.write("alpha", A, B))


# --- faults -------------------------------------------------------------------

FAULTS: dict[str, tuple[Entry, ...]] = {
    "an unknown subtopic": (A | LEFT, single("new", "coding.unheard-of")),
    "a key that is no option": (A | {"key": "nothing"},),
    "an id given twice": (A | LEFT, single("new"), single("new")),
    "a missing field": (A | LEFT, {"id": "new", "kind": "single"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_every_row_as_it_was(shop: Trainer, shelf: Shelf, name: str) -> None:
    load(shop, shelf.write("alpha", A, B))
    before = rows_of(shop.database)
    with pytest.raises(BankError) as refusal:
        load(shop, shelf.write("alpha", *FAULTS[name]))
    assert refusal.value.problems
    assert rows_of(shop.database) == before


def test_a_bank_loads_once_its_fault_is_mended(shop: Trainer, shelf: Shelf) -> None:
    with pytest.raises(BankError):
        load(shop, shelf.write("alpha", A | {"key": "nothing"}))
    assert load(shop, shelf.write("alpha", A)) == LoadReport("alpha", added=1)


def test_a_failure_while_storing_leaves_every_row_as_it_was(
    shop: Trainer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(shop, shelf.write("alpha", A, B))
    before = rows_of(shop.database)
    monkeypatch.setattr("trainer.persistence.banks.Banks.retire", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(shop, shelf.write("alpha", A | LEFT, C))
    assert rows_of(shop.database) == before


# --- reading without storing --------------------------------------------------


def test_reading_gives_every_bank_at_a_path(memory_shop: Trainer, shelf: Shelf) -> None:
    shelf.write("alpha", A)
    shelf.write("beta", B, C)
    found = banks.read(memory_shop.catalogue, shelf.root)
    assert [(bank.id, len(bank)) for bank in found] == [("alpha", 1), ("beta", 2)]


def test_reading_tells_the_problems_of_all_banks(memory_shop: Trainer, shelf: Shelf) -> None:
    for bank in ("alpha", "beta"):
        shelf.write(bank, single(f"{bank}-1", "coding.unheard-of"))
    with pytest.raises(BankError) as refusal:
        banks.read(memory_shop.catalogue, shelf.root)
    files = [problem.file for problem in refusal.value.problems]
    assert files == ["alpha/items.yaml", "beta/items.yaml"]


def test_a_folder_without_banks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="No bank at"):
        banks.sources(tmp_path)


def test_an_item_is_found_with_its_case(memory_shop: Trainer, shelf: Shelf) -> None:
    shelf.write("alpha", A, cases=[case("visit", [B])])
    found = banks.read(memory_shop.catalogue, shelf.root)
    assert banks.find_item(found, "a")[1] is None
    item, record = banks.find_item(found, "b")
    assert (item.id, item.subtopic, record.id) == ("b", MODIFIERS, "visit")


def test_an_item_that_is_nowhere_is_not_found(memory_shop: Trainer, shelf: Shelf) -> None:
    shelf.write("alpha", A)
    found = banks.read(memory_shop.catalogue, shelf.root)
    with pytest.raises(NotFoundError, match="nothing"):
        banks.find_item(found, "nothing")


def test_one_file_of_a_folder_is_refused_and_retires_nothing(shop: Trainer, shelf: Shelf) -> None:
    folder = shelf.write("alpha", single("one"), single("two"))
    load(shop, folder)
    (item_file,) = [path for path in folder.glob("*.yaml") if path.name.startswith("items")]
    with pytest.raises(BankError, match="is one file of the bank alpha"):
        load(shop, item_file)
    assert live(shop) == 2
