"""Among how many answers somebody guesses who knows nothing."""

from itertools import combinations, permutations, product

import pytest

from tests.banks.rules.samples import GOOD_CODE_ENTRY
from trainer.core.item import (
    CognitiveLevel,
    Item,
    MatchingItem,
    MultipleItem,
    Option,
    OrderingItem,
    Prompt,
    SingleItem,
    ways,
)

BASE = {
    "id": "item",
    "subtopic": "coding.modifiers",
    "exams": ("cpc",),
    "difficulty": 3,
    "level": CognitiveLevel.RECALL,
    "stem": "Which?",
    "rationale": "So.",
    "references": (),
}


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", "Text", "So.") for number in range(count))


def single(count: int) -> Item:
    return SingleItem(options=options(count), key="o0", **BASE)


def multiple(count: int, keys: int) -> Item:
    names = tuple(option.id for option in options(keys))
    return MultipleItem(options=options(count), keys=names, **BASE)


def ordering(count: int) -> Item:
    return OrderingItem(steps=options(count), **BASE)


def matching(prompts: int, count: int) -> Item:
    asked = tuple(Prompt(f"p{number}", "Text", "o0", "So.") for number in range(prompts))
    return MatchingItem(prompts=asked, options=options(count), **BASE)


@pytest.mark.parametrize("count", [2, 4, 5])
def test_a_single_key_is_guessed_among_the_options(count: int) -> None:
    assert ways(single(count)) == count


@pytest.mark.parametrize(("count", "keys"), [(4, 2), (5, 1), (5, 2), (5, 3), (6, 6), (12, 5)])
def test_several_keys_are_guessed_among_choices_of_as_many(count: int, keys: int) -> None:
    assert ways(multiple(count, keys)) == len(list(combinations(range(count), keys)))


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_an_order_is_guessed_among_all_orders(count: int) -> None:
    assert ways(ordering(count)) == len(list(permutations(range(count))))


@pytest.mark.parametrize(("prompts", "count"), [(2, 3), (3, 2), (3, 10), (9, 2), (4, 4)])
def test_matches_are_guessed_among_all_pairings(prompts: int, count: int) -> None:
    assert ways(matching(prompts, count)) == len(list(product(range(count), repeat=prompts)))


@pytest.mark.parametrize(
    "item",
    [multiple(14, 7), ordering(7), matching(10, 2), matching(8, 10)],
    ids=["3432 choices", "5040 orders", "1024 pairings", "100000000 pairings"],
)
def test_beyond_a_thousand_all_are_hopeless_alike(item: Item) -> None:
    assert ways(item) == 1000


def test_where_nothing_is_offered_nothing_is_guessed() -> None:
    assert ways(GOOD_CODE_ENTRY) is None
