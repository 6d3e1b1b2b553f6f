"""A schema's refusals in an author's words: never a class name, never a library's term."""

from pathlib import Path
from typing import Annotated, get_args

import pytest
from pydantic import BaseModel, StringConstraints

from trainer.banks import faults, schema
from trainer.banks.document import read
from trainer.banks.faults import checked, shown
from trainer.banks.profiles import ExamFile, TopicsFile
from trainer.banks.schema import BankFile, HeaderFile
from trainer.core.errors import Problem

ITEM = """items:
  - id: x
    kind: single
    subtopic: coding.modifiers
    exams: [alpha]
    difficulty: 2
    level: recall
    stem: Which one?
    options:
      - {id: a, text: A, reason: Right.}
      - {id: b, text: B, reason: Wrong.}
    key: a
    rationale: A is right.
"""
LIST = "a list (lines that begin with “- ”)"
FIELDS = "fields (lines such as “name: value”)"
SLUG = "lower-case letters, digits, “.”, “_” and “-” (at most 80)"
DAY = "a date such as 2026-10-01"
BOUND = 20_000


def problems(text: str, model: type[BaseModel], tmp_path: Path) -> list[Problem]:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    return checked(model, read(path, "x.yaml"))[1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: x", "id: X y", ("items[1].id", "“X y”", SLUG)),
        ("id: x", "id: []", ("items[1].id", "a list of 0", "a text")),
        ("id: x", "id: {a: b}", ("items[1].id", "fields", "a text")),
        ("    difficulty: 2\n", "", ("items[1].difficulty", "nothing", "the field “difficulty”")),
        ("difficulty: 2", "difficulty: hard", ("items[1].difficulty", "“hard”", "a whole number")),
        ("difficulty: 2", "difficulty: 2.5", ("items[1].difficulty", "“2.5”", "a whole number")),
        (
            "difficulty: 2",
            "difficulty: [2]",
            ("items[1].difficulty", "a list of 1", "a whole number"),
        ),
        ("difficulty: 2", "difficulty: 0", ("items[1].difficulty", "“0”", "a larger number")),
        ("difficulty: 2", "difficulty: 6", ("items[1].difficulty", "“6”", "a smaller number")),
        (
            "level: recall",
            "level: Recall",
            ("items[1].level", "“Recall”", "one of 'recall', 'application' or 'analysis'"),
        ),
        (
            "kind: single",
            "kind: essay",
            (
                "items[1]",
                "the kind “essay”",
                "kind: code_entry | matching | multiple | ordering | single",
            ),
        ),
        (
            "    kind: single\n",
            "",
            ("items[1]", "no “kind”", "kind: code_entry | matching | multiple | ordering | single"),
        ),
        ("[alpha]", "alpha", ("items[1].exams", "“alpha”", LIST)),
        ("[alpha]", "[]", ("items[1].exams", "a length of 0", "at least 1")),
        ("stem: Which one?", 'stem: ""', ("items[1].stem", "a length of 0", "at least 1")),
        ("stem: Which one?", 'stem: "  "', ("items[1].stem", "a length of 0", "at least 1")),
        (
            "stem: Which one?",
            f"stem: {'x' * (BOUND + 1)}",
            ("items[1].stem", f"a length of {BOUND + 1}", f"at most {BOUND}"),
        ),
        ("reason: Right.", "", ("items[1].options[1].reason", "nothing", "the field “reason”")),
        ("{id: b, text: B, reason: Wrong.}", "B", ("items[1].options[2]", "“B”", FIELDS)),
        ("key: a", "key: a\n    shuffle: maybe", ("items[1].shuffle", "“maybe”", "yes or no")),
        (
            "key: a",
            "key: a\n    ration: x",
            ("items[1].ration", "the unknown field “ration”", "“rationale”, perhaps"),
        ),
        (
            "key: a",
            "key: a\n    reasn: x",
            ("items[1].reasn", "the unknown field “reasn”", "“reason”, perhaps"),
        ),
        (
            "key: a",
            "key: a\n    zzz: x",
            ("items[1].zzz", "the unknown field “zzz”", "a field that docs/bank-format.md names"),
        ),
        (
            "key: a",
            "key: a\n    valid_from: 2026-13-01",
            ("items[1].valid_from", "“2026-13-01”", DAY),
        ),
        (
            "key: a",
            "key: a\n    valid_from: 10/1/2026",
            ("items[1].valid_from", "“10/1/2026”", DAY),
        ),
        ("key: a", "key: a\n    valid_from: 2026", ("items[1].valid_from", "“2026”", DAY)),
        ("key: a", "key: a\n    valid_to: [x]", ("items[1].valid_to", "a list of 1", DAY)),
        (
            "key: a",
            "key: a\n    code_sets: {icd: 2026}",
            (
                "items[1].code_sets.icd",
                "“icd”",
                "one of 'icd-10-cm', 'icd-10-pcs', 'cpt' or 'hcpcs'",
            ),
        ),
        (
            "key: a",
            "key: a\n    code_sets: {cpt: next}",
            ("items[1].code_sets.cpt", "“next”", "a year such as 2026 or FY2027"),
        ),
        (
            "key: a",
            "key: a\n    waivers: [{rule: c1, reason: x}]",
            ("items[1].waivers[1].rule", "“c1”", "a rule of the linter, such as C01"),
        ),
        (
            "key: a",
            "key: a\n    references: [{source: s, section: s, year: 2026, url: http://x}]",
            ("items[1].references[1].url", "“http://x”", "an address that begins with https://"),
        ),
    ],
)
def test_tells_found_and_expected(tmp_path, old: str, new: str, told: tuple[str, ...]) -> None:
    assert ITEM.count(old) == 1
    (problem,) = problems(ITEM.replace(old, new), BankFile, tmp_path)
    assert (problem.field, problem.found, problem.expected) == told


def test_a_good_file_has_none(tmp_path: Path) -> None:
    assert problems(ITEM, BankFile, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "model", "field", "expected"),
    [
        ("hello", BankFile, "file", FIELDS),
        ("- a\n- b", BankFile, "file", FIELDS),
        ("items: 5", BankFile, "items", LIST),
        ("items: [hello]", BankFile, "items[1]", FIELDS),
        ("items: {a: b}", BankFile, "items", LIST),
        ("cases: [[]]", BankFile, "cases[1]", FIELDS),
        ("bank: x", HeaderFile, "bank", FIELDS),
        ("{}", HeaderFile, "bank", "the field “bank”"),
        ("topics: []", TopicsFile, "topics", "at least 1"),
        ("topics: [{id: a, title: A, subtopics: x}]", TopicsFile, "topics[1].subtopics", LIST),
    ],
)
def test_a_file_of_another_shape_is_told(tmp_path, text, model, field, expected) -> None:
    assert (field, expected) in {(p.field, p.expected) for p in problems(text, model, tmp_path)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("raw: 0.7", "raw: 1.5", "a smaller number"),
        ("raw: 0.7", "raw: 0", "a larger number"),
        ("raw: 0.7", "raw: [1]", "a number"),
        ("raw: 0.7", "raw: much", "a number"),
        ("open_book: yes", "open_book: perhaps", "yes or no"),
        ("navigation: free", "navigation: back", "one of 'free' or 'forward-only'"),
        ("subtopics: {coding.modifiers: 3", "subtopics: {coding.modifiers: 0", "a larger number"),
        ("subtopics: {coding.modifiers: 3", "subtopics: {Coding: 3", SLUG),
    ],
)
def test_an_exam_file_is_told_the_same_way(tmp_path, old, new, expected) -> None:
    text = (Path(__file__).parents[1] / "bank" / "alpha" / "exam.yaml").read_text()
    (problem, *_) = problems(text.replace(old, new, 1), ExamFile, tmp_path)
    assert problem.expected == expected


def test_every_pattern_of_the_schema_has_words() -> None:
    aliases = [each for each in vars(schema).values() if hasattr(each, "__metadata__")]
    patterns = {
        constraint.pattern
        for alias in aliases
        for constraint in get_args(alias)
        if isinstance(constraint, StringConstraints) and constraint.pattern
    }
    assert patterns == set(faults._PATTERNS)


def test_a_pattern_without_words_shows_itself(tmp_path: Path) -> None:
    class Odd(BaseModel):
        name: Annotated[str, StringConstraints(pattern="^x+$")]

    (problem,) = problems("name: y", Odd, tmp_path)
    assert problem.expected == "^x+$"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "“x”"),
        ("x" * 60, f"“{'x' * 60}”"),
        ("x" * 61, f"“{'x' * 60}…”"),
        (["a", "b"], "a list of 2"),
        ({"a": "b"}, "fields"),
        (5, "“5”"),
    ],
)
def test_a_found_value_is_short(value: object, text: str) -> None:
    assert shown(value) == text
