"""Register, sign in, sign out, start as a guest and claim."""

import re

import pytest

from tests.web.conftest import Visitor, an_answer

DANA = {"name": "Dana K.", "email": "Dana@College.edu", "password": "correct horse battery"}
SIGN_IN = {"email": "dana@college.EDU", "password": DANA["password"]}


def answered_total(visitor: Visitor) -> int:
    page = visitor.get("/progress/").text
    return sum(int(number) for number in re.findall(r"(\d+) answered,", page))


def test_registering_signs_in(visitor: Visitor) -> None:
    visitor.follow("/account/register", DANA)
    assert "Dana K." in visitor.get("/practice/").text


def test_signing_out_ends_the_session(visitor: Visitor) -> None:
    visitor.follow("/account/register", DANA)
    visitor.follow("/account/sign-out")
    assert visitor.get("/progress/").status_code == 302


def test_signing_in_ignores_the_case_of_the_address(
    visitor: Visitor, other_visitor: Visitor
) -> None:
    visitor.follow("/account/register", DANA)
    other_visitor.follow("/account/sign-in", SIGN_IN)
    assert "Dana K." in other_visitor.get("/practice/").text


@pytest.mark.parametrize("changed", [{"password": "wrong horse"}, {"email": "nobody@college.edu"}])
def test_wrong_credentials_never_say_which_part(visitor: Visitor, changed: dict[str, str]) -> None:
    visitor.follow("/account/register", DANA)
    visitor.follow("/account/sign-out")
    page = visitor.post("/account/sign-in", {**SIGN_IN, **changed})
    assert "E-mail address and password do not match." in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "not an address"}, "@-sign"),
        ({"password": "short"}, "At least 10 characters."),
        ({"name": ""}, "Enter a name."),
        ({"name": "x" * 81}, "At most 80 characters."),
        ({"name": "Dana\x00K."}, "no control characters"),
    ],
)
def test_a_faulty_field_says_what_it_wants(visitor: Visitor, changed, said: str) -> None:
    assert said in visitor.post("/account/register", {**DANA, **changed}).text


def test_a_taken_address_is_refused(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.follow("/account/register", DANA)
    page = other_visitor.post("/account/register", DANA)
    assert "exists already" in page.text


def test_a_guest_claims_an_account_and_loses_nothing(
    visitor: Visitor, other_visitor: Visitor
) -> None:
    path = visitor.start_as_guest()
    visitor.follow(path, an_answer(visitor.page))
    visitor.follow("/account/claim", DANA)
    assert answered_total(visitor) == 1
    other_visitor.follow("/account/sign-in", SIGN_IN)
    assert answered_total(other_visitor) == 1
    assert "verdict" in other_visitor.get(path).text


def test_a_guest_who_signs_in_brings_the_answers_along(
    visitor: Visitor, other_visitor: Visitor
) -> None:
    visitor.follow("/account/register", DANA)
    page = visitor.follow("/practice/", {"exam": "beta", "pool": "quick"})
    visitor.follow(page.request.path, an_answer(page))
    guest_path = other_visitor.start_as_guest()
    other_visitor.follow(guest_path, an_answer(other_visitor.page))
    other_visitor.follow("/account/sign-in", SIGN_IN)
    assert answered_total(other_visitor) == 2


def test_two_visitors_are_two_guests(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.follow(visitor.start_as_guest(), an_answer(visitor.page))
    other_visitor.start_as_guest()
    assert answered_total(other_visitor) == 0


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/progress/", "/progress/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_back_but_never_elsewhere(
    visitor: Visitor, wanted: str, reached: str
) -> None:
    visitor.follow("/account/register", DANA)
    visitor.follow("/account/sign-out")
    answer = visitor.post("/account/sign-in", {**SIGN_IN, "next": wanted})
    assert answer.location == reached


def test_a_page_behind_login_comes_back_after_it(visitor: Visitor) -> None:
    answer = visitor.get("/progress/?exam=beta")
    assert answer.location == "/account/sign-in?next=/progress/?exam%3Dbeta"
