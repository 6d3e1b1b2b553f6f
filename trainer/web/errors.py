"""Core errors as HTTP: one table, proved total by a test. Nobody sees a stack trace."""

from http import HTTPStatus

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from trainer.core import errors
from trainer.core.errors import TrainerError

STATUS: dict[type[TrainerError], HTTPStatus] = {
    errors.TrainerError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.CredentialsError: HTTPStatus.UNAUTHORIZED,
    errors.EmailTakenError: HTTPStatus.CONFLICT,
    errors.EmailInvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.InvalidResponseError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.AlreadyAnsweredError: HTTPStatus.CONFLICT,
    errors.AttemptFinishedError: HTTPStatus.CONFLICT,
    errors.StaleRevisionError: HTTPStatus.CONFLICT,
    errors.PersonChangedError: HTTPStatus.FORBIDDEN,
    errors.PoolEmptyError: HTTPStatus.CONFLICT,
    errors.NothingToRegradeError: HTTPStatus.CONFLICT,
    errors.BankError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_TITLES = {
    HTTPStatus.BAD_REQUEST: "That did not arrive as it should",
    HTTPStatus.UNAUTHORIZED: "Please sign in",
    HTTPStatus.FORBIDDEN: "Not for this account",
    HTTPStatus.NOT_FOUND: "There is no such page",
    HTTPStatus.METHOD_NOT_ALLOWED: "That is not how this page works",
    HTTPStatus.CONFLICT: "Something else came first",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is too much at once",
    HTTPStatus.UNPROCESSABLE_ENTITY: "That answer cannot be taken",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on our side",
}
_TEXTS = {
    HTTPStatus.BAD_REQUEST: "Please go back, reload the page and try again.",
    HTTPStatus.NOT_FOUND: "Check the address, or begin again from the start page.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Please use the buttons of the page.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Please send less.",
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Your answers up to here are saved. Please try again in a moment."
    ),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(TrainerError, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crashed)


def _refused(error: TrainerError) -> tuple[str, int]:
    return _page(STATUS[type(error)], error.message)


def _forged(_error: CSRFError) -> tuple[str, int]:
    text = "Your session has ended or this page is old. Please go back, reload it and try again."
    return _page(HTTPStatus.BAD_REQUEST, text)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code < HTTPStatus.BAD_REQUEST:
        return error  # a redirect that werkzeug raises
    return _page(HTTPStatus(code), _TEXTS.get(HTTPStatus(code), ""))


def _crashed(error: Exception) -> tuple[str, int]:
    current_app.logger.error("unexpected error", exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(status, _TEXTS[status])


def _page(status: HTTPStatus, text: str) -> tuple[str, int]:
    title = _TITLES.get(status, status.phrase)
    return render_template("errors/error.html", title=title, text=text), status.value
