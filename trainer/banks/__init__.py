"""Our own bank files: read, checked, linted.

Knows YAML and the shape of a bank; knows no row, no request, no official code set.
"""
