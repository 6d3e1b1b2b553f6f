"""The house and the person of the current request."""

from typing import cast

from flask import current_app
from flask_login import current_user

from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.exam import Exam

EXTENSION = "trainer"


def trainer() -> Trainer:
    """The assembled house."""
    return cast("Trainer", current_app.extensions[EXTENSION])


def account() -> Account:
    """Who is signed in; only for views behind login."""
    return cast("Account", current_user.account)


def chosen_exam(wanted: str | None) -> Exam:
    """The exam that is asked for, else the learner's, else the first. Raises NotFoundError."""
    catalogue = trainer().catalogue
    return catalogue.exam(wanted or account().exam or catalogue.exams[0].id)


def visitor() -> Account | None:
    """Who is signed in, if anybody is."""
    return account() if current_user.is_authenticated else None
