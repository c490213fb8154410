"""Scenarios as they are stored: the baseline they start from, their moves, rules and decisions."""
