"""Pages anybody may see."""

import pytest

from tests.web.conftest import Visitor


@pytest.mark.parametrize(
    "path", ["/", "/legal", "/exams/", "/exams/alpha", "/account/sign-in", "/account/register"]
)
def test_a_public_page_needs_no_login_and_no_other_host(visitor: Visitor, path: str) -> None:
    page = visitor.get(path)
    assert page.status_code == 200
    assert "not affiliated" in page.text.lower()
    assert 'src="http' not in page.text


def test_the_start_page_offers_every_exam_with_its_rules(visitor: Visitor) -> None:
    page = visitor.get("/").text
    for part in ("ALPHA", "BETA", "300 on a scale of 100–400", "closed book", "2026-11-23"):
        assert part in page


def test_an_exam_page_names_sources_trust_and_changes(visitor: Visitor) -> None:
    page = visitor.get("/exams/alpha").text
    for part in ("Made up", "our own derivation", "First form.", "https://example.org/exam"):
        assert part in page


def test_an_earlier_profile_holds_before_its_successor(visitor: Visitor, clock) -> None:
    clock.move(days=-60)
    assert "open book" in visitor.get("/exams/alpha").text
