"""Banks into rows: what is stored, what is new, what has gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from trainer.core.bank import Bank
from trainer.core.item import Case, Item, ways
from trainer.persistence.insertion import upsert
from trainer.persistence.tables import BankRow, CaseRow, ItemExamRow, ItemRow, VersionRow

_CHUNK = 500  # slugs a statement: SQLite takes at most 32,766 variables


@dataclass(frozen=True, slots=True)
class StoredItem:
    """What a load compares with: identity, newest version, and whether it is retired."""

    id: int
    slug: str
    bank: str
    version: int
    content_hash: str
    place: int
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """An item version about to be stored. `stored` is None for an item never seen before."""

    item: Item
    case_id: int | None
    content_hash: str
    place: int
    stored: StoredItem | None

    @property
    def number(self) -> int:
        return self.stored.version + 1 if self.stored else 1


_DIGESTS = select(BankRow.digest).order_by(BankRow.id)
_NEW_CASE = insert(CaseRow).returning(CaseRow.id)
_CHANGED_ITEM = update(ItemRow).where(ItemRow.id == bindparam("row"))


class Banks:
    """Loading only ever adds versions; retiring hides an item and keeps its answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Keep other loads waiting until the unit of work ends; SQLite has one writer anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE bank IN SHARE ROW EXCLUSIVE MODE"))

    def find_by_digest(self, digest: str) -> str | None:
        """The bank that was last loaded from exactly these bytes."""
        return self._connection.scalar(select(BankRow.id).where(BankRow.digest == digest))

    def stamp(self) -> str:
        """Changes whenever a bank is loaded with other bytes."""
        return " ".join(self._connection.scalars(_DIGESTS))

    def put(self, bank: Bank, digest: str, at: datetime) -> None:
        """Store or refresh the bank's own row."""
        values = {
            "id": bank.id,
            "title": bank.title,
            "licence": bank.licence,
            "authors": "; ".join(bank.authors),
            "digest": digest,
            "loaded_at": at,
        }
        self._connection.execute(upsert(self._connection.dialect.name, BankRow), values)

    def stored_items(self, slugs: Iterable[str], bank_id: str) -> dict[str, StoredItem]:
        """Items of the bank, and items of these slugs in whatever bank they are."""
        found = list(self._rows(ItemRow.bank_id == bank_id))
        known = {item.slug for item in found}
        others = [slug for slug in slugs if slug not in known]
        for start in range(0, len(others), _CHUNK):
            found.extend(self._rows(ItemRow.slug.in_(others[start : start + _CHUNK])))
        return {item.slug: item for item in found}

    def _rows(self, condition: object) -> Iterable[StoredItem]:
        statement = select(
            ItemRow.id,
            ItemRow.slug,
            ItemRow.bank_id,
            ItemRow.version,
            ItemRow.content_hash,
            ItemRow.place,
            ItemRow.retired_at.is_not(None),
        ).where(condition)  # type: ignore[arg-type]  # a column condition of either caller
        return (StoredItem(*row) for row in self._connection.execute(statement))

    def case_ids(self, cases: Sequence[tuple[Case, str]]) -> dict[str, int]:
        """Row ids of these case wordings by slug, storing the ones not there yet."""
        hashes = {content_hash for _, content_hash in cases}
        statement = select(CaseRow.content_hash, CaseRow.slug, CaseRow.id)
        stored: dict[tuple[str, str], int] = {}
        ordered = sorted(hashes)
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            for content_hash, slug, row_id in self._connection.execute(
                statement.where(CaseRow.content_hash.in_(chunk))
            ):
                stored[slug, content_hash] = row_id
        for case, content_hash in cases:
            if (case.id, content_hash) not in stored:
                row = {"slug": case.id, "content_hash": content_hash, "body": case}
                added = self._connection.execute(_NEW_CASE, row)
                stored[case.id, content_hash] = added.scalar_one()
        return {case.id: stored[case.id, content_hash] for case, content_hash in cases}

    def add_versions(self, bank_id: str, revisions: Sequence[Revision], at: datetime) -> None:
        """Store new versions and make them the items' current ones."""
        ids = self._item_ids(bank_id, revisions)
        if not revisions:
            return
        self._connection.execute(
            insert(VersionRow),
            [
                {
                    "item_id": ids[revision.item.id],
                    "number": revision.number,
                    "subtopic": revision.item.subtopic,
                    "case_id": revision.case_id,
                    "body": revision.item,
                    "created_at": at,
                }
                for revision in revisions
            ],
        )
        self._update(
            {"row": each.stored.id, "retired_at": None, **_current(each, bank_id)}
            for each in revisions
            if each.stored
        )
        self._set_exams({ids[revision.item.id]: revision.item.exams for revision in revisions})

    def _item_ids(self, bank_id: str, revisions: Sequence[Revision]) -> dict[str, int]:
        """Row ids by slug, with rows made for the items never seen before."""
        fresh = [revision for revision in revisions if revision.stored is None]
        if fresh:
            self._connection.execute(
                insert(ItemRow),
                [{"slug": revision.item.id, **_current(revision, bank_id)} for revision in fresh],
            )
        ids = {each.item.id: each.stored.id for each in revisions if each.stored}
        slugs = [revision.item.id for revision in fresh]
        for start in range(0, len(slugs), _CHUNK):
            statement = select(ItemRow.slug, ItemRow.id)
            chunk = slugs[start : start + _CHUNK]
            rows = self._connection.execute(statement.where(ItemRow.slug.in_(chunk)))
            ids.update(dict(rows.all()))
        return ids

    def _set_exams(self, exams: Mapping[int, Sequence[str]]) -> None:
        ids = list(exams)
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            self._connection.execute(delete(ItemExamRow).where(ItemExamRow.item_id.in_(chunk)))
        rows = [
            {"exam": exam, "item_id": item_id}
            for item_id, names in exams.items()
            for exam in dict.fromkeys(names)
        ]
        if rows:
            self._connection.execute(insert(ItemExamRow), rows)

    def retire(self, item_ids: Sequence[int], at: datetime) -> None:
        """Take items out of use; their versions and answers stay."""
        self._mark(item_ids, at)

    def revive(self, item_ids: Sequence[int]) -> None:
        """Bring back retired items whose text is unchanged."""
        self._mark(item_ids, None)

    def _mark(self, item_ids: Sequence[int], at: datetime | None) -> None:
        for start in range(0, len(item_ids), _CHUNK):
            chunk = item_ids[start : start + _CHUNK]
            statement = update(ItemRow).where(ItemRow.id.in_(chunk)).values(retired_at=at)
            self._connection.execute(statement)

    def move(self, places: Mapping[int, int]) -> None:
        """Renumber unchanged items whose place in the bank has moved."""
        self._update({"row": row_id, "place": place} for row_id, place in places.items())

    def _update(self, changes: Iterable[Mapping[str, object]]) -> None:
        """Change items; all changes name the same columns beside the `row`."""
        if rows := list(changes):
            self._connection.execute(_CHANGED_ITEM, rows)


def _current(revision: Revision, bank_id: str) -> dict[str, object]:
    """The columns of an item row that follow its current version."""
    return {
        "bank_id": bank_id,
        "version": revision.number,
        "content_hash": revision.content_hash,
        "subtopic": revision.item.subtopic,
        "kind": revision.item.kind,
        "difficulty": revision.item.difficulty,
        "options": ways(revision.item),
        "enemies": revision.item.enemies,
        "case_slug": revision.item.case,
        "place": revision.place,
        "valid_from": revision.item.valid_from,
        "valid_to": revision.item.valid_to,
    }
