"""Items: what is asked, what is right, and why.

One frozen dataclass a kind; `Item` is their union. Match on it with `assert_never`, so that a
new kind fails type-checking wherever it is forgotten. Scalars that look like numbers (codes,
modifiers, ids) are strings throughout: `00100` must never become `64`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import comb, factorial
from typing import Literal, assert_never

from trainer.core.code import CodeSet


class CognitiveLevel(StrEnum):
    """What answering takes, after the levels that AHIMA's outlines use."""

    RECALL = "recall"
    APPLICATION = "application"
    ANALYSIS = "analysis"


class OrderRule(StrEnum):
    """Which part of a code list's sequence counts."""

    PRINCIPAL_FIRST = "principal-first"
    ANY = "any"
    EXACT = "exact"


class RouteStage(StrEnum):
    """Where in the book a step of the way to the code is taken."""

    INDEX = "index"
    SUBTERM = "subterm"
    TABULAR = "tabular"
    GUIDELINE = "guideline"
    SEQUENCE = "sequence"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, with the reason why it is right or wrong."""

    id: str
    text: str
    reason: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """The left side of a matching pair; `match` is the id of the option that belongs to it."""

    id: str
    text: str
    match: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExpectedCode:
    """One code of the right answer. A part left empty is not asked for."""

    code: str
    code_set: CodeSet
    reason: str
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    poa: str | None = None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A wrong code that learners are likely to enter: the distractor of a code entry."""

    code: str
    reason: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step on the way through the book."""

    stage: RouteStage
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that a learner can open."""

    source: str
    section: str
    year: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A code set in the edition that the item was written for: ICD-10-CM FY2027, CPT 2026."""

    code_set: CodeSet
    year: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A linter rule that this item breaks for a stated reason."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordSection:
    """A headed part of a case's record; `text` is Markdown."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One shared record (operative note, claim, EOB) that several items ask about."""

    id: str
    title: str
    record_type: str
    sections: tuple[RecordSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBase:
    """What every kind has.

    `difficulty` is the author's estimate, 1 (easiest) to 5. `valid_to` is the last day on which
    the key holds. `enemies` are items that must not stand on the same form.
    """

    id: str
    subtopic: str
    exams: tuple[str, ...]
    difficulty: int
    level: CognitiveLevel
    stem: str
    rationale: str
    references: tuple[Reference, ...]
    editions: tuple[Edition, ...] = ()
    route: tuple[RouteStep, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    enemies: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    case: str | None = None

    @property
    def topic(self) -> str:
        return self.subtopic.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleItem(ItemBase):
    """One key among the options. `shuffle` is off where the options have an order of their own."""

    options: tuple[Option, ...]
    key: str
    shuffle: bool = True
    kind: Literal["single"] = "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleItem(ItemBase):
    """Several keys; the learner is told how many."""

    options: tuple[Option, ...]
    keys: tuple[str, ...]
    shuffle: bool = True
    kind: Literal["multiple"] = "multiple"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntryItem(ItemBase):
    """Codes typed into rows. The first of `codes` is the principal one."""

    codes: tuple[ExpectedCode, ...]
    order: OrderRule
    near_misses: tuple[NearMiss, ...] = ()
    kind: Literal["code_entry"] = "code_entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingItem(ItemBase):
    """Steps to be put in order; `steps` stand in the right one."""

    steps: tuple[Option, ...]
    kind: Literal["ordering"] = "ordering"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingItem(ItemBase):
    """Each prompt has one option that belongs to it; an option may serve several or none."""

    prompts: tuple[Prompt, ...]
    options: tuple[Option, ...]
    kind: Literal["matching"] = "matching"


Item = SingleItem | MultipleItem | CodeEntryItem | OrderingItem | MatchingItem

MOST_WAYS = 1000  # beyond, guessing is as good as hopeless


def ways(item: Item) -> int | None:
    """Among how many answers somebody guesses who knows nothing; None where nothing is offered."""
    match item:
        case SingleItem():
            return len(item.options)
        case MultipleItem():
            return min(MOST_WAYS, comb(len(item.options), len(item.keys)))
        case OrderingItem():
            return min(MOST_WAYS, factorial(len(item.steps)))
        case MatchingItem():
            return min(MOST_WAYS, int(len(item.options) ** len(item.prompts)))
        case CodeEntryItem():
            return None
        case _:
            assert_never(item)
