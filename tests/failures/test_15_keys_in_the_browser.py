"""15. Nothing that is sent before the end tells a key, a reason or a telling name."""

import pytest

from tests.conftest import guest_of
from tests.failures.browser import JSON, Browser
from tests.services.hall import FULL, every_kind, sitting, slot
from tests.services.shelf import Shelf
from trainer.bootstrap import Trainer
from trainer.core.item import CodeEntryItem, Item, MatchingItem, OrderingItem
from trainer.core.presentation import Filled

PAGES = (
    *("", "check", "questions", "state", "over", "result", "review", "review/1", "receipt.csv"),
    *("1", "2", "3", "4", "5", "6"),
)


@pytest.fixture
def seat(memory_shop: Trainer, shelf: Shelf) -> Browser:
    """An exam of questions of all kinds, with everything answered but the codes."""
    every_kind(memory_shop, shelf)
    who = guest_of(memory_shop)
    seat = Browser.of(memory_shop, who).begin(FULL)
    for number in range(1, sitting(memory_shop, who, seat.attempt).length + 1):
        if slot(memory_shop, who, seat.attempt, number).item.kind != "code_entry":
            assert seat.save(number, seat.answer(number)).status_code == 200
    return seat


def items(seat: Browser) -> list[Item]:
    length = sitting(seat.house, seat.who, seat.attempt).length
    return [slot(seat.house, seat.who, seat.attempt, n).item for n in range(1, length + 1)]


def secrets(item: Item) -> set[str]:
    """What would tell the answer, as a page would hold it."""
    told = {item.rationale.split("\n")[0], item.id, *(step.text for step in item.route)}
    options = item.steps if isinstance(item, OrderingItem) else getattr(item, "options", ())
    told |= {option.reason for option in options} | {f'"{option.id}"' for option in options}
    if isinstance(item, MatchingItem):
        told |= {prompt.reason for prompt in item.prompts}
    if isinstance(item, CodeEntryItem):
        told |= {code.code for code in item.codes} | {code.reason for code in item.codes}
        told |= {near.reason for near in item.near_misses}
    return told


@pytest.mark.parametrize("place", PAGES)
def test_no_page_before_the_end_tells_anything(seat: Browser, place: str) -> None:
    page = seat.get(place)
    assert page.status_code == 200
    assert {item.id: found for item in items(seat) if (found := told(page.text, item))} == {}


def told(page: str, item: Item) -> set[str]:
    return {secret for secret in secrets(item) if secret and secret in page}


def test_a_page_after_the_end_tells_so_the_test_can_see(seat: Browser) -> None:
    seat.post("submit")
    page, item = seat.get("review/1").text, items(seat)[0]
    assert told(page, item)


def test_a_right_and_a_wrong_answer_get_the_same_reply(seat: Browser) -> None:
    number = next(n for n, item in enumerate(items(seat), start=1) if item.kind == "single")
    replies = []
    for revision, form in enumerate(
        (seat.answer(number, right=False), seat.answer(number), Filled()), start=2
    ):
        told = seat.save(number, form, revision).get_json()
        replies.append(set(told) | {told["slot"], told["at"]})
    assert replies[0] == replies[1] == replies[2]


def test_refusals_tell_nothing(seat: Browser) -> None:
    replies = [
        seat.save(1, Filled(chosen=("nonsense",)), 2),
        seat.save(1, Filled(), 77),
        seat.save(99, Filled()),
        seat.client.get(f"{seat.room}99", headers=JSON),
    ]
    assert [each.status_code for each in replies[1:]] == [409, 404, 404]
    for reply in replies:
        assert all(told(reply.text, item) == set() for item in items(seat))


def test_nothing_of_the_room_may_be_kept_by_a_cache(seat: Browser) -> None:
    kept = {place: seat.get(place).headers["Cache-Control"] for place in PAGES}
    assert set(kept.values()) == {"no-store"}
