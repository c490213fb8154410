"""Meaning: a mapping applied to a table gives batches of lines, and what becomes of every row."""
