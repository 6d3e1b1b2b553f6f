"""D11: a blank to be filled in before the sentence has ended."""

import re
from collections.abc import Iterator

from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.core.item import Item

_BLANK = re.compile(r"_{3,}|(?<!\w)__(?!\w)|\[(?:blank|\.\.\.|…)\]|(?<=\s)\.{4,}(?=\s)")


def blank_in_the_middle(item: Item, _context: Context) -> Iterator[Flaw]:
    for found in _BLANK.finditer(item.stem):
        rest = item.stem[found.end() :].split("\n\n")[0]
        if re.search(r"\w", rest):
            words = " ".join(rest.split()[:5])
            yield Flaw(f"the blank stands before “{words}”", "stem")
            return


RULE = ItemRule(
    id="D11",
    severity=Severity.ADVICE,
    title="Blank in the middle of the stem",
    why="A reader has to carry the gap through the rest of the sentence before the task is known.",
    fix="Ask a question, or move the blank to the end.",
    source="NBME item-writing guide (2020), ch. 3; Haladyna et al. 2002, rule 9",
    check=blank_in_the_middle,
)
