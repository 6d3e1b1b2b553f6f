"""All tables, one module a noun; importing the package fills `Base.metadata`."""

from trainer.persistence.tables.accounts import AccountRow
from trainer.persistence.tables.attempts import AttemptRow, ResponseRow, SlotRow
from trainer.persistence.tables.banks import BankRow, CaseRow, ItemExamRow, ItemRow, VersionRow
from trainer.persistence.tables.base import Base
from trainer.persistence.tables.learners import ItemMemoryRow, LearnerRow
from trainer.persistence.tables.mocks import (
    AccommodationRow,
    EventRow,
    MarkRow,
    MockRow,
    SaveRow,
)
from trainer.persistence.tables.population import ItemStateRow, PopulationRow
from trainer.persistence.tables.regrades import RegradedRow, RegradeRow

__all__ = [
    "AccommodationRow",
    "AccountRow",
    "AttemptRow",
    "BankRow",
    "Base",
    "CaseRow",
    "EventRow",
    "ItemExamRow",
    "ItemMemoryRow",
    "ItemRow",
    "ItemStateRow",
    "LearnerRow",
    "MarkRow",
    "MockRow",
    "PopulationRow",
    "RegradeRow",
    "RegradedRow",
    "ResponseRow",
    "SaveRow",
    "SlotRow",
    "VersionRow",
]
