from flask import Blueprint, render_template, request

from trainer.services import reviews
from trainer.web.current import account, chosen_exam, trainer
from trainer.web.reviews.pages import shelves

blueprint = Blueprint("reviews", __name__, url_prefix="/review")


@blueprint.get("/")
def show() -> str:
    """What is worth another look today, within the learner's minutes."""
    house, learner = trainer(), account()
    exam = chosen_exam(request.args.get("exam"))
    with house.database.reading() as store:
        agenda = reviews.agenda(store, house.stockroom, learner, exam.id, at=house.now())
    found = shelves(agenda, house.catalogue.taxonomy)
    return render_template("reviews/show.html", exam=exam, agenda=agenda, shelves=found)
