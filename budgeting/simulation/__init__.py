"""Moving money on a baseline: moves, the rules they must keep, and what they change. Pure."""
