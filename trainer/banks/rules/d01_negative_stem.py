"""D01: a question turned round by not, except, least, incorrect, false."""

from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.wording import negative_word
from trainer.core.item import Item


def negative_stem(item: Item, _context: Context) -> Iterator[Flaw]:
    word = negative_word(item.stem)
    if word:
        yield Flaw(f"“{word}” turns the question round", "stem")


RULE = ItemRule(
    id="D01",
    severity=Severity.ADVICE,
    title="Negative question",
    why="It is read past under time pressure, and who finds three right statements may still not "
    "know the wrong one's correction.",
    fix="Ask for what is right; a multiple item can ask for all that hold.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 17",
    check=negative_stem,
)
