from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core.errors import AlreadyAnsweredError, InvalidResponseError, PoolEmptyError
from trainer.services import practice
from trainer.web.current import account, trainer
from trainer.web.practice.forms import POA_CHOICES, AnswerForm, StartForm
from trainer.web.practice.pages import chooser

blueprint = Blueprint("practice", __name__, url_prefix="/practice")

Page = str | Response | tuple[str, int]


@blueprint.get("/")
def choose() -> str:
    """Exam, one-tap modes, topics with their number of items."""
    return _choice(StartForm.of(trainer().catalogue))


@blueprint.post("/")
def start() -> Page:
    """Begin an attempt and serve its first question."""
    house = trainer()
    form = StartForm.of(house.catalogue)
    if not form.validate_on_submit():
        return _choice(form), HTTPStatus.UNPROCESSABLE_ENTITY.value
    exam, now = form.exam.data, house.now()
    try:
        with house.database.unit() as store:
            attempt = practice.start(
                store, house.catalogue, account(), exam, form.plan(), at=now, seed=house.secret()
            )
    except PoolEmptyError as error:
        flash(error.message)
        return redirect(url_for("practice.choose", exam=exam))
    return serve(attempt.id)


@blueprint.post("/<key:attempt_id>/next")
def serve(attempt_id: int) -> Response:
    """The open question, a new one, or the summary when all are answered."""
    house = trainer()
    chances = (house.chance(), house.chance())
    with house.database.unit() as store:
        number = practice.serve_next(
            store, house.catalogue, account(), attempt_id, at=house.now(), chances=chances
        )
    if number is None:
        return redirect(url_for("practice.summary", attempt_id=attempt_id))
    return redirect(url_for("practice.question", attempt_id=attempt_id, number=number))


@blueprint.get("/<key:attempt_id>/<place:number>")
def question(attempt_id: int, number: int) -> str:
    """A question, or its feedback once it is answered."""
    return _question(attempt_id, number, AnswerForm(), None)


@blueprint.post("/<key:attempt_id>/<place:number>")
def respond(attempt_id: int, number: int) -> Page:
    """Take an answer; its feedback is a page of its own, so a reload sends nothing twice."""
    house, form = trainer(), AnswerForm()
    if not form.validate_on_submit():
        return _refused(attempt_id, number, form, form.first_error or "This is no answer.")
    try:
        with house.database.unit() as store:
            practice.respond(store, account(), attempt_id, number, form.filled(), at=house.now())
    except InvalidResponseError as error:
        return _refused(attempt_id, number, form, error.message)
    except AlreadyAnsweredError as error:
        flash(error.message)
    return redirect(url_for("practice.question", attempt_id=attempt_id, number=number))


@blueprint.post("/<key:attempt_id>/finish")
def finish(attempt_id: int) -> Response:
    """End early; what is answered stays."""
    with trainer().database.unit() as store:
        practice.finish(store, account(), attempt_id, at=trainer().now())
    return redirect(url_for("practice.summary", attempt_id=attempt_id))


@blueprint.get("/<key:attempt_id>")
def summary(attempt_id: int) -> str:
    """How it went, question by question."""
    with trainer().database.reading() as store:
        found = practice.summary(store, account(), attempt_id)
    return render_template("practice/summary.html", summary=found)


def _choice(form: StartForm) -> str:
    house, learner = trainer(), account()
    wanted = form.exam.data or request.args.get("exam") or learner.exam
    exam = house.catalogue.exam(wanted or house.catalogue.exams[0].id)
    today = house.now().date()
    with house.database.reading() as store:
        counts = practice.counts(store, exam.id, today)
        unfinished = practice.open_attempt(store, learner)
    profile = exam.profile(today)
    page = chooser(exam, profile, house.catalogue.taxonomy, counts, unfinished)
    return render_template("practice/choose.html", page=page, form=form)


def _refused(attempt_id: int, number: int, form: AnswerForm, error: str) -> tuple[str, int]:
    """The question again, with what was filled in and what is wrong with it."""
    return _question(attempt_id, number, form, error), HTTPStatus.UNPROCESSABLE_ENTITY.value


def _question(attempt_id: int, number: int, form: AnswerForm, error: str | None) -> str:
    with trainer().database.reading() as store:
        page = practice.page(store, account(), attempt_id, number)
    return render_template(
        "practice/question.html", page=page, form=form, error=error, poa_choices=POA_CHOICES
    )
