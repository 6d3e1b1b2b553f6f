"""10. Ten minutes without a network cost nothing: what waited is taken, in its order."""

from datetime import timedelta

from werkzeug.test import TestResponse

from tests.conftest import Clock
from tests.failures.browser import Browser, Outbox
from tests.services.hall import record, saves, sheet, sitting
from trainer.bootstrap import Trainer
from trainer.core.presentation import Filled


class Network:
    """Is there, or is not."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.is_there = True

    def send(self, number: int, form: Filled, revision: int) -> TestResponse | None:
        return self.browser.save(number, form, revision) if self.is_there else None


def test_answers_of_ten_minutes_offline_are_all_taken_in_their_order(
    house: Trainer, seat: Browser, clock: Clock
) -> None:
    network = Network(seat)
    outbox = Outbox(network.send)
    outbox.put(1, seat.answer(1))
    outbox.flush()
    network.is_there = False
    for minute in range(10):
        clock.move(minutes=1)
        outbox.put(minute % 4 + 1, seat.answer(minute % 4 + 1, right=minute % 3 == 0))
        outbox.flush(tries=1)
    assert len(saves(house, seat.attempt)) == 1
    network.is_there = True
    outbox.flush()
    assert [serial for *_, serial in outbox.saved] == list(range(1, 12))
    assert {each.at for each in saves(house, seat.attempt)[1:]} == {clock.time}
    for number in range(1, 5):
        last = [form for slot, form, *_ in outbox.saved if slot == number][-1]
        assert sheet(house, seat.who, seat.attempt, number).filled == last


def test_an_exam_is_neither_finished_nor_closed_by_an_absence(seat: Browser, clock: Clock) -> None:
    clock.move(minutes=10)
    assert seat.get(2).status_code == 200
    assert (seat.state()["over"], seat.state()["left"]) == (False, 10 * 60)


def test_what_waited_beyond_the_end_is_refused_and_the_rest_counts(
    house: Trainer, seat: Browser, clock: Clock
) -> None:
    deadline = sitting(house, seat.who, seat.attempt).deadline
    statuses = []
    for number, seconds in ((1, -300), (2, 9), (3, 11)):
        clock.time = deadline + timedelta(seconds=seconds)
        statuses.append(seat.save(number, seat.answer(number)).status_code)
    assert statuses == [200, 200, 409]
    seat.get("result")
    assert [each.points for each in record(house, seat.who, seat.attempt).slots] == [1, 1, 0, 0]


def test_all_questions_come_at_once_so_that_they_are_there_offline(seat: Browser) -> None:
    page = seat.get("questions").text
    assert page.count("<article") == 4
