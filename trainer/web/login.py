"""Sessions. Every page needs a login unless its view is marked `@public`."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from trainer.core.account import Account
from trainer.services import accounts
from trainer.web.current import trainer

_DAY = "day"
View = TypeVar("View", bound=Callable[..., object])


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """An account in a session. The session ends when the account's key changes."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.id}:{self.account.session_key}"


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.is_public = True  # type: ignore[attr-defined]  # read by `_require_login` alone
    return view


def sign_in(account: Account) -> None:
    """Start a fresh session for an account; nothing of an earlier one survives."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(account))


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # it would sign phones out when they change network
    manager.user_loader(_load)
    app.before_request(_require_login)
    app.before_request(_renew)


def _load(session_id: str) -> SignedIn | None:
    account_id, _, key = session_id.partition(":")
    if not account_id.isdecimal():
        return None
    with trainer().database.reading() as store:
        found = accounts.find(store, int(account_id), key)
    return SignedIn(found) if found else None


def _renew() -> None:
    """Send the cookie again on each day of use: it lives on from the last one."""
    today = trainer().now().date().isoformat()
    if session.permanent and session.get(_DAY) != today:
        session[_DAY] = today


def _require_login() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint in {"static", "bootstrap.static"}:
        return None
    if current_user.is_authenticated or getattr(view, "is_public", False):
        return None
    if request.accept_mimetypes.best == "application/json":
        raise Unauthorized  # a script asks: it has a dialog of its own for this
    flash("Please sign in, or start as a guest.")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted))
