"""Items that no rule objects to, to plant one flaw in."""

from dataclasses import replace
from typing import Any

from trainer.banks.rules.rule import Context, Flaw, Rule
from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.core.code import CodeSet
from trainer.core.item import (
    CodeEntryItem,
    CognitiveLevel,
    Edition,
    ExpectedCode,
    Item,
    MatchingItem,
    MultipleItem,
    NearMiss,
    Option,
    OrderingItem,
    OrderRule,
    Prompt,
    Reference,
    SingleItem,
)
from trainer.core.topic import Taxonomy

_REFERENCE = Reference("Medicare Claims Processing Manual", "Chapter 12, section 40.2", 2026)
_COMMON: dict[str, Any] = {
    "subtopic": "coding.modifiers",
    "exams": ("cpc",),
    "difficulty": 2,
    "level": CognitiveLevel.APPLICATION,
    "references": (_REFERENCE,),
}

GOOD_SINGLE = SingleItem(
    id="good-single",
    stem=(
        "On day 12 of a 90-day global period the wound of a knee operation has opened. The same "
        "surgeon takes the patient back to the operating room.\n\n"
        "Which modifier belongs on the second procedure?"
    ),
    options=(
        Option("m58", "58", "Meant for a return that was planned; this one was not.", "staged"),
        Option("m76", "76", "Meant for the very same procedure done again, not a complication."),
        Option("m78", "78", "An unplanned return for a related problem inside the period."),
        Option("m79", "79", "Meant for an unrelated procedure; the wound is related.", "related"),
    ),
    key="m78",
    shuffle=False,
    rationale=(
        "Ask whether the return was planned and whether the problem is related. An opened wound is "
        "related and unplanned, so 78 applies; 58 needs a plan and 79 an unrelated problem."
    ),
    **_COMMON,
)
GOOD_MULTIPLE = MultipleItem(
    id="good-multiple",
    stem="A clerk checks a claim before it leaves the office. Which two entries name a provider?",
    options=(
        Option("a", "Rendering provider number", "Names who saw the patient."),
        Option("b", "Billing provider number", "Names who is paid."),
        Option("c", "Place of service entry", "Names where, not who."),
        Option("d", "Diagnosis pointer entry", "Names which diagnosis a line rests on."),
    ),
    keys=("a", "b"),
    rationale=(
        "Rendering and billing provider are both people or groups; place of service and the "
        "diagnosis pointer describe the visit."
    ),
    **_COMMON,
)
GOOD_CODE_ENTRY = CodeEntryItem(
    id="good-code-entry",
    stem="Type 2 diabetes with stage 3a chronic kidney disease is treated. Enter the diagnoses:",
    codes=(
        ExpectedCode("E11.22", CodeSet.ICD_10_CM, "The two conditions are linked by “with”."),
        ExpectedCode("N18.31", CodeSet.ICD_10_CM, "Names the documented stage."),
    ),
    order=OrderRule.EXACT,
    near_misses=(NearMiss("N18.30", "The stage is documented.", "unspecified"),),
    editions=(Edition(CodeSet.ICD_10_CM, "FY2027"),),
    rationale=(
        "E11.22 assumes the link between diabetes and kidney disease and asks for the stage, "
        "which N18.31 adds; N18.30 would give the documented stage away."
    ),
    **_COMMON,
)
GOOD_ORDERING = OrderingItem(
    id="good-ordering",
    stem="A new patient has booked a visit. Put the steps of the front desk in their order:",
    steps=(
        Option("s1", "Register the patient", "Nothing can be checked without demographics."),
        Option("s2", "Verify the coverage", "Needs the member number from registration."),
        Option("s3", "Collect the copayment", "Its amount comes from verification."),
    ),
    rationale=(
        "Register the patient first, verify the coverage with those data, and only then is the "
        "copayment known that is collected."
    ),
    **_COMMON,
)
GOOD_MATCHING = MatchingItem(
    id="good-matching",
    stem="A coder takes operative terms apart. Match each combining form with its organ:",
    prompts=(
        Prompt("p1", "hepat/o", "liver", "As in hepatomegaly."),
        Prompt("p2", "nephr/o", "kidney", "As in nephrectomy."),
    ),
    options=(
        Option("liver", "Liver", "The organ of hepat/o."),
        Option("kidney", "Kidney", "The organ of nephr/o."),
        Option("spleen", "Spleen", "Would be splen/o."),
    ),
    rationale=(
        "Hepat/o means liver and nephr/o means kidney; the spleen would take splen/o, which no "
        "prompt asks for."
    ),
    **_COMMON,
)
GOOD_ITEMS: tuple[Item, ...] = (
    GOOD_SINGLE,
    GOOD_MULTIPLE,
    GOOD_CODE_ENTRY,
    GOOD_ORDERING,
    GOOD_MATCHING,
)


def bank_of(*items: Item) -> Bank:
    return Bank("sample", "Sample", "CC BY-SA 4.0", ("Somebody",), items)


def context_of(*banks: Bank, catalogue: Catalogue | None = None, **more: Any) -> Context:
    return Context(banks, catalogue or Catalogue(Taxonomy(()), ()), **more)


def single(*texts: str, key: int = 0, **changes: Any) -> SingleItem:
    """The good single item with other option texts; `key` is the position of the right one."""
    options = tuple(Option(f"o{n}", text, f"Reason {n}.") for n, text in enumerate(texts))
    return replace(GOOD_SINGLE, options=options, key=f"o{key}", shuffle=True, **changes)


def item_flaws(rule: Rule, item: Item) -> list[Flaw]:
    """What an item rule says about an item that stands alone in its bank."""
    return list(rule.check(item, context_of(bank_of(item))))  # type: ignore[arg-type]


def bank_flaws(rule: Rule, bank: Bank, **more: Any) -> list[Flaw]:
    """What a bank rule says about a bank that is linted alone."""
    return list(rule.check(bank, context_of(bank, **more)))  # type: ignore[arg-type]
