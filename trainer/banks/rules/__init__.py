"""The linter's rules: one file a rule, named `<id>_<flaw>.py`, each with one `RULE`.

A rule is found by standing in this folder; nothing is registered by hand.
"""
