"""A served item's decision as it is logged: by which policy, how likely, and why."""

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.learning.reasons import Reason


class Policy(StrEnum):
    """The rule that chose an item."""

    ADAPTIVE = "adaptive"  # priority × item score, one of the best three by chance
    PLACEMENT = "placement"  # blueprint-balanced, most informative
    REVIEW = "review"  # what is due, by value
    FORM = "form"  # drawn with a whole form, to the exam's outline
    MISSED = "missed"  # the adaptive rule among items last answered wrong


@dataclass(frozen=True, slots=True)
class Decision:
    """`propensity`: the exact probability with which the item was drawn, for off-policy evaluation.

    `expected`: the points that the model foretold. `reason` is None where nothing spoke for it.
    """

    policy: Policy
    propensity: float
    expected: float
    reason: Reason | None = None
