"""Headers, cookies, and text that must not become markup."""

import pytest

from tests.web.conftest import Visitor
from trainer.web.filters import ago, markdown, percent


def test_the_content_policy_lets_nothing_in_from_elsewhere(visitor: Visitor) -> None:
    policy = visitor.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_session_cookie_is_out_of_reach_for_script(visitor: Visitor) -> None:
    cookies = visitor.post("/account/guest", {"exam": "alpha"}).headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("session="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_a_token_outlives_a_four_hour_exam(visitor: Visitor, monkeypatch) -> None:
    path = visitor.start_as_guest("beta")
    token = visitor.token()
    import time  # noqa: PLC0415  # the clock that itsdangerous reads

    later = time.time() + 5 * 3600
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    answer = visitor.client.post(path, data={"csrf_token": token})
    assert answer.status_code == 422  # an empty answer, but no stale token


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](http://tracker.example/x.png)",
        '<a href="javascript:alert(1)">x</a>',
    ],
)
def test_markdown_lets_no_markup_of_its_own_through(text: str) -> None:
    html = str(markdown(text))
    assert "<script" not in html
    assert "<a" not in html
    assert "<img src" not in html


def test_markdown_tables_scroll_in_a_frame_of_their_own() -> None:
    html = str(markdown("| a | b |\n| --- | --- |\n| 00100 | -25 |"))
    assert html.startswith('<div class="table-frame" tabindex="0"')
    assert "<td>00100</td>" in html


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.414, "41\u00a0%"),
        (0, "0\u00a0%"),
        (1, "100\u00a0%"),
        (0.004, "<\u20091\u00a0%"),
        (0.005, "<\u20091\u00a0%"),
        (0.006, "1\u00a0%"),
    ],
)
def test_percent(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "today"),
        (1, "yesterday"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (60, "2 months ago"),
    ],
)
def test_ago(visitor: Visitor, clock, days: int, shown: str) -> None:
    then = clock()
    clock.move(days=days)
    with visitor.client.application.app_context():
        assert ago(then) == shown
        assert ago(None) == "never"


def test_the_session_cookie_is_sent_again_on_each_day_of_use(visitor: Visitor) -> None:
    path = visitor.start_as_guest()
    days = []
    for _ in range(2):
        days.append([bool(visitor.get(path).headers.getlist("Set-Cookie")) for _ in range(2)])
        visitor.house.now.move(days=1)
    assert days == [[False, False], [True, False]]
