"""An answer in the making: what an exam room stores and shows again, finished or not.

Practice refuses an unfinished answer and asks for the rest; an exam takes it as it stands, since
a refusal at the last second would lose it.
"""

from typing import assert_never

from trainer.core.code import entered
from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    SingleItem,
)
from trainer.core.presentation import Filled, display_order, ids_of
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)
from trainer.core.shuffle import token


def draft(item: Item, seed: str, filled: Filled) -> Response | None:
    """The response as far as the form is filled; None for an empty one.

    Raises InvalidResponseError where it holds what the page never offered.
    """
    match item:
        case SingleItem():
            chosen = ids_of(item.options, seed, filled.chosen)
            return SingleResponse(chosen[0]) if chosen else None
        case MultipleItem():
            chosen = ids_of(item.options, seed, filled.chosen)
            return MultipleResponse(tuple(sorted(set(chosen)))) if chosen else None
        case CodeEntryItem():
            rows = tuple(row for row in (entered(*each) for each in filled.rows) if row.code)
            return CodeEntryResponse(rows) if rows else None
        case OrderingItem():
            return _ordered(item, seed, filled)
        case MatchingItem():
            return _matched(item, seed, filled)
        case _:
            assert_never(item)


def _ordered(item: OrderingItem, seed: str, filled: Filled) -> OrderingResponse | None:
    """Placed steps in their places; between them the others as they were shown."""
    numbers = {str(number): number for number in range(1, len(item.steps) + 1)}
    placed = {n: numbers[place] for n, place in (filled.placed or {}).items() if place in numbers}
    if not placed:
        return None
    order = sorted(placed, key=lambda each: placed[each])
    named = ids_of(item.steps, seed, order)
    steps = [step.id for step in display_order(item, seed) if step.id not in named]
    for step, name in zip(named, order, strict=True):
        steps.insert(placed[name] - 1, step)
    return OrderingResponse(tuple(steps))


def _matched(item: MatchingItem, seed: str, filled: Filled) -> MatchingResponse | None:
    placed = filled.placed or {}
    given = {
        prompt.id: placed.get(token(seed, f"prompt|{prompt.id}"), "") for prompt in item.prompts
    }
    chosen = {prompt: option for prompt, option in given.items() if option}
    if not chosen:
        return None
    ids = ids_of(item.options, seed, list(chosen.values()))
    return MatchingResponse(tuple(zip(chosen, ids, strict=True)))


def refilled(seed: str, response: Response | None) -> Filled:
    """The form that means this response in this slot: what `draft` was made of."""
    match response:
        case None:
            return Filled()
        case SingleResponse():
            return Filled(chosen=(token(seed, response.option),))
        case MultipleResponse():
            return Filled(chosen=tuple(token(seed, option) for option in response.options))
        case CodeEntryResponse():
            return Filled(
                rows=tuple(
                    (row.code, " ".join(row.modifiers), row.units, row.poa) for row in response.rows
                )
            )
        case OrderingResponse():
            places = enumerate(response.steps, start=1)
            return Filled(placed={token(seed, step): str(place) for place, step in places})
        case MatchingResponse():
            return Filled(
                placed={
                    token(seed, f"prompt|{prompt}"): token(seed, option)
                    for prompt, option in response.pairs
                }
            )
        case _:
            assert_never(response)
