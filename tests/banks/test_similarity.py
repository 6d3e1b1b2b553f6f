"""Likeness of texts: hand-counted coefficients, and the join against all pairs."""

from itertools import combinations
from random import Random

import pytest

from trainer.banks import similarity
from trainer.banks.similarity import (
    alike_pairs,
    content_words,
    fingerprint,
    first_with_text,
    grams,
    token_set_ratio,
)


class TestContentWords:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("The codes are linked with the coding.", {"cod", "link"}),
            ("Report E11.9, that is E119", {"report", "e119"}),
            ("Use 99213-25 for it", {"99213", "25"}),
            ("Modifier -59", {"modifier", "59"}),
            ("$1,250.00 in twelve days", {"1250", "12", "day"}),
            ("The patient's **liver** (hepat/o)", {"patient", "liver", "hepat", "o"}),
            ("What is it?", set()),
        ],
    )
    def test_keep_what_a_text_is_about(self, text: str, found: set[str]) -> None:
        assert content_words(text) == found

    def test_tell_part_b_from_part_c(self) -> None:
        assert content_words("Part B") != content_words("Part C")


class TestFingerprint:
    @pytest.mark.parametrize("other", ["which CODE?", "**Which** code", " which\ncode: "])
    def test_ignores_case_blanks_and_markup(self, other: str) -> None:
        assert fingerprint("Which code?") == fingerprint(other)

    def test_tells_words_apart(self) -> None:
        assert fingerprint("Which code?") != fingerprint("Which codes?")

    def test_points_at_the_first_of_its_kind(self) -> None:
        assert first_with_text(("a b", "c", "A, b!", "c.")) == (0, 1, 0, 1)


class TestRatios:
    def test_token_set_ratio_is_twice_the_shared_by_all(self) -> None:
        """Dice by hand: {a b c} and {b c d e} share 2 of 7, 4/7."""
        assert token_set_ratio(set("abc"), set("bcde")) == pytest.approx(4 / 7)

    def test_two_empty_texts_are_the_same(self) -> None:
        assert token_set_ratio(set(), set()) == 1

    def test_grams_are_runs_of_five_letters(self) -> None:
        assert grams("Co-ding!s") == {"codin", "oding", "dings"}
        assert grams("ab") == {"ab"}


class TestAlikePairs:
    def test_finds_a_typing_error_and_another_order(self) -> None:
        texts = (
            "A surgeon closes a wound of the forearm in layers; which code is reported for it?",
            "A claim was denied for lack of authorization; what does the biller send now?",
            "A surgeon closes a wound of the foreram in layers; which code is reported for it?",
            "What does the biller send now? A claim was denied for lack of authorization.",
        )
        assert {(pair.earlier, pair.later) for pair in alike_pairs(texts)} == {(0, 2), (1, 3)}

    def test_prefix_filter_loses_no_pair(self) -> None:
        random = Random(5)  # noqa: S311 - texts, no secrets
        sets = [frozenset(random.choices("abcdefghijklmnop", k=9)) for _ in range(120)]
        weights = similarity._rarity(sets)

        def weight(letters: frozenset[str]) -> float:
            return sum(weights[letter] for letter in letters)

        wanted = {
            (one, other)
            for one, other in combinations(range(120), 2)
            if weight(sets[one] & sets[other]) >= 0.7 * weight(sets[one] | sets[other])
        }
        assert len(wanted) > 5
        found = similarity._joined(sets, 0.7)
        assert {(pair.earlier, pair.later) for pair in found} == wanted
