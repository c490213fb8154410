"""The words of budget files: ``data/vocabulary/*.csv``, and what a text says by them."""

from budgeting.imports.folding import fold, folded

__all__ = ["fold", "folded"]
