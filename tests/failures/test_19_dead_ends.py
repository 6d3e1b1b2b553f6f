"""19. A bank of no item and a bank of one lead nowhere nobody can leave."""

import re

import pytest

from tests.conftest import guest_of
from tests.failures.browser import HTML, Browser
from tests.services.hall import FULL, begin, record, sitting
from tests.services.shelf import MODIFIERS, Shelf, load, run, single, start
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.attempt import Pool
from trainer.core.errors import PoolEmptyError
from trainer.core.exam import Navigation
from trainer.core.mock import Choice

CHOICES = {
    "full": FULL,
    "custom": Choice(items=20),
    "narrow": Choice(items=5, subtopics=(MODIFIERS,)),
}


@pytest.fixture
def one(memory_shop: Trainer, shelf: Shelf) -> Trainer:
    """A house whose bank has one item."""
    load(memory_shop, shelf.write("alpha", single("only", MODIFIERS, exams=["alpha", "beta"])))
    return memory_shop


@pytest.mark.parametrize("choice", CHOICES)
def test_with_no_item_an_exam_says_why_it_does_not_begin(
    memory_shop: Trainer, learner: Account, choice: str
) -> None:
    with pytest.raises(PoolEmptyError, match="no item"):
        begin(memory_shop, learner, CHOICES[choice])


def test_with_no_item_the_pages_work_and_say_so(memory_shop: Trainer) -> None:
    seat = Browser.of(memory_shop, guest_of(memory_shop))
    assert seat.client.get("/mock/?exam=alpha", headers=HTML).status_code == 200
    form = seat.client.get("/mock/accommodation").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)[1]
    sent = {"csrf_token": token, "exam": "alpha", "size": "full"}
    page = seat.client.post("/mock/", data=sent, headers=HTML, follow_redirects=True)
    assert page.status_code == 200
    assert "no item for this exam" in page.text


@pytest.mark.parametrize("choice", CHOICES)
def test_with_one_item_an_exam_has_one_question_and_ends(one: Trainer, choice: str) -> None:
    seat = Browser.of(one, guest_of(one)).begin(CHOICES[choice])
    assert sitting(one, seat.who, seat.attempt).length == 1
    assert seat.save(1, seat.answer(1)).status_code == 200
    for place in ("", "1", "check"):
        assert seat.get(place).status_code == 200
    assert seat.post("submit").status_code == 200
    for place in ("result", "review", "review/1", "receipt.csv", "over"):
        assert seat.get(place).status_code == 200
    assert record(one, seat.who, seat.attempt).slots[0].correct


def test_the_only_item_comes_again_in_the_next_exam(one: Trainer) -> None:
    who = guest_of(one)
    for _ in range(3):
        seat = Browser.of(one, who).begin()
        assert seat.post("submit").status_code == 200


def test_an_exam_of_one_item_that_goes_forward_only_ends_too(one: Trainer) -> None:
    seat = Browser.of(one, guest_of(one)).begin(exam="beta")
    assert one.catalogue.exam("beta").profile(one.now().date()).navigation is (
        Navigation.FORWARD_ONLY
    )
    assert seat.post(1, {"revision": 1, "go": "next"}).status_code == 200
    assert seat.post("submit").status_code == 200


@pytest.mark.parametrize("pool", [Pool.QUICK, Pool.WEAKEST, Pool.TOPICS, Pool.PLACEMENT])
def test_with_one_item_a_practice_asks_it_and_ends(
    one: Trainer, learner: Account, pool: Pool
) -> None:
    subtopics = (MODIFIERS,) if pool is Pool.TOPICS else ()
    assert len(run(one, learner, start(one, learner, pool, subtopics=subtopics))) == 1
