"""Gender-responsive budgeting: the vocabulary, the store, the reports and the pages' parts.

Pages ask, reports compose, pure functions compute, SQL files fetch, and everything that a budget
officer or a translator may edit is a text file under ``data/``. See docs/architecture.md.
"""

__version__ = "0.1.0"
