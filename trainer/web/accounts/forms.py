from datetime import date

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # after the stubs
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from trainer.core.account import Account
from trainer.core.catalogue import Catalogue
from trainer.core.errors import EmailInvalidError
from trainer.services import accounts
from trainer.services.accounts import SHORTEST_PASSWORD

LEAST_MINUTES, MOST_MINUTES = 5, 600


class _WithEmail(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    email = EmailField(
        "E-mail address",
        [DataRequired("Enter an e-mail address."), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )

    def validate_email(self, field: EmailField) -> None:
        try:
            field.data = accounts.address(field.data or "")
        except EmailInvalidError as error:
            raise ValidationError(error.message) from error


class RegisterForm(_WithEmail):
    name = StringField(
        "Name shown to you and your instructors",
        [DataRequired("Enter a name."), Length(max=80, message="At most 80 characters.")],
        render_kw={"autocomplete": "name"},
    )
    password = PasswordField(
        f"Password (at least {SHORTEST_PASSWORD} characters)",
        [
            DataRequired("Choose a password."),
            Length(min=SHORTEST_PASSWORD, message=f"At least {SHORTEST_PASSWORD} characters."),
            Length(max=200, message="At most 200 characters."),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    submit = SubmitField("Create account")

    def validate_name(self, field: StringField) -> None:
        if not (field.data or "").isprintable():
            raise ValidationError("A name has no control characters.")


class ClaimForm(RegisterForm):
    submit = SubmitField("Keep my progress")


class SignInForm(_WithEmail):
    password = PasswordField(
        "Password",
        [DataRequired("Enter your password."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    submit = SubmitField("Sign in")


class PlanForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What somebody studies for. `today` is set by `of`: a day that is over is refused."""

    today: date
    exam = SelectField("Which exam?", validators=[InputRequired("Choose an exam.")])
    exam_on = DateField("When? Leave it empty while it is not booked", validators=[Optional()])
    minutes = IntegerField(
        "How many minutes a day?",
        validators=[
            InputRequired("Enter a number of minutes."),
            NumberRange(
                LEAST_MINUTES, MOST_MINUTES, f"Enter {LEAST_MINUTES} to {MOST_MINUTES} minutes."
            ),
        ],
    )
    submit = SubmitField("Save")

    @classmethod
    def of(cls, catalogue: Catalogue, learner: Account, today: date) -> "PlanForm":
        form = cls(
            exam=learner.exam or catalogue.exams[0].id,
            exam_on=learner.exam_on,
            minutes=learner.minutes,
        )
        form.today = today
        form.exam.choices = [SelectChoice(each.id, each.short) for each in catalogue.exams]
        return form

    def validate_exam_on(self, field: DateField) -> None:
        if field.data and field.data < self.today:
            raise ValidationError("This day is over. Choose a later one, or leave it empty.")
