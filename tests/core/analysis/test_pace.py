"""Time and changed answers; counted by hand."""

from tests.core.analysis.samples import outcome
from trainer.core.analysis.pace import Changes, changes, pace


def test_slow_is_more_than_twice_the_target() -> None:
    seconds = (60, 240, 241, 0, 59)
    found = pace([outcome(n, seconds=each) for n, each in enumerate(seconds, 1)], 120.0)
    assert found.slow == {3}
    assert found.rows == ((1, 60), (2, 240), (3, 241), (5, 59))  # 0: not measured
    assert found.mean == 150
    assert found.n == 4


def test_time_on_pretest_items_is_time_too() -> None:
    assert pace([outcome(1, seconds=30, scored=False)], 60.0).n == 1


def test_without_times_there_is_no_pace() -> None:
    found = pace([outcome(1)], 60.0)
    assert (found.n, found.mean, found.slow) == (0, 0.0, frozenset())


def test_changes_are_counted_over_scored_items_with_a_history() -> None:
    histories = [(True, False), (False, True), (False, True), (False, False), (True,), ()]
    sat = [outcome(n, corrects=each) for n, each in enumerate(histories, 1)]
    pretest = outcome(7, corrects=(True, False), scored=False)
    found = changes([*sat, pretest])
    assert found == Changes(n=5, to_wrong=1, to_right=2, still_wrong=1)
    assert found.total == 4
