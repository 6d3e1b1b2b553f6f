"""What was received, and when: proof for the learner, on the page and as a file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from trainer.core.exam import Exam
from trainer.core.mock import Ending
from trainer.core.receipt import in_words
from trainer.services.records import Record

Row = tuple[str, ...]

HEADER: Row = ("what", "serial", "question", "revision", "answer or detail", "time (UTC)")
_TROUBLE = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet runs as a formula (OWASP)
_MARK = "\ufeff"  # tells Excel that the file is UTF-8


@dataclass(frozen=True, slots=True)
class Received:
    """The answer that counts for a question, and when it arrived."""

    number: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OverPage:
    """The end of an exam: what arrived of it."""

    attempt_id: int
    exam: Exam
    is_expired: bool
    length: int
    received: tuple[Received, ...]
    last_at: datetime | None


def over_page(record: Record) -> OverPage:
    """What arrived until the end."""
    received = tuple(
        Received(each.number, in_words(each.item, each.seed, each.response), each.saves[-1].at)
        for each in record.slots
        if each.saves and each.response is not None
    )
    return OverPage(
        record.sitting.attempt.id,
        record.exam,
        record.sitting.ending is Ending.EXPIRED,
        record.sitting.length,
        received,
        record.last_save,
    )


def receipt(record: Record) -> str:
    """The rows as a CSV file for people and their spreadsheets."""
    file = StringIO()
    csv.writer(file).writerows(receipt_rows(record))
    return _MARK + file.getvalue()


def receipt_rows(record: Record) -> Iterator[Row]:
    """Every save in the order of arrival, then the events; no cell starts a formula."""
    yield HEADER
    saves = [(save, kept) for kept in record.slots for save in kept.saves]
    for save, kept in sorted(saves, key=lambda pair: pair[0].serial):
        words = in_words(kept.item, kept.seed, save.response)
        yield _neutral(
            "answer", str(save.serial), str(kept.number), str(save.revision), words, _utc(save.at)
        )
    for event in record.events:
        yield _neutral(event.kind, str(event.number), "", "", event.detail, _utc(event.at))


def _neutral(*cells: str) -> Row:
    """A leading apostrophe keeps a spreadsheet from calculating: modifier `-25` becomes `'-25`."""
    return tuple(f"'{cell}" if cell.startswith(_TROUBLE) else cell for cell in cells)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
