"""All tables, one module a noun; importing the package fills `Base.metadata`."""

from trainer.persistence.tables.accounts import AccountRow
from trainer.persistence.tables.attempts import AttemptRow, ResponseRow, SlotRow
from trainer.persistence.tables.banks import BankRow, CaseRow, ItemExamRow, ItemRow, VersionRow
from trainer.persistence.tables.base import Base
from trainer.persistence.tables.learners import ItemMemoryRow, LearnerRow
from trainer.persistence.tables.population import ItemStateRow, PopulationRow

__all__ = [
    "AccountRow",
    "AttemptRow",
    "BankRow",
    "Base",
    "CaseRow",
    "ItemExamRow",
    "ItemMemoryRow",
    "ItemRow",
    "ItemStateRow",
    "LearnerRow",
    "PopulationRow",
    "ResponseRow",
    "SlotRow",
    "VersionRow",
]
