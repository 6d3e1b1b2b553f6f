"""What an answer to an earlier version of an item is worth by a later version's key."""

from collections.abc import Iterable

from trainer.core.item import (
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    OrderingItem,
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
from trainer.core.scoring import Score, score
from trainer.core.shuffle import Named


def rescored(item: Item, response: Response) -> Score | None:
    """The score by this version; None where it does not have what was answered any more."""
    return score(item, response) if _fits(item, response) else None


def _fits(item: Item, response: Response) -> bool:
    match item, response:
        case SingleItem(), SingleResponse():
            return response.option in _ids(item.options)
        case MultipleItem(), MultipleResponse():
            return _ids(item.options) >= set(response.options)
        case OrderingItem(), OrderingResponse():
            return _ids(item.steps) == set(response.steps)
        case MatchingItem(), MatchingResponse():
            prompts = {prompt for prompt, _ in response.pairs}
            chosen = {option for _, option in response.pairs}
            return _ids(item.prompts) >= prompts and _ids(item.options) >= chosen
        case CodeEntryItem(), CodeEntryResponse():
            return True
        case _:
            return False


def _ids(parts: Iterable[Named]) -> set[str]:
    return {part.id for part in parts}
