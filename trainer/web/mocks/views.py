from http import HTTPStatus

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core.errors import (
    AttemptFinishedError,
    InvalidResponseError,
    PoolEmptyError,
    StaleRevisionError,
)
from trainer.core.mock import Choice
from trainer.services import endings, mocks, records, rooms
from trainer.services.rooms import Room, Sheet
from trainer.web.current import account, chosen_exam, trainer
from trainer.web.mocks.entrance import awake, entered, exit_of, finished
from trainer.web.mocks.forms import CUSTOM, AccommodationForm, ChoiceForm, SheetForm
from trainer.web.mocks.pages import rest_page, room_page, sheet_page, start_page
from trainer.web.mocks.receipt import over_page
from trainer.web.mocks.receipt import receipt as receipt_file
from trainer.web.mocks.results import result_page
from trainer.web.mocks.review import review_item as item_page
from trainer.web.mocks.review import review_page
from trainer.web.practice.forms import POA_CHOICES
from trainer.web.sittings import under_way

blueprint = Blueprint("mocks", __name__, url_prefix="/mock")

Page = str | Response | tuple[str, int]


# --- before it begins -------------------------------------------------------------


@blueprint.get("/")
def start() -> Page:
    """The rules of an exam, in the size that is asked for."""
    if "size" not in request.args:
        return _start(_choice_form(formdata=None))
    form = _choice_form(formdata=request.args)
    form.validate()
    return _start(form)


@blueprint.post("/")
def begin() -> Page:
    """Begin, or go on with the one that is open."""
    house, form = trainer(), _choice_form()
    if not form.validate_on_submit():
        return _start(form), HTTPStatus.UNPROCESSABLE_ENTITY.value
    under_way()
    try:
        with house.database.unit() as store:
            attempt_id = mocks.begin(
                store,
                house.stockroom,
                account(),
                form.exam.data,
                form.choice(),
                at=house.now(),
                seed=house.secret(),
            )
    except PoolEmptyError as error:
        flash(error.message)
        return redirect(url_for("mocks.start", exam=form.exam.data))
    return redirect(url_for("mocks.room", attempt_id=attempt_id))


@blueprint.route("/accommodation", methods=["GET", "POST"])
def accommodation() -> Page:
    """More time, breaks, larger type: for all exams, also one that goes on."""
    house = trainer()
    with house.database.reading() as store:
        form = AccommodationForm.of(mocks.accommodation(store, account()))
    if form.validate_on_submit():
        with house.database.unit() as store:
            mocks.accommodate(store, account(), form.granted(), at=house.now())
        flash("Saved. It holds for your next exam and for one that is open.")
        return redirect(url_for("mocks.start"))
    return render_template("mocks/accommodation.html", form=form)


# --- in the room ------------------------------------------------------------------


@blueprint.get("/<key:attempt_id>/")
def room(attempt_id: int) -> Page:
    """The first question without an answer; the break, while there is one."""
    found = entered(attempt_id)
    if found.is_resting:
        return render_template("mocks/rest.html", page=rest_page(found))
    return _to(attempt_id, found.next_number)


@blueprint.get("/<key:attempt_id>/<place:number>")
def question(attempt_id: int, number: int) -> Page:
    """One question."""
    found = awake(attempt_id)
    if found.is_forward_only and number != found.sitting.furthest:
        return _to(attempt_id, found.sitting.furthest)
    return _question(found, number)


@blueprint.post("/<key:attempt_id>/<place:number>")
def answer(attempt_id: int, number: int) -> Page:
    """Save what stands on the page, and go where its button says."""
    form = SheetForm()
    try:
        form.checked()
        _save(attempt_id, number, form)
    except InvalidResponseError as error:
        page = _question(awake(attempt_id), number, form, error.message)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY.value
    except StaleRevisionError as error:
        flash(error.message)
        return _to(attempt_id, number)
    return _go(attempt_id, number, form.go.data or "")


@blueprint.get("/<key:attempt_id>/check")
def check(attempt_id: int) -> Page:
    """All questions at a glance, and the way to hand in."""
    page = room_page(
        awake(attempt_id),
        None,
        show=request.args.get("show", "all"),
        is_asking="ask" in request.args,
    )
    return render_template("mocks/room.html", page=page, sheet=None)


@blueprint.post("/<key:attempt_id>/break")
def rest(attempt_id: int) -> Response:
    """Stop the clock, as far as the allowance goes."""
    house = trainer()
    with house.database.unit() as store:
        rooms.rest(store, account(), attempt_id, at=house.now())
    return redirect(url_for("mocks.room", attempt_id=attempt_id))


@blueprint.post("/<key:attempt_id>/resume")
def resume(attempt_id: int) -> Response:
    """Let the clock run on."""
    house = trainer()
    with house.database.unit() as store:
        rooms.resume(store, account(), attempt_id, at=house.now())
    return redirect(url_for("mocks.room", attempt_id=attempt_id))


# --- after it -----------------------------------------------------------------------


@blueprint.post("/<key:attempt_id>/submit")
def submit(attempt_id: int) -> Response:
    """Hand in; a second time changes nothing."""
    house = trainer()
    with house.database.unit(durable=True) as store:
        endings.submit(store, account(), attempt_id, at=house.now())
    location = exit_of(attempt_id)
    is_script = request.accept_mimetypes.best == "application/json"
    return jsonify(location=location) if is_script else redirect(location)


@blueprint.get("/<key:attempt_id>/over")
def over(attempt_id: int) -> Page:
    """What was received until the end."""
    return render_template("mocks/over.html", page=over_page(finished(attempt_id)))


@blueprint.get("/<key:attempt_id>/result")
def result(attempt_id: int) -> Page:
    """Passed or not, and where the points went."""
    house, record = trainer(), finished(attempt_id)
    with house.database.reading() as store:
        earlier = records.previous(store, house.stockroom, account(), record)
    page = result_page(record, earlier, house.catalogue.taxonomy)
    return render_template("mocks/result.html", page=page)


@blueprint.get("/<key:attempt_id>/review")
def review(attempt_id: int) -> Page:
    """The questions again, those that are asked for."""
    page = review_page(finished(attempt_id), request.args.get("only"))
    return render_template("mocks/review.html", page=page)


@blueprint.get("/<key:attempt_id>/review/<place:number>")
def review_item(attempt_id: int, number: int) -> Page:
    """One question with its reasons."""
    page = item_page(finished(attempt_id), number, request.args.get("only"))
    return render_template("mocks/review_item.html", page=page)


@blueprint.get("/<key:attempt_id>/receipt.csv")
def receipt(attempt_id: int) -> Response:
    """Every save with its time, as a file."""
    file = Response(receipt_file(finished(attempt_id)), mimetype="text/csv")
    file.headers["Content-Disposition"] = f"attachment; filename=receipt-{attempt_id}.csv"
    return file


@blueprint.errorhandler(AttemptFinishedError)
def is_over(_error: AttemptFinishedError) -> Response:
    """Whatever was asked of an exam that is over leads to its end."""
    return redirect(exit_of((request.view_args or {})["attempt_id"]))


# --- what they have in common -------------------------------------------------------


def _choice_form(**given: object) -> ChoiceForm:
    house = trainer()
    exam = chosen_exam(request.values.get("exam"))
    is_query = request.method == "GET"
    if is_query:
        given["meta"] = {"csrf": False}
    return ChoiceForm.of(house.catalogue, exam, exam.profile(house.now().date()), **given)


def _start(form: ChoiceForm) -> str:
    house, learner = trainer(), account()
    under_way()
    choice = Choice() if form.errors else form.choice()
    with house.database.reading() as store:
        offer = mocks.offer(store, house.stockroom, learner, form.exam.data, choice, at=house.now())
    page = start_page(offer, house.catalogue.taxonomy)
    return render_template("mocks/start.html", page=page, form=form, custom=CUSTOM)


def _sheet(attempt_id: int, number: int) -> Sheet:
    house = trainer()
    with house.database.reading() as store:
        return rooms.question(store, account(), attempt_id, number, at=house.now())


def _question(
    found: Room, number: int, form: SheetForm | None = None, error: str | None = None
) -> str:
    attempt_id = found.sitting.attempt.id
    return render_template(
        "mocks/room.html",
        page=room_page(found, number),
        sheet=sheet_page(attempt_id, _sheet(attempt_id, number), form, error),
        poa_choices=POA_CHOICES,
    )


def _save(attempt_id: int, number: int, form: SheetForm) -> None:
    """Store the answer if it is another one than what is stored."""
    house = trainer()
    if not form.differs_from(_sheet(attempt_id, number).filled):
        return
    with house.database.unit(durable=True) as store:
        rooms.save(
            store,
            account(),
            attempt_id,
            number,
            revision=form.revision.data or 0,
            filled=form.filled(),
            seconds=form.seconds.data or 0,
            at=house.now(),
        )


def _to(attempt_id: int, number: int) -> Response:
    return redirect(url_for("mocks.question", attempt_id=attempt_id, number=number))


def _go(attempt_id: int, number: int, where: str) -> Response:
    """Where a button of the question page leads."""
    match where:
        case "next":
            return _next(attempt_id, number)
        case "previous":
            return _to(attempt_id, max(1, number - 1))
        case "check":
            return redirect(url_for("mocks.check", attempt_id=attempt_id))
        case "break":
            return rest(attempt_id)
        case "flag" | "unflag":
            house = trainer()
            with house.database.unit() as store:
                is_on = where == "flag"
                rooms.flag(store, account(), attempt_id, number, on=is_on, at=house.now())
        case _ if where.isdecimal():
            return _to(attempt_id, int(where))
    return _to(attempt_id, number)


def _next(attempt_id: int, number: int) -> Response:
    house, found = trainer(), awake(attempt_id)
    if number >= found.sitting.length:
        return redirect(url_for("mocks.check", attempt_id=attempt_id))
    if found.is_forward_only:
        with house.database.unit() as store:
            rooms.advance(store, house.stockroom, account(), attempt_id, number + 1, at=house.now())
    return _to(attempt_id, number + 1)
