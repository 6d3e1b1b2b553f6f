from flask import Blueprint, render_template

from trainer.web.current import trainer
from trainer.web.login import public

blueprint = Blueprint("exams", __name__, url_prefix="/exams")


@blueprint.get("/")
@public
def list_exams() -> str:
    """All exams side by side."""
    today = trainer().now().date()
    profiles = [(exam, exam.profile(today)) for exam in trainer().catalogue.exams]
    return render_template("exams/list.html", profiles=profiles)


@blueprint.get("/<exam_id>")
@public
def show(exam_id: str) -> str:
    """One exam: facts, domains, sources, earlier rules."""
    exam = trainer().catalogue.exam(exam_id)
    current = exam.profile(trainer().now().date())
    earlier = [profile for profile in reversed(exam.profiles) if profile is not current]
    return render_template("exams/show.html", exam=exam, profile=current, earlier=earlier)
