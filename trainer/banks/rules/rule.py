"""What a rule is, what it is told, and what it may say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.core.item import Item


class Severity(StrEnum):
    """E blocks an item from going live, W is mended or waived with a reason, I is advice."""

    ERROR = "E"
    WARNING = "W"
    ADVICE = "I"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule found: in which field, said so that an author can act on it.

    `item` is set by bank rules whose flaw belongs to one item, `place` by those whose flaw is
    not in one bank.
    """

    message: str
    field: str = ""
    item: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside the item: all banks under lint, and the catalogue.

    `exposures` maps an item id to the share of learners who saw it in the last 30 days (0–1);
    empty where no response log is at hand.
    """

    banks: tuple[Bank, ...]
    catalogue: Catalogue
    exposures: Mapping[str, float] = field(default_factory=dict)

    @property
    def items(self) -> Iterator[Item]:
        return (item for bank in self.banks for item in bank)


@dataclass(frozen=True, slots=True)
class ItemRule:
    """A rule about one item. `why` and `fix` are shown to authors; `source` names its origin."""

    id: str
    severity: Severity
    title: str
    why: str
    fix: str
    source: str
    check: Callable[[Item, Context], Iterator[Flaw]]


@dataclass(frozen=True, slots=True)
class BankRule:
    """A rule about a bank as a whole, or about items beside each other."""

    id: str
    severity: Severity
    title: str
    why: str
    fix: str
    source: str
    check: Callable[[Bank, Context], Iterator[Flaw]]


Rule = ItemRule | BankRule
