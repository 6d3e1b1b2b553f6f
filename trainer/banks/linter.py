"""All rules run over all banks; a waived finding stays visible with its reason."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from trainer.banks import rules
from trainer.banks.rules.rule import BankRule, Context, Flaw, ItemRule, Rule, Severity
from trainer.core.bank import Bank
from trainer.core.item import Item

_Kind = TypeVar("_Kind", ItemRule, BankRule)
_RULE_FILE = re.compile(r"[a-z]\d\d_\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw with its rule and place. `waiver` is the author's reason, where one is given."""

    rule: str
    severity: Severity
    bank: str
    item: str | None
    origin: str
    field: str
    message: str
    waiver: str | None = None

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR and self.waiver is None


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the `rules` folder, by id."""
    names = sorted(m.name for m in pkgutil.iter_modules(rules.__path__))
    modules = (
        importlib.import_module(f"{rules.__name__}.{n}") for n in names if _RULE_FILE.match(n)
    )
    return tuple(module.RULE for module in modules)


def lint(context: Context) -> Iterator[Finding]:
    """Findings of all rules on all banks of the context, bank by bank, item by item."""
    for bank in context.banks:
        for item in bank:
            yield from lint_item(item, bank, context)
        items = {item.id: item for item in bank}
        for rule in _of_type(BankRule):
            for flaw in rule.check(bank, context):
                yield _finding(rule, flaw, bank, items.get(flaw.item or ""))


def lint_item(item: Item, bank: Bank, context: Context) -> Iterator[Finding]:
    """Findings of the item rules on one item of a bank."""
    for rule in _of_type(ItemRule):
        for flaw in rule.check(item, context):
            yield _finding(rule, flaw, bank, item)


def _of_type(kind: type[_Kind]) -> Iterator[_Kind]:
    return (rule for rule in all_rules() if isinstance(rule, kind))


def _finding(rule: Rule, flaw: Flaw, bank: Bank, item: Item | None) -> Finding:
    waivers = {waiver.rule: waiver.reason for waiver in item.waivers} if item else {}
    return Finding(
        rule.id,
        rule.severity,
        bank.id,
        item.id if item else None,
        bank.origin(item.id) if item else flaw.place or bank.id,
        flaw.field,
        flaw.message,
        waivers.get(rule.id),
    )
