"""The learner model: what somebody is likely to know, and what to ask next.

One entry takes evidence in: `observe(learner, item, score, at) -> Learner`. Pure arithmetic.
"""
