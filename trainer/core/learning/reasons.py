"""Why an item was chosen, in numbers and in words."""

from dataclasses import dataclass

from trainer.core.learning.priority import Priority, SubtopicView, priority, share_right

NOTABLE = 0.4  # logits from average at which an item is called harder or easier: some 10 points


@dataclass(frozen=True, slots=True)
class Reason:
    """What spoke for the choice: the subtopic as it was seen then, and the item.

    `difficulty` in logits from average; `missed`: the learner's last answer to this very item was
    wrong; `recall`: the chance that it is still remembered, where the item came back for that.
    """

    view: SubtopicView
    difficulty: float
    missed: bool
    recall: float | None = None

    @property
    def factors(self) -> Priority:
        return priority(self.view)

    @property
    def mastery(self) -> float:
        """The chance of a right answer to an average item of the subtopic."""
        return share_right(self.view.mastery)

    @property
    def is_harder(self) -> bool:
        return self.difficulty >= NOTABLE

    @property
    def is_easier(self) -> bool:
        return self.difficulty <= -NOTABLE

    def text(self, subtopic_title: str, exam_short: str) -> str:
        """One line: `Modifiers: 12 % of CPC, your mastery 41 %, last seen 9 days ago; …`."""
        facts = ", ".join((_share(self.view.weight, exam_short), *self._history()))
        remarks = ", ".join(self._remarks())
        return f"{subtopic_title}: {facts}" + (f"; {remarks}" if remarks else "")

    def _history(self) -> tuple[str, ...]:
        if self.view.days is None:
            return ("new to you",)
        return f"your mastery {_percent(self.mastery)}", f"last seen {_ago(self.view.days)}"

    def _remarks(self) -> tuple[str, ...]:
        words = {
            "harder than average": self.is_harder,
            "easier than average": self.is_easier,
            "you missed it before": self.missed,
        }
        told = tuple(word for word, holds in words.items() if holds)
        if self.recall is None:
            return told
        return (*told, f"chance that you still know it {_percent(self.recall)}")


def _share(weight: float, exam_short: str) -> str:
    if weight <= 0:
        return f"not part of {exam_short}"
    return f"{_percent(weight)} of {exam_short}"


def _percent(share: float) -> str:
    return f"{round(share * 100) or 'under 1'} %"


def _ago(days: float) -> str:
    match int(days):
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case whole:
            return f"{whole} days ago"
