"""16. Letters come from the place on the page; what is stored and told is the option itself."""

import re

from tests.conftest import guest_of
from tests.failures.browser import Browser
from tests.services.hall import saves, sheet, slot, submit
from trainer.bootstrap import Trainer
from trainer.core.mock import Choice
from trainer.core.presentation import Filled

SEATS = 6
ONE = Choice(items=1, subtopics=("terminology.word-parts",), minutes=5)


def seats(house: Trainer) -> list[Browser]:
    """A few people with the same question."""
    found = [Browser.of(house, guest_of(house)).begin(ONE) for _ in range(SEATS)]
    item = slot(house, found[0].who, found[0].attempt, 1).item
    return [each for each in found if slot(house, each.who, each.attempt, 1).item == item]


def shown(seat: Browser) -> list[tuple[str, str]]:
    """Letters and texts as the page has them."""
    options = sheet(seat.house, seat.who, seat.attempt, 1).question.options
    return [(option.letter, option.text) for option in options]


def test_the_letters_stand_in_their_order_and_tell_nothing(house: Trainer) -> None:
    found = seats(house)
    letters = {"".join(letter for letter, _ in shown(seat)) for seat in found}
    orders = {tuple(text for _, text in shown(seat)) for seat in found}
    first = {next(letter for letter, text in shown(s) if text == "The right one") for s in found}
    assert letters == {"ABCD"}
    assert len(orders) > 2
    assert len(first) > 1


def test_a_page_that_is_loaded_again_has_the_same_order(seat: Browser) -> None:
    assert shown(seat) == shown(seat)
    assert re.findall(r'value="(\w{12})"', seat.get(1).text) == re.findall(
        r'value="(\w{12})"', seat.get(1).text
    )


def test_the_same_option_is_stored_by_the_same_name_whatever_its_letter(house: Trainer) -> None:
    found = seats(house)
    for seat in found:
        options = sheet(house, seat.who, seat.attempt, 1).question.options
        token = next(each.token for each in options if each.text == "The upper one")
        assert seat.save(1, Filled(chosen=(token,))).status_code == 200
    assert {saves(house, seat.attempt)[0].response.option for seat in found} == {"upper"}


def test_an_option_has_another_token_in_every_slot_and_exam(house: Trainer) -> None:
    tokens = [
        option.token
        for seat in seats(house)
        for option in sheet(house, seat.who, seat.attempt, 1).question.options
    ]
    assert len(set(tokens)) == len(tokens)


def test_the_receipt_names_the_letter_that_its_learner_saw(house: Trainer) -> None:
    for seat in seats(house)[:4]:
        options = sheet(house, seat.who, seat.attempt, 1).question.options
        chosen = next(each for each in options if each.text == "The left one")
        seat.save(1, Filled(chosen=(chosen.token,)))
        submit(house, seat.who, seat.attempt)
        assert f"{chosen.letter}: The left one" in seat.get("receipt.csv").text


def test_statistics_and_scores_go_by_the_option(house: Trainer) -> None:
    for seat in seats(house):
        options = sheet(house, seat.who, seat.attempt, 1).question.options
        token = next(each.token for each in options if each.text == "The right one")
        seat.save(1, Filled(chosen=(token,)))
        submit(house, seat.who, seat.attempt)
        with house.database.reading() as store:
            ((response, score),) = store.responses.counted(seat.attempt).values()
        assert (response.option, score.correct) == ("right", True)
