"""Rows as revision 0001 held them, written down once: no later code has a hand in them."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

Row = dict[str, Any]

NOW = datetime(2026, 11, 23, 9, 0, 0, 123_456, tzinfo=UTC)
LATER = NOW.replace(hour=10)
CASE = {
    "id": "visit",
    "title": "A visit",
    "record_type": "Office note",
    "sections": [{"heading": "Assessment", "text": "Größe “≥ 5 mm”"}],
}


def options(count: int) -> list[Row]:
    return [
        {"id": f"o{n}", "text": f"001{n:02}", "reason": "So.", "misconception": None}
        for n in range(count)
    ]


def body(slug: str, kind: str, difficulty: int, **own: object) -> Row:
    """An item as it was written; `own` is of its kind."""
    return {
        "id": slug,
        "subtopic": "coding.modifiers",
        "exams": ["alpha", "beta"],
        "difficulty": difficulty,
        "level": "recall",
        "stem": "Which — ‘00100’?",
        "rationale": "It is \\ “so”.",
        "references": [{"source": "CPT", "section": "III", "year": 2026, "url": None}],
        "editions": [{"code_set": "cpt", "year": "2026"}],
        "route": [],
        "valid_from": "2026-10-01",
        "valid_to": None,
        "enemies": [],
        "waivers": [],
        "case": None,
        **own,
        "kind": kind,
    }


def prompts(count: int) -> list[Row]:
    return [{"id": f"p{n}", "text": f"-2{n}", "match": "o0", "reason": "So."} for n in range(count)]


CODE = {
    "code": "00100",
    "code_set": "cpt",
    "reason": "Zeros.",
    "modifiers": ["25"],
    "units": 1,
    "poa": None,
}
SEVEN = [f"o{number}" for number in range(7)]
# Several of a slug are its versions, oldest first; the last one is the current one.
BODIES = (
    body("single", "single", 1, options=options(2), key="o0", shuffle=True),
    body("single", "single", 5, options=options(4), key="o1", shuffle=False, enemies=["Ö", "few"]),
    body("few", "multiple", 2, options=options(5), keys=["o0", "o3"], shuffle=True, case="visit"),
    body("many", "multiple", 3, options=options(14), keys=SEVEN, shuffle=True),
    body("codes", "code_entry", 4, codes=[CODE], order="any", near_misses=[]),
    body("steps", "ordering", 5, steps=options(4), case="visit"),
    body("more-steps", "ordering", 5, steps=options(7)),
    body("pairs", "matching", 1, prompts=prompts(3), options=options(4)),
    body("more-pairs", "matching", 1, prompts=prompts(9), options=options(10), enemies=["pairs"]),
    body("retired", "single", 2, options=options(3), key="o2", shuffle=True),
)
SLUGS = tuple(dict.fromkeys(each["id"] for each in BODIES))
RESPONSES = (
    {"option": "o1", "kind": "single"},
    {"options": ["o0", "o3"], "kind": "multiple"},
)


def versions() -> Iterator[Row]:
    for slug in SLUGS:
        own = (each for each in BODIES if each["id"] == slug)
        for number, each in enumerate(own, start=1):
            yield {
                "item_id": SLUGS.index(slug) + 1,
                "number": number,
                "subtopic": each["subtopic"],
                "case_id": 1 if each["case"] else None,
                "body": json.dumps(each, ensure_ascii=False, separators=(",", ":")),
                "created_at": NOW,
            }


def items() -> Iterator[Row]:
    for place, slug in enumerate(SLUGS):
        own = [each for each in BODIES if each["id"] == slug]
        yield {
            "id": place + 1,
            "slug": slug,
            "bank_id": "alpha",
            "version": len(own),
            "content_hash": f"hash of {slug}",
            "subtopic": own[-1]["subtopic"],
            "case_slug": own[-1]["case"],
            "place": place,
            "valid_from": date(2026, 10, 1),
            "valid_to": None,
            "retired_at": LATER if slug == "retired" else None,
        }


def account(number: int, **facts: object) -> Row:
    return {
        "id": number,
        "role": "learner",
        "name": "Zoë",
        "email": None,
        "password_hash": None,
        "exam": None,
        "session_key": f"key {number}",
        "created_at": NOW,
        **facts,
    }


def attempt(number: int, learner: int, **facts: object) -> Row:
    return {
        "id": number,
        "learner_id": learner,
        "exam": "alpha",
        "mode": "tutor",
        "plan": '{"pool":"topics","length":10,"subtopics":["coding.modifiers"]}',
        "seed": "s",
        "started_at": NOW,
        "finished_at": None,
        **facts,
    }


def slot(of_attempt: int, number: int, item: str, version: int = 1) -> Row:
    return {
        "attempt_id": of_attempt,
        "number": number,
        "item_id": SLUGS.index(item) + 1,
        "version": version,
        "propensity": 1 / 3,
        "served_at": NOW,
    }


def response(number: int, of_attempt: int, learner: int, given: Row) -> Row:
    return {
        "id": number,
        "attempt_id": of_attempt,
        "slot": 1,
        "revision": 1,
        "learner_id": learner,
        "body": json.dumps(given, separators=(",", ":")),
        "points": 2 / 3,
        "correct": False,
        "answered_at": LATER,
    }


# In the order in which they refer to each other.
ROWS: dict[str, list[Row]] = {
    "account": [
        account(1),
        account(2, role="instructor", email="zoe@example.org", password_hash="hash", exam="alpha"),
        account(7),
    ],
    "bank": [
        {
            "id": "alpha",
            "title": "Alpha",
            "licence": "CC0 1.0",
            "authors": "A. Tester",
            "digest": "d" * 64,
            "loaded_at": NOW,
        }
    ],
    "case_version": [{"id": 1, "slug": "visit", "content_hash": "h", "body": json.dumps(CASE)}],
    "item": list(items()),
    "item_exam": [
        {"exam": exam, "item_id": place + 1}
        for place in range(len(SLUGS))
        for exam in ("alpha", "beta")
    ],
    "item_version": list(versions()),
    "attempt": [attempt(1, 2, finished_at=LATER), attempt(2, 1)],
    "slot": [slot(1, 1, "single"), slot(2, 1, "few"), slot(2, 2, "single", 2)],
    "response": [response(1, 1, 2, RESPONSES[0]), response(2, 2, 1, RESPONSES[1])],
    "mastery": [
        {
            "learner_id": 1,
            "subtopic": "coding.modifiers",
            "answered": 1,
            "points": 2 / 3,
            "correct": 0,
            "last_at": LATER,
        }
    ],
    "item_memory": [
        {"learner_id": 1, "item_id": 2, "seen": 1, "last_correct": False, "last_at": LATER}
    ],
}
CACHES = ("mastery", "item_memory")  # rebuilt from the responses whenever they are wanted


def put(connection: Connection) -> None:
    """Store the rows in a database at revision 0001."""
    metadata = MetaData()
    metadata.reflect(connection, only=list(ROWS))
    for name, rows in ROWS.items():
        connection.execute(metadata.tables[name].insert(), rows)
    if connection.dialect.name == "postgresql":
        for name in ("account", "case_version", "item", "attempt", "response"):
            connection.execute(text(f"SELECT setval('{name}_id_seq', 100)"))


def found(connection: Connection) -> dict[str, list[Row]]:
    """What a database still holds of the rows, in the columns that they had then."""
    metadata = MetaData()
    metadata.reflect(connection, only=list(KEPT))
    return {name: _found(connection, metadata.tables[name], rows[0]) for name, rows in KEPT.items()}


def _found(connection: Connection, table: Table, columns: Iterable[str]) -> list[Row]:
    statement = table.select().with_only_columns(*(table.c[each] for each in columns))
    rows = connection.execute(statement).mappings()
    return _sorted({key: _in_utc(value) for key, value in row.items()} for row in rows)


def _in_utc(value: object) -> object:
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=repr)


KEPT = {name: _sorted(rows) for name, rows in ROWS.items() if name not in CACHES}
