"""Simulated learners send what the pages of each kind of question take."""

import pytest

from benchmarks.browsing import Failure, Page, answer

HIDDEN = '<input type="hidden" name="csrf_token" value="t"><input name="revision" value="3">'
OPTIONS = '<input name="chosen" value="a"><input name="chosen" value="b">'
STEPS = "".join(
    f'<select class="x" name="place-{name}"><option value="">–</option>'
    '<option value="1">1</option><option value="2">2</option></select>'
    for name in "ab"
)
GIVEN = {
    "single": ("<legend>Choose one</legend>" + OPTIONS, {"chosen": ["a"]}),
    "multiple": ("<legend>Choose 2</legend>" + OPTIONS, {"chosen": ["a", "b"]}),
    "ordering": (STEPS, {"place-a": "1", "place-b": "2"}),
    "matching": (STEPS, {"place-a": "1", "place-b": "1"}),
    "code_entry": ('<input name="rows-0-code" value="">', {"rows-0-code": "E11.22"}),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_an_answer_fits_its_kind_and_carries_what_is_hidden(kind: str) -> None:
    inside, given = GIVEN[kind]
    page = Page("/x", 200, None, f'<form data-kind="{kind}">{HIDDEN}{inside}</form>')
    assert answer(page) == {"csrf_token": "t", "revision": "3"} | given


def test_a_page_without_a_question_has_no_answer() -> None:
    with pytest.raises(Failure):
        answer(Page("/x", 200, None, "<p>Over</p>"))
