"""The SQL files: what their headers promise, that they are used, and the catalogue's comments."""

import re
from pathlib import Path

import pytest
from fixtures.small_budget import ask

from budgeting import sql_files
from budgeting.sql_files import DIMENSIONS, SQL, statements

PACKAGE = Path(sql_files.__file__).parent
FOLDERS = ("queries", "commands")
FILES = [path for folder in FOLDERS for path in sorted((SQL / folder).glob("*.sql"))]
QUESTIONS = [path for path in FILES if path.parent.name == "queries"]


def header_and_body(path):
    text = path.read_text(encoding="utf-8")
    header = re.match(r"(?:--.*\n)*", text).group()
    body = text[len(header) :]
    return header, re.sub(r"--.*", "", re.sub(r"'(?:[^']|'')*'", "''", body))


def listed(header, mark):
    return set(re.findall(rf"^-- {re.escape(mark)}(\w+)", header, re.MULTILINE))


def test_the_first_line_says_what_the_file_is():
    """Each file begins with a sentence."""
    for path in FILES:
        assert re.match(r"-- [A-Z“].+", path.read_text(encoding="utf-8")), path.stem


def test_the_bound_parameters_are_those_of_the_header():
    """`$names` of the body and of the header are the same: none forgotten, none left over."""
    for path in FILES:
        header, body = header_and_body(path)
        assert listed(header, "$") == set(re.findall(r"\$(\w+)", body)), path.stem


def test_the_relations_are_those_of_the_header():
    """Each `@relation` of the header is read in the body, and no batch is read unannounced."""
    for path in FILES:
        header, body = header_and_body(path)
        relations = listed(header, "@")
        whole = path.read_text(encoding="utf-8")
        read = {name for name in relations if re.search(rf"\b(from|join)\s+{name}\b", body)}
        read |= {name for name in relations if f"'{name}'" in whole}  # given to a macro by name
        unqualified = set(re.findall(r"\b(?:from|join)\s+(batch_\w+)\b", body))
        assert (relations, relations) == (read, relations | unqualified), path.stem


def test_the_dimension_is_announced_where_it_is_filled_in():
    """`{dimension}` stands in the body exactly where the header lists it; no other brace does."""
    for path in FILES:
        header, body = header_and_body(path)
        assert listed(header, "{") == set(re.findall(r"\{(\w+)\}", body)), path.stem
        assert listed(header, "{") <= {"dimension"}, path.stem


def test_the_store_reads_the_same_header():
    """What the store demands of a caller are the names that the header lists."""
    for path in FILES:
        header, _ = header_and_body(path)
        names = {name for mark in "$@{" for name in listed(header, mark)}
        assert names == statements(path.parent.name)[path.stem].parameters, path.stem


def test_a_file_holds_one_statement():
    """No second statement hides behind a semicolon."""
    for path in FILES:
        _, body = header_and_body(path)
        assert "" == body.partition(";")[2].strip(), path.stem


def test_a_question_changes_nothing():
    """A file in queries only reads."""
    for path in QUESTIONS:
        _, body = header_and_body(path)
        assert re.match(r"\s*(with|select|from)\b", body, re.IGNORECASE), path.stem
        assert not re.search(
            r"^\s*(insert|update|delete|drop|create|alter)\b", body, re.M | re.I
        ), path.stem


def test_every_file_is_used():
    """A file that no Python code of the package names is dead, and gone."""
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    named = {word for source in sources for word in re.findall(r"[\"'](\w+)[\"']", source)}
    built = {"add_populations", "add_deflators"}  # demo.add_context: f"add_{table}"
    used = named | {f"add_{name}" for name in named if f"add_{name}" in built}
    assert set() == {path.stem for path in FILES} - used


def forms_of(statement):
    """Return a question with each column that it may be asked by."""
    columns = DIMENSIONS.values() if "{dimension}" in statement.sql else ("",)
    return [statement.sql.replace("{dimension}", column) for column in columns]


def test_every_question_can_be_prepared_by_the_database(demo_store):
    """Tables, columns and functions of each question exist."""
    cursor = demo_store._connection.cursor()
    for path in QUESTIONS:
        for sql in forms_of(statements("queries")[path.stem]):
            if "@" in sql:  # it reads tables that a caller gives
                continue
            assert 1 == len(cursor.extract_statements(sql)), path.stem
            cursor.execute(f"prepare question as {re.sub(r'^--.*', '', sql, flags=re.MULTILINE)}")


# --- the catalogue --------------------------------------------------------

OURS = "database_name = current_database() and not internal"


def test_every_table_has_a_comment(store):
    """The comment of a table says what one row of it is."""
    tables = ask(store, f"select table_name, comment from duckdb_tables() where {OURS}")
    assert len(tables) > 10
    assert [] == [
        t["table_name"] for t in tables if not (t["comment"] or "").startswith("One row ")
    ]


def test_every_view_has_a_comment(store):
    """The comment of a view says what one row of it is."""
    views = ask(store, f"select view_name, comment from duckdb_views() where {OURS}")
    assert views
    assert [] == [v["view_name"] for v in views if not (v["comment"] or "").startswith("One row ")]


def test_every_column_of_a_table_has_a_comment(store):
    """The dictionary of the data has no empty line."""
    columns = ask(
        store,
        f"""
        select schema_name || '.' || table_name || '.' || column_name as name, comment
        from duckdb_columns() where {OURS} and schema_name in ('staging', 'core', 'mart')
            and table_name not in (select view_name from duckdb_views() where {OURS})
        """,
    )
    assert len(columns) > 80
    assert [] == [column["name"] for column in columns if not (column["comment"] or "").strip()]


def test_no_table_lies_outside_the_three_schemas(store):
    """Tables and views are in staging, core or mart, never in main."""
    found = ask(
        store,
        f"select distinct schema_name from duckdb_tables() where {OURS} "
        f"union select schema_name from duckdb_views() where {OURS} order by 1",
    )
    assert ["core", "mart", "staging"] == [row["schema_name"] for row in found]


def test_money_is_decimal_and_nothing_is_a_float(store):
    """No column can lose a cent: amounts are decimal(18, 2), and no column is a float."""
    columns = ask(
        store,
        f"select column_name, data_type from duckdb_columns() where {OURS} "
        "and schema_name in ('staging', 'core', 'mart')",
    )
    assert {"DECIMAL(18,2)"} == {c["data_type"] for c in columns if c["column_name"] == "amount"}
    assert [] == [c for c in columns if c["data_type"] in ("DOUBLE", "FLOAT")]


def test_migrations_are_numbered_without_gaps():
    """The files of sql/schema are 0001, 0002 and so on."""
    numbers = [int(path.name[:4]) for path in sorted((SQL / "schema").glob("*.sql"))]
    assert list(range(1, len(numbers) + 1)) == numbers


# --- folding --------------------------------------------------------------


def folded(store, words):
    return ask(store, "select core.folded($words) as folded", words=words)[0]["folded"]


@pytest.mark.parametrize(
    ("spellings", "one"),
    [
        (("дечија", "dečija", "decija", "ДЕЧИЈА", "DEČIJA"), "decija"),
        (("љубав", "ljubav", "Љубав", "LJUBAV", "Ljubav"), "ljubav"),
        (("њива", "njiva", "ЊИВА", "Njiva"), "njiva"),
        (("џез", "džez", "Џез", "DŽEZ", "dzez"), "dzez"),
        (("ђаци", "đaci", "Ђаци", "ĐACI", "djaci"), "djaci"),
        (("ћошак", "ćošak", "cosak"), "cosak"),
        (("жене", "žene", "ŽENE", "zene"), "zene"),
        (("фонд за хитне сврхе", "fond za hitne svrhe"), "fond za hitne svrhe"),
        (("moterų", "MOTERŲ", "moteru"), "moteru"),
        (("vėžys", "VĖŽYS", "vezys"), "vezys"),
        (("barnomsorg å ä ö", "BARNOMSORG Å Ä Ö", "barnomsorg a a o"), "barnomsorg a a o"),
        (("educación ñ", "EDUCACIÓN Ñ", "educacion n"), "educacion n"),
        (("żłobek", "ŻŁOBEK", "zlobek"), "zlobek"),
        (("børn", "BØRN", "born"), "born"),
        (("č", "c\u030c"), "c"),
    ],
)
def test_every_spelling_of_a_word_folds_to_one(store, spellings, one):
    """Case, accents and script do not matter in a search."""
    assert {one} == {folded(store, spelling) for spelling in spellings}


def test_all_thirty_letters_fold_as_their_latin_letters_do(store):
    """Cyrillic and Latin alphabets fold to the same letters, small and capital."""
    cyrillic = "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш"
    latin = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"
    assert (folded(store, latin), folded(store, latin.upper())) == (
        folded(store, cyrillic),
        folded(store, cyrillic.upper()),
    )


@pytest.mark.parametrize("words", ["611100", "a-b/c (d) 10.4 %", ""])
def test_what_has_no_accent_stays(store, words):
    """Digits and marks are searched as they are."""
    assert words == folded(store, words)


def test_folding_twice_changes_nothing(store):
    """What is folded already, as in a stored search text, stays the same."""
    once = folded(store, "Ђаци и ŽENE ų ø")
    assert once == folded(store, once)
