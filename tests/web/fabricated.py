"""Finished exams without a database, for what is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from tests.banks.rules.samples import GOOD_SINGLE
from trainer.core.attempt import MOCK, Attempt, Plan, Pool
from trainer.core.exam import Cut, Domain, Exam, ExamProfile, Navigation, PassRule
from trainer.core.item import Case, Item, SingleItem
from trainer.core.mock import USUAL, Accommodation, Choice, Ending, Save, Seat, Sitting
from trainer.core.response import Response, SingleResponse
from trainer.core.scoring import score
from trainer.core.topic import Subtopic, Taxonomy, Topic
from trainer.persistence.regrades import Regrade
from trainer.persistence.saves import Event
from trainer.services.records import Kept, Record

START = datetime(2027, 3, 12, 14, 0, tzinfo=UTC)
PERCENT = Cut(PassRule.PERCENT, 70, (0, 100), 0.7)
SCALED = Cut(PassRule.SCALED, 300, (100, 400), 0.7)
FULL = Choice()
RIGHT, WRONG, OTHER = "m78", "m58", "m76"  # options of GOOD_SINGLE

TAXONOMY = Taxonomy(
    (
        Topic("coding", "Coding", (Subtopic("coding.modifiers", "Modifiers", "Modifiers"),)),
        Topic("billing", "Billing", (Subtopic("billing.claims", "Claims", "Claims"),)),
        Topic("anatomy", "Anatomy", (Subtopic("anatomy.heart", "The heart", "Heart"),)),
    )
)
DOMAINS = (
    Domain("Codes", 6, (("coding.modifiers", 6.0),)),
    Domain("Rest", 4, (("billing.claims", 3.0), ("anatomy.heart", 1.0))),
)


def profile(cut: Cut = PERCENT) -> ExamProfile:
    """Ten scored items and two pretest items in 24 minutes: 120 seconds an item."""
    return ExamProfile(
        "alpha", date(2027, 1, 1), 12, 2, 24, cut, Navigation.FREE, open_book=True, books="Any.",
        kinds=("single",), domains=DOMAINS, sources=(), verified_on=date(2027, 1, 1),
    )  # fmt: skip


def item(subtopic: str = "coding.modifiers") -> SingleItem:
    return replace(GOOD_SINGLE, subtopic=subtopic)


@dataclass(frozen=True)
class Answered:
    """A slot in the making: the options chosen one after the other, None to take back."""

    chosen: Sequence[str | None] = ()
    item: Item = GOOD_SINGLE
    domain: int = 0
    scored: bool = True
    flagged: bool = False
    seconds: int = 0
    responses: Sequence[Response | None] | None = None
    case: Case | None = None

    @property
    def given(self) -> list[Response | None]:
        if self.responses is not None:
            return list(self.responses)
        return [SingleResponse(option) if option else None for option in self.chosen]


def record(
    slots: Iterable[Answered],
    *,
    cut: Cut = PERCENT,
    choice: Choice = FULL,
    granted: Accommodation = USUAL,
    ending: Ending = Ending.SUBMITTED,
    rested: timedelta = timedelta(0),
    events: Sequence[tuple[str, str]] = (("start", "12 items, 24 min"),),
    of: Exam | None = None,
    started_at: datetime = START,
    regrades: Mapping[int, Regrade] = MappingProxyType({}),
) -> Record:
    """A finished exam of the slots; a save every ten seconds."""
    answered = list(slots)
    exam = of or Exam("alpha", "ALPHA", "Certified ALPHA", "Body", "Tests", (profile(cut),))
    attempt = Attempt(
        7, 1, exam.id, MOCK, Plan(Pool.MOCK, len(answered)), "seed", started_at,
        started_at + timedelta(minutes=20),
    )  # fmt: skip
    known = exam.profiles[-1]
    seats = tuple(Seat(each.domain, each.scored) for each in answered)
    flags = frozenset(number for number, each in enumerate(answered, 1) if each.flagged)
    sitting = Sitting(
        attempt, choice, date(2027, 3, 12), known.minutes, granted, seats, flags,
        rested=rested, ending=ending,
    )  # fmt: skip
    kept, serial = [], 0
    for number, each in enumerate(answered, 1):
        kept.append(_kept(sitting, number, each, serial))
        serial += len(each.given)
    noted = tuple(Event(n, started_at, *event) for n, event in enumerate(events, 1))
    return Record(sitting, exam, known, tuple(kept), noted, regrades)


def _kept(sitting: Sitting, number: int, answered: Answered, before: int) -> Kept:
    given = answered.given
    saves = tuple(
        Save(
            number, revision, before + revision, response,
            sitting.attempt.started_at + timedelta(seconds=10 * (before + revision)),
            answered.seconds,
        )
        for revision, response in enumerate(given, 1)
    )  # fmt: skip
    scores = [score(answered.item, each) if each else None for each in given]
    final = scores[-1] if scores else None
    return Kept(
        number=number,
        item=answered.item,
        case=answered.case,
        seat=sitting.seats[number - 1],
        seed=sitting.attempt.seed_of(number),
        saves=saves,
        corrects=tuple(bool(each and each.correct) for each in scores),
        response=given[-1] if given else None,
        points=final.points if final else 0.0,
        correct=bool(final and final.correct),
        is_flagged=number in sitting.flags,
    )
