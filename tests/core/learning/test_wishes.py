"""What a learner says of a question, and the chance of success that it asks for."""

from functools import reduce

import pytest

from trainer.core.learning.selection import NO_WISH, Steer, Wish, steered

HARD, EASY, TODAY, USUAL = Steer.TOO_HARD, Steer.TOO_EASY, Steer.NOT_TODAY, Steer.USUAL


class TestSteered:
    @pytest.mark.parametrize(
        ("words", "offset"),
        [
            ([], 0),
            ([HARD], 1),
            ([EASY], -1),
            ([HARD, HARD, EASY], 1),
            ([HARD, EASY], 0),
            ([TODAY], 0),
            ([HARD, TODAY], 1),
            ([HARD, HARD, USUAL], 0),
            ([EASY, USUAL, HARD], 1),
        ],
    )
    def test_counts_words(self, words: list[Steer], offset: int) -> None:
        assert reduce(steered, words, NO_WISH.offset) == offset

    @pytest.mark.parametrize(("word", "end"), [(HARD, 4), (EASY, -3)])
    def test_stops_where_the_target_does(self, word: Steer, end: int) -> None:
        # from 65 % in steps of 5 up to 85 % and down to 50 %
        assert reduce(steered, [word] * 9, 0) == end

    @pytest.mark.parametrize(("word", "back", "offset"), [(HARD, EASY, 3), (EASY, HARD, -2)])
    def test_turns_at_once_after_too_many_words(
        self, word: Steer, back: Steer, offset: int
    ) -> None:
        assert reduce(steered, [*[word] * 9, back], 0) == offset

    @pytest.mark.parametrize("word", Steer)
    @pytest.mark.parametrize("stored", [-99, 99])
    def test_brings_back_what_lies_beyond_the_ends(self, word: Steer, stored: int) -> None:
        assert -3 <= steered(stored, word) <= 4


class TestSteer:
    def test_is_sent_by_these_words(self) -> None:
        assert [word.value for word in Steer] == ["too-easy", "too-hard", "not-today", "usual"]


class TestWish:
    def test_is_nothing_at_first(self) -> None:
        assert (NO_WISH.target, NO_WISH.postponed) == (None, frozenset())

    @pytest.mark.parametrize(
        ("offset", "target"),
        [(-4, 0.5), (-3, 0.5), (-2, 0.55), (-1, 0.6), (1, 0.7), (3, 0.8), (4, 0.85), (5, 0.85)],
    )
    def test_asks_for_five_percent_a_word(self, offset: int, target: float) -> None:
        assert Wish(offset).target == pytest.approx(target)

    def test_puts_off_without_asking_for_another_success(self) -> None:
        assert Wish(0, frozenset({"coding.modifiers"})).target is None

    @pytest.mark.parametrize("word", [HARD, EASY])
    def test_of_one_more_word_asks_for_more_until_the_end(self, word: Steer) -> None:
        offsets = [0]
        while (after := steered(offsets[-1], word)) != offsets[-1]:
            offsets.append(after)
        targets = [Wish(offset).target for offset in offsets[1:]]
        assert targets == sorted(targets, reverse=word is EASY)
        assert len(set(targets)) == len(targets)
