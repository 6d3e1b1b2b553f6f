"""Result, review and receipt of fabricated exams: what is made of a record, and how it prints."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from flask import render_template

from tests.banks.rules.samples import GOOD_CODE_ENTRY, GOOD_MATCHING, GOOD_ORDERING, GOOD_SINGLE
from tests.web.fabricated import (
    OTHER,
    RIGHT,
    SCALED,
    START,
    TAXONOMY,
    WRONG,
    Answered,
    item,
    record,
)
from trainer.bootstrap import Trainer
from trainer.core.code import EnteredCode
from trainer.core.errors import NotFoundError
from trainer.core.feedback import Verdict
from trainer.core.mock import Accommodation, Choice, Ending
from trainer.core.presentation import letters
from trainer.core.response import CodeEntryResponse, MatchingResponse, OrderingResponse
from trainer.persistence.regrades import Regrade
from trainer.services.records import Record
from trainer.web.application import create_app
from trainer.web.mocks.receipt import HEADER, over_page, receipt, receipt_rows
from trainer.web.mocks.results import ResultPage, result_page
from trainer.web.mocks.review import Only, review_item, review_page

CLAIMS = item("billing.claims")


def sat(**more: object) -> Record:
    """Twelve slots: 6 of 10 scored right; 1 unanswered, 2 flagged, 1 slow, 2 changed, 2 pretest."""
    return record(
        [
            Answered([RIGHT], seconds=60),
            Answered([WRONG, RIGHT], seconds=90),
            Answered([RIGHT, WRONG], seconds=100, flagged=True),
            Answered([RIGHT], seconds=241),
            Answered([RIGHT], seconds=50),
            Answered([], flagged=True),
            Answered([RIGHT], CLAIMS, 1, seconds=30),
            Answered([RIGHT], CLAIMS, 1, seconds=30),
            Answered([WRONG], CLAIMS, 1, seconds=30),
            Answered([OTHER], CLAIMS, 1, seconds=30),
            Answered([RIGHT], scored=False, seconds=30),
            Answered([WRONG], scored=False, seconds=30),
        ],
        **more,
    )


def result(of: Record, previous: Record | None = None) -> ResultPage:
    return result_page(of, previous, TAXONOMY)


class TestResult:
    def test_counts_the_scored_items_and_nothing_else(self) -> None:
        page = result(sat())
        assert (page.grade.tally.correct, page.grade.tally.n) == (6, 10)
        assert not page.grade.is_passed
        assert (page.answered, page.unanswered, page.flagged) == (11, 1, 2)

    def test_lists_domains_topics_and_the_weakest(self) -> None:
        page = result(sat())
        tallies = [(each.result.tally.correct, each.result.tally.n) for each in page.domains]
        assert tallies == [(4, 6), (2, 4)]
        assert [topic.id for topic, _ in page.topics] == ["coding", "billing"]
        assert [line.lost for line in page.weaknesses] == ["2", "2"]
        assert page.practice_label == "Practise these two"
        assert page.practice == [
            ("exam", "alpha"),
            ("pool", "topics"),
            ("topics", "billing.claims"),
            ("topics", "coding.modifiers"),
        ]

    def test_compares_domains_with_the_exam_before(self) -> None:
        before = record([Answered([RIGHT]), Answered([WRONG]), Answered([RIGHT], CLAIMS, 1)])
        assert [each.delta for each in result(sat(), before).domains] == ["+17", "−50"]
        assert [each.delta for each in result(sat(), sat()).domains] == ["same", "same"]
        assert [each.delta for each in result(sat()).domains] == [None, None]

    def test_a_scaled_exam_shows_estimates(self) -> None:
        page = result(sat(cut=SCALED))
        assert page.grade.scaled == 271  # 100 + 200 × 0.6 / 0.7, rounded down
        assert page.scaled_sitting[0] < 271 < page.scaled_sitting[1]
        assert result(sat()).scaled_sitting is None

    @pytest.mark.parametrize(
        ("choice", "form", "is_mixed"),
        [
            (Choice(), "Full form", True),
            (Choice(items=12), "Custom form", True),
            (Choice(items=12, domains=(0,)), "Custom form", False),
            (Choice(items=12, subtopics=("billing.claims",)), "Custom form", False),
        ],
    )
    def test_a_narrowed_form_foretells_no_exam(
        self, choice: Choice, form: str, is_mixed: bool
    ) -> None:
        page = result(sat(choice=choice))
        assert (page.terms.form, page.is_mixed_as_exam) == (form, is_mixed)

    def test_what_was_granted_is_told(self) -> None:
        granted = Accommodation(1.5, timedelta(minutes=30), larger_type=True)
        terms = result(sat(granted=granted, rested=timedelta(minutes=7.5))).terms
        assert terms.granted == (
            "time × 1.5",
            "breaks off the clock, 7.5 of 30 min used",
            "larger type",
        )
        assert terms.minutes == 36
        assert result(sat()).terms.granted == ()


class TestPace:
    def test_a_chart_stands_on_multiples_of_the_target(self) -> None:
        chart = result(sat()).pace
        assert (chart.n, chart.items, chart.slow, chart.cut) == (11, 12, 1, 0)
        assert chart.ticks == ("6:00", "4:00", "2:00", "0:00")
        assert chart.lines == (0.0, 33.33, 66.67)
        assert chart.target_y == 66.67
        slow = chart.bars[3]
        assert (slow.x, slow.height, slow.y, slow.is_slow) == (31, 66.94, 33.06, True)

    def test_a_bar_ends_at_the_top_and_is_counted(self) -> None:
        chart = result(record([Answered([RIGHT], seconds=6000)])).pace
        assert (chart.ticks[0], chart.bars[0].height, chart.cut) == ("10:00", 100.0, 1)

    def test_more_time_moves_the_target(self) -> None:
        chart = result(sat(granted=Accommodation(1.5))).pace
        assert (chart.target, chart.slow) == ("3:00", 0)

    def test_without_times_there_is_no_chart(self) -> None:
        assert result(record([Answered([RIGHT])])).pace is None


class TestReview:
    @pytest.mark.parametrize(
        ("only", "numbers"),
        [
            ("all", list(range(1, 13))),
            ("wrong", [3, 9, 10, 12]),
            ("unanswered", [6]),
            ("flagged", [3, 6]),
            ("slow", [4]),
            ("changed", [2, 3]),
            ("nonsense", list(range(1, 13))),
            (None, list(range(1, 13))),
        ],
    )
    def test_lists_what_is_asked_for(self, only: str | None, numbers: list[int]) -> None:
        page = review_page(sat(), only)
        assert [line.number for line in page.lines] == numbers
        assert page.counts[page.only] == len(numbers)

    def test_names_pretest_items_as_unscored(self) -> None:
        assert [n.number for n in review_page(sat(), None).lines if n.is_unscored] == [11, 12]

    @pytest.mark.parametrize(
        ("number", "place", "earlier", "later"),
        [(3, 1, None, 9), (9, 2, 3, 10), (12, 4, 10, None), (5, None, 3, 9)],
    )
    def test_an_item_stands_between_its_neighbours(
        self, number: int, place: int | None, earlier: int | None, later: int | None
    ) -> None:
        page = review_item(sat(), number, "wrong")
        assert (page.place, page.earlier, page.later, page.total) == (place, earlier, later, 4)

    @pytest.mark.parametrize("number", [0, 13])
    def test_another_number_is_not_found(self, number: int) -> None:
        with pytest.raises(NotFoundError):
            review_item(sat(), number)

    def test_an_empty_item_tells_its_reasons_all_the_same(self) -> None:
        page = review_item(sat(), 6, Only.UNANSWERED)
        assert page.feedback.verdict is Verdict.UNANSWERED
        assert page.feedback.options[0].is_key

    def test_a_changed_item_shows_what_was_saved(self) -> None:
        page = review_item(sat(), 3)
        assert [each.words for each in page.history] == ["C: 78", "A: 58"]
        assert review_item(sat(), 1).history == ()

    def test_a_regraded_item_says_why_and_shows_what_counts(self) -> None:
        why = Regrade(1, "good-single", 2, "Both hold.", "Editor", START, None)
        old = sat(regrades={9: why})
        slots = (*old.slots[:8], replace(old.slots[8], points=1.0, correct=True), *old.slots[9:])
        page = review_item(replace(old, slots=slots), 9)
        assert page.correction.reason == "Both hold."
        assert page.feedback.verdict is page.line.verdict is Verdict.RIGHT
        assert page.line.is_regraded
        assert review_item(old, 10).correction is None


class TestReceipt:
    def test_has_every_save_in_the_order_of_arrival_and_then_the_events(self) -> None:
        rows = list(receipt_rows(sat()))
        assert rows[0] == HEADER
        assert [row[1] for row in rows[1:14]] == [str(n) for n in range(1, 14)]
        shown = letters(GOOD_SINGLE, sat().slots[1].seed)
        assert rows[2] == ("answer", "2", "2", "1", f"{shown[WRONG]}: 58", "2027-03-12T14:00:20Z")
        assert rows[14] == ("start", "1", "", "", "12 items, 24 min", "2027-03-12T14:00:00Z")

    @pytest.mark.parametrize(
        ("detail", "cell"),
        [
            ("=1+1", "'=1+1"),
            ("+99292", "'+99292"),
            ("-25", "'-25"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("99213-25", "99213-25"),
            ("E11.9", "E11.9"),
            ("00100", "00100"),
        ],
    )
    def test_starts_no_formula_and_leaves_codes_alone(self, detail: str, cell: str) -> None:
        of = record([Answered([RIGHT])], events=[("note", detail)])
        assert list(receipt_rows(of))[-1][4] == cell

    def test_modifier_25_survives_the_file(self) -> None:
        """Typed into the code column alone, it is a row of modifier 25 and nothing else."""
        given = CodeEntryResponse((EnteredCode("", ("25",)),))
        of = record([Answered(item=GOOD_CODE_ENTRY, responses=[given])], events=())
        rows = list(csv.reader(StringIO(receipt(of).removeprefix("\ufeff"), newline="")))
        assert rows[1][4] == "'-25"
        assert rows[1][4].removeprefix("'") == "-25"

    def test_the_end_counts_what_arrived(self) -> None:
        page = over_page(sat(ending=Ending.EXPIRED))
        assert (len(page.received), page.length, page.is_expired) == (11, 12, True)
        assert page.last_at == START + timedelta(seconds=130)

    def test_an_exam_without_an_answer_ends_as_well(self) -> None:
        page = over_page(record([Answered()]))
        assert (page.received, page.last_at, page.is_expired) == ((), None, False)


class TestTemplates:
    """Every branch of every page prints."""

    def printed(self, house: Trainer, template: str, page: object) -> str:
        app = create_app(house)
        with app.test_request_context("/"):
            return " ".join(render_template(f"mocks/{template}.html", page=page).split())

    def test_the_first_two_lines_are_verdict_and_band(self, memory_house: Trainer) -> None:
        page = self.printed(memory_house, "result", result(sat(), sat()))
        assert 'Below the mark: <span class="nowrap">6 of 10 right</span>' in page
        assert "On a real form, likely <b>" in page
        assert "(80 % interval, n = 10)" in page
        assert "unscored" not in page

    def test_an_estimate_is_never_called_a_score(self, memory_house: Trainer) -> None:
        granted, choice = Accommodation(1.5), Choice(items=12, domains=(0,), digital_book=True)
        of = sat(cut=SCALED, granted=granted, choice=choice, ending=Ending.EXPIRED)
        page = self.printed(memory_house, "result", result(of))
        for part in (
            "by our estimate",
            "about <b>271</b>",
            "Estimate, not an official score.",
            "time was up",
            "with digital book",
            "time × 1.5",
            "same choice of domains",
        ):
            assert part in page

    def test_a_perfect_form_has_nothing_to_practise(self, memory_house: Trainer) -> None:
        page = self.printed(memory_house, "result", result(record([Answered([RIGHT])])))
        assert "Passed: " in page
        assert "Practise" not in page
        assert "No times were measured" in page
        assert "No answer was changed (n = 1)" in page

    @pytest.mark.parametrize("only", [*Only])
    def test_a_review_lists(self, memory_house: Trainer, only: Only) -> None:
        page = self.printed(memory_house, "review", review_page(sat(), only))
        assert page.count("/review/") == len(review_page(sat(), only).lines)
        empty = review_page(record([Answered([RIGHT])]), only)
        assert "Review" in self.printed(memory_house, "review", empty)

    def test_an_item_of_each_kind_can_be_left_empty_or_half(self, memory_house: Trainer) -> None:
        steps = tuple(step.id for step in GOOD_ORDERING.steps)[::-1]
        of = record(
            [
                Answered(item=GOOD_MATCHING),
                Answered(item=GOOD_ORDERING),
                Answered(item=GOOD_CODE_ENTRY),
                Answered(item=GOOD_MATCHING, responses=[MatchingResponse((("p1", "liver"),))]),
                Answered(item=GOOD_ORDERING, responses=[OrderingResponse(steps)]),
            ]
        )
        pages = [self.printed(memory_house, "review_item", review_item(of, n)) for n in range(1, 6)]
        assert all("Not answered" in page for page in pages[:3])
        assert not any("you chose" in page or "you had it" in page for page in pages[:3])
        assert "left empty" in pages[3]
        assert "you had it at" in pages[4]

    def test_an_unscored_and_a_regraded_item_say_so(self, memory_house: Trainer) -> None:
        why = Regrade(1, "good-single", 2, "Both hold.", "Editor", START, None)
        page = self.printed(memory_house, "review_item", review_item(sat(regrades={12: why}), 12))
        assert "did not count" in page
        assert "Both hold." in page

    def test_the_end_says_what_arrived_and_when(self, memory_house: Trainer) -> None:
        page = self.printed(memory_house, "over", over_page(sat(ending=Ending.EXPIRED)))
        assert "Time is up – 11 of 12 answers received, last at" in page
        assert "14:02:10 UTC" in page
        empty = self.printed(memory_house, "over", over_page(record([Answered()])))
        assert "Submitted – 0 of 1 answers received </h1>" in empty
