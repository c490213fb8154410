"""Stored: batches beside what is stored; accepting and undoing them."""
