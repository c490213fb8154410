"""Scenarios: what moving money would change, compared and decided."""
