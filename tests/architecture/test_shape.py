"""The shape of the house: what no type checker and no linter sees."""

import ast
import re
from pathlib import Path

import pytest

from trainer.config import ROOT
from trainer.web.application import create_app

TRAINER = ROOT / "trainer"
MODULES = sorted(p for p in TRAINER.rglob("*.py") if "versions" not in p.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_a_head(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_fits_a_screen(path: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path)}
    assert {n: lines for n, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_stand_at_the_top(path: Path) -> None:
    inside = [
        node.lineno
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.name not in {"bootstrap.py", "config.py"}], ids=name
)
def test_only_bootstrap_reads_clock_chance_and_environment(path: Path) -> None:
    forbidden = re.compile(
        r"datetime\.now|utcnow|date\.today|time\.time\(|os\.environ|os\.getenv"
        r"|^import (?:random|secrets)|^from (?:random|secrets) import",
        re.MULTILINE,
    )
    assert forbidden.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.name == "__init__.py" and "tables" not in p.parts], ids=name
)
def test_a_package_states_its_law_in_under_five_lines(path: Path) -> None:
    law = ast.get_docstring(ast.parse(path.read_text()))
    assert law
    assert len(law.splitlines()) < 6


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_ignore_carries_its_reason(path: Path) -> None:
    bare = re.compile(r"#\s*(?:type: ignore\[[\w, -]+\]|noqa: [A-Z0-9, ]+)\s*$", re.MULTILINE)
    assert bare.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_prints_loops_and_branches_only(path: Path) -> None:
    """No arithmetic, no query: numbers arrive ready."""
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    tags = re.findall(r"{[{%](.*?)[%}]}", text, flags=re.DOTALL)
    bare = [re.sub(r"\"[^\"]*\"|'[^']*'", "", tag) for tag in tags]
    ready = [tag for tag in bare if "line + 1" not in tag]  # a line number, not a calculation
    assert [tag for tag in ready if re.search(r"\w\s[*/+]\s\w|\bselectattr\b|\bsum\(", tag)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_asks_nobody_else_for_anything(path: Path) -> None:
    outside = re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", path.read_text())
    assert outside == []
    assert "| safe" not in path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", path.read_text())


def test_every_page_is_behind_login_or_says_that_it_is_public(memory_house) -> None:
    app = create_app(memory_house)
    public = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if getattr(view, "is_public", False)
    }
    assert public == {
        "home.start",
        "home.legal",
        "exams.list_exams",
        "exams.show",
        "accounts.guest",
        "accounts.register",
        "accounts.sign_in",
        "accounts.sign_out",
    }


def test_the_same_nouns_name_every_layer() -> None:
    """Whoever knows `practice` in one layer finds it in the next."""
    blueprints = {p.parent.name for p in (TRAINER / "web").glob("*/views.py")}
    for noun in blueprints - {"home"}:
        assert (ROOT / "templates" / noun).is_dir(), noun
    for noun in ("practice", "progress", "accounts"):
        assert (TRAINER / "services" / f"{noun}.py").is_file()
