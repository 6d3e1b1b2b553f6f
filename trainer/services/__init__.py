"""Use cases: load, decide, store. One function each, inside one unit of work.

The time and chance come in as arguments; core errors go out.
"""
