"""Numbers in addresses, no larger than the columns that they are looked up in."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

_LARGEST_KEY = 2**63 - 1
_LARGEST_INTEGER = 2**31 - 1


class KeyConverter(IntegerConverter):
    """A row's key."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST_KEY)


class PlaceConverter(IntegerConverter):
    """A place in an attempt."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST_INTEGER)


def init_app(app: Flask) -> None:
    app.url_map.converters.update(key=KeyConverter, place=PlaceConverter)
