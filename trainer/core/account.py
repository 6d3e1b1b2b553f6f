"""Who uses the house, and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.errors import ForbiddenError


class Role(StrEnum):
    """Each role may do what the ones before it may."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"

    def includes(self, other: "Role") -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


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

    def require(self, role: Role) -> None:
        """Raises ForbiddenError below a role."""
        if not self.role.includes(role):
            raise ForbiddenError(f"This page is for the role {role}.")
