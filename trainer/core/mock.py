"""A mock exam: an attempt against the clock, by an exam's own rules.

The deadline is one function of what is stored. A break moves it, as far as the allowance goes;
what arrives within GRACE after it was on its way in time. Nothing here reads a clock.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from trainer.core.attempt import Attempt
from trainer.core.errors import AttemptFinishedError, StaleRevisionError
from trainer.core.form import Size
from trainer.core.response import Response

GRACE = timedelta(seconds=10)  # for an answer that was given in time and is on its way
LEAST_FACTOR, MOST_FACTOR = 1.0, 4.0
MOST_BREAKS = timedelta(hours=4)
STALE = "This question was answered elsewhere meanwhile. The page shows it now."
OVER = "This exam is over; what was saved until then counts."


class Ending(StrEnum):
    """How an exam ended."""

    SUBMITTED = "submitted"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Accommodation:
    """What somebody is granted: time as a multiple of the usual, breaks off the clock, type."""

    factor: float = 1.0
    breaks: timedelta = timedelta(0)
    larger_type: bool = False


USUAL = Accommodation()


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for: a size of the exam, or with `items` a custom one.

    `domains` (indices in the profile) and `subtopics` narrow a custom exam; `minutes` None means
    the exam's pace. `digital_book`: the learner looks codes up on screen where the exam has paper.
    """

    size: Size = Size.FULL
    items: int | None = None
    domains: tuple[int, ...] = ()
    subtopics: tuple[str, ...] = ()
    minutes: int | None = None
    digital_book: bool = False

    @property
    def is_custom(self) -> bool:
        return self.items is not None


@dataclass(frozen=True, slots=True)
class Seat:
    """A slot's place in the form. `domain`: index in the profile; pretest items do not score."""

    domain: int
    scored: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """A mock exam as stored.

    `profile_on` is the day whose exam profile holds; `rested` is the time of finished breaks that
    moved the deadline; `break_at` the start of one that goes on. `furthest`: the greatest slot
    number that was asked for, which a forward-only exam does not go back behind.
    """

    attempt: Attempt
    choice: Choice
    profile_on: date
    minutes: int
    accommodation: Accommodation
    seats: tuple[Seat, ...]
    flags: frozenset[int] = frozenset()
    furthest: int = 1
    rested: timedelta = timedelta(0)
    break_at: datetime | None = None
    ending: Ending | None = None

    @property
    def length(self) -> int:
        return len(self.seats)

    @property
    def allowed(self) -> timedelta:
        """The time without breaks."""
        return timedelta(minutes=self.minutes) * self.accommodation.factor

    @property
    def deadline(self) -> datetime:
        """The end of the exam, if no further break is taken."""
        return self.attempt.started_at + self.allowed + self.rested

    @property
    def latest(self) -> datetime:
        """The end as a sweep sees it: a break that goes on takes all that is left of them."""
        return self.deadline + (self.break_left if self.break_at else timedelta(0))

    @property
    def break_left(self) -> timedelta:
        return max(timedelta(0), self.accommodation.breaks - self.rested)

    def is_resting(self, at: datetime) -> bool:
        """Whether a break goes on; it ends by itself when the allowance is used up."""
        return self.break_at is not None and at - self.break_at < self.break_left

    def left(self, at: datetime) -> timedelta:
        """Time left on the clock, which stands still during a break; never below zero."""
        return max(timedelta(0), self.deadline + self._resting(at) - at)

    def rested_until(self, at: datetime) -> timedelta:
        """`rested` with the break that goes on, if it ended now."""
        return self.rested + self._resting(at)

    def is_over(self, at: datetime) -> bool:
        """Whether it takes no answer any more, the grace included."""
        return self.ending is not None or at > self.deadline + self._resting(at) + GRACE

    def check_open(self, at: datetime) -> None:
        """Raises AttemptFinishedError if it takes no answer any more."""
        if self.is_over(at):
            raise AttemptFinishedError(OVER)

    def _resting(self, at: datetime) -> timedelta:
        if self.break_at is None:
            return timedelta(0)
        return min(max(timedelta(0), at - self.break_at), self.break_left)


@dataclass(frozen=True, slots=True)
class Save:
    """A stored answer: the `serial`-th of its attempt. No response means that it was cleared.

    `seconds`: how long the slot was on the screen so far, as the browser says.
    """

    slot: int
    revision: int
    serial: int
    response: Response | None
    at: datetime
    seconds: int = 0


def is_repeat(stored: Save | None, revision: int, response: Response | None) -> bool:
    """Whether a save has been taken before: sent again because the answer got lost.

    Raises StaleRevisionError where another tab has saved something else meanwhile.
    """
    current = stored.revision if stored else 0
    if revision == current + 1:
        return False
    if stored and revision == current and response == stored.response:
        return True
    raise StaleRevisionError(STALE, current)
