"""What the rules, the room and the break show, ready to print."""

import json
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from trainer.core.exam import Domain
from trainer.core.form import Shortfall, Size, outline
from trainer.core.topic import Taxonomy
from trainer.services.mocks import Offer
from trainer.services.rooms import Place, Room, Sheet
from trainer.web.filters import number
from trainer.web.mocks.forms import FACTORS, SheetForm

_MINUTE = timedelta(minutes=1)
_SIZES = {Size.FULL: "Full", Size.HALF: "Half", Size.QUARTER: "Quarter"}


def duration(minutes: int) -> str:
    """95 → 1 h 35 min."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}\u00a0h" if hours else "", f"{rest}\u00a0min" if rest or not hours else ""]
    return " ".join(filter(None, parts))


def clock(left: timedelta) -> str:
    """Hours, minutes, seconds: 1:23:45. The last second lasts to its end."""
    seconds = ceil(left.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def factor_text(factor: float) -> str:
    """1.5 → time and a half."""
    return dict(FACTORS).get(f"{factor:g}", f"{factor:g} times the usual time")


# --- before it begins ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SizeLine:
    """A size to choose. `minutes` is the usual time in words."""

    id: str
    label: str
    items: int
    minutes: str


@dataclass(frozen=True, slots=True)
class ShortLine:
    """What the bank lacks for one form: of a domain, or of a subtopic that others stand in for."""

    domain: str
    subtopic: str | None
    wanted: int
    found: int
    is_scored: bool


@dataclass(frozen=True, slots=True)
class StartPage:
    """An exam before it begins.

    `takes` is the learner's time, `usual` that without the accommodation. `lacks`: whole domains;
    `stand_ins`: subtopics that others fill in for.
    """

    offer: Offer
    sizes: tuple[SizeLine, ...]
    domains: tuple[tuple[int, Domain], ...]
    subtopics: tuple[tuple[str, str], ...]
    unscored: int
    usual: str
    takes: str
    factor: str | None
    breaks: str | None
    lacks: tuple[ShortLine, ...]
    stand_ins: tuple[ShortLine, ...]

    @property
    def forms(self) -> str:
        """How many such forms the bank can fill."""
        text = number(self.offer.outlook.forms)
        if self.offer.outlook.forms < 1:
            return "no such form" if text == "0" else f"{text} of such a form"
        return f"{text} such {'form' if text == '1' else 'forms'} with no question twice"

    @property
    def can_start(self) -> bool:
        return self.offer.available > 0 and self.offer.open_attempt is None

    @property
    def has_paper_books(self) -> bool:
        return self.offer.profile.open_book

    @property
    def is_forward_only(self) -> bool:
        return self.offer.profile.navigation == "forward-only"


def start_page(offer: Offer, taxonomy: Taxonomy) -> StartPage:
    """The rules of one exam."""
    profile, granted = offer.profile, offer.accommodation
    lines = sorted(offer.outlook.shortages, key=lambda line: (line.domain, not line.scored))
    lacks = [line for line in lines if line.subtopic is None]
    missing = sum(s.wanted - s.found for s in lacks if not s.scored)
    return StartPage(
        offer,
        tuple(_size(offer, size) for size in Size),
        tuple(enumerate(profile.domains)),
        tuple((each.id, each.short) for each in taxonomy if each.id in profile.blueprint),
        offer.outline.pretest - missing,
        duration(offer.outline.minutes_for(offer.available)),
        duration(offer.minutes),
        factor_text(granted.factor) if granted.factor > 1 else None,
        duration(granted.breaks // _MINUTE) if granted.breaks else None,
        tuple(_short(line, offer, taxonomy) for line in lacks),
        tuple(_short(line, offer, taxonomy) for line in lines if line.subtopic),
    )


def _size(offer: Offer, size: Size) -> SizeLine:
    asked = outline(offer.profile, size)
    return SizeLine(size.value, _SIZES[size], asked.items, duration(asked.minutes))


def _short(line: Shortfall, offer: Offer, taxonomy: Taxonomy) -> ShortLine:
    domain = offer.profile.domains[line.domain].name
    subtopic = taxonomy[line.subtopic].short if line.subtopic else None
    return ShortLine(domain, subtopic, line.wanted, line.found, line.scored)


# --- the room -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Square:
    """A question in the navigator. `is_reachable`: whether it may be visited now."""

    number: int
    is_answered: bool
    is_flagged: bool
    is_reachable: bool
    is_shown: bool

    @property
    def state(self) -> str:
        """In words, for those who do not see the shapes."""
        return ("answered" if self.is_answered else "empty") + (", flagged" * self.is_flagged)


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The room around a question, or around the navigator: then `number` is None.

    `show`: which squares, all, unanswered or flagged. `breaks`: what is left of them, if any.
    """

    room: Room
    attempt_id: int
    number: int | None
    squares: tuple[Square, ...]
    show: str
    is_asking: bool
    left: str
    seconds_left: float
    breaks: str | None

    @property
    def length(self) -> int:
        return self.room.sitting.length

    @property
    def back_to(self) -> int:
        """The question that the navigator goes back to."""
        return self.number or self.room.next_number

    @property
    def consequence(self) -> str:
        """What handing in now would mean."""
        if not self.room.unanswered:
            return f"All {self.length} questions have an answer."
        missing = f"{self.room.unanswered} of {self.length} questions have no answer"
        return f"{missing}; an empty one earns nothing."

    @property
    def is_flagged(self) -> bool:
        return self.number in self.room.sitting.flags

    @property
    def can_go_back(self) -> bool:
        return not self.room.is_forward_only and (self.number or 1) > 1


def room_page(
    room: Room, number: int | None, *, show: str = "all", is_asking: bool = False
) -> RoomPage:
    """The room as of now."""
    sitting = room.sitting
    return RoomPage(
        room,
        sitting.attempt.id,
        number,
        tuple(_square(place, room, show, number) for place in room.places),
        show,
        is_asking,
        clock(room.left),
        room.left.total_seconds(),
        duration(ceil(sitting.break_left / _MINUTE)) if sitting.break_left else None,
    )


def _square(place: Place, room: Room, show: str, number: int | None) -> Square:
    is_shown = (
        show == "all"
        or (show == "unanswered" and not place.is_answered)
        or (show == "flagged" and place.is_flagged)
    )
    is_reachable = not room.is_forward_only or place.number == (number or room.next_number)
    return Square(place.number, place.is_answered, place.is_flagged, is_reachable, is_shown)


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A question with what is saved of its answer, or with what was just refused."""

    attempt_id: int
    sheet: Sheet
    form: SheetForm
    error: str | None

    @property
    def mark(self) -> str:
        """The learner's scribbles, for the script."""
        mark = self.sheet.mark
        return json.dumps({"struck": mark.struck, "highlights": mark.highlights, "note": mark.note})


def sheet_page(
    attempt_id: int, sheet: Sheet, form: SheetForm | None = None, error: str | None = None
) -> SheetPage:
    """A question to be printed. `form`: what a learner has just filled in."""
    return SheetPage(attempt_id, sheet, form or SheetForm.of(sheet.filled, sheet.revision), error)


@dataclass(frozen=True, slots=True)
class RestPage:
    """A break: how much of the allowance is left, and of the exam."""

    attempt_id: int
    exam: str
    seconds: float
    rest: str
    left: str


def rest_page(room: Room) -> RestPage:
    """The break that goes on."""
    sitting = room.sitting
    rest = (sitting.break_at or room.now) + sitting.break_left - room.now
    return RestPage(
        sitting.attempt.id, room.exam.short, rest.total_seconds(), clock(rest), clock(room.left)
    )
