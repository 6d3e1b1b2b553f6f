"""Addresses: numbers in them, and links to them."""

from functools import lru_cache

from flask import Flask, request, url_for
from werkzeug.routing import IntegerConverter, Map

_LARGEST_KEY = 2**63 - 1
_LARGEST_INTEGER = 2**31 - 1


class KeyConverter(IntegerConverter):
    """A row's key, no larger than the column that it is looked up in."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST_KEY)


class PlaceConverter(IntegerConverter):
    """A place in an attempt."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST_INTEGER)


def init_app(app: Flask) -> None:
    app.url_map.converters.update(key=KeyConverter, place=PlaceConverter)
    app.jinja_env.globals["url_for"] = link


def link(endpoint: str, **values: object) -> str:
    """Flask's `url_for` for templates, which ask for the same twenty addresses on every page."""
    return _remembered(request.script_root, endpoint, **values)


@lru_cache(maxsize=4096)
def _remembered(_root: str, endpoint: str, **values: object) -> str:
    """Where the site is mounted and the values are all that an address depends on."""
    return url_for(endpoint, **values)  # type: ignore[arg-type]  # only names of values are ours
