"""Who uses the house."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; an administrator grants the two upper ones."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


USUAL_MINUTES = 20  # of study a day, until somebody says otherwise


@dataclass(frozen=True, slots=True)
class Account:
    """A person. A guest has no e-mail address yet; `session_key` changes to end all sessions.

    `exam_on` is the day of the exam, None while it is not booked; `minutes` of study a day.
    """

    id: int
    role: Role
    name: str
    email: str | None
    exam: str | None
    session_key: str
    exam_on: date | None = None
    minutes: int = USUAL_MINUTES

    @property
    def is_guest(self) -> bool:
        return self.email is None
