"""The readiness page: a chance with its interval and n, or why there is none yet."""

from tests.web.conftest import Visitor, an_answer


def test_without_evidence_no_number_is_claimed(visitor: Visitor) -> None:
    visitor.follow(visitor.start_as_guest(), an_answer(visitor.page))
    page = visitor.get("/readiness/").text
    assert "Not enough evidence yet" in page
    assert "1 of the 40 answers" in page
    assert "chance to pass" not in page.split("The same answers")[0].lower()


def test_with_evidence_the_chance_comes_with_interval_and_n(visitor: Visitor) -> None:
    visitor.start_as_guest()
    for _ in range(7):
        while 'data-kind="' in visitor.page.text:
            path = visitor.page.request.path
            visitor.follow(path, an_answer(visitor.page))
            visitor.follow(path.rsplit("/", 1)[0] + "/next")
        visitor.follow("/practice/", {"exam": "alpha", "pool": "quick"})
    page = " ".join(visitor.get("/readiness/?exam=alpha").text.split())
    assert "chance to pass" in page
    assert "(80 % interval, n = 4" in page
    assert "What would move it most" in page


def test_every_exam_stands_on_the_page_and_limits_are_told(visitor: Visitor) -> None:
    visitor.start_as_guest()
    page = visitor.get("/readiness/?exam=beta").text
    for part in ("ALPHA", "BETA", "simulated learners, not on people"):
        assert part in page


def test_an_unknown_exam_is_not_found(visitor: Visitor) -> None:
    visitor.start_as_guest()
    assert visitor.get("/readiness/?exam=nope").status_code == 404
