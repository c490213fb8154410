"""Codes that are no official ones: what somebody may have meant, a municipality's own, and what is refused."""

import pytest

from budgeting.classifications import (
    FOLDER,
    OwnCode,
    classification_names,
    read_classification,
    with_own_codes,
)
from budgeting.errors import MappingInvalid
from budgeting.likeness import nearest
from budgeting.model import Text

every_classification = pytest.mark.parametrize("name", classification_names())
INDEX = "name,en,sr,country,dimension,nesting,complete\n"
HEADER = "code,parent,en,cofog,gfsm,source,verified\n"


# --- did you mean -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code", "first"),
    [
        ("cofog", "9.1", "09.1"),
        ("cofog", "1", "01"),
        ("cofog", "091", "09.1"),
        ("cofog", "0911", "09.1"),
        ("cofog", "7091", "09.1"),
        ("rs_economic", "4 2 1", "421"),
        ("rs_economic", "4l1", "411"),
        ("rs_economic", "141", "411"),
        ("rs_economic", "4119", "411"),
        ("rs_economic", "48812", "48"),
        ("rs_economic", "488", "481"),
        ("fbih_economic", "61100", "611000"),
        ("rs_programmes", "0902.0001", "0902-0001"),
        ("sv_activities", "441", "440"),
    ],
)
def test_the_nearest_code_is_the_obvious_one(name, code, first):
    """Other separators, lost zeros, one slip of the hand: the proposal is what anybody would say."""
    assert (first,) == read_classification(name).nearest(code)


@pytest.mark.parametrize(
    "code", ["", " ", ".", "X", "99", "ABC", "123", "total", "УКУПНО", "2000000"]
)
def test_nothing_silly_is_proposed(code):
    """Where no known code is like what was written, there is no proposal."""
    assert () == nearest(code, ["411", "421", "423", "511", "09.1"])


def test_as_many_codes_are_proposed_as_were_asked_for():
    """The likeliest comes first; fewer come where fewer are alike."""
    known = ["41", "411", "412", "421", "7"]
    assert ("411", "412") == nearest("419", known, count=2)
    assert ("411", "412", "41") == nearest("419", known, count=9)
    assert () == nearest("419", known, count=0)


# --- a municipality's own codes -------------------------------------------------------


def test_own_codes_are_added_and_the_classification_stays():
    """Own codes stand where the municipality says, or where the code itself says."""
    official = read_classification("rs_economic")
    own = {
        "4239": OwnCode("Наша услуга"),
        "X1": OwnCode("Ours", parent="423"),
        "X2": OwnCode("Ours in detail", parent="X1"),
        "X3": OwnCode("At the top"),
    }
    both = with_own_codes(official, own)
    assert ("4", "42", "423", "4239") == both.path("4239")
    assert ("4", "42", "423", "X1", "X2") == both.path("X2")
    assert ("X3",) == both.path("X3")
    assert "Наша услуга" == both.label("4239", "en")
    assert "22" == both.link("X2", "gfsm")
    assert "423" == both.known("42311")
    assert both.codes["X1"].is_own
    assert not both.codes["423"].is_own
    assert set(own) == set(both.codes) - set(official.codes)
    assert "X1" not in read_classification("rs_economic").codes


def test_an_own_code_does_not_change_an_official_one():
    """What the classification says of its codes stays true for every municipality."""
    official = read_classification("rs_economic")
    assert official.codes == with_own_codes(official, {"421": OwnCode("Something else")}).codes


def test_own_codes_that_stand_under_nothing_known_stand_at_the_top():
    """A parent that is gone, or a circle, is not followed for ever."""
    own = {
        "A": OwnCode("a", parent="B"),
        "B": OwnCode("b", parent="A"),
        "C": OwnCode("c", parent="gone"),
    }
    both = with_own_codes(read_classification("cofog"), own)
    assert ("A",) == both.path("A")
    assert ("A", "B") == both.path("B")
    assert ("C",) == both.path("C")


# --- what is refused -------------------------------------------------------


def classification_of(folder, rows, header=HEADER, nesting="characters"):
    (folder / "index.csv").write_text(
        f"{INDEX}town,Town,,,economic_class,{nesting},false\n", "utf-8"
    )
    (folder / "town.csv").write_text(header + rows, "utf-8")
    return read_classification("town", folder)


def test_a_small_file_is_read(tmp_path):
    """The columns of the languages, the parent and the links are optional."""
    town = classification_of(
        tmp_path, "1,One,us,true\n12,Two,us,false\n", "code,en,source,verified\n"
    )
    assert ("1", "12") == town.path("12")
    assert town.codes["1"].is_verified
    assert not town.codes["12"].is_verified


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("1,,One,,,us,true\n1,,Two,,,us,true\n", "row 3: 1 stands in row 2 already"),
        ("1,,One,,,us,\n", "row 2: “verified” is neither"),
        ("1,,One,,,us,yes\n", "row 2: “verified” is neither"),
        ("1,,One,,,,true\n", "row 2: the code 1 has no source"),
        ("1,,,,,us,true\n", "row 2: the code 1 has no label"),
        (",,One,,,us,true\n", "row 2: it has no code"),
        ("1,,One,,,us,true\n2,9,Two,,,us,true\n", "row 3: the parent 9 is not a code"),
        ("1,1,One,,,us,true\n", "row 2: the code 1 stands under itself"),
        ("1,2,One,,,us,true\n2,1,Two,,,us,true\n", "row 2: the code 1 stands under itself"),
        ("1,,One,99,,us,true\n", "row 2: 99 is not a code of cofog.csv"),
        ("1,,One,,99,us,true\n", "row 2: 99 is not a code of gfsm_economic.csv"),
        ("1,,One,,,us,true,more\n", "row 2: it has more cells than the header"),
        ('1,,"One,,,us,true\n', "it is not CSV in UTF-8"),
    ],
)
def test_a_broken_classification_is_refused_with_file_row_and_reason(tmp_path, rows, reason):
    """Whoever edits a classification is told where it is broken, and why."""
    with pytest.raises(MappingInvalid, match=f"town.csv, row .*{reason.removeprefix('row ')}"):
        classification_of(tmp_path, rows)


def test_a_misspelt_column_is_refused(tmp_path):
    """A column that is not known changes nothing in silence; it is named."""
    with pytest.raises(MappingInvalid, match=r"town.csv, row 1: .*cofogg, verified"):
        classification_of(tmp_path, "1,One,us,09\n", "code,en,source,cofogg\n")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    """A file saved by a spreadsheet in its own encoding is told as such."""
    classification_of(tmp_path, "1,,One,,,us,true\n")
    read_classification.cache_clear()
    (tmp_path / "town.csv").write_bytes((HEADER + "1,,Škola,,,us,true\n").encode("cp1250"))
    with pytest.raises(MappingInvalid, match="UTF-8"):
        read_classification("town", tmp_path)


def test_an_index_with_an_unknown_nesting_is_refused(tmp_path):
    """How codes nest is one of four known ways."""
    with pytest.raises(MappingInvalid, match=r"index.csv, row 2"):
        classification_of(tmp_path, "1,,One,,,us,true\n", nesting="somehow")


@pytest.mark.parametrize("name", ["no_such", "", "es_programme_cofog", "../cofog"])
def test_only_a_listed_classification_is_read(name):
    """A link, a missing file and a path elsewhere are no classifications."""
    with pytest.raises(MappingInvalid, match="no classification") as refused:
        read_classification(name)
    assert isinstance(refused.value.message, Text)


@every_classification
def test_the_readme_states_how_many_codes_are_verified(name):
    """Whoever reads the table knows how far a classification can be trusted."""
    codes = read_classification(name).codes.values()
    counts = f"| {len(codes)} | {sum(entry.is_verified for entry in codes)} |"
    readme = (FOLDER.parent / "README.md").read_text("utf-8")
    (row,) = (line for line in readme.splitlines() if line.startswith(f"| `{name}.csv` |"))
    assert row.endswith(counts), counts
