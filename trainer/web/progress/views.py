from flask import Blueprint, render_template, request

from trainer.services import progress
from trainer.web.current import account, chosen_exam, trainer

blueprint = Blueprint("progress", __name__, url_prefix="/progress")


@blueprint.get("/")
def overview() -> str:
    """Mastery per topic and subtopic, weighted for an exam."""
    house, exam = trainer(), chosen_exam(request.args.get("exam"))
    with house.database.reading() as store:
        topics = progress.overview(store, house.catalogue, account(), exam.id, house.now())
    return render_template("progress/overview.html", exam=exam, topics=topics)
