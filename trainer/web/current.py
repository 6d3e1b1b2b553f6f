"""The house and the person of the current request."""

from typing import cast

from flask import current_app
from flask_login import current_user

from trainer.bootstrap import Trainer
from trainer.core.account import Account

EXTENSION = "trainer"


def trainer() -> Trainer:
    """The assembled house."""
    return cast("Trainer", current_app.extensions[EXTENSION])


def account() -> Account:
    """Who is signed in; only for views behind login."""
    return cast("Account", current_user.account)


def visitor() -> Account | None:
    """Who is signed in, if anybody is."""
    return account() if current_user.is_authenticated else None
