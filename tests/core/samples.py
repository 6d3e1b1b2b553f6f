"""Items, seeds and answers for tests of the core."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from hypothesis import settings

from tests.banks.rules.samples import GOOD_CODE_ENTRY, GOOD_ITEMS
from trainer.banks.loader import load, sources
from trainer.banks.profiles import catalogue
from trainer.config import ROOT
from trainer.core.code import CodeSet
from trainer.core.item import (
    Case,
    CodeEntryItem,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    OrderRule,
    SingleItem,
)
from trainer.core.presentation import Filled, Question
from trainer.core.response import (
    CodeEntryResponse,
    MatchingResponse,
    MultipleResponse,
    OrderingResponse,
    Response,
    SingleResponse,
)

SEED = "seed|1"
STEADY = settings(derandomize=True, deadline=None, max_examples=150)


@cache
def bank_items() -> tuple[tuple[Item, Case | None], ...]:
    """Every item of the test bank with its case."""
    root = ROOT / "tests" / "bank"
    banks = [load(source, catalogue(root)) for source in sources(root)]
    return tuple((item, bank.case_of(item)) for bank in banks for item in bank)


def all_items() -> list[Item]:
    """The good items and those of the test bank: every kind more than once."""
    return [*GOOD_ITEMS, *(item for item, _ in bank_items())]


def icd(code: str, **more: Any) -> ExpectedCode:
    return ExpectedCode(code, CodeSet.ICD_10_CM, f"Reason of {code}.", **more)


def cpt(code: str, **more: Any) -> ExpectedCode:
    return ExpectedCode(code, CodeSet.CPT, f"Reason of {code}.", **more)


def code_item(*codes: ExpectedCode, order: OrderRule = OrderRule.ANY) -> CodeEntryItem:
    return replace(GOOD_CODE_ENTRY, codes=codes, order=order, near_misses=())


def right_response(item: Item) -> Response:
    """The response that an author calls right."""
    match item:
        case SingleItem():
            return SingleResponse(item.key)
        case MultipleItem():
            return MultipleResponse(item.keys)
        case CodeEntryItem():
            return CodeEntryResponse(item.codes)  # an expected code has all that a row has
        case OrderingItem():
            return OrderingResponse(tuple(step.id for step in item.steps))
        case MatchingItem():
            return MatchingResponse(tuple((p.id, p.match) for p in item.prompts))


def right_form(item: Item, shown: Question) -> Filled:
    """The right answer as a learner fills it in who reads texts only."""
    tokens = {option.text: option.token for option in shown.options}
    match item:
        case SingleItem() | MultipleItem():
            keys = (item.key,) if isinstance(item, SingleItem) else item.keys
            return Filled(chosen=tuple(tokens[o.text] for o in item.options if o.id in keys))
        case CodeEntryItem():
            rows = ((c.code, " ".join(c.modifiers), c.units, c.poa) for c in item.codes)
            return Filled(rows=tuple(rows))
        case OrderingItem():
            places = enumerate(item.steps, start=1)
            return Filled(placed={tokens[step.text]: str(place) for place, step in places})
        case MatchingItem():
            prompts = {prompt.text: prompt.token for prompt in shown.prompts}
            texts = {option.id: option.text for option in item.options}
            pairs = ((prompts[p.text], tokens[texts[p.match]]) for p in item.prompts)
            return Filled(placed=dict(pairs))


def leaves(value: object) -> list[str]:
    """Every text inside a value, however deep."""
    if is_dataclass(value):
        return [leaf for each in fields(value) for leaf in leaves(getattr(value, each.name))]
    if isinstance(value, tuple | list):
        return [leaf for each in value for leaf in leaves(each)]
    if isinstance(value, dict):
        return [leaf for pair in value.items() for leaf in leaves(pair)]
    return [str(value)]
