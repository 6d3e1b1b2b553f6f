"""Everything that can be refused, in the words of the trade.

`web.errors` maps each class to an HTTP status and `cli.errors` to an exit code; a test proves
both tables total, so a new class here fails the build until both know it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a bank file: where it stands, what was found and what was expected there."""

    file: str
    line: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.field}"
        return f"{where}: found {self.found}; expected {self.expected}"


class TrainerError(Exception):
    """Base of all refusals. Its text is written for the person who reads it."""

    @property
    def message(self) -> str:
        return str(self)


class NotFoundError(TrainerError):
    """The thing does not exist, or belongs to somebody else: the two must look alike."""


class ForbiddenError(TrainerError):
    """The account's role does not allow this."""


class CredentialsError(TrainerError):
    """E-mail and password do not match an account. Never says which of the two."""


class EmailTakenError(TrainerError):
    """Another account already uses this e-mail address."""


class EmailInvalidError(TrainerError):
    """What was given is no e-mail address."""


class InvalidResponseError(TrainerError):
    """A response that does not fit its item: nothing chosen, too many, an unknown option."""


class AlreadyAnsweredError(TrainerError):
    """The slot already holds a response of this or a later revision."""


class AttemptFinishedError(TrainerError):
    """The attempt is closed; it takes no more responses."""


class StaleRevisionError(TrainerError):
    """Another tab or device has saved a later answer to this slot; `revision` is its number."""

    def __init__(self, message: str, revision: int = 0) -> None:
        super().__init__(message)
        self.revision = revision


class PersonChangedError(TrainerError):
    """Somebody else has signed in on this computer since the page was loaded."""


class PoolEmptyError(TrainerError):
    """No live item matches what was asked for."""


class NothingToRegradeError(TrainerError):
    """No earlier answer changes its score by the newest key."""


class BankError(TrainerError):
    """A bank cannot be used. `problems` holds every fault found, in file order."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
