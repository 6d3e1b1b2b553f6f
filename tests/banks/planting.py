"""The test bank on disk, to plant faults in: a comment `# here` marks the line to be told."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from trainer.banks import loader, profiles
from trainer.config import ROOT
from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.core.errors import BankError, Problem

TEST_BANKS = ROOT / "tests" / "bank"
MARK = "# here"


@cache
def small_catalogue() -> Catalogue:
    return profiles.catalogue(TEST_BANKS)


def copied(folder: Path, bank: str = "alpha") -> Path:
    """A copy of a test bank, to be changed."""
    shutil.copytree(TEST_BANKS / bank, folder / bank)
    return folder / bank


def planted(path: Path, old: str, new: str) -> int | None:
    """Replace the only place of a text in a file; the line of the mark, if it has one."""
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    text = text.replace(old, new)
    path.write_text(text)
    return text[: text.index(MARK)].count("\n") + 1 if MARK in text else None


def load(path: Path) -> Bank:
    """The one bank at a path."""
    (source,) = loader.sources(path)
    return loader.load(source, small_catalogue())


def problems(path: Path) -> tuple[Problem, ...]:
    """The faults of a bank that must have some."""
    with pytest.raises(BankError) as caught:
        load(path)
    return caught.value.problems
