"""1. A background tab's autosave never overwrites a newer answer."""

import random

from tests.failures.browser import Browser
from tests.services.hall import saves, sheet, submit
from trainer.bootstrap import Trainer
from trainer.core.presentation import Filled

STEPS = 120
SLOT = 1


class Tab:
    """A tab of the browser; it knows the revision that it has loaded or saved."""

    def __init__(self, seat: Browser) -> None:
        self.browser = seat
        self.known = 0

    def save(self, form: Filled) -> bool:
        """Whether the answer was taken; a refused tab reloads."""
        reply = self.browser.save(SLOT, form, self.known + 1)
        if reply.status_code == 200:
            self.known = reply.get_json()["revision"]
            return True
        assert (reply.status_code, reply.get_json()["error"]) == (409, "stale")
        self.known = reply.get_json()["revision"]
        return False


def test_of_two_tabs_the_highest_revision_is_what_stays(house: Trainer, seat: Browser) -> None:
    chance = random.Random(1)  # noqa: S311  # the same in every run
    tabs = [Tab(seat), Tab(seat)]
    forms = [seat.answer(SLOT, right=right) for right in (True, False)] + [Filled()]
    taken, refused = [], 0
    for _ in range(STEPS):
        form = chance.choice(forms)
        if chance.choice(tabs).save(form):
            taken.append(form)
        else:
            refused += 1
    assert refused > STEPS / 5  # the tabs did get into each other's way
    assert sheet(house, seat.who, seat.attempt, SLOT).filled == taken[-1]
    revisions = [each.revision for each in saves(house, seat.attempt)]
    assert revisions == list(range(1, max(tab.known for tab in tabs) + 1))


def test_a_tab_that_slept_saves_nothing(house: Trainer, seat: Browser) -> None:
    asleep, awake = Tab(seat), Tab(seat)
    old, new = (seat.answer(SLOT, right=right) for right in (False, True))
    asleep.save(old)
    awake.known = 1
    for form in (Filled(), new):
        awake.save(form)
    assert asleep.save(old) is False
    submit(house, seat.who, seat.attempt)
    with house.database.reading() as store:
        assert store.responses.counted(seat.attempt)[SLOT][1].correct


def test_a_page_without_script_that_slept_saves_nothing(house: Trainer, seat: Browser) -> None:
    old, new = (seat.answer(SLOT, right=right) for right in (False, True))
    seat.save(SLOT, new)
    seat.save(SLOT, Filled(), 2)
    seat.save(SLOT, new, 3)
    page = seat.post(SLOT, {"chosen": old.chosen[0], "revision": 1, "go": "next"})
    assert "answered elsewhere" in page.text
    assert sheet(house, seat.who, seat.attempt, SLOT).filled == new
