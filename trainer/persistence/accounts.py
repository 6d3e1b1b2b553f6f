"""Accounts as values."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from trainer.core.account import USUAL_MINUTES, Account, Role
from trainer.core.errors import EmailTakenError
from trainer.persistence.learners import new_learner
from trainer.persistence.tables import AccountRow, LearnerRow

_COLUMNS = (
    AccountRow.id,
    AccountRow.role,
    AccountRow.name,
    AccountRow.email,
    AccountRow.exam,
    AccountRow.session_key,
    AccountRow.exam_on,
    AccountRow.minutes,
)
_FIND = select(*_COLUMNS).where(AccountRow.id == bindparam("account"))


class Accounts:
    """E-mail addresses come in lower case; the caller has folded them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        role: Role,
        name: str,
        email: str | None,
        password_hash: str | None,
        session_key: str,
        at: datetime,
    ) -> Account:
        """A new account. Raises EmailTakenError."""
        values = {
            "role": role.value,
            "name": name,
            "email": email,
            "password_hash": password_hash,
            "minutes": USUAL_MINUTES,
            "session_key": session_key,
            "created_at": at,
        }
        with _unique_email():
            added = insert(AccountRow).returning(*_COLUMNS)
            account = _account(self._connection.execute(added, values).one())
        self._connection.execute(insert(LearnerRow), new_learner(account.id))
        return account

    def find(self, account_id: int) -> Account | None:
        row = self._connection.execute(_FIND, {"account": account_id}).first()
        return _account(row) if row else None

    def find_by_email(self, email: str) -> tuple[Account, str] | None:
        """The account and its password hash."""
        statement = select(*_COLUMNS, AccountRow.password_hash).where(AccountRow.email == email)
        row = self._connection.execute(statement).first()
        return (_account(row[:-1]), row[-1] or "") if row else None

    def lock(self, *account_ids: int) -> None:
        """Keep all others from answering or starting anything until the unit of work ends.

        Learners first, in the order in which an answer takes them, or two would wait forever.
        """
        for key in (LearnerRow.learner_id, AccountRow.id):
            statement = select(key).where(key.in_(account_ids))
            self._connection.execute(statement.order_by(key).with_for_update())

    def claim(self, account_id: int, *, name: str, email: str, password_hash: str) -> None:
        """Give a guest a name and credentials. Raises EmailTakenError."""
        with _unique_email():
            self._change(account_id, name=name, email=email, password_hash=password_hash)

    def set_role(self, account_id: int, role: Role) -> None:
        self._change(account_id, role=role.value)

    def set_exam(self, account_id: int, exam: str) -> None:
        self._change(account_id, exam=exam)

    def plan(self, account_id: int, *, exam: str, exam_on: date | None, minutes: int) -> None:
        """What somebody studies for, until when, and how long a day."""
        self._change(account_id, exam=exam, exam_on=exam_on, minutes=minutes)

    def set_password_hash(self, account_id: int, password_hash: str) -> None:
        self._change(account_id, password_hash=password_hash)

    def delete(self, account_id: int) -> None:
        """Delete an account that owns nothing any more but its place as a learner."""
        self._connection.execute(delete(LearnerRow).where(LearnerRow.learner_id == account_id))
        self._connection.execute(delete(AccountRow).where(AccountRow.id == account_id))

    def _change(self, account_id: int, **values: object) -> None:
        self._connection.execute(
            update(AccountRow).where(AccountRow.id == account_id).values(**values)
        )


@contextmanager
def _unique_email() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise EmailTakenError("An account with this e-mail address exists already.") from error


def _account(values: Sequence[Any]) -> Account:
    """From the values of _COLUMNS."""
    key, role, *rest = values
    return Account(key, Role(role), *rest)
