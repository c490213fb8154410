"""Mappings: what turns a layout into budget lines, written down, guessed, or taken up again."""
