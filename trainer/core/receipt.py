"""An answer in words, as its learner saw it: letters of the slot, texts, codes as entered."""

from typing import assert_never

from trainer.core.feedback import as_entered
from trainer.core.item import CodeEntryItem, Item, MatchingItem, OrderingItem
from trainer.core.presentation import letters
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)

CLEARED = "(cleared)"


def in_words(item: Item, seed: str, response: Response | None) -> str:
    """What was answered in the slot of this seed: `B: 99213`. None: the answer was taken back."""
    match response:
        case None:
            return CLEARED
        case SingleResponse():
            return _lettered(item, seed, (response.option,))
        case MultipleResponse():
            return _lettered(item, seed, response.options)
        case CodeEntryResponse():
            return "; ".join(as_entered(row) for row in response.rows)
        case OrderingResponse():
            texts = _texts(item)
            return "; ".join(f"{n}. {texts[step]}" for n, step in enumerate(response.steps, 1))
        case MatchingResponse():
            return _paired(item, response)
        case _:
            assert_never(response)


def _lettered(item: Item, seed: str, options: tuple[str, ...]) -> str:
    texts, shown = _texts(item), letters(item, seed)
    chosen = sorted(options, key=lambda option: shown[option])
    return "; ".join(f"{shown[option]}: {texts[option]}" for option in chosen)


def _paired(item: Item, response: MatchingResponse) -> str:
    prompts = item.prompts if isinstance(item, MatchingItem) else ()
    texts, chosen = _texts(item), dict(response.pairs)
    return "; ".join(
        f"{prompt.text} → {texts[chosen[prompt.id]]}" for prompt in prompts if prompt.id in chosen
    )


def _texts(item: Item) -> dict[str, str]:
    if isinstance(item, CodeEntryItem):
        return {}
    options = item.steps if isinstance(item, OrderingItem) else item.options
    return {option.id: option.text for option in options}
