"""Scope: whose money it is, of which year, in or out, counted in what; asked where no word says it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from budgeting.imports.guessing.classes import Class
from budgeting.imports.guessing.draft import Draft, exactly
from budgeting.imports.guessing.evidence import Column, contents_of, follows
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.words.measures import currency_in, unit_factor_in
from budgeting.imports.words.standards import country_of
from budgeting.imports.words.vocabulary import direction_of, directions_of_letters, year_in
from budgeting.model import Direction, Text, text
from budgeting.names import direction_name

_SURE, _CERTAIN = 0.7, 0.94
_MOST_WAYS = 6  # texts of a column of directions
_SPOKEN, _CLEARLY, _FEWEST_LETTERS = 0.1, 2, 5
_SEVERAL_DATES = 13  # more dates than months in a table are payments, not statements


def draft_year(draft: Draft) -> None:
    """Find the column of the year, of the date, or the year in the words above the table."""
    years = [c for c in draft.open if c.is_years and _may_be_of_years(draft, c)]
    years.sort(key=lambda c: -c.role("fiscal_year"))
    if years and (years[0].role("fiscal_year") >= 0.5 or years[0].distinct < 0.3 * years[0].filled):  # noqa: PLR2004
        draft.entries["fiscal_year_column"] = years[0].name
        draft.take(years[0], "year")
        draft.note(text("It holds the fiscal year."), years[0])


def _may_be_of_years(draft: Draft, column: Column) -> bool:
    """Tell years from codes such as 2001, which are called otherwise or have names beside them."""
    if column.role("fiscal_year"):
        return True
    is_called_otherwise = max(column.roles.values(), default=0) >= _SURE
    return (
        column.distinct < column.filled
        and not is_called_otherwise
        and not any(_is_name_of(other, column) for other in draft.evidence.columns)
    )


def _is_name_of(other: Column, code: Column) -> bool:
    """Tell whether each code has a name of its own in another column, and each name one code."""
    is_named = other is not code and other.is_words and other.distinct > 1
    return is_named and follows(other, code) >= _CERTAIN and follows(code, other) >= _CERTAIN


def draft_dates(draft: Draft) -> None:
    """Take a column of a few dates for the dates of statements; many dates are payments."""
    for column in [c for c in draft.open if c.is_dates]:
        if column.distinct >= _SEVERAL_DATES or column.distinct == 1:
            draft.ignore(column, "the date of each entry: amounts are added up over the year")
            continue
        if any("date_column" in amount for amount in draft.entries.get("amount", [])):
            continue
        draft.take(column, "date")
        for amount in draft.entries.get("amount", []):
            amount["date_column"] = column.name
            if amount.get("stage") == "approved":
                amount["later_stage"] = "revised"
        draft.note(
            text("Each of its dates is a statement of its own: they are never added."), column
        )


def ask_year(draft: Draft) -> None:
    """Look for the year in the title; ask for it where nothing says it."""
    entries = draft.entries
    if "fiscal_year_column" in entries or "fiscal_year" in entries:
        return
    if all("year" in a or "date_column" in a for a in entries.get("amount", [])):
        return
    found = {year for line in titles(draft) if (year := year_in(line))}
    if len(found) == 1:
        entries["fiscal_year"] = found.pop()
        draft.note(
            text("The year {year} stands above the table.", year=str(entries["fiscal_year"]))
        )
    else:
        draft.asked.add("fiscal-year")


def titles(draft: Draft) -> Iterator[str]:
    """Yield the texts above the header and the name of the sheet."""
    for _, cells in draft.evidence.table.above:
        yield from (cell for cell in cells if cell)
    if draft.evidence.table.sheet:
        yield draft.evidence.table.sheet


def draft_municipality(draft: Draft, money: Sequence[Column]) -> None:
    """Find the column of municipalities; ask for the one where there is none."""
    columns = draft.open
    names = [c for c in columns if c.is_words and c.role("municipality_name") >= _SURE]
    names = [c for c in names if c.distinct > 1 and _is_repeated(draft, c)]
    draft.asked.add("municipality")
    if not names:
        return
    # of a region and its towns, the towns; the later of two alike
    name = max(names, key=lambda c: (c.distinct, c.role("municipality_name")))
    place = {"column": name.name, **_of_country(draft)}
    codes = [c for c in columns if _is_code_of(c, name)]
    if codes:
        place["code_column"] = codes[0].name
        draft.take(codes[0], "municipality code")
    for other in columns:
        is_above = other not in (name, *codes[:1], *money) and other.name not in draft.taken
        if is_above and 1 < other.distinct < name.distinct and follows(other, name) >= 0.8:  # noqa: PLR2004
            draft.ignore(other, f"it follows from “{name.name}”")
    draft.entries["municipality"] = place
    draft.take(name, "municipality")
    draft.asked.discard("municipality")
    draft.asked |= asked_of_many(place)
    draft.note(text("It names the municipalities: {count} of them.", count=name.distinct), name)


def _is_repeated(draft: Draft, column: Column) -> bool:
    has_year = "fiscal_year_column" in draft.entries
    return (
        column.distinct < 0.7 * column.filled
        or has_year
        or column.role("municipality_name") > _CERTAIN
    )


def _is_code_of(code: Column, name: Column) -> bool:
    if not code.is_codes or code.role("municipality_code", "line_code") < 0.5:  # noqa: PLR2004
        return False
    return follows(name, code) >= 0.9 and follows(code, name) >= 0.9  # noqa: PLR2004


def asked_of_many(place: Mapping[str, object]) -> set[str]:
    """Return what must be asked of the municipalities of a file: the country, the currency."""
    return {name for name in ("country", "currency") if f"{name}_code" not in place}


def _of_country(draft: Draft) -> dict[str, str]:
    """Return the currency that the words say, and the country where but one pays with it."""
    currency = _currency(draft)
    country = country_of(currency or "")
    codes = {"country_code": country, "currency_code": currency}
    return {name: code for name, code in codes.items() if code}


def _currency(draft: Draft) -> str | None:
    said = [*titles(draft), *(c.header for c in draft.evidence.columns)]
    said += [v for c in draft.evidence.columns if c.role("currency") >= _SURE for v in c.values[:3]]
    found = {code for words in said if (code := currency_in(words))}
    return found.pop() if len(found) == 1 else None


def draft_unit(draft: Draft, money: Sequence[Column]) -> None:
    """Find "in thousands" in the header of a column or above the table."""
    above = {factor for line in titles(draft) if (factor := _factor(line)) and factor > 1}
    for amount in draft.entries.get("amount", []):
        column = next((c for c in money if c.name == amount["column"]), None)
        own = _factor(column.header) if column else None
        factor = own or (next(iter(above)) if len(above) == 1 else 1)
        if factor > 1:
            amount["factor"] = factor
            draft.note(
                text("It counts in units of {factor}.", factor=factor),
                column,
                text("Check the unit: every amount is multiplied by it."),
            )

    unclear = [words for words in _words_of_units(draft) if _UNCLEAR_UNIT.search(words)]
    if unclear and not any("factor" in amount for amount in draft.entries.get("amount", [])):
        draft.note(
            text(
                "“{words}” may say a unit; the amounts are taken as they are written.",
                words=unclear[0],
            ),
            doubt=text(
                "Check whether the amounts are in thousands or millions, and state the unit."
            ),
        )


def _words_of_units(draft: Draft) -> list[str]:
    """Return the words in which a unit may stand: above the table and over the amounts."""
    columns = {amount["column"] for amount in draft.entries.get("amount", [])}
    return [*titles(draft), *(c.header for c in draft.evidence.columns if c.name in columns)]


# thousands in one country and millions in another
_UNCLEAR_UNIT = re.compile(r"(?<!\w)(?:M|m|MM|mm|mn|mil)\.?\s?[$€£](?!\w)|(?<!\w)mil\.(?!\w)")
_MULTIPLIED = re.compile(r"[x×*]\s*[€$£]?\s*1((?:[.,' \u00a0]?000)+)(?!\d)", re.IGNORECASE)


def _factor(words: str) -> int | None:
    return _multiplier(words) or unit_factor_in(words)


def _multiplier(header: str) -> int | None:
    """Return the factor that a header writes out: "x € 1.000"."""
    found = _MULTIPLIED.search(header)
    return 10 ** found[1].count("0") if found else None


def draft_direction(
    draft: Draft, classes: Sequence[Class], rows: Truths, totals: Collection[str]
) -> None:
    """Find whether it is expenditure or revenue: by a column, by words, by what is spoken of."""
    line = draft.entries.setdefault("line", {})
    if all("direction" in amount for amount in draft.entries["amount"]):
        return
    column = _direction_column(draft, rows)
    if column:
        ways = _ways(column, column.values)
        by_way = {way: [v for v in column.values if ways.get(v) is way] for way in Direction}
        line["direction_column"] = column.name
        line["expenditure"] = exactly(by_way[Direction.EXPENDITURE])
        line["revenue"] = exactly(by_way[Direction.REVENUE])
        draft.take(column, "direction")
        draft.note(text("It says whether a line is expenditure or revenue."), column)
        return
    way, reason = _by_words(draft, classes, totals)
    if way is None:
        draft.asked.add("direction")
    else:
        line["direction"] = way.value
        draft.note(
            text(
                "All lines are {direction}: {reason}.", direction=direction_name(way), reason=reason
            )
        )


def _direction_column(draft: Draft, rows: Truths) -> Column | None:
    for column in draft.evidence.columns:
        if column.name in draft.taken and draft.taken[column.name] in (
            "amount",
            "ignored",
            "sum",
            "change",
        ):
            continue
        used = np.unique(column.text.places[column.has_text & rows])
        if len(used) > _MOST_WAYS:
            continue
        values = [column.text.values[place] for place in used]
        ways = _ways(column, values)
        if len(ways) == len(values) and set(ways.values()) == set(Direction):
            return column
    return None


def _ways(column: Column, values: Iterable[str]) -> dict[str, Direction]:
    """Return the direction that each text says; in a column called so letters may stand for words."""
    ways = {value: way for value in values if (way := direction_of(value))}
    if ways or column.role("direction") < _SURE:
        return ways
    return directions_of_letters(value for value in values if len(value) == 1)


def _by_words(
    draft: Draft, classes: Sequence[Class], totals: Collection[str]
) -> tuple[Direction | None, str | Text]:
    """Return the direction that the words say, with the words."""
    members = {a["column"] for a in draft.entries.get("amount", []) if "member" in a}
    said: list[tuple[Direction, str]] = []
    for line in (*titles(draft), *totals):
        said += [(way, line)] if (way := direction_of(line)) else []
    for column in draft.evidence.columns:
        if column.header and column.name not in members:
            said += [(way, column.header)] if (way := direction_of(column.header)) else []
    for one in classes:
        values = [v for v in one.text.values if v][:60]
        counted = Counter(way for v in values if (way := direction_of(v)))
        if len(counted) == 1 and sum(counted.values()) >= 0.3 * len(values):
            said.append((next(iter(counted)), f"{one.text.name}: {values[0]}"))
    ways = {way for way, _ in said}
    spoken = _by_contents(classes)
    if len(ways) == 1:
        way = ways.pop()
        if spoken in (None, way):
            return way, f"“{' '.join(said[0][1].split())[:60]}”"
        return None, ""
    if not ways and spoken:
        return spoken, text("its lines speak of it")
    return (
        (spoken, text("its lines speak of it")) if spoken and _most(said) is spoken else (None, "")
    )


def _most(said: list[tuple[Direction, str]]) -> Direction | None:
    (way, count), *rest = Counter(way for way, _ in said).most_common()
    return way if not rest or count > rest[0][1] else None


def _by_contents(classes: Sequence[Class]) -> Direction | None:
    """Return the direction that the words of the economic class speak of, where they are clear."""
    economic = [
        one for one in classes if max(one.scores, key=lambda n: one.scores[n]) == "economic_class"
    ]
    found = [contents_of(one.text) for one in economic]
    spent = sum(contents.of("spending") for contents in found)
    got = sum(contents.of("income") for contents in found)
    meaning = "spending" if spent > got else "income"
    words = {word for contents in found for word in contents.words[meaning]}
    if (
        len("".join(words)) < _FEWEST_LETTERS  # a short word may be of a language unknown here
        or max(spent, got) < _SPOKEN * len(found)
        or max(spent, got) < _CLEARLY * min(spent, got)
    ):
        return None
    return Direction.EXPENDITURE if spent > got else Direction.REVENUE
