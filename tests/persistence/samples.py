"""Values to store: one item of each kind, full of texts that a database might like to change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from trainer.core.account import Account, Role
from trainer.core.attempt import Attempt, Plan, Pool, Slot
from trainer.core.bank import Bank
from trainer.core.code import CodeSet, EnteredCode
from trainer.core.item import (
    Case,
    CodeEntryItem,
    CognitiveLevel,
    Edition,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    NearMiss,
    Option,
    OrderingItem,
    OrderRule,
    Prompt,
    RecordSection,
    Reference,
    RouteStage,
    RouteStep,
    SingleItem,
    Waiver,
)
from trainer.core.learning.decision import Decision, Policy
from trainer.core.learning.estimate import calibrated, observe, trained
from trainer.core.learning.learner import Learner
from trainer.core.learning.memory import Confidence, Memory, reviewed
from trainer.core.learning.population import PRIOR, ItemState, Model, new_item
from trainer.core.learning.priority import SubtopicView
from trainer.core.learning.reasons import Reason
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)
from trainer.core.scoring import Score
from trainer.core.topic import tags_of
from trainer.persistence.banks import Revision
from trainer.persistence.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
STEP = timedelta(hours=31, microseconds=123_457)
EXAM = "alpha"
SUBTOPIC = "coding.modifiers"
AWKWARD = 'Größe “≥ 5 mm” — 心 \u200d\u202e \U0001fa79 \x00 \\n "q" \t\n  end  '
REFERENCE = Reference("CPT", "Category III", 2026, "https://example.org/?a=1&b=%20")
OPTIONS = (
    Option("00100", "00100", "Anesthesia, with its zeros."),
    Option("0042t", "0042T", "Ends in T.", misconception="category-iii"),
    Option("no", "NO", AWKWARD),
    Option("1e3", "-25", "A modifier, no number."),
)


def single(item_id: str = "single", **changes: object) -> SingleItem:
    item = SingleItem(
        id=item_id,
        subtopic=SUBTOPIC,
        exams=(EXAM,),
        difficulty=1,
        level=CognitiveLevel.RECALL,
        stem="Which of these is a Category III code?",
        rationale="0042T ends in T.",
        references=(REFERENCE,),
        options=OPTIONS,
        key="0042t",
    )
    return replace(item, **changes)


_SHARED = {
    "subtopic": SUBTOPIC,
    "exams": ("alpha", "beta"),
    "difficulty": 5,
    "level": CognitiveLevel.ANALYSIS,
    "stem": AWKWARD,
    "rationale": AWKWARD,
    "references": (REFERENCE, replace(REFERENCE, url=None)),
    "editions": (Edition(CodeSet.ICD_10_CM, "FY2027"), Edition(CodeSet.CPT, "2026")),
    "route": (RouteStep(RouteStage.INDEX, "Diabetes, type 2, with"),),
    "valid_from": date(2026, 10, 1),
    "valid_to": date(9999, 12, 31),
    "enemies": ("other",),
    "waivers": (Waiver("C01", "It is long."),),
    "case": "case",
}

ITEMS: dict[str, Item] = {
    "single": single(shuffle=False),
    "multiple": MultipleItem(id="multiple", options=OPTIONS, keys=("00100", "no"), **_SHARED),
    "code_entry": CodeEntryItem(
        id="code-entry",
        codes=(
            ExpectedCode("00100", CodeSet.CPT, "Zeros.", ("25", "LT"), 12, None),
            ExpectedCode("0016070", CodeSet.ICD_10_PCS, "A number it is not."),
            ExpectedCode("E11.22", CodeSet.ICD_10_CM, "Linked.", poa="1"),
        ),
        order=OrderRule.PRINCIPAL_FIRST,
        near_misses=(NearMiss("0042T", AWKWARD, "category-iii"),),
        **_SHARED,
    ),
    "ordering": OrderingItem(id="ordering", steps=OPTIONS, **_SHARED),
    "matching": MatchingItem(
        id="matching",
        prompts=(Prompt("01", "-25", "00100", "Zero."), Prompt("1e3", "1e3", "no", AWKWARD)),
        options=OPTIONS,
        **_SHARED,
    ),
}

RESPONSES: dict[str, Response] = {
    "single": SingleResponse("00100"),
    "multiple": MultipleResponse(("00100", "1e3", "no")),
    "code_entry": CodeEntryResponse(
        (
            EnteredCode("00100", ("25", "01"), 0, "Y"),
            EnteredCode("0042T"),
            EnteredCode(AWKWARD, ("-25",)),
        )
    ),
    "ordering": OrderingResponse(("1e3", "no", "0042t", "00100")),
    "matching": MatchingResponse((("01", "00100"), ("1e3", "no"))),
}

CASE = Case(
    "case",
    "A visit",
    "Office note",
    (RecordSection("Assessment", AWKWARD), RecordSection("Plan", "00100\n\n| a | b |\n")),
)

RIGHT, WRONG = Score(1.0, correct=True), Score(0.0, correct=False)

VIEW = SubtopicView(SUBTOPIC, 0.12, answered=2.7, mastery=-1 / 3, variance=0.1, gap=4, days=1.5)
REASON = Reason(VIEW, 2 / 3, missed=True, recall=0.1 + 0.2)
DECISION = Decision(Policy.ADAPTIVE, 1 / 3, 0.1 + 0.7, REASON)


class Put(NamedTuple):
    """The stored version of an item."""

    item: int
    version: int = 1


def bank_of(bank_id: str = "alpha") -> Bank:
    return Bank(bank_id, f"Bank {bank_id}", "CC0 1.0", ("A. Tester", "B. Tester"), ())


def put_items(
    store: UnitOfWork, items: Iterable[Item], *, bank: str = "alpha", cases: Sequence[Case] = ()
) -> dict[str, Put]:
    """Store first versions of items in the order given; their numbers by id."""
    items = tuple(items)
    store.banks.put(bank_of(bank), f"digest of {bank}", NOW)
    case_ids = store.banks.case_ids([(case, f"hash of {case.title}") for case in cases])
    revisions = [
        Revision(item, case_ids.get(item.case or ""), f"hash of {item.id}", place, None)
        for place, item in enumerate(items)
    ]
    store.banks.add_versions(bank, revisions, NOW)
    stored = store.banks.stored_items([item.id for item in items], bank)
    return {item.id: Put(stored[item.id].id) for item in items}


def put_guest(store: UnitOfWork) -> Account:
    return store.accounts.add(
        role=Role.LEARNER,
        name="Guest",
        email=None,
        password_hash=None,
        session_key="key",
        at=NOW,
    )


def put_attempt(
    store: UnitOfWork, learner: int, at: datetime = NOW, *, pool: Pool = Pool.QUICK
) -> Attempt:
    return store.attempts.add(
        learner=learner, exam=EXAM, mode=pool.mode, plan=Plan(pool, 10), seed="seed", at=at
    )


def put_slot(
    store: UnitOfWork,
    attempt: Attempt,
    number: int,
    item: Put,
    *,
    decision: Decision = DECISION,
    at: datetime = NOW,
) -> Slot:
    """Serve an item; the open slot."""
    store.attempts.serve(attempt.id, number, item, decision, at)
    found = store.attempts.slot(attempt.id, number, attempt.learner)
    assert found is not None
    return found[0]


def put_answer(
    store: UnitOfWork,
    attempt: Attempt,
    number: int,
    item: Put,
    *,
    response: Response = RESPONSES["single"],
    score: Score = WRONG,
    confidence: Confidence | None = None,
    at: datetime = NOW,
) -> Slot:
    """Serve an item and answer it; the slot as it was before the answer."""
    slot = put_slot(store, attempt, number, item, at=at)
    store.responses.record(slot, response, score, at, confidence=confidence)
    return slot


class Studied(NamedTuple):
    """What answers have left behind, in numbers that do not round well."""

    learner: Learner
    states: dict[int, ItemState]
    memories: dict[int, Memory]
    model: Model


def studied(*items: int, answers: int = 7) -> Studied:
    """Somebody has answered single items by turns."""
    learner, model = Learner(), PRIOR
    states = {item: fresh(item) for item in items}
    memories: dict[int, Memory] = {}
    for number in range(answers):
        item, at = items[number % len(items)], NOW + number * STEP
        state, score = states[item], Score(number % 4 / 3, correct=number % 4 == 3)
        memories[item] = reviewed(memories.get(item), score, None, at)
        states[item] = calibrated(state, learner, score.points, at, model)
        model_after = trained(model, learner, state, score.points, at)
        learner, model = observe(learner, state, score.points, at, model), model_after
    return Studied(learner, states, memories, model)


def fresh(item: int) -> ItemState:
    """The single item as its author put it."""
    return new_item(str(item), tags_of(SUBTOPIC), 1, len(OPTIONS))
