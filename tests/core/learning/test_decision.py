"""How a decision is logged."""

from trainer.core.learning.decision import Policy


def test_policies_are_stored_by_these_words() -> None:
    assert [policy.value for policy in Policy] == [
        "adaptive",
        "placement",
        "review",
        "form",
        "missed",
    ]
