"""What does not agree within a bank is told at its line, with what would agree."""

from pathlib import Path

import pytest

from tests.banks.planting import copied, load, planted, problems
from trainer.core.errors import Problem

SUBTOPIC = "a subtopic of topics.yaml"
OWN_ID = "an id of its own"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "subtopic: coding.modifiers",
            "subtopic: coding.modifier  # here",
            ("items[1].subtopic", "“coding.modifier”", SUBTOPIC),
        ),
        (
            "subtopic: terminology.word-parts",
            "subtopic: terminology  # here",
            ("items[4].subtopic", "“terminology”", SUBTOPIC),
        ),
        (
            "exams: [alpha, beta]",
            "exams:\n      - alpha\n      - gamma  # here",
            ("items[1].exams[2]", "“gamma”", "one of alpha, beta"),
        ),
        (
            "    code_sets: {cpt: 2026}\n",
            "    valid_from: 2026-10-01\n    valid_to: 2026-09-30  # here\n",
            ("items[1].valid_to", "2026-09-30", "a day from 2026-10-01 on"),
        ),
        (
            "key: return",
            "key: returned  # here",
            (
                "items[1].key",
                "“returned”",
                "the id of an option: staged, repeated, return, unrelated",
            ),
        ),
        (
            "id: repeated",
            "id: staged  # here",
            ("items[1].options[2].id", "“staged” a second time", OWN_ID),
        ),
        (
            "keys: [rendering, billing]",
            "keys:\n      - rendering\n      - payer  # here",
            (
                "items[2].keys[2]",
                "“payer”",
                "the id of an option: rendering, billing, place, pointer",
            ),
        ),
        (
            "keys: [rendering, billing]",
            "keys: [rendering, rendering]  # here",
            ("items[2].keys[2]", "“rendering” a second time", "each key once"),
        ),
        (
            "keys: [rendering, billing]",
            "keys: [rendering, billing, place, pointer]  # here",
            ("items[2].keys", "every option", "at least one option that is wrong"),
        ),
        (
            "id: pointer",
            "id: place  # here",
            ("items[2].options[4].id", "“place” a second time", OWN_ID),
        ),
        (
            "id: collect",
            "id: verify  # here",
            ("items[3].steps[3].id", "“verify” a second time", OWN_ID),
        ),
        (
            "match: kidney",
            "match: heart  # here",
            ("items[4].prompts[2].match", "“heart”", "the id of an option: liver, kidney, spleen"),
        ),
        (
            "id: nephr",
            "id: hepat  # here",
            ("items[4].prompts[2].id", "“hepat” a second time", OWN_ID),
        ),
        (
            "id: spleen",
            "id: liver  # here",
            ("items[4].options[3].id", "“liver” a second time", OWN_ID),
        ),
        *(
            (
                "code: N18.30",
                f"code: {code}  # here",
                ("cases[1].items[1].near_misses[1].code", f"“{code}”", "a code that is wrong here"),
            )
            for code in ("N18.31", "N1831", "n18.31")
        ),
        (
            "key: with",
            "key: without  # here",
            ("cases[1].items[2].key", "“without”", "the id of an option: with, due, see"),
        ),
        (
            "id: alpha-ordering",
            "id: alpha-single  # here",
            ("items[3].id", "“alpha-single”, used at alpha/items.yaml:3", OWN_ID),
        ),
        (
            "id: alpha-case-2",
            "id: alpha-single  # here",
            ("cases[1].items[2].id", "“alpha-single”, used at alpha/items.yaml:3", OWN_ID),
        ),
        (
            "id: alpha-case\n",
            "id: alpha-single  # here\n",
            ("cases[1].id", "“alpha-single”, used at alpha/items.yaml:3", OWN_ID),
        ),
    ],
)
def test_a_disagreement_is_told(tmp_path: Path, old: str, new: str, told: tuple) -> None:
    bank = copied(tmp_path)
    line = planted(bank / "items.yaml", old, new)
    assert problems(bank) == (Problem("alpha/items.yaml", line, *told),)


def test_an_id_used_in_two_files_names_the_first_place(tmp_path: Path) -> None:
    bank = copied(tmp_path)
    text = (bank / "items.yaml").read_text()
    (bank / "more.yaml").write_text(text[: text.index("  - id: alpha-multiple")])
    assert problems(bank) == (
        Problem(
            "alpha/more.yaml",
            3,
            "items[1].id",
            "“alpha-single”, used at alpha/items.yaml:3",
            OWN_ID,
        ),
    )


def test_every_disagreement_of_every_file_is_told(tmp_path: Path) -> None:
    bank = copied(tmp_path)
    text = (bank / "items.yaml").read_text()
    more = text[: text.index("  - id: alpha-multiple")].replace("id: alpha-single", "id: more")
    (bank / "more.yaml").write_text(more.replace("key: return", "key: x"))
    planted(bank / "items.yaml", "match: kidney", "match: heart")
    planted(bank / "items.yaml", "key: with", "key: without")
    told = [(problem.file, problem.field) for problem in problems(bank)]
    assert told == [
        ("alpha/items.yaml", "items[4].prompts[2].match"),
        ("alpha/items.yaml", "cases[1].items[2].key"),
        ("alpha/more.yaml", "items[1].key"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "    code_sets: {cpt: 2026}\n",
            "    valid_from: 2026-10-01\n    valid_to: 2026-10-01\n",
        ),
        ("match: kidney", "match: liver"),
        ("keys: [rendering, billing]", "keys: [rendering, billing, place]"),
        ("keys: [rendering, billing]", "keys: [rendering]"),
        ("id: nephr\n", "id: liver\n"),
    ],
)
def test_what_is_unusual_but_agrees_is_loaded(tmp_path: Path, old: str, new: str) -> None:
    bank = copied(tmp_path)
    planted(bank / "items.yaml", old, new)
    assert len(load(bank)) == 6
