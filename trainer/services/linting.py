"""Linting bank files, with what the response log knows of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from trainer.banks import linter
from trainer.banks.linter import Finding
from trainer.banks.rules.rule import Context, Rule
from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.persistence.unit_of_work import UnitOfWork

__all__ = ["Finding", "Rule", "exposures", "lint", "rules"]

EXPOSURE_WINDOW = timedelta(days=30)


def lint(
    catalogue: Catalogue, banks: Sequence[Bank], exposures: Mapping[str, float]
) -> tuple[Finding, ...]:
    """All findings on these banks."""
    return tuple(linter.lint(Context(tuple(banks), catalogue, exposures)))


def exposures(store: UnitOfWork, *, at: datetime) -> Mapping[str, float]:
    """Share of the active learners who saw each item lately, by item id."""
    return store.items.exposures(at - EXPOSURE_WINDOW)


def rules() -> tuple[Rule, ...]:
    """The linter's rules, by id."""
    return linter.all_rules()
