"""Meetings: guests come in by a link, say of a few topics whether they should have more, and see the sum."""
