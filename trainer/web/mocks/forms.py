"""Shapes of what the exam room sends. Options come as tokens, as in practice."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # after the stubs
from wtforms.validators import InputRequired, NumberRange, Optional

from trainer.core.catalogue import Catalogue
from trainer.core.errors import InvalidResponseError
from trainer.core.exam import Exam, ExamProfile
from trainer.core.form import Size
from trainer.core.mock import MOST_BREAKS, MOST_FACTOR, Accommodation, Choice
from trainer.core.presentation import Filled
from trainer.web.practice.forms import AnswerForm

CUSTOM = "custom"
USUAL_ITEMS = 20
MOST_ITEMS, MOST_MINUTES = 200, 600
FACTORS = (
    ("1", "the usual time"),
    ("1.25", "time and a quarter"),
    ("1.5", "time and a half"),
    ("1.75", "time and three quarters"),
    ("2", "double time"),
    ("3", "triple time"),
    (f"{MOST_FACTOR:g}", "four times the usual time"),
)
_MOST_TOKENS, _MOST_RANGES, _LONGEST_TOKEN, _LONGEST_STEM = 40, 200, 64, 100_000
_ACCEPTED = "These marks cannot be kept. Reload the page."


class ChoiceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Which exam, and how much of it. Domains and subtopics narrow a custom one."""

    exam = SelectField(validators=[InputRequired("Choose an exam.")])
    size = SelectField(
        choices=[SelectChoice(name, name) for name in (*(size.value for size in Size), CUSTOM)],
        default=Size.FULL.value,
    )
    items = IntegerField(
        validators=[Optional(), NumberRange(1, MOST_ITEMS, f"Choose 1 to {MOST_ITEMS} questions.")]
    )
    minutes = IntegerField(
        validators=[
            Optional(),
            NumberRange(1, MOST_MINUTES, f"Choose 1 to {MOST_MINUTES} minutes."),
        ]
    )
    domains = SelectMultipleField(coerce=int)
    subtopics = SelectMultipleField()
    digital_book = BooleanField()

    @classmethod
    def of(
        cls, catalogue: Catalogue, exam: Exam, profile: ExamProfile, **given: Any
    ) -> "ChoiceForm":
        form = cls(**given)
        form.exam.choices = [SelectChoice(each.id, each.short) for each in catalogue.exams]
        form.exam.data = exam.id
        form.domains.choices = [
            SelectChoice(number, domain.name) for number, domain in enumerate(profile.domains)
        ]
        form.subtopics.choices = [SelectChoice(name, name) for name in profile.blueprint]
        return form

    @property
    def is_custom(self) -> bool:
        return bool(self.size.data == CUSTOM)

    def choice(self) -> Choice:
        """What was asked for."""
        if not self.is_custom:
            return Choice(Size(self.size.data), digital_book=bool(self.digital_book.data))
        return Choice(
            items=self.items.data or USUAL_ITEMS,
            domains=tuple(self.domains.data or ()),
            subtopics=tuple(self.subtopics.data or ()),
            minutes=self.minutes.data,
            digital_book=bool(self.digital_book.data),
        )

    @property
    def pairs(self) -> Iterator[tuple[str, object]]:
        """What the start button sends again."""
        yield "exam", self.exam.data
        yield "size", self.size.data
        if self.is_custom:
            yield "items", self.items.data or USUAL_ITEMS
            yield "minutes", self.minutes.data or ""
            yield from (("domains", each) for each in self.domains.data or ())
            yield from (("subtopics", each) for each in self.subtopics.data or ())


class AccommodationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What somebody is granted in all exams."""

    factor = SelectField("Time", choices=[SelectChoice(*each) for each in FACTORS])
    breaks = IntegerField(
        "Minutes of breaks that stop the clock",
        validators=[
            InputRequired("Enter a number of minutes, 0 for none."),
            NumberRange(
                0,
                MOST_BREAKS // timedelta(minutes=1),
                f"Enter 0 to {MOST_BREAKS // timedelta(minutes=1)} minutes.",
            ),
        ],
    )
    larger_type = BooleanField("Larger type in the exam")
    submit = SubmitField("Save")

    @classmethod
    def of(cls, granted: Accommodation) -> "AccommodationForm":
        return cls(
            factor=f"{granted.factor:g}",
            breaks=granted.breaks // timedelta(minutes=1),
            larger_type=granted.larger_type,
        )

    def granted(self) -> Accommodation:
        return Accommodation(
            float(self.factor.data),
            timedelta(minutes=self.breaks.data or 0),
            bool(self.larger_type.data),
        )


class SheetForm(AnswerForm):
    """An answer as it stands, finished or not. `revision` is the one that it would become."""

    revision = IntegerField(validators=[InputRequired("Reload the page."), NumberRange(1, 1 << 30)])
    seconds = IntegerField(default=0, validators=[Optional(), NumberRange(0, 1 << 30)])
    person = IntegerField(validators=[Optional()])
    go = StringField()

    @classmethod
    def of(cls, filled: Filled, revision: int) -> "SheetForm":
        """The form of a saved answer, to be printed."""
        return cls(formdata=MultiDict([*_pairs(filled), ("revision", str(revision + 1))]))

    def differs_from(self, saved: Filled) -> bool:
        """Whether it says something else than what is saved."""
        return _essence(self.filled()) != _essence(saved)

    def checked(self) -> None:
        """Raises InvalidResponseError where the shape is wrong."""
        if not self.validate():
            raise InvalidResponseError(self.first_error or "This is no answer.")


class PersonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Who the page was made for; `on` of a flag."""

    person = IntegerField()
    on = BooleanField()


def _pairs(filled: Filled) -> Iterable[tuple[str, str]]:
    yield from (("chosen", each) for each in filled.chosen)
    for token, place in (filled.placed or {}).items():
        yield f"place-{token}", place
    for line, row in enumerate(filled.rows):
        for name, value in zip(("code", "modifiers", "units", "poa"), row, strict=True):
            yield f"rows-{line}-{name}", "" if value is None else str(value)


def _essence(filled: Filled) -> tuple[object, ...]:
    """What a form says, whatever its order and its empty lines."""
    return sorted(filled.chosen), dict(filled.placed or {}), [row for row in filled.rows if row[0]]


def marks(body: object) -> tuple[list[str], list[tuple[int, int]], str]:
    """Struck options, highlighted ranges and the note of a page's JSON.

    Raises InvalidResponseError.
    """
    match body:
        case {"struck": list(struck), "highlights": list(ranges), "note": str(note)}:
            if len(struck) > _MOST_TOKENS or len(ranges) > _MOST_RANGES:
                raise InvalidResponseError(_ACCEPTED)
            return [_token(each) for each in struck], [_range(each) for each in ranges], note
        case _:
            raise InvalidResponseError(_ACCEPTED)


def _token(given: object) -> str:
    if isinstance(given, str) and len(given) <= _LONGEST_TOKEN:
        return given
    raise InvalidResponseError(_ACCEPTED)


def _range(given: object) -> tuple[int, int]:
    match given:
        case [int(start), int(end)] if 0 <= start < end <= _LONGEST_STEM:
            return start, end
        case _:
            raise InvalidResponseError(_ACCEPTED)
