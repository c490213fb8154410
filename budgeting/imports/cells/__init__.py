"""Cells: columns of text, and the numbers and dates written in them."""
