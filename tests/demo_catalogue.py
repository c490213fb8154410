"""Tables from which ``demo_town.py`` builds the fictional demo towns.

Everything here is invented.  The tables are plain text so that they can be
read and changed without reading the generator.

The budget catalogue (``CATALOGUE``) is a list of blocks.  A block begins with

``@ unit activity function amount [flags] | name``

where *amount* is thousand BAM in Vrbograd in 2023 and *name* replaces ``{x}``
in the lines.  Flags: ``V`` only Vrbograd, ``S`` only the smaller towns, a year
= only that year.  ``+name`` takes in the lines of a template.  A line is

``[mark]economic fund weight description / other wording / ...``

with the marks ``!`` always kept, ``~`` project of one or two years, ``^`` new
only after a rebalance (weight = thousand BAM), ``$`` supplementary budget of
2024 (weight = share), ``-`` correction line (weight = BAM).  ``{place}``,
``{street}`` and ``{route}`` repeat a line for every name of the town.
"""

from pathlib import Path

_TABLES = Path(__file__).with_name("demo_tables")
CATALOGUE = (_TABLES / "expenditure.txt").read_text(encoding="utf-8")
# Revenue: code, fund, weight inside the fund, words; "*" marks the line which
# takes up the difference of the fund, "^" is new in rebalance_1 of 2024.
REVENUE = (_TABLES / "revenue.txt").read_text(encoding="utf-8")
README = (_TABLES / "readme.txt").read_text(encoding="utf-8")
