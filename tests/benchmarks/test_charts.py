"""The pictures show the tables, and those in docs/img show the ones in docs/engine.md."""

from xml.etree import ElementTree as ET

import pytest

from benchmarks.charts import PICTURES, TABLES, Row, Scale, pictures, table

DRAWN = pictures(TABLES.read_text())
SVG = "{http://www.w3.org/2000/svg}"


def test_a_table_ends_with_an_empty_line() -> None:
    lines = ["before", "said  true", "0.1  0.2", "", "0.3  0.4"]
    assert table(lines, "said +true") == [Row("", (0.1, 0.2))]


def test_a_table_that_is_not_there_has_no_rows() -> None:
    assert table(["said in prose"], "said +true") == []


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            "one-step oracle  0.8  480   +0.01 ± 0.002",
            Row("one-step oracle", (0.8, 480.0, 0.01, 0.002)),
        ),
        ("1,000,000  45.5  –", Row("", (1_000_000.0, 45.5, None))),
    ],
)
def test_a_row_is_a_title_and_numbers(line: str, row: Row) -> None:
    assert table(["head", line], "head") == [row]


def test_a_scale_maps_ends_to_ends() -> None:
    scale = Scale(0.5, 1.0, 100, 200)
    assert (scale(0.5), scale(0.75), scale(1.0)) == (100, 150, 200)


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_tells_in_words_what_it_shows(name: str) -> None:
    root = ET.fromstring(DRAWN[name])  # noqa: S314  # our own
    for part in ("title", "desc"):
        words = root.find(f"{SVG}{part}")
        assert words is not None
        assert words.text
        assert words.get("id") in root.get("aria-labelledby", "").split()


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_brings_its_own_paper(name: str) -> None:
    root = ET.fromstring(DRAWN[name])  # noqa: S314  # our own
    paper = root.find(f"{SVG}rect")
    assert paper is not None
    assert (paper.get("width"), paper.get("height")) == (root.get("width"), root.get("height"))


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_marks_from_the_tables(name: str) -> None:
    assert DRAWN[name].count("<circle") >= 8


@pytest.mark.parametrize("name", DRAWN)
def test_the_pictures_stand_as_the_tables_say(name: str) -> None:
    assert (PICTURES / name).read_text() == DRAWN[name]
