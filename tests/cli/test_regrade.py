"""`flask regrade …`: preview, apply, undo, list."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Flask
from tests.conftest import guest_of
from tests.services.shelf import run, start
from trainer.config import ROOT

ITEM = "alpha-single"
KEY = re.compile(r"(id: alpha-single\b.*?key: )(\w[\w-]*)", re.DOTALL)


@pytest.fixture
def corrected(flask: Flask, tmp_path: Path) -> Flask:
    """Somebody answered everything by the old key; then the bank got another one."""
    flask("bank", "load")
    learner = guest_of(flask.house)
    run(flask.house, learner, start(flask.house, learner))
    folder = tmp_path / "alpha"
    shutil.copytree(ROOT / "tests" / "bank" / "alpha", folder)
    items = folder / "items.yaml"
    text = items.read_text()
    old = KEY.search(text)[2]
    stem = text[text.index(f"id: {ITEM}") :]
    others = [each for each in re.findall(r"- id: ([\w-]+)", stem)[:4] if each != old]
    items.write_text(KEY.sub(rf"\g<1>{others[0]}", text, count=1))
    result = flask("bank", "load", str(folder))
    assert result.exit_code == 0, result.output
    return flask


def test_a_preview_tells_every_change(corrected: Flask) -> None:
    lines = corrected("regrade", "preview", ITEM).stdout.splitlines()
    assert re.fullmatch(r"attempt \d+, question \d \(version 1\): 1 → 0", lines[0])
    assert lines[1].startswith("1 answers of 1 learners change (0 better, 1 worse), 0 mock exams")


def test_a_regrade_is_applied_listed_and_taken_back(corrected: Flask) -> None:
    applied = corrected("regrade", "apply", ITEM, "--reason", "The guideline says so.")
    assert applied.stdout.startswith("Regrade 1 is in force.")
    listed = corrected("regrade", "list").stdout
    assert f"{ITEM} v2  in force  command line: The guideline says so." in listed
    assert corrected("regrade", "undo", "1").stdout == "Regrade 1 is taken back.\n"
    assert "undone" in corrected("regrade", "list").stdout


def test_applying_twice_is_refused_in_words(corrected: Flask) -> None:
    corrected("regrade", "apply", ITEM, "--reason", "Once.")
    result = corrected("regrade", "apply", ITEM, "--reason", "Twice.")
    assert (result.exit_code, "changes its score" in result.stderr) == (8, True)


def test_a_regrade_needs_a_reason(corrected: Flask) -> None:
    assert corrected("regrade", "apply", ITEM).exit_code == 2
