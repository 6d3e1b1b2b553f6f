"""Core errors as exit codes: one table, proved total by a test."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from trainer.core import errors
from trainer.core.errors import BankError, TrainerError

Arguments = ParamSpec("Arguments")

EXIT_CODE: dict[type[TrainerError], int] = {
    errors.TrainerError: 1,
    errors.BankError: 3,
    errors.NotFoundError: 4,
    errors.EmailTakenError: 5,
    errors.EmailInvalidError: 5,
    errors.CredentialsError: 6,
    errors.ForbiddenError: 6,
    errors.InvalidResponseError: 7,
    errors.AlreadyAnsweredError: 7,
    errors.AttemptFinishedError: 7,
    errors.StaleRevisionError: 7,
    errors.PersonChangedError: 6,
    errors.PoolEmptyError: 7,
    errors.NothingToRegradeError: 8,
}


def told(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """A command whose refusals go to standard error, problem by problem."""

    @wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except TrainerError as error:
            for problem in error.problems if isinstance(error, BankError) else ():
                click.echo(str(problem), err=True)
            click.echo(error.message, err=True)
            raise SystemExit(EXIT_CODE[type(error)]) from error

    return run
