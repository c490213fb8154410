"""Marks: which category a person gave a budget line, programme or organisation, and why."""
