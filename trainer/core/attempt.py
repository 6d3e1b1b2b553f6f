"""An attempt: a learner, an exam, a mode, and slots that each hold one item.

Mode is data, independent of the kind of item: a mock exam will differ from practice by its
values alone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.errors import AlreadyAnsweredError, AttemptFinishedError
from trainer.core.item import Case, Item
from trainer.core.learning.decision import Decision
from trainer.core.learning.memory import Confidence
from trainer.core.response import Response

LONGEST = 100  # items of a practice
ANSWERED_ALREADY = "This question is answered already; the first answer counts."


class FeedbackTime(StrEnum):
    EACH = "each"
    END = "end"


@dataclass(frozen=True, slots=True)
class Mode:
    """When feedback is shown."""

    id: str
    feedback: FeedbackTime


_EACH = FeedbackTime.EACH
TUTOR = Mode("tutor", FeedbackTime.EACH)
PLACEMENT = Mode("placement", FeedbackTime.END)
MOCK = Mode("mock", FeedbackTime.END)
MODES = {mode.id: mode for mode in (TUTOR, PLACEMENT, MOCK)}


class Pool(StrEnum):
    """Which items an attempt draws from."""

    QUICK = "quick"  # the whole blueprint
    WEAKEST = "weakest"
    MISSED = "missed"
    TOPICS = "topics"
    REVIEW = "review"  # missed and unsure items that are due
    PLACEMENT = "placement"  # the whole blueprint, to find out where somebody stands
    MOCK = "mock"  # a form drawn at the start, by the exam's own rules

    @property
    def is_practice(self) -> bool:
        """Whether practice draws from it; a mock exam has a room of its own."""
        return self is not Pool.MOCK

    @property
    def label(self) -> str:
        return {
            Pool.QUICK: "Quick practice",
            Pool.WEAKEST: "Weakest subtopics",
            Pool.MISSED: "Missed items",
            Pool.TOPICS: "Chosen topics",
            Pool.REVIEW: "Review",
            Pool.PLACEMENT: "Placement",
            Pool.MOCK: "Mock exam",
        }[self]

    @property
    def mode(self) -> Mode:
        return {Pool.PLACEMENT: PLACEMENT, Pool.MOCK: MOCK}.get(self, TUTOR)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for. No subtopics means all of the exam's; `length`: items at most."""

    pool: Pool
    length: int
    subtopics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as stored. `seed` decides every order in it and stays on the server."""

    id: int
    learner: int
    exam: str
    mode: Mode
    plan: Plan
    seed: str
    started_at: datetime
    finished_at: datetime | None = None

    def seed_of(self, slot: int) -> str:
        return f"{self.seed}|{slot}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored response with its score."""

    response: Response
    points: float
    correct: bool
    revision: int
    answered_at: datetime
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in an attempt: the pinned item version, and the answer once there is one.

    A skipped slot was put off by its learner and takes no answer any more.
    """

    attempt: Attempt
    number: int
    item_id: int
    version: int
    item: Item
    case: Case | None
    answer: Answer | None
    decision: Decision | None = None  # None for slots older than the log of decisions
    is_skipped: bool = False

    @property
    def seed(self) -> str:
        return self.attempt.seed_of(self.number)

    @property
    def next_revision(self) -> int:
        """The revision that a response given now would have; counts from 1."""
        return self.answer.revision + 1 if self.answer else 1

    @property
    def tells(self) -> bool:
        """Whether its feedback may be seen now."""
        is_over = self.attempt.finished_at is not None
        return self.answer is not None and (is_over or self.attempt.mode.feedback is _EACH)

    def check_open(self) -> None:
        """Raises AlreadyAnsweredError or AttemptFinishedError if the slot takes no answer."""
        if self.answer is not None:
            raise AlreadyAnsweredError(ANSWERED_ALREADY)
        if self.attempt.finished_at is not None:
            raise AttemptFinishedError("This practice is finished.")
        if self.is_skipped:
            raise AttemptFinishedError("You put this question off; another one took its place.")
