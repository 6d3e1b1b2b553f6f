"""A shelf of bank files that a test writes and edits, and the answers to its items."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from trainer.bootstrap import Trainer
from trainer.config import ROOT
from trainer.core.account import Account
from trainer.core.attempt import Attempt, Plan, Pool, Slot
from trainer.core.errors import NotFoundError
from trainer.core.item import (
    CodeEntryItem,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    SingleItem,
)
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Confidence
from trainer.core.presentation import Filled
from trainer.core.shuffle import token
from trainer.services import banks, practice
from trainer.services.banks import LoadReport

Entry = dict[str, Any]

MODIFIERS = "coding.modifiers"
ICD = "coding.icd10cm"
CLAIMS = "billing.claims"
WORDS = "terminology.word-parts"


def single(item_id: str, subtopic: str = MODIFIERS, **changes: Any) -> Entry:
    """A single item as a file has it; its key is `right`."""
    return {
        "id": item_id,
        "kind": "single",
        "subtopic": subtopic,
        "exams": ["alpha"],
        "difficulty": "2",
        "level": "recall",
        "stem": f"What is right about {item_id}?",
        "options": [
            {"id": name, "text": f"The {name} one", "reason": f"Because it is {name}."}
            for name in ("right", "left", "upper", "lower")
        ],
        "key": "right",
        "rationale": "Right is right.",
        "references": [{"source": "Made up", "section": "1", "year": "2026"}],
    } | changes


def case(case_id: str, items: Iterable[Entry], text: str = "Diabetes.") -> Entry:
    """A case of one section with its items."""
    return {
        "id": case_id,
        "title": "A visit",
        "record_type": "Office note",
        "sections": [{"heading": "Assessment", "text": text}],
        "items": list(items),
    }


class Shelf:
    """A folder of banks with the test catalogue, for one house."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("topics.yaml", "alpha/exam.yaml", "beta/exam.yaml"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "tests" / "bank" / name, root / name)

    def write(self, bank: str, *items: Entry, cases: Iterable[Entry] = ()) -> Path:
        """Write a whole bank, in the place of what it was."""
        folder = self.root / bank
        folder.mkdir(exist_ok=True)
        header = {
            "id": bank,
            "title": f"Bank {bank}",
            "licence": "CC0 1.0",
            "authors": ["A. Tester"],
        }
        _dump(folder / "bank.yaml", {"bank": header})
        _dump(folder / "items.yaml", {"items": list(items), "cases": list(cases)})
        return folder


def _dump(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), encoding="utf-8")


def load(house: Trainer, path: Path) -> LoadReport:
    """Load one bank, as the command line does."""
    (source,) = banks.sources(path)
    with house.database.unit() as store:
        return banks.load(store, house.catalogue, source, at=house.now())


def start(
    house: Trainer,
    learner: Account,
    pool: Pool = Pool.QUICK,
    *,
    length: int = 10,
    subtopics: tuple[str, ...] = (),
    exam: str = "alpha",
) -> Attempt:
    """A new attempt."""
    plan = Plan(pool, length, subtopics)
    with house.database.unit() as store:
        return practice.start(
            store, house.stockroom, learner, exam, plan, at=house.now(), seed=house.secret()
        )


def serve(house: Trainer, learner: Account, attempt: Attempt, chance: float = 0.0) -> int | None:
    """The next slot's number."""
    with house.database.unit() as store:
        return practice.serve_next(
            store, house.stockroom, learner, attempt.id, at=house.now(), chance=chance
        )


def slot(house: Trainer, learner: Account, attempt: Attempt, number: int) -> Slot:
    """A slot as stored, key and all."""
    with house.database.reading() as store:
        found = store.attempts.slot(attempt.id, number, learner.id)
    if found is None:
        raise NotFoundError
    return found[0]


def respond(
    house: Trainer,
    learner: Account,
    attempt: Attempt,
    number: int,
    *,
    right: bool = True,
    confidence: Confidence | None = None,
) -> Slot:
    """Answer a slot, rightly or wrongly."""
    found = slot(house, learner, attempt, number)
    with house.database.unit() as store:
        practice.respond(
            store,
            learner,
            attempt.id,
            number,
            filled(found, right=right),
            at=house.now(),
            confidence=confidence,
        )
    return found


def run(
    house: Trainer,
    learner: Account,
    attempt: Attempt,
    *,
    right: Callable[[Slot], bool] = lambda _slot: True,
    chance: float = 0.0,
) -> list[Slot]:
    """Answer until the attempt is over; the slots in their order."""
    slots: list[Slot] = []
    while (number := serve(house, learner, attempt, chance)) is not None:
        seen = slot(house, learner, attempt, number)
        slots.append(respond(house, learner, attempt, number, right=right(seen)))
    return slots


def filled(found: Slot, *, right: bool) -> Filled:
    """The form of a right or a wrong answer to a slot's item."""
    item, seed = found.item, found.seed
    match item:
        case SingleItem():
            wrong = next(option.id for option in item.options if option.id != item.key)
            return Filled(chosen=(token(seed, item.key if right else wrong),))
        case MultipleItem():
            wrong = [option.id for option in item.options if option.id not in item.keys]
            wanted = item.keys if right else (*wrong, *item.keys)[: len(item.keys)]
            return Filled(chosen=tuple(token(seed, name) for name in wanted))
        case CodeEntryItem():
            rows = tuple(
                (code.code, " ".join(code.modifiers), code.units, code.poa) for code in item.codes
            )
            return Filled(rows=rows if right else (("A00.0", "", None, None),))
        case OrderingItem():
            steps = item.steps if right else item.steps[::-1]
            return Filled(placed=_places(seed, [step.id for step in steps]))
        case MatchingItem():
            return Filled(placed=_matches(seed, item, right=right))


def _places(seed: str, steps: list[str]) -> Mapping[str, str]:
    return {token(seed, step): str(place) for place, step in enumerate(steps, start=1)}


def _matches(seed: str, item: MatchingItem, *, right: bool) -> Mapping[str, str]:
    ids = [option.id for option in item.options]
    return {
        token(seed, f"prompt|{prompt.id}"): token(
            seed, prompt.match if right else next(n for n in ids if n != prompt.match)
        )
        for prompt in item.prompts
    }


def known(house: Trainer, learner: Account) -> Learner:
    """The learner's estimates as stored."""
    with house.database.reading() as store:
        return store.learners.find(learner.id, house.now()).learner


def answered(house: Trainer, learner: Account) -> int:
    """Answers in the learner's estimates."""
    return known(house, learner).general.answered
