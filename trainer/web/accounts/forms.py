from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import DataRequired, Length, ValidationError

from trainer.core.errors import EmailInvalidError
from trainer.services import accounts
from trainer.services.accounts import SHORTEST_PASSWORD


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
