"""`flask prepare`, `flask database`, `flask learning`, and what every command shares."""

import pytest
from sqlalchemy import inspect

from tests.cli.conftest import Flask
from tests.conftest import guest_of, rows_of
from tests.services.shelf import answered, run, start
from trainer.cli.errors import EXIT_CODE, told
from trainer.core.errors import BankError, Problem, TrainerError
from trainer.core.learning.learner import Learner
from trainer.persistence.tables import Base


def tables(flask: Flask) -> set[str]:
    return set(inspect(flask.house.database.engine).get_table_names())


# --- prepare and database -----------------------------------------------------


def test_prepare_builds_the_schema_and_loads_the_banks(bare_flask: Flask) -> None:
    result = bare_flask("prepare")
    assert (result.exit_code, result.stdout) == (0, "alpha: 6 new.\nbeta: 1 new.\n")
    assert set(Base.metadata.tables) < tables(bare_flask)


def test_prepare_again_changes_nothing(bare_flask: Flask) -> None:
    bare_flask("prepare")
    before = rows_of(bare_flask.house.database)
    result = bare_flask("prepare")
    assert result.stdout == "alpha: unchanged.\nbeta: unchanged.\n"
    assert rows_of(bare_flask.house.database) == before


def test_a_database_is_upgraded_without_loading_anything(bare_flask: Flask) -> None:
    result = bare_flask("database", "upgrade")
    assert (result.exit_code, result.stdout) == (0, "The database is up to date.\n")
    assert set(Base.metadata.tables) < tables(bare_flask)
    assert not any(rows_of(bare_flask.house.database).values())


# --- learning -----------------------------------------------------------------


def test_a_replay_rebuilds_what_was_lost(flask: Flask) -> None:
    flask("bank", "load")
    for _ in range(2):
        learner = guest_of(flask.house)
        run(flask.house, learner, start(flask.house, learner))
    flask("learning", "replay")
    before = rows_of(flask.house.database)
    with flask.house.database.unit() as store:
        store.learners.replace(learner.id, Learner(), {})
    result = flask("learning", "replay")
    assert (result.exit_code, result.stdout) == (0, "12 answers replayed.\n")
    assert rows_of(flask.house.database) == before


def test_without_answers_nothing_is_replayed(flask: Flask) -> None:
    guest_of(flask.house)
    assert flask("learning", "replay").stdout == "0 answers replayed.\n"


def test_prepare_rebuilds_estimates_that_miss_answers(flask: Flask) -> None:
    flask("bank", "load")
    learner = guest_of(flask.house)
    run(flask.house, learner, start(flask.house, learner))
    with flask.house.database.unit() as store:
        store.learners.replace(learner.id, Learner(), {})
    flask("prepare")
    assert answered(flask.house, learner) == 6


# --- help and exit codes ------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "prepare",
        "bank",
        "bank load",
        "bank lint",
        "bank show",
        "bank stats",
        "bank rules",
        "database upgrade",
        "learning replay",
        "mock accommodate",
        "mock sweep",
        "regrade apply",
        "regrade list",
        "regrade preview",
        "regrade undo",
        "user create",
        "user promote",
    ],
)
def test_every_command_explains_itself(flask: Flask, command: str) -> None:
    result = flask(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3


def refusals(kind: type[TrainerError] = TrainerError) -> set[type[TrainerError]]:
    return {kind}.union(*(refusals(child) for child in kind.__subclasses__()))


def test_every_refusal_has_an_exit_code_and_no_code_is_without_one() -> None:
    assert set(EXIT_CODE) == refusals()


def test_exit_codes_are_neither_success_nor_what_click_takes_for_usage() -> None:
    assert not {0, 2} & set(EXIT_CODE.values())
    assert max(EXIT_CODE.values()) < 126  # a shell's own


@pytest.mark.parametrize("kind", sorted(refusals(), key=lambda kind: kind.__name__))
def test_a_refusal_ends_with_its_code_and_words(
    kind: type[TrainerError], capsys: pytest.CaptureFixture[str]
) -> None:
    @told
    def command() -> None:
        raise kind("In plain words.")

    with pytest.raises(SystemExit) as ending:
        command()
    assert ending.value.code == EXIT_CODE[kind]
    assert capsys.readouterr() == ("", "In plain words.\n")


def test_a_bank_refusal_tells_every_problem(capsys: pytest.CaptureFixture[str]) -> None:
    problems = tuple(Problem("a.yaml", line, "key", "“x”", "an option") for line in (3, 9))

    @told
    def command() -> None:
        raise BankError("Two faults.", problems)

    with pytest.raises(SystemExit):
        command()
    assert capsys.readouterr().err.splitlines() == [
        "a.yaml:3: key: found “x”; expected an option",
        "a.yaml:9: key: found “x”; expected an option",
        "Two faults.",
    ]
