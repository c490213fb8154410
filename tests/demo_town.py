"""Write the demo data of three fictional towns into ``data/demo/``.

Everything is made from the tables in ``demo_tables`` (see ``demo_catalogue.py``) with a seeded
random generator, so the same files come out every time::

    python tests/demo_town.py
"""

import csv
import io
from pathlib import Path
from string import Template

import demo_requests
import demo_rules
import demo_use
from demo_budgets import expenditure, revenue, total
from demo_catalogue import README
from demo_people import deflators, municipalities, population
from demo_tables.towns import TOWNS
from demo_tables.years import BUDGET, QUARTERS, SEED, STAGES, YEARS

FOLDER = Path(__file__).resolve().parents[1] / "data" / "demo"
EXPENDITURE_COLUMNS = (
    *("organisation_code", "organisation", "unit_code", "unit"),
    *("programme_code", "programme", "activity_code", "activity", "function_code"),
    *("economic_group_code", "economic_group", "economic_code", "economic"),
    *("fund_code", "fund", "description"),
    *STAGES,
)
REVENUE_COLUMNS = (
    *("economic_group_code", "economic_group", "economic_code", "economic"),
    *("fund_code", "fund", "description"),
    *BUDGET,
    *QUARTERS,
)


def as_csv(rows: tuple[dict, ...] | list[dict], columns: tuple[str, ...] = ()) -> str:
    """Write rows as comma separated text; an unknown amount is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(
        out, columns or tuple(rows[0]), extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def totals_table() -> str:
    """Return the exact totals of every file as a Markdown table."""
    head = ("town", "year", "direction", "rows", *STAGES)
    rows = ["| " + " | ".join(head) + " |", "|---|---|---|" + "---:|" * (len(head) - 3)]
    for code in TOWNS:
        for year in YEARS:
            for name, lines in (
                ("expenditure", expenditure(code, year)),
                ("revenue", revenue(code, year)),
            ):
                known = [s for s in STAGES if any(row.get(s) is not None for row in lines)]
                sums = [f"{total(lines, s):.2f}" if s in known else "" for s in STAGES]
                rows.append(f"| {code} | {year} | {name} | {len(lines)} | {' | '.join(sums)} |")
    return "\n".join(rows)


def _asked() -> str:
    return f"{total(demo_requests.requests(), demo_requests.STAGE):,.2f}"


def _expected() -> str:
    return f"{total(demo_requests.expected(), demo_requests.STAGE):,.2f}"


def files() -> dict[str, str]:
    """Return every file of ``data/demo/`` by its relative path.

    Returns
    -------
    dict[str, str]
        The text of each file; the committed files are equal to it.
    """
    texts = {
        "population.csv": as_csv(population()),
        "deflators.csv": as_csv(deflators()),
        "municipalities.csv": as_csv(municipalities()),
        "README.md": Template(README).substitute(
            totals=totals_table(), seed=SEED, asked=_asked(), expected=_expected()
        ),
    }
    for code in TOWNS:
        for year in YEARS:
            texts[f"{code}/{year}_expenditure.csv"] = as_csv(
                expenditure(code, year), EXPENDITURE_COLUMNS
            )
            texts[f"{code}/{year}_revenue.csv"] = as_csv(revenue(code, year), REVENUE_COLUMNS)
        letter = TOWNS[code]["letter"]
        texts[f"{code}/services.toml"] = demo_use.services(letter)
        texts[f"{code}/use.csv"] = demo_use.use(letter)
        texts[f"{code}/rules.toml"] = demo_rules.rules(letter)
    name = f"{demo_requests.TOWN}/requests_{demo_requests.YEAR}"
    stage = demo_requests.STAGE
    for direction, rows, columns in (
        ("expenditure", demo_requests.requests(), EXPENDITURE_COLUMNS),
        ("revenue", demo_requests.expected(), REVENUE_COLUMNS),
    ):
        kept = tuple(column for column in columns if column not in STAGES)
        texts[f"{name}_{direction}.csv"] = as_csv(rows, (*kept, stage))
    return texts


def main() -> None:
    """Write all files."""
    for path, text in files().items():
        target = FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


if __name__ == "__main__":
    main()
