"""Accounts: a guest starts at once and claims the account later; nothing is lost on the way."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email

from trainer.core.account import Account, Role
from trainer.core.errors import CredentialsError, EmailInvalidError, ForbiddenError, NotFoundError
from trainer.persistence.unit_of_work import UnitOfWork
from trainer.services import endings, learning

GUEST_NAME = "Guest"
SHORTEST_PASSWORD = 10  # NIST SP 800-63B asks for at least 8 and for no composition rules
_HASHER = PasswordHasher()
# Each hash takes 64 MiB on purpose; a burst of sign-ins must not take all memory.
_TURNS = BoundedSemaphore(4)


def start_guest(store: UnitOfWork, *, session_key: str, at: datetime) -> Account:
    """An account without name or password, for one browser."""
    return store.accounts.add(
        role=Role.LEARNER,
        name=GUEST_NAME,
        email=None,
        password_hash=None,
        session_key=session_key,
        at=at,
    )


def register(
    store: UnitOfWork,
    *,
    name: str,
    email: str,
    password: str,
    session_key: str,
    at: datetime,
    role: Role = Role.LEARNER,
) -> Account:
    """A new account. Raises EmailInvalidError, EmailTakenError."""
    return store.accounts.add(
        role=role,
        name=name,
        email=address(email),
        password_hash=hashed(password),
        session_key=session_key,
        at=at,
    )


def claim(store: UnitOfWork, guest: Account, *, name: str, email: str, password: str) -> None:
    """Turn a guest into a registered account, history and all.

    Raises EmailInvalidError, EmailTakenError, and ForbiddenError for somebody who is no guest.
    """
    if not guest.is_guest:
        raise ForbiddenError("This account has an e-mail address already.")
    store.accounts.claim(guest.id, name=name, email=address(email), password_hash=hashed(password))


def sign_in(
    store: UnitOfWork, *, email: str, password: str, at: datetime, guest: Account | None = None
) -> Account:
    """The account of these credentials; a guest's answers move into it.

    Raises CredentialsError, after the same work whether or not the address is known.
    """
    found = store.accounts.find_by_email(_sought(email))
    account, stored = found or (None, _decoy())
    if not _verified(stored, password) or account is None:
        raise CredentialsError("E-mail address and password do not match.")
    if _HASHER.check_needs_rehash(stored):
        store.accounts.set_password_hash(account.id, hashed(password))
    if guest and guest.is_guest:
        _merge(store, guest, account, at)
    return account


def _merge(store: UnitOfWork, guest: Account, account: Account, at: datetime) -> None:
    store.accounts.lock(guest.id, account.id)
    endings.hand_over(store, guest.id, account.id, at=at)
    store.attempts.hand_over(guest.id, account.id)
    learning.rebuild(store, guest.id)  # nothing is left of it
    learning.rebuild(store, account.id)
    store.accounts.delete(guest.id)


def plan(
    store: UnitOfWork, account: Account, *, exam: str, exam_on: date | None, minutes: int
) -> None:
    """Note what somebody studies for, until when, and how many minutes a day."""
    store.accounts.plan(account.id, exam=exam, exam_on=exam_on, minutes=minutes)


def find(store: UnitOfWork, account_id: int, session_key: str) -> Account | None:
    """The account of a session; None once the session was ended from elsewhere."""
    account = store.accounts.find(account_id)
    return account if account and account.session_key == session_key else None


def promote(store: UnitOfWork, email: str, role: Role) -> Account:
    """Give an account a role. Raises NotFoundError."""
    found = by_email(store, email)
    store.accounts.set_role(found.id, role)
    return replace(found, role=role)


def by_email(store: UnitOfWork, email: str) -> Account:
    """The account of an e-mail address. Raises NotFoundError."""
    found = store.accounts.find_by_email(_sought(email))
    if found is None:
        raise NotFoundError(f"There is no account with the e-mail address {email}.")
    return found[0]


def address(text: str) -> str:
    """An e-mail address as it is stored and compared. Raises EmailInvalidError."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise EmailInvalidError(str(error)) from error
    return found.normalized.casefold()


def _sought(text: str) -> str:
    """The address to look up; what is no address finds nobody as it stands."""
    try:
        return address(text)
    except EmailInvalidError:
        return text


def hashed(password: str) -> str:
    """An Argon2id hash with a salt of its own."""
    with _TURNS:
        return _HASHER.hash(password)


def _verified(stored: str, password: str) -> bool:
    try:
        with _TURNS:
            return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash to check against when the address is unknown, so that both answers take as long."""
    return hashed("no account has this password")
