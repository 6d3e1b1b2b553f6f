from flask import Blueprint, render_template, request

from trainer.services import readiness
from trainer.web.current import account, chosen_exam, trainer
from trainer.web.readiness.pages import levers

blueprint = Blueprint("readiness", __name__, url_prefix="/readiness")


@blueprint.get("/")
def show() -> str:
    """All exams at once, one of them in detail."""
    house = trainer()
    exam = chosen_exam(request.args.get("exam"))
    with house.database.reading() as store:
        outlooks = readiness.outlooks(store, house.stockroom, account(), house.now())
    detail = next(each for each in outlooks if each.exam.id == exam.id)
    return render_template(
        "readiness/show.html",
        exam=exam,
        outlooks=outlooks,
        detail=detail,
        levers=levers(detail, house.catalogue.taxonomy),
    )
