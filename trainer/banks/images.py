"""Images in Markdown: what stands in for them, and which file they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\](?:\((?P<src>[^)\s]*)[^)]*\)|\[(?P<label>[^\]]*)\])")


@dataclass(frozen=True, slots=True)
class Image:
    """`alt` is read to those who cannot see the picture of `src`."""

    alt: str
    src: str


def images(markdown: str) -> Iterator[Image]:
    """Every image of a text, written inline or by reference."""
    for found in _IMAGE.finditer(markdown):
        yield Image(found["alt"].strip(), found["src"] or found["label"] or "")
