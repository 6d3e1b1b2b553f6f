"""Official code sets: what a code means and whether it is valid on a day.

Knows the published releases; knows no item, no row, no request.
"""
