"""What the documents say, tried."""

import re
from pathlib import Path

import pytest

from trainer.banks.loader import load, sources
from trainer.banks.profiles import catalogue
from trainer.bootstrap import Trainer
from trainer.cli import register
from trainer.config import ROOT
from trainer.web.application import create_app

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FORMAT = (ROOT / "docs" / "bank-format.md").read_text()


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_command_exists(path: Path, memory_house: Trainer) -> None:
    app = create_app(memory_house)
    register(app, memory_house)
    spoken = re.findall(r"flask --app app ([a-z]+)(?: ([a-z]+))?", path.read_text())
    for group, command in spoken:
        found = app.cli.get_command(None, group)
        assert found or group == "run", group
        if hasattr(found, "commands"):
            assert command in found.commands, (group, command)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_make_target_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    spoken = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", path.read_text(), re.MULTILINE))
    assert {a or b for a, b in spoken} <= targets


def test_the_item_of_the_bank_format_page_loads(tmp_path: Path) -> None:
    example = next(
        b for b in re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL) if b.startswith("items:")
    )
    header = next(
        b for b in re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL) if b.startswith("bank:")
    )
    (tmp_path / "bank.yaml").write_text(header)
    (tmp_path / "items.yaml").write_text(example)
    bank = load(sources(tmp_path)[0], catalogue(ROOT / "question_banks"))
    assert [item.id for item in bank] == ["riv-mod-001"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_names_no_machine(path: Path) -> None:
    assert not re.search(r"/(?:home|root|work|tmp)/", path.read_text())
