"""Sheets: which rows are lines, and what printed totals add up."""
