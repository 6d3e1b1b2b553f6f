from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.web.current import trainer, visitor
from trainer.web.login import public

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def start() -> str | Response:
    """What this is, and six buttons to begin; for somebody known, the practice page."""
    if visitor():
        return redirect(url_for("practice.choose"))
    today = trainer().now().date()
    profiles = [(exam, exam.profile(today)) for exam in trainer().catalogue.exams]
    return render_template("home/start.html", profiles=profiles)


@blueprint.get("/legal")
@public
def legal() -> str:
    """Trademarks, sources, licence."""
    return render_template("home/legal.html")
