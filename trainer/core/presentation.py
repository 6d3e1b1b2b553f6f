"""An item as a learner may see it before answering: no key, no reason, no telling id.

What leaves the server before an answer is built from these values only, so a key cannot slip
into a page by accident: the types have no field to carry it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import assert_never

from trainer.core.code import CodeSet, entered
from trainer.core.errors import InvalidResponseError
from trainer.core.item import (
    Case,
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    Prompt,
    SingleItem,
)
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)
from trainer.core.shuffle import shuffled, token

SPARE_ROWS = 2  # rows beyond the expected codes, so that their number gives less away
FEWEST_ROWS = 4


@dataclass(frozen=True, slots=True)
class ShownOption:
    """`token` stands for the option in forms; `letter` is its place on this page."""

    token: str
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownPrompt:
    token: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item in one slot. `rows` is the number of code rows; `choose` of wanted options."""

    kind: str
    stem: str
    subtopic: str
    case: Case | None = None
    options: tuple[ShownOption, ...] = ()
    prompts: tuple[ShownPrompt, ...] = ()
    choose: int = 1
    rows: int = 0
    code_sets: tuple[str, ...] = ()
    asks_modifiers: bool = False
    asks_units: bool = False
    asks_poa: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as filled in, still in tokens: what `response` turns into a response."""

    chosen: tuple[str, ...] = ()
    placed: Mapping[str, str] | None = None
    rows: tuple[tuple[str, str, int | None, str | None], ...] = ()


def display_order(item: Item, seed: str) -> tuple[Option, ...]:
    """The item's options in the order of this slot."""
    match item:
        case SingleItem() | MultipleItem():
            return shuffled(item.options, seed) if item.shuffle else item.options
        case MatchingItem():
            return shuffled(item.options, seed)
        case OrderingItem():
            return _never_solved(shuffled(item.steps, seed), item.steps)
        case CodeEntryItem():
            return ()
        case _:
            assert_never(item)


def _never_solved(order: tuple[Option, ...], solution: tuple[Option, ...]) -> tuple[Option, ...]:
    """Steps that happen to fall into the right order start one further on."""
    return order if order != solution else (*order[1:], order[0])


def letters(item: Item, seed: str) -> dict[str, str]:
    """Option id → the letter it has in this slot."""
    order = display_order(item, seed)
    return {option.id: ascii_uppercase[place] for place, option in enumerate(order)}


def question(item: Item, case: Case | None, seed: str) -> Question:
    """The item as shown in a slot whose seed this is."""
    options = tuple(
        ShownOption(token(seed, option.id), ascii_uppercase[place], option.text)
        for place, option in enumerate(display_order(item, seed))
    )
    common = Question(item.kind, item.stem, item.subtopic, case, options)
    match item:
        case MultipleItem():
            return replace(common, choose=len(item.keys))
        case MatchingItem():
            return replace(common, prompts=_shown_prompts(item.prompts, seed))
        case CodeEntryItem():
            return _code_question(common, item)
        case SingleItem() | OrderingItem():
            return common
        case _:
            assert_never(item)


def _shown_prompts(prompts: Sequence[Prompt], seed: str) -> tuple[ShownPrompt, ...]:
    return tuple(ShownPrompt(token(seed, f"prompt|{p.id}"), p.text) for p in prompts)


def _code_question(common: Question, item: CodeEntryItem) -> Question:
    sets = {code.code_set for code in item.codes}
    return replace(
        common,
        rows=max(FEWEST_ROWS, len(item.codes) + SPARE_ROWS),
        code_sets=tuple(name.label for name in CodeSet if name in sets),
        asks_modifiers=bool(sets & {CodeSet.CPT, CodeSet.HCPCS}),
        asks_units=any(code.units is not None for code in item.codes),
        asks_poa=any(code.poa is not None for code in item.codes),
    )


def response(item: Item, seed: str, filled: Filled) -> Response:
    """The response that a filled form means. Raises InvalidResponseError where it means none."""
    match item:
        case SingleItem():
            if len(filled.chosen) != 1:
                raise InvalidResponseError("Choose one option.")
            return SingleResponse(ids_of(item.options, seed, filled.chosen)[0])
        case MultipleItem():
            wanted = len(item.keys)
            if len(set(filled.chosen)) != wanted:
                raise InvalidResponseError(f"Choose exactly {wanted} options.")
            return MultipleResponse(tuple(sorted(ids_of(item.options, seed, filled.chosen))))
        case CodeEntryItem():
            return _code_response(filled)
        case OrderingItem():
            return _ordering_response(item, seed, filled)
        case MatchingItem():
            return _matching_response(item, seed, filled)
        case _:
            assert_never(item)


def ids_of(options: Sequence[Option], seed: str, tokens: Sequence[str]) -> list[str]:
    """The options that these tokens stand for in a slot. Raises InvalidResponseError."""
    known = {token(seed, option.id): option.id for option in options}
    unknown = [given for given in tokens if given not in known]
    if unknown:
        raise InvalidResponseError("This answer belongs to another question. Reload the page.")
    return [known[given] for given in tokens]


def _code_response(filled: Filled) -> CodeEntryResponse:
    rows = tuple(entered(*row) for row in filled.rows if row[0].strip())
    if not rows:
        raise InvalidResponseError("Enter at least one code.")
    return CodeEntryResponse(rows)


def _ordering_response(item: OrderingItem, seed: str, filled: Filled) -> OrderingResponse:
    """`placed` maps a step's token to its place, counted from 1."""
    placed = filled.placed or {}
    places = sorted(placed.values(), key=lambda place: (len(place), place))
    if places != [str(place + 1) for place in range(len(item.steps))]:
        raise InvalidResponseError("Give each step a place of its own.")
    tokens = sorted(placed, key=lambda given: int(placed[given]))
    return OrderingResponse(tuple(ids_of(item.steps, seed, tokens)))


def _matching_response(item: MatchingItem, seed: str, filled: Filled) -> MatchingResponse:
    placed = filled.placed or {}
    given = [placed.get(token(seed, f"prompt|{prompt.id}"), "") for prompt in item.prompts]
    if not all(given):
        raise InvalidResponseError("Choose a match for every line.")
    ids = ids_of(item.options, seed, given)
    return MatchingResponse(tuple(zip((p.id for p in item.prompts), ids, strict=True)))
