from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from trainer.core.attempt import FeedbackTime
from trainer.core.errors import AlreadyAnsweredError, InvalidResponseError, PoolEmptyError
from trainer.core.learning.selection import Steer
from trainer.services import practice
from trainer.web.current import account, chosen_exam, trainer
from trainer.web.practice.forms import POA_CHOICES, AnswerForm, StartForm, SteerForm, unfilled
from trainer.web.practice.pages import chooser, why
from trainer.web.sittings import under_way

blueprint = Blueprint("practice", __name__, url_prefix="/practice")

Page = str | Response | tuple[str, int]

_SAID = {
    Steer.TOO_EASY: "Noted: harder questions from here on.",
    Steer.TOO_HARD: "Noted: easier questions from here on.",
    Steer.NOT_TODAY: "Put off: this subtopic stays away for 16 hours.",
    Steer.USUAL: "Back to the usual choice of questions.",
}


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
                store, house.stockroom, account(), exam, form.plan(), at=now, seed=house.secret()
            )
    except PoolEmptyError as error:
        flash(error.message)
        return redirect(url_for("practice.choose", exam=exam))
    return serve(attempt.id)


@blueprint.post("/<key:attempt_id>/next")
def serve(attempt_id: int) -> Response:
    """The open question, a new one, or the summary when all are answered."""
    house = trainer()
    with house.database.unit() as store:
        number = practice.serve_next(
            store, house.stockroom, account(), attempt_id, at=house.now(), chance=house.chance()
        )
    if number is None:
        return redirect(url_for("practice.summary", attempt_id=attempt_id))
    return redirect(url_for("practice.question", attempt_id=attempt_id, number=number))


@blueprint.get("/<key:attempt_id>/<place:number>")
def question(attempt_id: int, number: int) -> str:
    """A question, or its feedback once it is answered."""
    return _question(attempt_id, number, unfilled(), None)


@blueprint.post("/<key:attempt_id>/<place:number>")
def respond(attempt_id: int, number: int) -> Page:
    """Take an answer; its feedback is a page of its own, so a reload sends nothing twice."""
    house, form = trainer(), AnswerForm()
    if not form.validate_on_submit():
        return _refused(attempt_id, number, form, form.first_error or "This is no answer.")
    try:
        with house.database.unit() as store:
            attempt = practice.respond(
                store,
                account(),
                attempt_id,
                number,
                form.filled(),
                at=house.now(),
                confidence=form.confidence,
            )
    except InvalidResponseError as error:
        return _refused(attempt_id, number, form, error.message)
    except AlreadyAnsweredError as error:
        flash(error.message)
    else:
        if attempt.mode.feedback is FeedbackTime.END:
            return serve(attempt_id)
    return redirect(url_for("practice.question", attempt_id=attempt_id, number=number))


@blueprint.post("/<key:attempt_id>/<place:number>/steer")
def steer(attempt_id: int, number: int) -> Response:
    """Too easy, too hard, not today: what comes next follows it."""
    house, form = trainer(), SteerForm()
    if not form.validate_on_submit():
        raise BadRequest
    word = Steer(form.word.data)
    with house.database.unit() as store:
        practice.steer(store, account(), attempt_id, number, word, at=house.now())
    flash(_SAID[word])
    if word is Steer.NOT_TODAY:
        return serve(attempt_id)
    return redirect(url_for("practice.question", attempt_id=attempt_id, number=number))


@blueprint.post("/usual")
def unwish() -> Response:
    """Forget all that was too easy, too hard or put off."""
    with trainer().database.unit() as store:
        practice.unwish(store, account())
    flash(_SAID[Steer.USUAL])
    return redirect(url_for("practice.choose"))


@blueprint.post("/<key:attempt_id>/finish")
def finish(attempt_id: int) -> Response:
    """End early; what is answered stays."""
    with trainer().database.unit() as store:
        practice.finish(store, account(), attempt_id, at=trainer().now())
    return redirect(url_for("practice.summary", attempt_id=attempt_id))


@blueprint.get("/<key:attempt_id>")
def summary(attempt_id: int) -> str:
    """How it went, question by question."""
    house = trainer()
    with house.database.reading() as store:
        found = practice.summary(store, house.stockroom, account(), attempt_id, at=house.now())
    return render_template("practice/summary.html", summary=found)


def _choice(form: StartForm) -> str:
    house, learner = trainer(), account()
    exam = chosen_exam(form.exam.data or request.args.get("exam"))
    now = house.now()
    with house.database.reading() as store:
        counts = practice.counts(store, exam.id, now.date())
        unfinished = practice.open_attempt(store, learner)
        wish = practice.wishes(store, learner, now)
    profile = exam.profile(now.date())
    page = chooser(exam, profile, house.catalogue.taxonomy, counts, unfinished)
    return render_template(
        "practice/choose.html", page=page, form=form, wish=wish, open_mocks=under_way()
    )


def _refused(attempt_id: int, number: int, form: AnswerForm, error: str) -> tuple[str, int]:
    """The question again, with what was filled in and what is wrong with it."""
    return _question(attempt_id, number, form, error), HTTPStatus.UNPROCESSABLE_ENTITY.value


def _question(attempt_id: int, number: int, form: AnswerForm, error: str | None) -> str:
    house = trainer()
    with house.database.reading() as store:
        page = practice.page(store, account(), attempt_id, number)
    return render_template(
        "practice/question.html",
        page=page,
        form=form,
        error=error,
        poa_choices=POA_CHOICES,
        why=why(page.slot, house.catalogue),
    )
