"""How long 10,000 items take to load, and to load again.

    python -m benchmarks.loading [--items 10000]

Prints CPU seconds of a first load, of a second one with nothing changed, and of a third with one
item changed, on SQLite in a temporary folder.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from trainer.banks.profiles import catalogue
from trainer.config import ROOT
from trainer.core.catalogue import Catalogue
from trainer.core.shuffle import token
from trainer.persistence.database import Database
from trainer.services import banks

FILES = 45  # one a subtopic, as in our own banks


def main() -> None:
    """Generate, load three times, print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--items", type=int, default=10_000)
    wanted = arguments.parse_args().items
    house = catalogue(ROOT / "question_banks")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        database = Database(f"sqlite:///{root / 'loading.db'}")
        database.upgrade()
        bank = root / "generated"
        size = write_bank(bank, wanted, house)
        print(f"{wanted} items in {FILES} files, {size / 1e6:.1f} MB of YAML")
        print(f"first load:      {_seconds(lambda: _load(database, house, bank)):6.2f} s CPU")
        print(f"nothing changed: {_seconds(lambda: _load(database, house, bank)):6.2f} s CPU")
        changed = next(bank.glob("coding.*.yaml"))
        changed.write_text(changed.read_text().replace("Question ", "Problem ", 1))
        print(f"one item changed:{_seconds(lambda: _load(database, house, bank)):6.2f} s CPU")
        database.close()


def _load(database: Database, house: Catalogue, bank: Path) -> None:
    for source in banks.sources(bank):
        with database.unit() as store:
            report = banks.load(store, house, source, at=datetime.now(UTC))
        print(f"  {report.added} new, {report.changed} changed, {report.unchanged} unchanged")


def _seconds(work: Callable[[], None]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def write_bank(folder: Path, wanted: int, house: Catalogue) -> int:
    """A bank of generated single and multiple items; its size in bytes."""
    folder.mkdir()
    header = {"id": "generated", "title": "Generated", "licence": "CC0 1.0", "authors": ["Nobody"]}
    (folder / "bank.yaml").write_text(yaml.safe_dump({"bank": header}))
    subtopics = [each.id for each in house.taxonomy]
    for number in range(FILES):
        items = list(_items(range(number, wanted, FILES), subtopics[number % len(subtopics)]))
        text = yaml.dump({"items": items}, Dumper=yaml.CSafeDumper, allow_unicode=True, width=96)
        (folder / f"{subtopics[number % len(subtopics)]}.yaml").write_text(text)
    return sum(path.stat().st_size for path in folder.iterdir())


def _items(numbers: range, subtopic: str) -> Iterator[dict[str, Any]]:
    for number in numbers:
        words = " ".join(token(str(number), str(place)) for place in range(24))
        options = [
            {
                "id": f"o{place}",
                "text": f"Option {place} of {number}",
                "reason": f"Because {words[:60]}.",
            }
            for place in range(4)
        ]
        yield {
            "id": f"generated-{number:06}",
            "kind": "single",
            "subtopic": subtopic,
            "exams": ["cpc", "cca"],
            "difficulty": str(1 + number % 5),
            "level": "application",
            "stem": f"Question {number} about {words}?",
            "options": options,
            "key": f"o{number % 4}",
            "rationale": f"The rationale of question {number}: {words}.",
            "references": [{"source": "A manual", "section": f"Section {number}", "year": "2026"}],
        }


if __name__ == "__main__":
    main()
