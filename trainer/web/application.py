"""The Flask application, put together."""

from datetime import timedelta

from flask import Flask
from flask_bootstrap import Bootstrap5

from trainer.bootstrap import Trainer
from trainer.config import ROOT
from trainer.web import (
    accounts,
    addresses,
    errors,
    exams,
    filters,
    home,
    login,
    mocks,
    practice,
    progress,
    readiness,
    reviews,
    security,
)
from trainer.web.current import EXTENSION

SESSION_LIFETIME = timedelta(days=90)  # a guest's answers live as long as the cookie


def create_app(trainer: Trainer) -> Flask:
    """The web application of an assembled house."""
    app = Flask(
        "trainer.web",
        instance_path=str(trainer.config.instance.resolve()),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(
        SECRET_KEY=trainer.secret_key,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=trainer.config.secure_cookies,
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,  # once a day: see trainer.web.login
        MAX_CONTENT_LENGTH=1 << 20,
        BOOTSTRAP_SERVE_LOCAL=True,
        # Bound to the session: the default of an hour would expire inside an exam.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions[EXTENSION] = trainer
    Bootstrap5(app)
    for part in (addresses, security, login, errors, filters):
        part.init_app(app)
    for noun in (home, accounts, practice, reviews, readiness, progress, exams):
        app.register_blueprint(noun.blueprint)
    for blueprint in mocks.blueprints:
        app.register_blueprint(blueprint)
    return app
