"""The case record that an item asks about, for rules that see an item without its bank."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.banks.rules.rule import Context
from trainer.core.bank import Bank
from trainer.core.item import Case, Item, MatchingItem, OrderingItem

Section = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """An item in its bank; `text` is all that it asks, its record included."""

    bank: Bank
    item: Item
    text: str

    @property
    def origin(self) -> str:
        return self.bank.origin(self.item.id)


def all_asked(context: Context) -> tuple[Asked, ...]:
    """Every item of every bank, in their order."""
    return tuple(
        Asked(bank, item, _asked(item, bank.cases_by_id.get(item.case or "")))
        for bank in context.banks
        for item in bank
    )


def _asked(item: Item, case: Case | None) -> str:
    """Record, stem, and what is matched or put in order.

    “Which is the principal diagnosis?” is a new question with every record, and “Match each
    prefix with its meaning” with every set of prefixes.
    """
    parts = [section.text for section in case.sections] if case else []
    parts.append(item.stem)
    if isinstance(item, MatchingItem):
        parts += sorted(prompt.text for prompt in item.prompts)
    if isinstance(item, OrderingItem):
        parts += sorted(step.text for step in item.steps)
    return "\n".join(parts)


def record_sections(item: Item, context: Context) -> Iterator[Section]:
    """(field, text) of every section of the record beside the item; none without a case."""
    bank = _home(item, context)
    if bank and item.case:
        for section in bank.cases_by_id[item.case].sections:
            yield f"case.{section.heading}", section.text


def record_sections_once(item: Item, context: Context) -> Iterator[Section]:
    """As `record_sections`, but only at the case's first item: one fault is one finding."""
    bank = _home(item, context)
    if bank and _first_of_case(item, bank):
        yield from record_sections(item, context)


def _home(item: Item, context: Context) -> Bank | None:
    """The bank whose case the item names; where two banks use the id, the one with the item."""
    if item.case is None:
        return None
    holders = [bank for bank in context.banks if item.case in bank.cases_by_id]
    homes = [bank for bank in holders if any(other.id == item.id for other in bank)]
    return next(iter(homes or holders), None)


def _first_of_case(item: Item, bank: Bank) -> bool:
    siblings = (other.id for other in bank if other.case == item.case)
    return next(siblings, item.id) == item.id
