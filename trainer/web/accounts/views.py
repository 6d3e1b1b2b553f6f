from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response
from wtforms import Field

from trainer.core.account import Account
from trainer.core.attempt import Plan, Pool
from trainer.core.errors import CredentialsError, EmailTakenError
from trainer.services import accounts, practice
from trainer.web import login
from trainer.web.accounts.forms import ClaimForm, PlanForm, RegisterForm, SignInForm
from trainer.web.current import account, trainer, visitor
from trainer.web.login import public

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.post("/guest")
@public
def guest() -> Response:
    """Start at once: a guest account and ten questions of the chosen exam."""
    house = trainer()
    exam = house.catalogue.exam(request.form.get("exam", ""))
    plan = Plan(Pool.QUICK, practice.QUICK_LENGTH)
    now = house.now()
    with house.database.unit() as store:
        learner = visitor() or accounts.start_guest(store, session_key=house.secret(), at=now)
        attempt = practice.start(
            store, house.stockroom, learner, exam.id, plan, at=now, seed=house.secret()
        )
        practice.serve_next(
            store, house.stockroom, learner, attempt.id, at=now, chance=house.chance()
        )
    if not visitor():
        login.sign_in(learner)
    return redirect(url_for("practice.question", attempt_id=attempt.id, number=1))


@blueprint.route("/register", methods=["GET", "POST"])
@public
def register() -> str | Response:
    """A new account; a guest is led to claiming theirs."""
    if visitor():
        return redirect(url_for("accounts.claim"))
    form = RegisterForm()
    if form.validate_on_submit():
        house = trainer()
        try:
            with house.database.unit() as store:
                created = accounts.register(
                    store,
                    name=form.name.data or "",
                    email=form.email.data or "",
                    password=form.password.data or "",
                    session_key=house.secret(),
                    at=house.now(),
                )
        except EmailTakenError as error:
            _refuse(form.email, error.message)
        else:
            login.sign_in(created)
            return redirect(url_for("home.start"))
    return render_template("accounts/register.html", form=form)


@blueprint.route("/claim", methods=["GET", "POST"])
def claim() -> str | Response:
    """Give a guest's history a name and a password."""
    if not account().is_guest:
        return redirect(url_for("home.start"))
    form = ClaimForm()
    if form.validate_on_submit():
        try:
            with trainer().database.unit() as store:
                accounts.claim(
                    store,
                    account(),
                    name=form.name.data or "",
                    email=form.email.data or "",
                    password=form.password.data or "",
                )
        except EmailTakenError as error:
            _refuse(form.email, f"{error.message} Sign in to it: your answers come along.")
        else:
            flash("Your progress is kept. Sign in with this e-mail address on any device.")
            return redirect(url_for("progress.overview"))
    return render_template("accounts/claim.html", form=form)


@blueprint.route("/plan", methods=["GET", "POST"])
def plan() -> str | Response:
    """Which exam, when, and how many minutes a day."""
    house, learner = trainer(), account()
    form = PlanForm.of(house.catalogue, learner, house.now().date())
    if form.validate_on_submit():
        with house.database.unit() as store:
            accounts.plan(
                store,
                learner,
                exam=form.exam.data,
                exam_on=form.exam_on.data,
                minutes=form.minutes.data or learner.minutes,
            )
        flash("Your plan is saved.")
        return redirect(url_for("practice.choose"))
    return render_template("accounts/plan.html", form=form)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> str | Response:
    """Sign in; a guest's answers come along."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            known = _signed_in(form)
        except CredentialsError as error:
            _refuse(form.password, error.message)
        else:
            login.sign_in(known)
            return redirect(_safe(form.next.data))
    return render_template("accounts/sign_in.html", form=form)


def _signed_in(form: SignInForm) -> Account:
    with trainer().database.unit() as store:
        return accounts.sign_in(
            store,
            email=form.email.data or "",
            password=form.password.data or "",
            at=trainer().now(),
            guest=visitor(),
        )


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End this browser's session."""
    logout_user()
    return redirect(url_for("home.start"))


def _refuse(field: Field, message: str) -> None:
    field.errors = [*field.errors, message]


def _safe(target: str | None) -> str:
    """A path of ours, or the start page: never somebody else's site."""
    parts = urlsplit(target or "")
    is_path = bool(target) and not parts.netloc and not parts.scheme
    is_ours = is_path and parts.path.startswith("/") and "\\" not in parts.path
    return str(target) if is_ours and not parts.path.startswith("//") else url_for("home.start")
