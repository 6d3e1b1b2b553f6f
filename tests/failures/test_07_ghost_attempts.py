"""7. Double clicks and races begin one exam."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from tests.conftest import guest_of
from tests.failures.browser import Browser
from tests.services.hall import begin, submit
from trainer.bootstrap import Trainer
from trainer.persistence.tables import AttemptRow, EventRow, MockRow, SlotRow

HANDS = 20
FORM = {"exam": "alpha", "size": "custom", "items": "4", "minutes": "20"}


def count(house: Trainer, table: type) -> int:
    with house.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_twenty_starts_at_once_begin_one_exam(crowd: Trainer) -> None:
    who, gate = guest_of(crowd), Barrier(HANDS)
    crowd.stockroom  # noqa: B018  # read before the threads begin

    def start(_hand: int) -> int:
        gate.wait()
        return begin(crowd, who)

    with ThreadPoolExecutor(HANDS) as pool:
        begun = set(pool.map(start, range(HANDS)))
    assert len(begun) == 1
    assert [count(crowd, table) for table in (AttemptRow, MockRow, EventRow)] == [1, 1, 1]
    assert count(crowd, SlotRow) == 4


def test_starts_and_submissions_at_once_leave_one_open_exam_at_most(crowd: Trainer) -> None:
    who, gate = guest_of(crowd), Barrier(HANDS)
    first = begin(crowd, who)

    def work(hand: int) -> None:
        gate.wait()
        if hand % 4:
            begin(crowd, who)
        else:
            submit(crowd, who, first)

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(work, range(HANDS)))
    with crowd.database.reading() as store:
        assert len(store.mocks.all_open(who.id)) <= 1
    assert count(crowd, MockRow) <= 2


def test_a_double_click_goes_to_the_same_room(seat: Browser) -> None:
    submit(seat.house, seat.who, seat.attempt)
    sent = {"csrf_token": seat.csrf, **FORM}
    answers = [seat.client.post("/mock/", data=sent).location for _ in range(2)]
    assert answers[0] == answers[1]
    assert count(seat.house, MockRow) == 2


def test_the_back_button_and_a_second_submission_change_nothing(seat: Browser) -> None:
    for _ in range(3):
        seat.post("submit")
    assert count(seat.house, MockRow) == 1
