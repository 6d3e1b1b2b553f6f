"""A question bank: items under one licence by named authors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trainer.core.item import Case, Item


@dataclass(frozen=True)
class Bank:
    """All items of one bank folder or file, with the cases they share."""

    id: str
    title: str
    licence: str
    authors: tuple[str, ...]
    items: tuple[Item, ...]
    cases: tuple[Case, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def cases_by_id(self) -> dict[str, Case]:
        return {case.id: case for case in self.cases}

    def case_of(self, item: Item) -> Case | None:
        """The record that an item asks about, if it belongs to a case."""
        return self.cases_by_id[item.case] if item.case else None

    def origin(self, item_id: str) -> str:
        """Where an item stands, as `file:line`; its id where that is unknown."""
        return self.origins.get(item_id, item_id)
