"""Who uses the house."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; an administrator grants the two upper ones."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """A person. A guest has no e-mail address yet; `session_key` changes to end all sessions."""

    id: int
    role: Role
    name: str
    email: str | None
    exam: str | None
    session_key: str

    @property
    def is_guest(self) -> bool:
        return self.email is None
