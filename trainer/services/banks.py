"""Bank files into the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter

from trainer.banks import loader
from trainer.banks.loader import Source, Tick
from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.core.errors import BankError, NotFoundError, Problem
from trainer.core.item import Case, Item
from trainer.persistence.banks import Revision, StoredItem
from trainer.persistence.unit_of_work import UnitOfWork

_ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def _unheard(_size: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did to one bank, in items."""

    bank: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    revived: int = 0
    is_skipped: bool = False


def sources(path: Path) -> tuple[Source, ...]:
    """The banks at a path, unread. Raises BankError where there is none."""
    return loader.sources(path)


def load(
    store: UnitOfWork,
    catalogue: Catalogue,
    source: Source,
    *,
    at: datetime,
    read_bytes: Tick = _unheard,
) -> LoadReport:
    """Bring the database to the state of a bank's files; all of it or nothing.

    `read_bytes` hears the size of each file once it is read. Raises BankError.
    """
    store.banks.lock()
    if source.is_part:  # the bank's other items would count as deleted
        folder = source.root.parent
        raise BankError(f"{source.name} is one file of the bank {folder.name}: load {folder}.")
    digest = source.digest()
    loaded = store.banks.find_by_digest(digest)
    if loaded:
        read_bytes(source.size)
        return LoadReport(loaded, is_skipped=True)
    bank = loader.load(source, catalogue, read_bytes)
    stored = store.banks.stored_items((item.id for item in bank), bank.id)
    _refuse_foreign(bank, stored)
    store.banks.put(bank, digest, at)
    return _stored(store, bank, stored, at)


def _stored(
    store: UnitOfWork, bank: Bank, stored: Mapping[str, StoredItem], at: datetime
) -> LoadReport:
    revisions, same = _compared(store, bank, stored)
    store.banks.add_versions(bank.id, revisions, at)
    revived = [each.id for each, _ in same if each.is_retired]
    store.banks.revive(revived)
    store.banks.move({each.id: place for each, place in same if each.place != place})
    present = {item.id for item in bank}
    gone = [
        each.id
        for each in stored.values()
        if each.bank == bank.id and each.slug not in present and not each.is_retired
    ]
    store.banks.retire(gone, at)
    added = sum(revision.stored is None for revision in revisions)
    return LoadReport(
        bank.id, added, len(revisions) - added, len(same) - len(revived), len(gone), len(revived)
    )


def _compared(
    store: UnitOfWork, bank: Bank, stored: Mapping[str, StoredItem]
) -> tuple[list[Revision], list[tuple[StoredItem, int]]]:
    """New versions to store, and the items that are as they were, with their place."""
    case_hashes = {case.id: sha256(_CASE.dump_json(case)).hexdigest() for case in bank.cases}
    case_ids = store.banks.case_ids([(case, case_hashes[case.id]) for case in bank.cases])
    revisions: list[Revision] = []
    same: list[tuple[StoredItem, int]] = []
    for place, item in enumerate(bank):
        known = stored.get(item.id)
        content_hash = _content_hash(item, case_hashes.get(item.case or "", ""))
        if known and known.content_hash == content_hash and known.bank == bank.id:
            same.append((known, place))
        else:
            case_id = case_ids[item.case] if item.case else None
            revisions.append(Revision(item, case_id, content_hash, place, known))
    return revisions, same


def _content_hash(item: Item, case_hash: str) -> str:
    """Equal for equal content, record of its case included, wherever in the file it stands."""
    return sha256(_ITEM.dump_json(item) + case_hash.encode()).hexdigest()


def _refuse_foreign(bank: Bank, stored: Mapping[str, StoredItem]) -> None:
    """An id that another bank uses is a mistake, unless that bank has given the item up."""
    problems = [
        _foreign(bank, item, stored[item.id])
        for item in bank
        if item.id in stored and stored[item.id].bank != bank.id and not stored[item.id].is_retired
    ]
    if problems:
        raise BankError(f"{bank.id}: nothing of it was loaded.", tuple(problems))


def _foreign(bank: Bank, item: Item, stored: StoredItem) -> Problem:
    file, _, line = bank.origin(item.id).rpartition(":")
    found = f"“{item.id}”, which the bank “{stored.bank}” has"
    return Problem(file, int(line), "id", found, "an id of its own")


def read(catalogue: Catalogue, path: Path) -> tuple[Bank, ...]:
    """All banks at a path. Raises BankError with the problems of all of them."""
    banks: list[Bank] = []
    problems: list[Problem] = []
    for source in loader.sources(path):
        try:
            banks.append(loader.load(source, catalogue))
        except BankError as error:
            problems.extend(error.problems)
    if problems:
        raise BankError(f"{path}: nothing was read.", tuple(problems))
    return tuple(banks)


def find_item(banks: tuple[Bank, ...], item_id: str) -> tuple[Item, Case | None]:
    """An item of these banks with its case. Raises NotFoundError."""
    for bank in banks:
        for item in bank:
            if item.id == item_id:
                return item, bank.case_of(item)
    raise NotFoundError(f"There is no item “{item_id}” here.")
