from flask import Blueprint, render_template, request

from trainer.services import progress
from trainer.web.current import account, trainer

blueprint = Blueprint("progress", __name__, url_prefix="/progress")


@blueprint.get("/")
def overview() -> str:
    """Mastery per topic and subtopic, weighted for an exam."""
    house, learner = trainer(), account()
    exam = house.catalogue.exam(
        request.args.get("exam") or learner.exam or house.catalogue.exams[0].id
    )
    today = house.now().date()
    with house.database.reading() as store:
        topics = progress.overview(store, house.catalogue, learner, exam.id, today)
    return render_template("progress/overview.html", exam=exam, topics=topics)
