"""The shape of a bank file, field by field; `docs/bank-format.md` tells it to people.

Each entry mirrors a value of `core.item` by field name and adds what an author may write there.
Values arrive as strings (see `document`); numbers and dates are parsed here and nowhere else.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from trainer.core.code import CodeSet
from trainer.core.item import Case, CognitiveLevel, Item, OrderRule, RouteStage

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
CodeText = Annotated[str, StringConstraints(pattern=r"^\+?[A-Za-z0-9][A-Za-z0-9.]{2,8}$")]
Modifier = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{2}$")]
EditionYear = Annotated[str, StringConstraints(pattern=r"^(FY)?20\d\d$")]


class Entry(BaseModel):
    """A mapping of the file: no field beyond those named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BankHeader(Entry):
    """Who may use the bank, and who wrote it."""

    id: Slug
    title: Line
    licence: Line
    authors: Annotated[list[Line], Field(min_length=1)]


class OptionEntry(Entry):
    id: Slug
    text: Line
    reason: Prose
    misconception: Slug | None = None


class PromptEntry(Entry):
    id: Slug
    text: Line
    match: Slug
    reason: Prose


class ExpectedCodeEntry(Entry):
    code: CodeText
    code_set: Annotated[CodeSet, Field(alias="set")]
    reason: Prose
    modifiers: list[Modifier] = []
    units: Annotated[int, Field(ge=1, le=9999)] | None = None
    poa: Literal["Y", "N", "U", "W", "1"] | None = None


class NearMissEntry(Entry):
    code: CodeText
    reason: Prose
    misconception: Slug | None = None


class RouteStepEntry(Entry):
    stage: RouteStage
    text: Line


class ReferenceEntry(Entry):
    source: Line
    section: Line
    year: Annotated[int, Field(ge=1900, le=2100)]
    url: Url | None = None


class WaiverEntry(Entry):
    rule: RuleId
    reason: Line


class ItemEntryBase(Entry):
    id: Slug
    subtopic: Slug
    exams: Annotated[list[Slug], Field(min_length=1)]
    difficulty: Annotated[int, Field(ge=1, le=5)]
    level: CognitiveLevel
    stem: Prose
    rationale: Prose
    references: list[ReferenceEntry] = []
    code_sets: dict[CodeSet, EditionYear] = {}
    route: list[RouteStepEntry] = []
    valid_from: date | None = None
    valid_to: date | None = None
    enemies: list[Slug] = []
    waivers: list[WaiverEntry] = []


class SingleEntry(ItemEntryBase):
    kind: Literal["single"]
    options: Annotated[list[OptionEntry], Field(min_length=2, max_length=8)]
    key: Slug
    shuffle: bool = True


class MultipleEntry(ItemEntryBase):
    kind: Literal["multiple"]
    options: Annotated[list[OptionEntry], Field(min_length=3, max_length=10)]
    keys: Annotated[list[Slug], Field(min_length=1)]
    shuffle: bool = True


class CodeEntryEntry(ItemEntryBase):
    kind: Literal["code_entry"]
    order: OrderRule
    codes: Annotated[list[ExpectedCodeEntry], Field(min_length=1, max_length=25)]
    near_misses: list[NearMissEntry] = []


class OrderingEntry(ItemEntryBase):
    kind: Literal["ordering"]
    steps: Annotated[list[OptionEntry], Field(min_length=3, max_length=10)]


class MatchingEntry(ItemEntryBase):
    kind: Literal["matching"]
    prompts: Annotated[list[PromptEntry], Field(min_length=2, max_length=10)]
    options: Annotated[list[OptionEntry], Field(min_length=2, max_length=12)]


ItemEntry = Annotated[
    SingleEntry | MultipleEntry | CodeEntryEntry | OrderingEntry | MatchingEntry,
    Field(discriminator="kind"),
]


class RecordSectionEntry(Entry):
    heading: Line
    text: Prose


class CaseEntry(Entry):
    id: Slug
    title: Line
    record_type: Line
    sections: Annotated[list[RecordSectionEntry], Field(min_length=1)]
    items: Annotated[list[ItemEntry], Field(min_length=1)]


class BankFile(Entry):
    """A file of items; `bank` stands in it unless `bank.yaml` beside it has it."""

    bank: BankHeader | None = None
    items: list[ItemEntry] = []
    cases: list[CaseEntry] = []


class HeaderFile(Entry):
    """`bank.yaml`: the header for all files of its folder."""

    bank: BankHeader


_ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def item_value(entry: ItemEntryBase, case: str | None) -> Item:
    """The item that an entry describes."""
    fields: dict[str, Any] = entry.model_dump()
    editions = fields.pop("code_sets").items()
    fields["editions"] = [{"code_set": name, "year": year} for name, year in editions]
    return _ITEM.validate_python({**fields, "case": case})


def case_value(entry: CaseEntry) -> Case:
    """The shared record that a case entry describes, without its items."""
    return _CASE.validate_python(entry.model_dump(exclude={"items"}))
