"""The learner model: what somebody is likely to know, and what to ask next.

One entry takes evidence in: `estimate.observe(learner, item, score, at) -> Learner`. Pure
arithmetic. The site still goes by `tally` and `first_rule`; docs/engine.md tells what is wired.
"""
