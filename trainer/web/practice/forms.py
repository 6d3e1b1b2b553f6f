"""Shapes of what practice pages send. Options come as tokens; no id ever reaches a form."""

from functools import cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # after the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from trainer.core.attempt import LONGEST, Plan, Pool
from trainer.core.catalogue import Catalogue
from trainer.core.learning.memory import Confidence
from trainer.core.learning.selection import Steer
from trainer.core.presentation import Filled
from trainer.services.practice import QUICK_LENGTH

POA_CHOICES = (("", "–"), ("Y", "Y"), ("N", "N"), ("U", "U"), ("W", "W"), ("1", "1 (exempt)"))
MOST_ROWS = 40
MOST_UNITS = 9999


class StartForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What to practise. `topics` counts only for the pool of that name."""

    exam = SelectField(validators=[InputRequired("Choose an exam.")])
    pool = SelectField(
        choices=[SelectChoice(each.value, each.label) for each in Pool if each.is_practice]
    )
    topics = SelectMultipleField()
    length = IntegerField(
        validators=[Optional(), NumberRange(1, LONGEST, f"Choose 1 to {LONGEST} questions.")]
    )

    @classmethod
    def of(cls, catalogue: Catalogue) -> "StartForm":
        form = cls()
        form.exam.choices = [SelectChoice(exam.id, exam.short) for exam in catalogue.exams]
        form.topics.choices = [SelectChoice(each.id, each.short) for each in catalogue.taxonomy]
        return form

    def validate_topics(self, field: SelectMultipleField) -> None:
        if self.pool.data == Pool.TOPICS and not field.data:
            raise ValidationError("Choose at least one topic.")

    def plan(self) -> Plan:
        pool = Pool(self.pool.data)
        topics = tuple(self.topics.data or ()) if pool is Pool.TOPICS else ()
        return Plan(pool, self.length.data or QUICK_LENGTH, topics)


class SteerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What a learner says of the choice of a question."""

    word = SelectField(choices=[SelectChoice(each.value, each.value) for each in Steer])


class CodeRowForm(Form):
    """One row of a code entry: shape only, never existence."""

    code = StringField(validators=[Length(max=40, message="A code is shorter than that.")])
    modifiers = StringField(validators=[Length(max=30, message="Too many modifiers.")])
    units = IntegerField(
        validators=[Optional(), NumberRange(1, MOST_UNITS, f"Units are 1 to {MOST_UNITS}.")]
    )
    poa = SelectField(choices=[SelectChoice(*each) for each in POA_CHOICES], default="")


class PlacesField(Field):
    """All inputs named `place-<token>`, as a mapping from token to value."""

    data: dict[str, str]
    prefix = "place-"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        given = formdata or {}
        self.data = {
            name.removeprefix(self.prefix): given[name].strip()
            for name in given
            if name.startswith(self.prefix)
        }


class AnswerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """An answer to any kind of item. What the kind does not have stays empty."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        csrf = False  # checked already, as for every post: see trainer.web.security

    chosen = SelectMultipleField(default=(), validate_choice=False)
    places = PlacesField()
    rows = FieldList(FormField(CodeRowForm), max_entries=MOST_ROWS)
    sureness = SelectField(
        choices=[SelectChoice("", ""), *(SelectChoice(each.value, "") for each in Confidence)],
        default="",
    )

    @property
    def confidence(self) -> Confidence | None:
        """How sure the learner says to be; None where nothing was said."""
        return Confidence(self.sureness.data) if self.sureness.data else None

    def filled(self) -> Filled:
        rows = ((row.code, row.modifiers, row.units, row.poa) for row in self.rows)
        return Filled(
            chosen=tuple(self.chosen.data or ()),
            placed={token: value for token, value in self.places.data.items() if value},
            rows=tuple((c.data or "", m.data or "", u.data, p.data or None) for c, m, u, p in rows),
        )

    @property
    def first_error(self) -> str | None:
        """The first thing wrong with the shape, in words."""
        for row in self.rows:
            for field in row.form:
                if field.errors:
                    return str(field.errors[0])
        return next((str(field.errors[0]) for field in self if field.errors), None)


@cache
def unfilled() -> AnswerForm:
    """The form of a question that nothing was sent for yet; the same for all."""
    return AnswerForm(formdata=None)
