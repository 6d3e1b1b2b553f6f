"""`flask user …`: accounts from the command line."""

import pytest

from tests.cli.conftest import Flask
from tests.conftest import rows_of
from trainer.cli.errors import EXIT_CODE
from trainer.core.account import Role
from trainer.core.errors import CredentialsError, EmailInvalidError, EmailTakenError, NotFoundError
from trainer.services import accounts

ANA = "ana@example.org"
PASSWORD = "correct horse"
TYPED = f"{PASSWORD}\n{PASSWORD}\n"


def create(flask: Flask, *words: str, keys: str = TYPED, email: str = ANA):
    return flask("user", "create", email, "--name", "Ana", *words, keys=keys)


def role_of(flask: Flask, password: str = PASSWORD) -> Role:
    with flask.house.database.unit() as store:
        return accounts.sign_in(store, email=ANA, password=password, at=flask.house.now()).role


def test_an_account_is_created_and_can_sign_in(flask: Flask) -> None:
    result = create(flask)
    assert result.exit_code == 0
    assert result.stdout.endswith(f"Created {ANA} as learner.\n")
    assert role_of(flask) is Role.LEARNER


def test_the_password_is_not_shown(flask: Flask) -> None:
    assert PASSWORD not in create(flask).output


def test_the_name_is_asked_for(flask: Flask) -> None:
    result = flask("user", "create", ANA, keys=f"Ana Müller\n{TYPED}")
    assert result.exit_code == 0
    assert rows_of(flask.house.database)["account"][0][2] == "Ana Müller"


@pytest.mark.parametrize("role", Role)
def test_an_account_is_created_with_a_role(flask: Flask, role: Role) -> None:
    create(flask, "--role", role.value)
    assert role_of(flask) is role


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("too short\ntoo short\n", "at least 10 characters"),
        ("correct horse\nwrong horse!!\n", "do not match"),
        ("\n\n", "Aborted"),
    ],
)
def test_a_password_that_does_not_do_creates_nothing(flask: Flask, keys: str, reason: str) -> None:
    result = create(flask, keys=keys)
    assert result.exit_code != 0
    assert reason in result.output
    assert rows_of(flask.house.database)["account"] == []


def test_ten_characters_are_enough(flask: Flask) -> None:
    assert create(flask, keys="ten chars!\nten chars!\n").exit_code == 0


def test_a_taken_address_is_refused(flask: Flask) -> None:
    create(flask)
    result = create(flask, email="ANA@example.org")
    assert result.exit_code == EXIT_CODE[EmailTakenError]
    assert "exists already" in result.stderr
    assert len(rows_of(flask.house.database)["account"]) == 1


def test_what_is_no_address_is_refused(flask: Flask) -> None:
    assert create(flask, email="ana").exit_code == EXIT_CODE[EmailInvalidError]


def test_an_unknown_role_is_a_mistake_of_usage(flask: Flask) -> None:
    assert create(flask, "--role", "king").exit_code == 2


def test_a_promotion_is_told_and_done(flask: Flask) -> None:
    create(flask)
    result = flask("user", "promote", ANA, "administrator")
    assert (result.exit_code, result.stdout) == (0, f"{ANA} is now administrator.\n")
    assert role_of(flask) is Role.ADMINISTRATOR


def test_nobody_cannot_be_promoted(flask: Flask) -> None:
    result = flask("user", "promote", ANA, "instructor")
    assert result.exit_code == EXIT_CODE[NotFoundError]
    assert ANA in result.stderr


def test_the_wrong_password_stays_wrong(flask: Flask) -> None:
    create(flask)
    with pytest.raises(CredentialsError):
        role_of(flask, "wrong horse")
