"""What a learner answered, one frozen dataclass a kind of item. Options are named by id."""

from dataclasses import dataclass
from typing import Literal

from trainer.core.code import EnteredCode


@dataclass(frozen=True, slots=True)
class SingleResponse:
    option: str
    kind: Literal["single"] = "single"


@dataclass(frozen=True, slots=True)
class MultipleResponse:
    options: tuple[str, ...]
    kind: Literal["multiple"] = "multiple"


@dataclass(frozen=True, slots=True)
class CodeEntryResponse:
    """The filled rows, in the learner's order."""

    rows: tuple[EnteredCode, ...]
    kind: Literal["code_entry"] = "code_entry"


@dataclass(frozen=True, slots=True)
class OrderingResponse:
    """Step ids in the order that the learner put them."""

    steps: tuple[str, ...]
    kind: Literal["ordering"] = "ordering"


@dataclass(frozen=True, slots=True)
class MatchingResponse:
    """(prompt id, option id) pairs."""

    pairs: tuple[tuple[str, str], ...]
    kind: Literal["matching"] = "matching"


Response = (
    SingleResponse | MultipleResponse | CodeEntryResponse | OrderingResponse | MatchingResponse
)
