"""Every scalar arrives as it was typed; what is no plain YAML is told with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.banks import document
from trainer.banks.document import Document, UnreadableError, read
from trainer.core.errors import Problem

STEADY = settings(derandomize=True, deadline=None, max_examples=200)
# Each of these means something else to YAML 1.1, or nearly does.
SCALARS = """
    00100 0042T +99292 -25 E11.9 0016070 NO no Yes off 1e3 0x1F 0o17 0b11 010 1_000 2026-01-01
    2026-10-01T09:00:00 ~ null Null .5 5. .inf .nan 12:30 1:30:00 99213-25 = 10-1 + S72.001A
""".split()
Reader = Callable[[str | bytes], Document]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents") / "items.yaml"


@pytest.fixture(scope="module")
def parsed(path: Path) -> Reader:
    """Write a text and read it back."""

    def parsed(text: str | bytes) -> Document:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path, "bank/items.yaml")

    return parsed


@pytest.fixture(scope="module")
def problems(parsed: Reader) -> Callable[[str | bytes], list[Problem]]:
    """The problems of a text that must have some."""

    def problems(text: str | bytes) -> list[Problem]:
        with pytest.raises(UnreadableError) as caught:
            parsed(text)
        return caught.value.problems

    return problems


class TestScalars:
    @pytest.mark.parametrize("quoted", ["{}", "'{}'", '"{}"', "|-\n  {}", "[{}]"])
    @pytest.mark.parametrize("scalar", SCALARS)
    def test_survive_letter_for_letter(self, parsed: Reader, scalar: str, quoted: str) -> None:
        value = parsed(f"code: {quoted.format(scalar)}").value
        assert value == {"code": [scalar] if quoted == "[{}]" else scalar}

    @pytest.mark.parametrize("scalar", SCALARS)
    def test_survive_without_libyaml(self, parsed: Reader, scalar: str, monkeypatch) -> None:
        monkeypatch.setattr(document, "_LOADER", yaml.BaseLoader)
        assert parsed(f"code: {scalar}\n'{scalar}': code").value == {"code": scalar, scalar: "code"}

    @pytest.mark.parametrize("scalar", SCALARS)
    def test_survive_as_the_name_of_a_field(self, parsed: Reader, scalar: str) -> None:
        assert parsed(f"{{{scalar}: here}}").value == {scalar: "here"}

    @STEADY
    @given(st.from_regex(r"[0-9A-Za-z+.~][0-9A-Za-z+.:/_~-]{0,12}[0-9A-Za-z+.~]", fullmatch=True))
    def test_typed_plain_survive(self, parsed: Reader, scalar: str) -> None:
        assert parsed(f"code: {scalar}\n").value == {"code": scalar}

    @STEADY
    @given(
        st.text(st.characters(min_codepoint=32, exclude_characters="\x7f"), max_size=30).filter(
            str.isprintable
        ),
        st.sampled_from(['"', "'"]),
    )
    def test_dumped_quoted_survive(self, parsed: Reader, scalar: str, style: str) -> None:
        text = yaml.safe_dump({"code": scalar}, default_style=style, allow_unicode=True)
        assert parsed(text).value == {"code": scalar}

    def test_of_a_block_keep_their_lines(self, parsed: Reader) -> None:
        assert parsed("stem: |\n  One.\n\n  Two.\n").value == {"stem": "One.\n\nTwo.\n"}

    def test_of_a_note_to_oneself_are_not_there(self, parsed: Reader) -> None:
        assert parsed("# note\ncode: 00100 # note\n").value == {"code": "00100"}


class TestBlankFields:
    @pytest.mark.parametrize("blank", ["", " ", " # a note", "\n"])
    def test_are_left_out(self, parsed: Reader, blank: str) -> None:
        assert parsed(f"a: 1\nb:{blank}\nc: 3\n").value == parsed("a: 1\nc: 3\n").value

    @pytest.mark.parametrize("empty", ['""', "''", "|", ">-"])
    def test_are_there_where_they_are_written(self, parsed: Reader, empty: str) -> None:
        assert parsed(f"a: {empty}").value == {"a": ""}

    def test_are_left_out_without_libyaml(self, parsed: Reader, monkeypatch) -> None:
        monkeypatch.setattr(document, "_LOADER", yaml.BaseLoader)
        assert parsed('a:\nb: ""\nc: 3').value == {"b": "", "c": "3"}


class TestEncoding:
    def test_a_byte_order_mark_is_no_text(self, parsed: Reader) -> None:
        assert parsed(b"\xef\xbb\xbfa: b").value == {"a": "b"}

    def test_windows_line_ends_count_as_lines(self, parsed: Reader) -> None:
        assert parsed("a: 1\r\nb:\r\n  - x\r\n").line(("b", 0)) == 3

    def test_accents_and_arrows_survive(self, parsed: Reader) -> None:
        assert parsed("a: Menière → “x” 😀").value == {"a": "Menière → “x” 😀"}

    @pytest.mark.parametrize(
        ("raw", "line", "byte"),
        [
            (b"\xff\xfea\x00", 1, "FF"),  # UTF-16, as Notepad may save it
            (b"a: 1\nb: caf\xe9\n", 2, "E9"),  # Windows-1252
            (b"a: 1\r\n\r\nb: \x93x\x94\r\n", 3, "93"),
            (b"a: \xc3", 1, "C3"),  # cut off
        ],
    )
    def test_other_encodings_are_told_with_their_line(self, problems, raw, line, byte) -> None:
        found = f"the byte 0x{byte}, which is not UTF-8"
        expected = "a file saved as UTF-8"
        assert problems(raw) == [Problem("bank/items.yaml", line, "file", found, expected)]


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "line", "told"),
        [
            ("", 1, ("file", "nothing", "a bank file")),
            ("\n\n", 1, ("file", "nothing", "a bank file")),
            ("# only a note\n", 1, ("file", "nothing", "a bank file")),
            ("a: 1\nb: 2\na: 3\n", 3, ("a", "the field a second time", "it once")),
            ("a:\n  - b: 1\n    b: 2\n", 3, ("b", "the field a second time", "it once")),
            ("a: &x 1\n\nb: *x\n", 3, ("file", "an alias (*name)", "the text itself")),
            ("a: &x [1]\nb: [2, *x]\n", 2, ("file", "an alias (*name)", "the text itself")),
            ("&x a: 1\n*x : 2\n", 2, ("file", "an alias (*name)", "the text itself")),
            ("a: &x\n  - *x\n", 2, ("file", "an alias (*name)", "the text itself")),
            ("a: 1\nb: *nothing\n", 2, ("file", "an alias (*name)", "the text itself")),
            ("a: 1\nb: !!int 5\n", 2, ("file", "the tag tag:yaml.org,2002:int", "no tags")),
            ("a: !python/object 5", 1, ("file", "the tag !python/object", "no tags")),
            ("!x a: 5", 1, ("file", "the tag !x", "no tags")),
            ("a:\n- !x {b: c}\n", 2, ("file", "the tag !x", "no tags")),
            ("a: 1\n[b]: 2\n", 2, ("file", "a list as a field's name", "text")),
            ("? {b: c}\n: 2\n", 1, ("file", "a list as a field's name", "text")),
            ("a: b\nc: \x07d\n", 2, ("file", "the control character U+0007", "printable text")),
            ("a: 1\n\n#\x00", 3, ("file", "the control character U+0000", "printable text")),
            (
                "é" * 99 + ": \x1b\n\n\n",
                1,
                ("file", "the control character U+001B", "printable text"),
            ),
            ('a:\n  "x\\0y"', 2, ("file", "the control character U+0000", "printable text")),
            ('"\\a": 1', 1, ("file", "the control character U+0007", "printable text")),
        ],
    )
    def test_is_what_an_author_cannot_mean(self, problems, text: str, line: int, told) -> None:
        assert problems(text) == [Problem("bank/items.yaml", line, *told)]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a: b\nc: d: e\n", 2),
            ("a: b\n\tc: d\n", 2),
            ('a: b\nc: "d\n', 3),
            ("a: [b\nc: d\n", 2),
            ("a: {b: c", 1),
            ("a: b\nc\nd: e\n", 3),
            ("a:\n  - b\n c: d\n", 3),
            ("a: @b", 1),
            ("a: 1\n---\nb: 2\n", 2),
            ("%YAML 9.9\n---\na: b", 1),
        ],
    )
    def test_is_broken_yaml_near_its_line(self, problems, text: str, line: int) -> None:
        (problem,) = problems(text)
        assert (problem.file, problem.field) == ("bank/items.yaml", "file")
        assert abs(problem.line - line) <= 1  # where a bracket is missing shows only further on
        assert problem.expected == "well-formed YAML"
        assert problem.found
        assert not problem.found.startswith("found")

    @pytest.mark.parametrize("depth", [51, 500, 5_000, 200_000])
    @pytest.mark.parametrize("bracket", ["[", "{a: "])
    def test_is_what_is_nested_too_deeply(self, problems, depth: int, bracket: str) -> None:
        (problem,) = problems("a: 1\nb: " + bracket * depth)
        assert (problem.line, problem.found) == (2, "more than 50 levels")

    def test_is_not_what_is_nested_as_deeply_as_a_bank_can_be(self, parsed: Reader) -> None:
        assert parsed("[" * 50 + "]" * 50).line(()) == 1

    def test_tells_every_fault_that_can_be_told(self, problems) -> None:
        text = "a: !x 1\na: 2\nb: [!y 3]\n[c]: 4\n"
        assert [problem.line for problem in problems(text)] == [1, 2, 3, 4]

    def test_tells_every_alias(self, problems) -> None:
        assert [p.line for p in problems("a: &x 1\nb: *x\nc:\n- *x\n")] == [2, 4]


class TestLines:
    TEXT = """# a note
items:
  - id: one
    options:
      - id: a
        text: A

      - id: b
        text: |
          B
  - id: two
"""

    @pytest.mark.parametrize(
        ("location", "line"),
        [
            ((), 2),
            (("items",), 2),
            (("items", 0), 3),
            (("items", 0, "id"), 3),
            (("items", 0, "options"), 4),
            (("items", 0, "options", 1), 8),
            (("items", 0, "options", 1, "text"), 9),
            (("items", 1), 11),
            (("items", 0, "options", 1, "reason"), 8),  # not there: its option
            (("items", 1, "options", 0, "reason"), 11),  # not there: its item
            (("items", 0, "single", "options", 0, "text"), 6),  # the schema's own mark
            (("items", 7), 2),
            (("bank",), 2),
        ],
    )
    def test_are_those_of_the_nearest_node(self, parsed: Reader, location, line: int) -> None:
        assert parsed(self.TEXT).line(location) == line

    @pytest.mark.parametrize(
        ("location", "field"),
        [
            ((), "file"),
            (("bank", "title"), "bank.title"),
            (("items", 0, "options", 1, "text"), "items[1].options[2].text"),
        ],
    )
    def test_come_with_a_field_that_counts_from_one(self, parsed, location, field: str) -> None:
        assert parsed(self.TEXT).problem(location, "x", "y").field == field
