"""Rows: the only layer that speaks SQL.

A unit of work takes and gives values of `core`; no row leaves this package.
"""
