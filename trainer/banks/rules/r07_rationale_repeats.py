"""R07: a rationale made of the words that stem and key already have."""

from collections.abc import Iterator

from trainer.banks.answers import solution
from trainer.banks.rules.rule import Context, Flaw, ItemRule, Severity
from trainer.banks.similarity import content_words
from trainer.core.item import Item

_MOST = 0.8
_FEWEST_WORDS = 4  # of fewer, R01 complains


def rationale_repeats(item: Item, _context: Context) -> Iterator[Flaw]:
    told = content_words("\n".join((item.stem, *solution(item))))
    words = content_words(item.rationale)
    repeated = len(words & told)
    if len(words) >= _FEWEST_WORDS and repeated > _MOST * len(words):
        message = f"{repeated} of its {len(words)} content words stand in stem and key already"
        yield Flaw(message, "rationale")


RULE = ItemRule(
    id="R07",
    severity=Severity.WARNING,
    title="Rationale only repeats the question",
    why="“10060 is the code for incision and drainage” confirms the key but teaches nothing that "
    "helps with the next item.",
    fix="Add the rule behind the key and what sets it apart from the tempting options.",
    source="house rule; elaborated feedback in Shute (2008), Rev Educ Res 78: 153",
    check=rationale_repeats,
)
