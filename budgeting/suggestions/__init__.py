"""Suggestions: what a mark could be, with the words or lines that say so. Never a mark by itself."""
