"""The taxonomy is asked by a subtopic's id and keeps its order."""

import pytest

from trainer.core.topic import Subtopic, Taxonomy, Topic, tags_of

MODIFIERS = Subtopic("coding.modifiers", "Modifiers", "Modifiers")
CLAIMS = Subtopic("billing.claims", "Claims", "Claims", ("837",))
DENIALS = Subtopic("billing.denials", "Denials", "Denials")
TAXONOMY = Taxonomy(
    (Topic("coding", "Coding", (MODIFIERS,)), Topic("billing", "Billing", (CLAIMS, DENIALS)))
)


def test_it_runs_over_all_subtopics_in_their_order() -> None:
    assert list(TAXONOMY) == [MODIFIERS, CLAIMS, DENIALS]


def test_a_subtopic_is_found_by_its_id() -> None:
    assert TAXONOMY["billing.claims"] is CLAIMS


@pytest.mark.parametrize("unknown", ["billing", "billing.nothing", "", "CODING.modifiers"])
def test_an_unknown_id_is_a_key_error(unknown: str) -> None:
    with pytest.raises(KeyError):
        TAXONOMY[unknown]


@pytest.mark.parametrize(
    ("name", "known"), [("billing.denials", True), ("billing", False), ("x", False), (None, False)]
)
def test_it_knows_what_it_contains(name: object, known: bool) -> None:
    assert (name in TAXONOMY) is known


def test_a_subtopic_knows_its_topic() -> None:
    assert CLAIMS.topic == "billing"


def test_answers_are_evidence_of_topic_and_subtopic() -> None:
    assert tags_of("billing.claims") == ("billing", "billing.claims")
