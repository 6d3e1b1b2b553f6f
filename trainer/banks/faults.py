"""A schema's refusals, told in an author's words: what was found, what was expected."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from trainer.banks.document import Document, Location
from trainer.core.errors import Problem

Model = TypeVar("Model", bound=BaseModel)
_SHOWN = 60

_PATTERNS = {
    r"^[a-z0-9][a-z0-9._-]{0,79}$": "lower-case letters, digits, “.”, “_” and “-” (at most 80)",
    r"^\+?[A-Za-z0-9][A-Za-z0-9.]{2,8}$": "a code of 3 to 9 letters, digits and dots",
    r"^[A-Z0-9]{2}$": "a modifier of two letters or digits, such as 25 or LT",
    r"^https://\S+$": "an address that begins with https://",
    r"^[A-Z]\d{2}$": "a rule of the linter, such as C01",
    r"^(FY)?20\d\d$": "a year such as 2026 or FY2027",
}


def checked(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """The document as a model, or all the reasons why it is none."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        return None, list(_problems(model, document, error))


def _problems(
    model: type[BaseModel], document: Document, error: ValidationError
) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        location: Location = _in_file(document, fault["loc"])
        found, expected = _told(fault["type"], fault.get("input"), fault.get("ctx", {}))
        if fault["type"] == "extra_forbidden":
            found = f"the unknown field “{location[-1]}”"
            expected = _known_fields(str(location[-1]), model)
        if fault["type"] == "missing":
            found, expected = "nothing", f"the field “{location[-1]}”"
        yield document.problem(location, found, expected)


def _in_file(document: Document, location: Location) -> Location:
    """The location without the marks that the schema, but not the file, has in it."""
    kept: list[str | int] = []
    value: Any = document.value
    for position, step in enumerate(location):
        last = position == len(location) - 1
        if isinstance(value, dict) and step not in value and not last and step in _TAGS:
            continue
        if step == _NAME and last:
            continue
        kept.append(step)
        value = _step(value, step)
    return tuple(kept)


_NAME = "[key]"  # after a field whose name is the fault
_TAGS = frozenset({"single", "multiple", "code_entry", "ordering", "matching"})


def _step(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _told(fault: str, found: Any, context: dict[str, Any]) -> tuple[str, str]:
    """(found, expected) in words."""
    if fault == "string_pattern_mismatch":
        return shown(found), _PATTERNS.get(context["pattern"], context["pattern"])
    if fault.startswith("union_tag"):
        tag = context.get("tag")
        return f"the kind “{tag}”" if tag else "no “kind”", "kind: " + " | ".join(sorted(_TAGS))
    for bound, words in (("max_length", "at most"), ("min_length", "at least")):
        if bound in context:
            length = context.get("actual_length", len(str(found).strip()))
            return f"a length of {length}", f"{words} {context[bound]}"
    if "expected" in context:
        return shown(found), f"one of {context['expected']}"
    return shown(found), _EXPECTED.get(fault, fault.replace("_", " "))


_EXPECTED = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "yes or no",
    "bool_type": "yes or no",
    "float_parsing": "a number",
    "float_type": "a number",
    "date_from_datetime_inexact": "a date such as 2026-10-01",
    "date_from_datetime_parsing": "a date such as 2026-10-01",
    "date_parsing": "a date such as 2026-10-01",
    "date_type": "a date such as 2026-10-01",
    "string_type": "a text",
    "list_type": "a list (lines that begin with “- ”)",
    "tuple_type": "a list (lines that begin with “- ”)",
    "dict_type": "fields (lines such as “name: value”)",
    "model_type": "fields (lines such as “name: value”)",
    "model_attributes_type": "fields (lines such as “name: value”)",
    "greater_than": "a larger number",
    "greater_than_equal": "a larger number",
    "less_than": "a smaller number",
    "less_than_equal": "a smaller number",
}


def shown(value: Any) -> str:
    """A found value, short enough for a message."""
    if isinstance(value, str):
        return f"“{value if len(value) <= _SHOWN else value[:_SHOWN] + '…'}”"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "fields" if isinstance(value, dict) else f"“{value}”"


def _known_fields(name: str, model: type[BaseModel]) -> str:
    known = sorted(_field_names(model, set()))
    near = get_close_matches(name, known, n=1)
    return f"“{near[0]}”, perhaps" if near else "a field that docs/bank-format.md names"


def _field_names(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Names of all fields that a model and the models inside it know."""
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names.add(field.alias or name)
        for inner in _models_in(field.annotation):
            names |= _field_names(inner, seen)
    return names


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
