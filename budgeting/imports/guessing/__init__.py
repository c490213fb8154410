"""Guessing: what the columns of an unknown table are, by their words, cells, neighbours and sums.

Every decision is a note with its reason; what nothing in the file says is asked, never decided.
"""
