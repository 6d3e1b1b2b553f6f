"""`flask bank …`: sentences for people, JSON for programs, exit codes for both."""

import json

import pytest

from tests.cli.conftest import Flask
from tests.conftest import guest_of, rows_of
from tests.services.shelf import Shelf, case, run, single, start
from trainer.cli.bank import CHECK_FAILED
from trainer.cli.errors import EXIT_CODE
from trainer.core.errors import BankError, NotFoundError
from trainer.services import linting

SOUND = {
    "stem": "Which of the four places does the made-up manual name first?",
    "rationale": "The made-up manual names this place first, and the others after it.",
}
BROKEN = single("broken", "coding.unheard-of")
PLACE = "alpha/items.yaml:4: "


# --- load ---------------------------------------------------------------------


def test_load_tells_what_it_did(flask: Flask) -> None:
    result = flask("bank", "load")
    assert (result.exit_code, result.stdout) == (0, "alpha: 6 new.\nbeta: 1 new.\n")


def test_load_tells_that_nothing_changed(flask: Flask) -> None:
    flask("bank", "load")
    assert flask("bank", "load").stdout == "alpha: unchanged.\nbeta: unchanged.\n"


def test_load_takes_a_path(flask: Flask) -> None:
    result = flask("bank", "load", flask.house.config.question_banks / "beta")
    assert result.stdout == "beta: 1 new.\n"


def test_load_tells_every_kind_of_change(shelf_flask: Flask, shelf: Shelf) -> None:
    a, b, c, d = (single(name) for name in "abcd")
    shelf.write("alpha", a, b, c)
    shelf_flask("bank", "load")
    shelf.write("alpha", a, b)
    shelf_flask("bank", "load")
    shelf.write("alpha", a | SOUND, c, d)
    result = shelf_flask("bank", "load")
    assert result.stdout == "alpha: 1 new, 1 changed, 1 retired, 1 back in use.\n"


def test_load_prints_json(flask: Flask) -> None:
    flask("bank", "load", flask.house.config.question_banks / "beta")
    reports = json.loads(flask("bank", "load", "--json").stdout)
    nothing = {"added": 0, "changed": 0, "unchanged": 0, "retired": 0, "revived": 0}
    assert reports == [
        {"bank": "alpha", **nothing, "added": 6, "is_skipped": False},
        {"bank": "beta", **nothing, "is_skipped": True},
    ]


def test_load_tells_a_fault_with_its_place_on_standard_error(
    shelf_flask: Flask, shelf: Shelf
) -> None:
    shelf.write("alpha", BROKEN)
    result = shelf_flask("bank", "load")
    assert result.exit_code == EXIT_CODE[BankError]
    assert PLACE in result.stderr
    assert "coding.unheard-of" in result.stderr
    assert result.stdout == ""


def test_load_prints_faults_as_json(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", BROKEN)
    result = shelf_flask("bank", "load", "--json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["file"], problem["line"]) == ("alpha/items.yaml", 4)
    assert set(problem) == {"file", "line", "field", "found", "expected"}
    assert result.exit_code == EXIT_CODE[BankError]


def test_a_broken_bank_does_not_keep_a_sound_one_out(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", BROKEN)
    shelf.write("beta", single("sound"))
    assert shelf_flask("bank", "load").exit_code == EXIT_CODE[BankError]
    rows = rows_of(shelf_flask.house.database)
    assert [row[0] for row in rows["bank"]] == ["beta"]


def test_load_tells_the_faults_of_all_banks(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", BROKEN)
    shelf.write("beta", BROKEN | {"id": "other"})
    stderr = shelf_flask("bank", "load").stderr
    assert PLACE in stderr
    assert PLACE.replace("alpha", "beta") in stderr


@pytest.mark.parametrize("command", ["load", "lint", "stats"])
def test_a_folder_without_a_bank_is_refused(flask: Flask, tmp_path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    result = flask("bank", command, tmp_path / "empty")
    assert result.exit_code == EXIT_CODE[BankError]
    assert "No bank at" in result.stderr


@pytest.mark.parametrize("command", ["load", "lint", "stats"])
def test_a_path_that_is_not_there_is_a_mistake_of_usage(flask: Flask, command: str) -> None:
    result = flask("bank", command, "/nowhere")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


# --- lint ---------------------------------------------------------------------


def test_lint_passes_a_bank_without_errors(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", single("a", **SOUND))
    result = shelf_flask("bank", "lint")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("1 items: 0 errors, ")


def test_lint_fails_a_bank_with_an_error(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", single("a", **SOUND) | {"rationale": "Too short."})
    result = shelf_flask("bank", "lint")
    assert result.exit_code == CHECK_FAILED
    assert "E R01 alpha/items.yaml:2 a: rationale: " in result.stdout
    assert "1 items: 1 errors, " in result.stdout


def test_a_waived_error_does_not_fail(shelf_flask: Flask, shelf: Shelf) -> None:
    waived = {"rationale": "Short.", "waivers": [{"rule": "R01", "reason": "Says it all."}]}
    shelf.write("alpha", single("a", **SOUND) | waived)
    result = shelf_flask("bank", "lint")
    assert result.exit_code == 0
    assert "R01" not in result.stdout
    assert "; 1 waived." in result.stdout


def test_lint_shows_waived_findings_when_asked(shelf_flask: Flask, shelf: Shelf) -> None:
    waived = {"rationale": "Short.", "waivers": [{"rule": "R01", "reason": "Says it all."}]}
    shelf.write("alpha", single("a", **SOUND) | waived)
    assert "(waived: Says it all.)" in shelf_flask("bank", "lint", "--all").stdout


def test_lint_keeps_advice_to_itself_unless_asked(flask: Flask) -> None:
    quiet, full = flask("bank", "lint"), flask("bank", "lint", "--all")
    advice = [line for line in full.stdout.splitlines() if line.startswith("I ")]
    assert advice
    assert set(full.stdout.splitlines()) - set(quiet.stdout.splitlines()) == set(advice)


def test_lint_prints_json_whose_sums_fit_its_findings(flask: Flask) -> None:
    report = json.loads(flask("bank", "lint", "--json").stdout)
    severities = [finding["severity"] for finding in report["findings"]]
    assert report["items"] == 7
    counted = (report["errors"], report["warnings"], report["advice"])
    assert counted == tuple(severities.count(letter) for letter in "EWI")
    assert sum(report["by_rule"].values()) == len(report["findings"])
    assert set(report["by_rule"]) == {rule.id for rule in linting.rules()}


def test_lint_counts_waived_findings_apart(shelf_flask: Flask, shelf: Shelf) -> None:
    waived = {"rationale": "Short.", "waivers": [{"rule": "R01", "reason": "Says it all."}]}
    shelf.write("alpha", single("a", **SOUND) | waived)
    report = json.loads(shelf_flask("bank", "lint", "--json").stdout)
    assert (report["errors"], report["waived"], report["by_rule"]["R01"]) == (0, 1, 0)
    waivers = [finding["waiver"] for finding in report["findings"] if finding["rule"] == "R01"]
    assert waivers == ["Says it all."]


def test_lint_refuses_a_broken_bank(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", BROKEN)
    result = shelf_flask("bank", "lint")
    assert result.exit_code == EXIT_CODE[BankError]
    assert PLACE in result.stderr


def test_lint_prints_the_faults_of_a_broken_bank_as_json(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", BROKEN)
    result = shelf_flask("bank", "lint", "--json")
    assert json.loads(result.stdout)["problems"][0]["line"] == 4
    assert result.exit_code == EXIT_CODE[BankError]


def test_lint_asks_the_database_only_when_told(shelf_flask: Flask, shelf: Shelf) -> None:
    shelf.write("alpha", single("a", **SOUND), single("b", **SOUND))
    shelf_flask("bank", "load")
    house = shelf_flask.house
    learner = guest_of(house)
    run(house, learner, start(house, learner))
    seen = {
        live: json.loads(shelf_flask("bank", "lint", "--json", *live).stdout)["by_rule"]["B06"]
        for live in ((), ("--live",))
    }
    assert seen[()] == 0
    assert seen["--live",] > 0


# --- show, stats, rules -------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("alpha-single", " * 78"),
        ("alpha-single", "   58"),
        ("alpha-multiple", " * Billing provider number"),
        ("alpha-multiple", "   Place of service entry"),
        ("alpha-ordering", " 2 Verify the coverage"),
        ("alpha-matching", " * hepat/o → liver"),
        ("alpha-case-1", " * 99213-25"),
        ("alpha-case-1", "ASSESSMENT"),
        ("alpha-case-2", " * With"),
        ("beta-codes", "   00100"),
        ("beta-codes", "   -25"),
    ],
)
def test_show_marks_the_key_of_every_kind(flask: Flask, item: str, line: str) -> None:
    result = flask("bank", "show", item)
    assert result.exit_code == 0
    assert line in result.stdout.splitlines()


def test_show_gives_reason_rationale_and_source(flask: Flask) -> None:
    text = flask("bank", "show", "alpha-case-2").stdout
    assert "     Presumes the link." in text
    assert "The word with presumes a link." in text
    assert "  ICD-10-CM Official Guidelines, I.A.15 (2027)" in text


def test_show_takes_a_path(shelf_flask: Flask, shelf: Shelf) -> None:
    path = shelf.write("alpha", single("a"), cases=[case("visit", [single("b")])])
    assert "DIABETES" not in shelf_flask("bank", "show", path, "a").stdout.upper()
    assert "Diabetes." in shelf_flask("bank", "show", path, "b").stdout


def test_show_does_not_find_what_is_not_there(flask: Flask) -> None:
    result = flask("bank", "show", "nothing")
    assert result.exit_code == EXIT_CODE[NotFoundError]
    assert "“nothing”" in result.stderr


def test_stats_count_in_words(flask: Flask) -> None:
    lines = flask("bank", "stats").stdout.splitlines()
    assert lines == [
        "7 items, 1 cases",
        "kinds:  code_entry 1, matching 1, multiple 1, ordering 1, single 3",
        "levels: analysis 1, application 2, recall 4",
        "ALPHA      6 items, 0.3 forms; short in Modifiers (1), ICD-10-CM (2), Claims (2)",
        "BETA       2 items, 0.0 forms; short in ICD-10-CM (0), Claims (0), Word parts (0)",
    ]


def test_stats_print_json(flask: Flask) -> None:
    report = json.loads(flask("bank", "stats", "--json").stdout)
    assert (report["items"], report["cases"]) == (7, 1)
    assert report["by_kind"]["single"] == 3
    assert report["by_exam"]["beta"] == {"coding.modifiers": 2}
    assert report["fills"]["alpha"]["forms"] == pytest.approx(1 / 3)
    assert report["fills"]["beta"]["shortages"][0]["items"] == 0


def test_rules_are_listed_one_by_one(flask: Flask) -> None:
    result = flask("bank", "rules")
    listed = [line.split()[:2] for line in result.stdout.splitlines() if line[:1].strip()]
    assert listed == [[rule.id, rule.severity.value] for rule in linting.rules()]
