"""A bank folder becomes a bank, letter for letter, or all of its faults and nothing else."""

import random
import re
from datetime import date
from pathlib import Path

import pytest

from tests.banks.planting import TEST_BANKS, copied, load, planted, problems, small_catalogue
from trainer.banks import loader
from trainer.banks.loader import Source, sources
from trainer.config import ROOT
from trainer.core.bank import Bank
from trainer.core.code import CodeSet
from trainer.core.errors import BankError, Problem
from trainer.core.item import (
    Case,
    CodeEntryItem,
    CognitiveLevel,
    Edition,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    NearMiss,
    Option,
    OrderingItem,
    OrderRule,
    Prompt,
    RecordSection,
    Reference,
    RouteStage,
    RouteStep,
    SingleItem,
    Waiver,
)

MUTATIONS = 300


@pytest.fixture(scope="module")
def alpha() -> Bank:
    return load(TEST_BANKS / "alpha")


@pytest.fixture(scope="module")
def items(alpha: Bank) -> dict[str, Item]:
    return {item.id: item for item in alpha}


class TestValues:
    def test_the_header_names_the_bank(self, alpha: Bank) -> None:
        assert (alpha.id, alpha.title, alpha.licence) == ("alpha", "Bank alpha", "CC0 1.0")
        assert alpha.authors == ("A. Tester",)

    def test_items_stand_in_the_order_of_the_file_and_cases_after_them(self, alpha: Bank) -> None:
        assert [item.id for item in alpha] == [
            "alpha-single",
            "alpha-multiple",
            "alpha-ordering",
            "alpha-matching",
            "alpha-case-1",
            "alpha-case-2",
        ]

    def test_a_single_item_is_read_whole(self, items: dict[str, Item]) -> None:
        assert items["alpha-single"] == SingleItem(
            id="alpha-single",
            subtopic="coding.modifiers",
            exams=("alpha", "beta"),
            difficulty=2,
            level=CognitiveLevel.APPLICATION,
            editions=(Edition(CodeSet.CPT, "2026"),),
            stem=(
                "The wound of a knee operation opens inside the global period and is closed again."
                "\n\nWhich modifier belongs on the second procedure?"
            ),
            options=(
                Option("staged", "58", "For a planned return.", "staged"),
                Option("repeated", "76", "For the same procedure again."),
                Option("return", "78", "Unplanned and related."),
                Option("unrelated", "79", "For an unrelated procedure."),
            ),
            key="return",
            rationale=(
                "Unplanned and related is 78, so {{opt:return}} is right and {{opt:staged}} is not."
            ),
            references=(
                Reference(
                    "Medicare Claims Processing Manual",
                    "Chapter 12, section 40.2",
                    2026,
                    "https://www.cms.gov/",
                ),
            ),
            route=(
                RouteStep(
                    RouteStage.GUIDELINE, "Ask whether it was planned, then whether it is related."
                ),
            ),
        )

    def test_a_multiple_item_has_its_keys(self, items: dict[str, Item]) -> None:
        item = items["alpha-multiple"]
        assert isinstance(item, MultipleItem)
        assert item.keys == ("rendering", "billing")

    def test_an_ordering_item_has_its_steps_in_their_order(self, items: dict[str, Item]) -> None:
        item = items["alpha-ordering"]
        assert isinstance(item, OrderingItem)
        assert [step.id for step in item.steps] == ["register", "verify", "collect"]

    def test_a_matching_item_has_its_pairs(self, items: dict[str, Item]) -> None:
        item = items["alpha-matching"]
        assert isinstance(item, MatchingItem)
        assert item.prompts[1] == Prompt("nephr", "nephr/o", "kidney", "As in nephrectomy.")

    def test_a_code_entry_has_its_codes_and_near_misses(self, items: dict[str, Item]) -> None:
        item = items["alpha-case-1"]
        assert isinstance(item, CodeEntryItem)
        assert item.order is OrderRule.EXACT
        assert item.codes[2] == ExpectedCode("99213", CodeSet.CPT, "The visit.", ("25",))
        assert item.near_misses == (NearMiss("N18.30", "The stage is documented.", "unspecified"),)

    def test_items_of_a_case_lead_to_their_record(
        self, alpha: Bank, items: dict[str, Item]
    ) -> None:
        record = RecordSection(
            "Assessment",
            "Type 2 diabetes with stage 3a chronic kidney disease.\n\n"
            "| Test | Result |\n| --- | --- |\n| eGFR | 52 |",
        )
        case = Case("alpha-case", "A visit", "Office note", (record,))
        for name in ("alpha-case-1", "alpha-case-2"):
            assert alpha.case_of(items[name]) == case

    def test_every_item_and_case_knows_its_line(self, alpha: Bank, items: dict[str, Item]) -> None:
        text = (TEST_BANKS / "alpha" / "items.yaml").read_text().splitlines()
        for name in (*items, "alpha-case"):
            file, line = alpha.origin(name).split(":")
            assert (file, text[int(line) - 1].strip()) == ("alpha/items.yaml", f"- id: {name}")

    def test_scalars_arrive_as_they_are_typed(self) -> None:
        (item,) = load(TEST_BANKS / "beta")
        assert isinstance(item, SingleItem)
        ids_and_texts = [(option.id, option.text) for option in item.options]
        assert ids_and_texts == [
            ("00100", "00100"),
            ("0042t", "0042T"),
            ("no", "NO"),
            ("1e3", "-25"),
        ]
        assert item.shuffle is False

    def test_optional_fields_are_read(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        more = (
            "    valid_from: 2026-10-01\n    valid_to: 2027-09-30\n    enemies: [alpha-multiple]\n"
            "    waivers:\n      - rule: C01\n        reason: It must be so.\n"
        )
        planted(bank / "items.yaml", "    code_sets: {cpt: 2026}\n", more)
        item = next(iter(load(bank)))
        assert (item.valid_from, item.valid_to) == (date(2026, 10, 1), date(2027, 9, 30))
        assert item.enemies == ("alpha-multiple",)
        assert item.waivers == (Waiver("C01", "It must be so."),)
        assert item.editions == ()

    def test_a_field_left_blank_is_a_field_left_out(self, alpha: Bank, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        planted(bank / "items.yaml", "    key: return\n", "    key: return\n    enemies:\n")
        assert tuple(load(bank)) == tuple(alpha)


class TestFaults:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            (
                "- id: alpha-ordering\n    kind: ordering\n    subtopic: billing.claims\n",
                "- id: alpha-ordering  # here\n    kind: ordering\n",
                ("items[3].subtopic", "nothing", "the field “subtopic”"),
            ),
            (
                "      - id: place\n        text: Place of service entry\n",
                "      - id: place  # here\n",
                ("items[2].options[3].text", "nothing", "the field “text”"),
            ),
            (
                "    kind: matching\n",
                "    kind: matching\n    rational: x  # here\n",
                ("items[4].rational", "the unknown field “rational”", "“rationale”, perhaps"),
            ),
            (
                "        misconception: staged\n",
                "        misconceptions: staged  # here\n",
                (
                    "items[1].options[1].misconceptions",
                    "the unknown field “misconceptions”",
                    "“misconception”, perhaps",
                ),
            ),
            (
                "- id: alpha-matching\n    kind: matching",
                "- id: alpha-matching  # here\n    kind: pairing",
                (
                    "items[4]",
                    "the kind “pairing”",
                    "kind: code_entry | matching | multiple | ordering | single",
                ),
            ),
            (
                "difficulty: 3",
                "difficulty: three  # here",
                ("cases[1].items[1].difficulty", "“three”", "a whole number"),
            ),
            (
                "exams: [alpha, beta]",
                "exams: alpha  # here",
                ("items[1].exams", "“alpha”", "a list (lines that begin with “- ”)"),
            ),
            (
                "    code_sets: {cpt: 2026}\n",
                "    valid_from: 2026-02-30  # here\n",
                ("items[1].valid_from", "“2026-02-30”", "a date such as 2026-10-01"),
            ),
            (
                "order: exact",
                "order: fixed  # here",
                (
                    "cases[1].items[1].order",
                    "“fixed”",
                    "one of 'principal-first', 'any' or 'exact'",
                ),
            ),
            (
                'modifiers: ["25"]',
                "modifiers: [rt]  # here",
                (
                    "cases[1].items[1].codes[3].modifiers[1]",
                    "“rt”",
                    "a modifier of two letters or digits, such as 25 or LT",
                ),
            ),
            (
                "code: E11.22",
                'code: "E11.22, N18.31"  # here',
                (
                    "cases[1].items[1].codes[1].code",
                    "“E11.22, N18.31”",
                    "a code of 3 to 9 letters, digits and dots",
                ),
            ),
            (
                (
                    "    prompts:\n      - id: hepat\n        text: hepat/o\n"
                    "        match: liver\n        reason: As in hepatomegaly.\n"
                ),
                "    prompts:  # here\n",
                ("items[4].prompts", "a length of 1", "at least 2"),
            ),
            (
                (
                    "    steps:\n      - id: register\n        text: Register the patient\n"
                    "        reason: First.\n"
                ),
                "    steps:  # here\n",
                ("items[3].steps", "a length of 2", "at least 3"),
            ),
            (
                "id: alpha-single",
                "id: Alpha Single  # here",
                (
                    "items[1].id",
                    "“Alpha Single”",
                    "lower-case letters, digits, “.”, “_” and “-” (at most 80)",
                ),
            ),
            (
                "    stem: Which two entries name a provider?\n",
                "    stem: Which two entries name a provider?\n    stem: Twice  # here\n",
                ("stem", "the field a second time", "it once"),
            ),
        ],
    )
    def test_of_shape_are_told_at_their_line(self, tmp_path, old, new, told) -> None:
        bank = copied(tmp_path)
        line = planted(bank / "items.yaml", old, new)
        assert problems(bank) == (Problem("alpha/items.yaml", line, *told),)

    def test_of_every_file_are_told_at_once(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        planted(bank / "bank.yaml", "  licence: CC0 1.0\n", "")
        planted(bank / "items.yaml", "difficulty: 3", "difficulty: three")
        planted(bank / "items.yaml", "order: exact", "order: fixed")
        (bank / "empty.yaml").write_text("")
        (bank / "foreign.yaml").write_bytes(b"items:\n  - id: caf\xe9\n")
        assert [(problem.file, problem.field) for problem in problems(bank)] == [
            ("alpha/bank.yaml", "bank.licence"),
            ("alpha/empty.yaml", "file"),
            ("alpha/foreign.yaml", "file"),
            ("alpha/items.yaml", "cases[1].items[1].difficulty"),
            ("alpha/items.yaml", "cases[1].items[1].order"),
        ]

    def test_of_shape_in_one_file_do_not_hide_disagreements_in_another(self, tmp_path) -> None:
        bank = copied(tmp_path)
        planted(bank / "items.yaml", "match: kidney", "match: heart")
        (bank / "more.yaml").write_text("items: 5\n")
        told = {(problem.file, problem.field) for problem in problems(bank)}
        assert told == {
            ("alpha/more.yaml", "items"),
            ("alpha/items.yaml", "items[4].prompts[2].match"),
        }

    @pytest.mark.parametrize(("count", "words"), [(1, "1 fault;"), (2, "2 faults;")])
    def test_are_counted_in_the_message(self, tmp_path: Path, count: int, words: str) -> None:
        bank = copied(tmp_path)
        for old in ("key: with", "match: kidney")[:count]:
            planted(bank / "items.yaml", old, f"{old}x")
        with pytest.raises(BankError, match=f"^alpha: {words} nothing of it was loaded"):
            load(bank)


class TestHeader:
    def test_may_stand_in_the_only_file(self, tmp_path: Path) -> None:
        path = one_file(tmp_path)
        assert load(path).id == "alpha"

    def test_that_is_nowhere_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "items.yaml"
        path.write_text((TEST_BANKS / "alpha" / "items.yaml").read_text())
        expected = "a header (or bank.yaml)"
        assert problems(path) == (Problem("items.yaml", 1, "bank", "nothing", expected),)

    def test_that_is_given_twice_is_told(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        header = (bank / "bank.yaml").read_text().replace("bank:", "bank:  # here", 1)
        line = planted(bank / "items.yaml", "\ncases:\n", f"\n{header}\ncases:\n")
        expected = "the header in bank.yaml only"
        assert problems(bank) == (
            Problem("alpha/items.yaml", line, "bank", "a second header", expected),
        )

    @pytest.mark.parametrize("missing", ["id", "title", "licence", "authors"])
    def test_needs_each_of_its_fields(self, tmp_path: Path, missing: str) -> None:
        bank = copied(tmp_path)
        text = re.sub(rf"(?m)^  {missing}:.*\n(    - .*\n)?", "", (bank / "bank.yaml").read_text())
        (bank / "bank.yaml").write_text(text)
        assert problems(bank) == (
            Problem("alpha/bank.yaml", 1, f"bank.{missing}", "nothing", f"the field “{missing}”"),
        )

    def test_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        (bank / "bank.yaml").write_bytes(b"bank:\n  id: caf\xe9\n")
        told = [(problem.file, problem.line) for problem in problems(bank)]
        assert told == [("alpha/bank.yaml", 2)]

    def test_of_its_folder_serves_a_file_that_is_loaded_alone(self) -> None:
        assert load(TEST_BANKS / "alpha" / "items.yaml").id == "alpha"


def one_file(folder: Path) -> Path:
    """Bank alpha in one file with its header at the top."""
    path = folder / "alone.yaml"
    header, items = (TEST_BANKS / "alpha" / name for name in ("bank.yaml", "items.yaml"))
    path.write_text(header.read_text() + items.read_text())
    return path


class TestSources:
    def test_of_a_bank_folder_is_that_bank(self) -> None:
        folder = TEST_BANKS / "alpha"
        expected = Source(folder, folder / "bank.yaml", (folder / "items.yaml",))
        assert sources(folder) == (expected,)

    def test_of_a_folder_of_banks_are_all_of_them_by_name(self) -> None:
        assert [source.name for source in sources(TEST_BANKS)] == ["alpha", "beta"]

    def test_of_a_file_is_that_file(self, tmp_path: Path) -> None:
        path = one_file(tmp_path)
        assert sources(path) == (Source(path, None, (path,)),)

    def test_include_deeper_files_in_order_and_leave_profiles_out(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        (bank / "deep").mkdir()
        for name in ("topics.yaml", "b.yml", "deep/c.yaml", "readme.md", "a.yaml"):
            (bank / name).write_text("items: []\n")
        (source,) = sources(bank)
        names = [str(path.relative_to(bank)) for path in source.files]
        assert names == ["a.yaml", "b.yml", "deep/c.yaml", "items.yaml"]

    @pytest.mark.parametrize("name", ["", "nothing", "nothing.yaml"])
    def test_of_nothing_are_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(BankError, match=r"No bank at .*bank\.yaml"):
            sources(tmp_path / name)

    @pytest.mark.parametrize(("name", "part"), [("alpha", False), ("alpha/items.yaml", True)])
    def test_one_file_of_a_folder_is_only_a_part(self, name: str, part: bool) -> None:
        (source,) = sources(TEST_BANKS / name)
        assert source.is_part is part

    def test_a_file_with_its_own_header_is_a_whole_bank(self, tmp_path: Path) -> None:
        (source,) = sources(one_file(tmp_path))
        assert not source.is_part

    def test_size_is_what_is_heard_while_loading(self) -> None:
        (source,) = sources(TEST_BANKS / "alpha")
        heard: list[int] = []
        loader.load(source, small_catalogue(), heard.append)
        assert sum(heard) == source.size == (TEST_BANKS / "alpha/items.yaml").stat().st_size


class TestDigest:
    def test_of_equal_files_elsewhere_is_equal(self, tmp_path: Path) -> None:
        assert digest(copied(tmp_path)) == digest(TEST_BANKS / "alpha")

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("items.yaml", "key: return", "key: staged"),
            ("items.yaml", "key: return\n", "key: return \n"),
            ("bank.yaml", "CC0 1.0", "CC0 1.1"),
        ],
    )
    def test_changes_with_every_byte(self, tmp_path: Path, file: str, old: str, new: str) -> None:
        bank = copied(tmp_path)
        planted(bank / file, old, new)
        assert digest(bank) != digest(TEST_BANKS / "alpha")

    def test_changes_with_a_file_name(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        (bank / "items.yaml").rename(bank / "renamed.yaml")
        assert digest(bank) != digest(TEST_BANKS / "alpha")

    def test_changes_with_a_new_file(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        (bank / "more.yaml").write_text("")
        assert digest(bank) != digest(TEST_BANKS / "alpha")

    def test_changes_when_two_files_swap_their_content(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        (bank / "more.yaml").write_text("items: []\n")
        before = digest(bank)
        first, second = (bank / name for name in ("items.yaml", "more.yaml"))
        first_text = first.read_text()
        first.write_text(second.read_text())
        second.write_text(first_text)
        assert digest(bank) != before

    def test_does_not_depend_on_what_is_no_item_file(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        (bank / "exam.yaml").write_text("")
        (bank / "notes.txt").write_text("A note.")
        assert digest(bank) == digest(TEST_BANKS / "alpha")


def digest(path: Path) -> str:
    (source,) = sources(path)
    return source.digest()


class TestBrokenFiles:
    """Whatever is done to a file, it loads or is refused with reasons; nothing else happens."""

    TEXT = (TEST_BANKS / "alpha" / "items.yaml").read_bytes()

    def test_load_or_are_refused(self, tmp_path: Path) -> None:
        bank = copied(tmp_path)
        chance = random.Random(20261123)  # noqa: S311  # a fixed seed, no secret
        refused = 0
        for _ in range(MUTATIONS):
            (bank / "items.yaml").write_bytes(mutated(self.TEXT, chance))
            reasons = reasons_against(bank)
            refused += reasons is not None
            assert reasons is None or all(p.file and p.line >= 1 and p.found for p in reasons)
            assert reasons != ()
        assert MUTATIONS / 2 < refused < MUTATIONS  # the accidents bite, and do not always


def reasons_against(bank: Path) -> tuple[Problem, ...] | None:
    """The problems of a bank; None if it loads."""
    try:
        load(bank)
    except BankError as error:
        return error.problems
    return None


def mutated(text: bytes, chance: random.Random) -> bytes:
    """One to three small accidents."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(ACCIDENTS)(text, chance)
    return text


def _without_a_line(text: bytes, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _with_a_line_twice(text: bytes, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def _with_two_lines_swapped(text: bytes, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _with_a_random_byte(text: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(text))
    return text[:place] + chance.randbytes(1) + text[place + 1 :]


def _with_a_sign_of_yaml(text: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(text))
    sign = chance.choice(
        [b"&a ", b"*a", b"!x ", b": ", b"- ", b"[", b"}", b'"', b"#", b"\t", b"? "]
    )
    return text[:place] + sign + text[place:]


def _cut_off(text: bytes, chance: random.Random) -> bytes:
    return text[: chance.randrange(len(text) // 2, len(text))]


ACCIDENTS = [
    _without_a_line,
    _with_a_line_twice,
    _with_two_lines_swapped,
    _with_a_random_byte,
    _with_a_sign_of_yaml,
    _cut_off,
]


class TestDocumentation:
    """The examples of docs/bank-format.md load as they stand."""

    BLOCKS = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "docs/bank-format.md").read_text(), re.MULTILINE | re.DOTALL
    )
    COMMON = """items:
  - id: example
    subtopic: coding.icd10cm
    exams: [alpha]
    difficulty: 1
    level: recall
    stem: Which codes?
    rationale: These.
"""

    def block(self, mark: str) -> str:
        (found,) = [block for block in self.BLOCKS if mark in block]
        return found

    def test_the_header_and_the_single_item(self, tmp_path: Path) -> None:
        text = self.block("bank:\n") + self.block("kind: single")
        text = text.replace("[cpc, ccs_p, cbcs]", "[alpha]")
        (tmp_path / "bank.yml").write_text(text)
        bank = load(tmp_path / "bank.yml")
        assert (bank.id, [item.kind for item in bank]) == ("riverside-fall-2026", ["single"])

    def test_the_code_entry(self, tmp_path: Path) -> None:
        text = self.block("bank:\n") + self.COMMON + self.block("near_misses:")
        (tmp_path / "bank.yml").write_text(text)
        (item,) = load(tmp_path / "bank.yml")
        assert isinstance(item, CodeEntryItem)
        assert [code.code for code in item.codes] == ["E11.22", "N18.31", "99213"]
