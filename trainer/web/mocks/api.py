"""What the exam room's script asks for. Every refusal is JSON, and says what to do about it."""

from http import HTTPStatus

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.wrappers import Response

from trainer.core.errors import (
    AttemptFinishedError,
    InvalidResponseError,
    NotFoundError,
    PersonChangedError,
    StaleRevisionError,
    TrainerError,
)
from trainer.services import rooms
from trainer.web.current import account, trainer
from trainer.web.errors import STATUS
from trainer.web.mocks.entrance import entered, looked_into
from trainer.web.mocks.forms import PersonForm, SheetForm, marks
from trainer.web.mocks.pages import sheet_page
from trainer.web.practice.forms import POA_CHOICES

blueprint = Blueprint("mocks_api", __name__, url_prefix="/mock")

Json = tuple[Response, int]


@blueprint.get("/<key:attempt_id>/state")
def state(attempt_id: int) -> Response:
    """How the exam stands by the server's clock, with a fresh token."""
    _same_person(request.args.get("person", type=int, default=account().id))
    room = looked_into(attempt_id)
    return jsonify(
        csrf=generate_csrf(),
        person=account().id,
        left=room.left.total_seconds(),
        resting=room.is_resting,
        over=room.is_over,
        location=_room_of(attempt_id),
        slots=[
            {
                "n": place.number,
                "revision": place.revision,
                "answered": place.is_answered,
                "flagged": place.is_flagged,
            }
            for place in room.places
        ],
    )


@blueprint.get("/<key:attempt_id>/questions")
def questions(attempt_id: int) -> str:
    """Every question, so that a lost network costs nothing."""
    house = trainer()
    _same_person(request.args.get("person", type=int, default=account().id))
    room = entered(attempt_id)
    if room.is_resting:
        raise NotFoundError("There is a break.")
    with house.database.reading() as store:
        sheets = rooms.questions(store, account(), attempt_id, at=house.now())
    pages = [sheet_page(attempt_id, each) for each in sheets]
    return render_template("mocks/sheets.html", sheets=pages, poa_choices=POA_CHOICES)


@blueprint.post("/<key:attempt_id>/<place:number>/save")
def save(attempt_id: int, number: int) -> Response:
    """Store an answer. What comes back is the only proof that it is."""
    house, form = trainer(), SheetForm()
    _same_person(form.person.data)
    form.checked()
    with house.database.unit(durable=True) as store:
        kept = rooms.save(
            store,
            account(),
            attempt_id,
            number,
            revision=form.revision.data or 0,
            filled=form.filled(),
            seconds=form.seconds.data or 0,
            at=house.now(),
        )
    return jsonify(
        slot=kept.slot, revision=kept.revision, serial=kept.serial, at=kept.at.isoformat()
    )


@blueprint.post("/<key:attempt_id>/<place:number>/flag")
def flag(attempt_id: int, number: int) -> Response:
    """Put a flag on a question, or take it off."""
    house, form = trainer(), PersonForm()
    _same_person(form.person.data)
    with house.database.unit() as store:
        rooms.flag(store, account(), attempt_id, number, on=form.on.data, at=house.now())
    return jsonify(slot=number, flagged=form.on.data)


@blueprint.post("/<key:attempt_id>/<place:number>/marks")
def mark(attempt_id: int, number: int) -> Response:
    """Store struck options, highlights and the note."""
    house, body = trainer(), request.get_json()
    _same_person(body.get("person") if isinstance(body, dict) else None)
    scribbles = rooms.scribbles(*marks(body))
    with house.database.unit() as store:
        rooms.mark(store, account(), attempt_id, number, scribbles, at=house.now())
    return jsonify(slot=number)


@blueprint.post("/<key:attempt_id>/<place:number>/advance")
def advance(attempt_id: int, number: int) -> Response:
    """Go on in an exam that does not go back."""
    house, form = trainer(), PersonForm()
    _same_person(form.person.data)
    with house.database.unit() as store:
        rooms.advance(store, house.stockroom, account(), attempt_id, number, at=house.now())
    return jsonify(slot=number)


@blueprint.errorhandler(TrainerError)
def refused(error: TrainerError) -> Json:
    """A refusal by its name."""
    status = STATUS[type(error)].value
    match error:
        case StaleRevisionError():
            return jsonify(error="stale", revision=error.revision), status
        case AttemptFinishedError():
            attempt_id = (request.view_args or {})["attempt_id"]
            return jsonify(error="over", location=_room_of(attempt_id)), status
        case PersonChangedError():
            return jsonify(error="person", name=account().name), status
        case InvalidResponseError():
            return jsonify(error="invalid", message=error.message), status
        case _:
            return jsonify(error="refused", message=error.message), status


@blueprint.errorhandler(CSRFError)
def forged(_error: CSRFError) -> Json:
    """The page is old: there is a new token to be had."""
    return jsonify(error="token"), HTTPStatus.BAD_REQUEST.value


@blueprint.errorhandler(HTTPException)
def not_understood(error: HTTPException) -> Json:
    """A request of somebody who is signed out, or of another shape."""
    name = "sign-in" if isinstance(error, Unauthorized) else "refused"
    return jsonify(error=name), error.code or HTTPStatus.BAD_REQUEST.value


def _room_of(attempt_id: int) -> str:
    """Where an exam goes on, has its break or shows its end: whatever is the case by then."""
    return url_for("mocks.room", attempt_id=attempt_id)


def _same_person(wanted: object) -> None:
    """Raises PersonChangedError where the page was made for somebody else."""
    if wanted != account().id:
        raise PersonChangedError("Somebody else has signed in on this computer.")
