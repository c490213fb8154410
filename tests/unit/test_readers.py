"""Readers of text files: bytes to rows of text, every row accounted for by its number in the file."""

import pytest
from fixtures.text_files import LAYOUT, cells, checks_of, numbers, read

from budgeting.imports.source import FileLayout

WESTERN = FileLayout("cp1252", ";")


def test_rows_are_text_with_their_number_in_the_file():
    """Nothing is guessed: codes keep their zeros, and the first row below the header is row 2."""
    table = read("code;amount\n007;1,50\n1e5;true\n")
    assert [("007", "1,50"), ("1e5", "true")] == cells(table)
    assert [2, 3] == numbers(table)


@pytest.mark.parametrize("word", ["NULL", "null", "NA", "N/A", "nan", "#N/A", "None", "true", "-"])
def test_no_word_is_taken_for_nothing(word):
    """A unit called NA is a unit called NA."""
    assert [(word, "1")] == cells(read(f"a;b\n{word};1\n"))


def test_a_byte_order_mark_is_not_part_of_the_first_column():
    """A file that Excel wrote as UTF-8 has the same columns as one without the mark."""
    assert ("a", "b") == read("\ufeffa;b\n1;2\n").header


def test_a_western_file_is_read_in_its_encoding():
    """cp1252 gives accents, the euro sign and the dash their letters."""
    table = read("código;área\nñ;€ – “x”\n", WESTERN, "cp1252")
    assert (("código", "área"), [("ñ", "€ – “x”")]) == (table.header, cells(table))


@pytest.mark.parametrize(
    ("text", "layout", "encoding", "row"),
    [
        ("código;b\n1;2\n", LAYOUT, "cp1252", 1),
        ("a;b\n1;2\nñ;4\n", LAYOUT, "cp1252", 3),
        ("a;b\n1;Ѝ\n", WESTERN, "utf-8", 2),  # one of its bytes has no meaning in cp1252
    ],
)
def test_another_encoding_is_an_error_at_its_row(text, layout, encoding, row):
    """The finding names the encoding that was expected and the first row that breaks it."""
    table = read(text, layout, encoding)
    assert (["encoding"], row) == (checks_of(table), table.findings[0].row_number)
    assert layout.encoding in str(table.findings[0].message)
    assert 0 == table.rows.num_rows


def test_a_stated_encoding_that_does_not_exist_is_a_finding():
    """Not an exception."""
    assert ["encoding"] == checks_of(read("a;b\n1;2\n", FileLayout("cp9999")))


def test_a_stated_encoding_that_spoils_utf8_is_a_warning():
    """The file is read as stated, and the reader is told that it is written in UTF-8."""
    table = read("naziv;b\nč;4\n", FileLayout("cp1250"))
    assert ["encoding"] == checks_of(table)
    assert "warning" == table.findings[0].severity


def test_a_delimiter_inside_quotes_is_part_of_the_cell():
    """Quotes keep a delimiter, and a doubled quote is one."""
    assert [("x;y", 'say "z"')] == cells(read('a;b\n"x;y";"say ""z"""\n'))


def test_a_line_break_inside_quotes_is_part_of_the_cell():
    """A cell of two lines is one cell, and the row after it is the next row."""
    table = read('a;b\n"one\ntwo";1\nx;2\n')
    assert ([("one\ntwo", "1"), ("x", "2")], [2, 3]) == (cells(table), numbers(table))


def test_line_breaks_inside_quotes_are_kept_in_a_file_of_many_megabytes():
    """A large file is read in pieces, and no piece ends inside a cell."""
    count, words = 60_000, "x" * 40
    table = read("a;b\n" + f'"{words}\n{words}";1\n' * count)
    assert (count, ()) == (table.rows.num_rows, table.rejected)
    assert {f"{words}\n{words}"} == set(table.rows["a"].unique().to_pylist())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("inner", ["-", "\n", "\r\n"])
@pytest.mark.parametrize("count", [1, 40_000])
def test_quotes_of_a_file_of_many_megabytes_hold_one_cell_each(end, inner, count):
    """Whether none, one or all cells have several lines: rows and cells are those that were written."""
    words, odd = "x" * 120 + ";" + "y" * 120, f"x{inner}y"
    rows = [odd if place < count else words for place in range(40_000)]
    table = read(end.join(["a;b", *(f'"{row}";1' for row in rows), ""]))
    assert (rows, ()) == (table.rows["a"].to_pylist(), table.rejected)


def test_a_quote_that_swallows_rows_of_a_large_file_is_asked_about():
    """A quotation mark that opens in one row and closes rows later takes these into its cell."""
    rows = ["some words;1"] * 1_000_000
    rows[500_000], rows[500_003] = '"some words;1', 'some words";1'
    table = read("\n".join(["a;b", *rows, ""]))
    assert ["quote"] == checks_of(table)
    assert (500_002, 999_997) == (table.findings[0].row_number, table.rows.num_rows)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_of_either_kind_are_read(end, last):
    """CRLF and LF give the same rows, with and without a line end after the last one."""
    table = read(end.join(["a;b", "1;2", "3;4"]) + (end if last else ""))
    assert ([("1", "2"), ("3", "4")], (), ()) == (cells(table), table.skipped, table.rejected)


@pytest.mark.parametrize("empty", [";", "", " ; ", '"";""', "\u00a0;\t"])
def test_an_empty_row_is_skipped_and_its_number_kept(empty):
    """A row without a word is left out with its number, and later rows keep theirs."""
    table = read(f"a;b\n1;2\n{empty}\n3;4\n")
    assert ((3,), [2, 4], ()) == (table.skipped, numbers(table), table.findings)


def test_a_row_with_one_word_is_not_empty():
    """One filled cell is enough for a row to be read."""
    table = read("a;b\n;x\n")
    assert ((), [("", "x")]) == (table.skipped, cells(table))


@pytest.mark.parametrize(("row", "found"), [("1", 1), ("1;2;3", 3)])
def test_a_row_with_another_number_of_cells_is_rejected_by_its_number(row, found):
    """The finding tells both numbers of cells; the rows around it keep their own numbers."""
    table = read(f"a;b\n1;2\n{row}\n;\n3;4\n")
    assert ((3,), (4,), [2, 5]) == (table.rejected, table.skipped, numbers(table))
    assert [(3, f"The row has {found} cells where the header has 2.")] == [
        (finding.row_number, str(finding.message)) for finding in table.findings
    ]


def test_rejected_rows_after_a_cell_of_two_lines_have_the_number_of_their_row():
    """Rows are counted, not lines."""
    table = read('a;b\n"one\ntwo";1\nbroken\nx;2\n')
    assert ((3,), [2, 4]) == (table.rejected, numbers(table))


def test_a_quote_that_is_never_closed_is_a_finding():
    """A file that ends inside a quoted cell is not read as if it were whole."""
    table = read('a;b\n"one;1\nx;2\n')
    assert ([], ["cells-of-row"]) == (cells(table), checks_of(table))


@pytest.mark.parametrize("content", ["", "\n", "  \r\n \n", "\ufeff"])
def test_an_empty_file_is_an_error(content):
    """A file without a word has no header and says so."""
    table = read(content)
    assert (["empty-file"], (), 0) == (checks_of(table), table.header, table.rows.num_rows)


@pytest.mark.parametrize("content", ["a;b", "a;b\n", "a;b\r\n\r\n"])
def test_a_file_of_only_a_header_is_an_error(content):
    """A header alone is no budget."""
    assert ["empty-file"] == checks_of(read(content))


def test_columns_of_one_name_are_told_apart_by_their_position():
    """Both stay readable; the second one and its new name are a warning, not a refusal."""
    table = read("a;b; a \nx;2;3\n")
    assert ("a", "b", "a #3") == table.header
    assert [("repeated-column", "warning", "a #3")] == [
        (finding.check, finding.severity, finding.column) for finding in table.findings
    ]


def test_a_column_without_a_name_is_called_by_its_position():
    """Positions count all columns of the file; a column without name and cells is left out."""
    table = read(";a;;b;\n;x;1;2;\n")
    assert (("a", "#3", "b"), [("x", "1", "2")]) == (table.header, cells(table))


def test_a_position_always_means_the_column_that_stands_there():
    """A column that is called "#1" elsewhere does not take the name of the first one."""
    assert ("a", "#1 #2", "#3") == read("a;#1;\nx;1;2\n").header


def test_a_name_that_paritet_needs_is_told_apart_too():
    """The file may have a column called row_number."""
    table = read("row_number;b\nx;2\n")
    assert ("row_number #1", "b") == table.header


def test_spaces_around_a_column_name_do_not_count():
    """A header is read without the spaces around its names."""
    assert ("a", "b c") == read(" a ;b c \n1;2\n").header


ODD = {
    "an empty line above the header": "\na;b\n1;2\n",
    "a line break inside the header": '"a\nx";b\n1;2\n',
    "a cell of three million letters": f'a;b\n"{"z" * 3_000_000}";1\n',
    "a header of 2,100 columns": ";".join(f"c{n}" for n in range(2100)) + "\n" + ";" * 2099 + "x\n",
    "a byte of nothing": "a;b\n\x00;1\n",
    "one column": "a\n1\n",
}


@pytest.mark.parametrize("oddity", ODD)
def test_no_file_makes_the_reader_raise(oddity):
    """Whatever the file, the answer is rows or a finding, never an exception."""
    table = read(ODD[oddity])
    assert table.rows.num_rows > 0 or table.findings
