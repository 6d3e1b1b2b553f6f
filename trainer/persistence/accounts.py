"""Accounts as values."""

from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.core.account import USUAL_MINUTES, Account, Role
from trainer.core.errors import EmailTakenError
from trainer.persistence.learners import new_learner
from trainer.persistence.tables import AccountRow, LearnerRow


class Accounts:
    """E-mail addresses come in lower case; the caller has folded them."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        row = AccountRow(
            role=role.value,
            name=name,
            email=email,
            password_hash=password_hash,
            exam=None,
            exam_on=None,
            minutes=USUAL_MINUTES,
            session_key=session_key,
            created_at=at,
        )
        self._session.add(row)
        self._flush()
        self._session.execute(insert(LearnerRow).values(new_learner(row.id)))
        return _account(row)

    def find(self, account_id: int) -> Account | None:
        row = self._session.get(AccountRow, account_id)
        return _account(row) if row else None

    def find_by_email(self, email: str) -> tuple[Account, str] | None:
        """The account and its password hash."""
        row = self._session.scalar(select(AccountRow).where(AccountRow.email == email))
        return (_account(row), row.password_hash or "") if row else None

    def lock(self, *account_ids: int) -> None:
        """Keep all others from answering or starting anything until the unit of work ends.

        Learners first, in the order in which an answer takes them, or two would wait forever.
        """
        for key in (LearnerRow.learner_id, AccountRow.id):
            statement = select(key).where(key.in_(account_ids))
            self._session.execute(statement.order_by(key).with_for_update())

    def claim(self, account_id: int, *, name: str, email: str, password_hash: str) -> None:
        """Give a guest a name and credentials. Raises EmailTakenError."""
        row = self._session.get_one(AccountRow, account_id)
        row.name, row.email, row.password_hash = name, email, password_hash
        self._flush()

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
        self._session.execute(delete(LearnerRow).where(LearnerRow.learner_id == account_id))
        self._session.delete(self._session.get_one(AccountRow, account_id))
        self._session.flush()

    def _change(self, account_id: int, **values: object) -> None:
        self._session.execute(
            update(AccountRow).where(AccountRow.id == account_id).values(**values)
        )

    def _flush(self) -> None:
        try:
            self._session.flush()
        except IntegrityError as error:
            raise EmailTakenError("An account with this e-mail address exists already.") from error


def _account(row: AccountRow) -> Account:
    return Account(
        row.id,
        Role(row.role),
        row.name,
        row.email,
        row.exam,
        row.session_key,
        row.exam_on,
        row.minutes,
    )
