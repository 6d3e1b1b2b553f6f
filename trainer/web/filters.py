"""How values look on a page."""

from datetime import date, datetime
from functools import lru_cache

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

from trainer.web.current import trainer, visitor

_TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li",
    "table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "img", "sup", "sub",
}  # fmt: skip
_ATTRIBUTES = {"img": {"src", "alt"}, "ol": {"start"}}
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https"})
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_DAYS_A_WEEK = 7
_DAYS_A_MONTH = 30


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        markdown=markdown, percent=percent, ago=ago, day=day, number=number
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(_common)


def _common() -> dict[str, object]:
    return {"catalogue": trainer().catalogue, "visitor": visitor()}


@lru_cache(maxsize=16384)
def markdown(text: str) -> Markup:
    """Markdown as safe HTML: raw HTML is text, and only the tags above are let through."""
    clean = _CLEANER.clean(_MARKDOWN.render(text))
    # A wide table scrolls inside its own frame, reachable by keyboard, not the page.
    opened = '<div class="table-frame" tabindex="0" role="group" aria-label="Table"><table>'
    clean = clean.replace("<table>", opened).replace("</table>", "</table></div>")
    return Markup(clean)  # noqa: S704  # sanitised by nh3 one line above


def percent(share: float) -> str:
    """0.414 → 41 %, with a no-break space; a share that would round to nothing is below 1 %."""
    whole = round(share * 100)
    return f"{whole}\u00a0%" if whole or not share else "<\u20091\u00a0%"


def number(value: float) -> str:
    """At most one decimal, none where it is zero."""
    return f"{value:.1f}".removesuffix(".0")


def day(date: date) -> str:
    """12 March 2027."""
    return f"{date.day} {date:%B %Y}"


def ago(moment: datetime | None) -> str:
    """How long ago, as people say it."""
    if moment is None:
        return "never"
    days = (trainer().now().date() - moment.date()).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 2 * _DAYS_A_WEEK:
        return f"{days} days ago"
    if days < 2 * _DAYS_A_MONTH:
        return f"{days // _DAYS_A_WEEK} weeks ago"
    return f"{days // _DAYS_A_MONTH} months ago"
