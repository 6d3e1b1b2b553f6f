"""Why an item was chosen, in the words a learner reads."""

import pytest

from trainer.core.learning.priority import SubtopicView, priority
from trainer.core.learning.reasons import Reason

MODIFIERS = SubtopicView("coding.modifiers", 0.12, answered=4, mastery=-0.364, gap=30, days=9.4)


def text(view: SubtopicView, difficulty: float = 0.0, *, missed: bool = False) -> str:
    return Reason(view, difficulty, missed).text("Modifiers", "CPC")


class TestText:
    def test_says_it_all_in_one_line(self) -> None:
        assert text(MODIFIERS, 0.6, missed=True) == (
            "Modifiers: 12 % of CPC, your mastery 41 %, last seen 9 days ago; "
            "harder than average, you missed it before"
        )

    def test_says_nothing_of_an_average_item(self) -> None:
        assert text(MODIFIERS) == (
            "Modifiers: 12 % of CPC, your mastery 41 %, last seen 9 days ago"
        )

    def test_claims_no_mastery_where_nothing_was_asked(self) -> None:
        new = SubtopicView("coding.modifiers", 0.12)
        assert text(new, -0.5) == "Modifiers: 12 % of CPC, new to you; easier than average"

    @pytest.mark.parametrize(
        ("days", "words"),
        [(0.0, "today"), (0.9, "today"), (1.0, "yesterday"), (2.0, "2 days ago")],
    )
    def test_counts_days_as_people_do(self, days: float, words: str) -> None:
        view = SubtopicView("a", 0.1, answered=1, gap=0, days=days)
        assert text(view).endswith(f"last seen {words}")

    @pytest.mark.parametrize(
        ("weight", "words"),
        [(0.0, "not part of"), (0.004, "under 1 % of"), (0.006, "1 % of"), (1.0, "100 % of")],
    )
    def test_rounds_shares_to_whole_percents(self, weight: float, words: str) -> None:
        assert text(SubtopicView("a", weight)) == f"Modifiers: {words} CPC, new to you"

    @pytest.mark.parametrize(
        ("recall", "percent"),
        [(1.0, "100"), (0.614, "61"), (0.005, "under 1"), (0.0, "under 1")],
    )
    def test_says_how_well_it_is_still_known_where_it_came_back_for_that(
        self, recall: float, percent: str
    ) -> None:
        reason = Reason(MODIFIERS, 0.0, missed=True, recall=recall)
        assert reason.text("Modifiers", "CPC") == (
            "Modifiers: 12 % of CPC, your mastery 41 %, last seen 9 days ago; "
            f"you missed it before, chance that you still know it {percent} %"
        )

    def test_says_so_of_an_average_item_that_was_not_missed(self) -> None:
        reason = Reason(MODIFIERS, 0.0, missed=False, recall=0.5)
        assert reason.text("Modifiers", "CPC").endswith("; chance that you still know it 50 %")


class TestReason:
    @pytest.mark.parametrize(
        ("difficulty", "harder", "easier"),
        [(0.4, True, False), (0.39, False, False), (-0.39, False, False), (-0.4, False, True)],
    )
    def test_calls_items_hard_or_easy_from_a_mark_on(self, difficulty, harder, easier) -> None:
        reason = Reason(MODIFIERS, difficulty, missed=False)
        assert (reason.is_harder, reason.is_easier) == (harder, easier)

    def test_carries_the_factors_of_the_priority(self) -> None:
        reason = Reason(MODIFIERS, 0.0, missed=False)
        assert reason.factors == priority(MODIFIERS)
        assert reason.mastery == pytest.approx(0.41, abs=0.001)
