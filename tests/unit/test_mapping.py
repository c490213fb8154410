"""Mappings: every committed one is read, and what contradicts itself is refused by name."""

from datetime import date

import pytest
from fixtures.small_budget import mapping_with, small_mapping

from budgeting.errors import MappingInvalid
from budgeting.imports.mappings.mapping import AmountRule
from budgeting.imports.mappings.mapping_file import FOLDER, mapping_named, mapping_names
from budgeting.model import Direction, Stage


@pytest.mark.parametrize("name", [path.stem for path in sorted(FOLDER.glob("*.toml"))])
def test_every_committed_mapping_is_read(name):
    """Each file of data/mappings can be used, is known by its name and has a title."""
    mapping = mapping_named(name)
    assert (name, True) == (mapping.name, bool(mapping.title))
    assert name in mapping_names()


@pytest.mark.parametrize("name", [path.stem for path in sorted(FOLDER.glob("*.toml"))])
def test_no_ignored_column_is_needed(name):
    """A column cannot be both read and ignored, and an ignored one has its reason."""
    mapping = mapping_named(name)
    assert set() == set(mapping.columns) & set(mapping.ignored)
    assert all(reason.strip() for reason in mapping.ignored.values())


@pytest.mark.parametrize("name", ["no_such_mapping", "", "../mappings/es_madrid", "es_madrid.toml"])
def test_an_unknown_mapping_is_refused_with_those_there_are(name):
    """The sentence repeats the name and lists the mappings; a path is no name."""
    with pytest.raises(
        MappingInvalid, match=r"There is no mapping.*demo_expenditure, demo_revenue"
    ):
        mapping_named(name)


def test_a_mapping_says_what_its_file_says():
    """Layout, municipality, dimensions, stages and needed columns are those of the file."""
    mapping = small_mapping()
    layout = mapping.layout
    assert ("utf-8", ";", ",", ".") == (
        layout.encoding,
        layout.delimiter,
        layout.style.decimal,
        layout.style.group,
    )
    assert (Direction.EXPENDITURE, "smallton", "EUR") == (
        mapping.direction.direction,
        mapping.municipality.code,
        mapping.municipality.currency_code,
    )
    assert ["organisation", "economic_class", "function"] == [
        rule.dimension for rule in mapping.classifications
    ]
    assert [Stage.APPROVED, Stage.EXECUTED] == [rule.stage for rule in mapping.amounts]
    assert {"org", "org_name", "unit", "econ", "cofog", "label", "approved", "executed"} == set(
        mapping.columns
    )


def test_the_fingerprint_changes_with_the_file(tmp_path):
    """Two mappings that differ in one word have different fingerprints."""
    changed = mapping_with(tmp_path, 'title = "Small"', 'title = "Other"')
    assert 2 == len({small_mapping().sha256, changed.sha256})
    assert small_mapping().sha256 == small_mapping().sha256


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Small"', "", "title"),
        ('direction = "expenditure"', 'direction = "outflow"', "outflow"),
        ('stage = "executed"', 'stage = "spent"', "spent"),
        ('dimension = "function"', 'dimension = "gender"', "gender"),
        ('levels = [{ code = "cofog" }]', "", "either levels or a link"),
        (
            'levels = [{ code = "cofog" }]',
            'levels = [{ code = "cofog" }]\nlink = { table = "x", from = "organisation" }',
            "either levels or a link",
        ),
        ('levels = [{ code = "cofog" }]', 'levels = [{ label = "cofog" }]', "code"),
        ('delimiter = ";"', 'delimiter = ";"\nquote = "x"', "quote"),
        ('currency_code = "EUR"', "", "currency_code"),
        ('label = "label"', "", "label"),
        ('title = "Small"', "title = Small", "line 2"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_which_entry(tmp_path, old, new, told):
    """The sentence names the file and the entry that is missing, unknown or doubled."""
    with pytest.raises(MappingInvalid, match=r"smallton\.toml cannot be used") as refused:
        mapping_with(tmp_path, old, new)
    assert told in str(refused.value)


CONTRADICTIONS = {
    "two amounts for one statement": ('stage = "executed"', 'stage = "approved"'),
    "a change between stages it does not have": (
        '[[amount]]\ncolumn = "approved"',
        '[change]\ncolumn = "approved"\nearlier = "approved"\nlater = "revised"\n\n'
        '[[amount]]\ncolumn = "approved"',
    ),
    "a link from a dimension it does not have": (
        'levels = [{ code = "cofog" }]',
        'link = { table = "es_programme_cofog", from = "programme" }',
    ),
    "a link through a table that is not there": (
        'levels = [{ code = "cofog" }]',
        'link = { table = "no_such_table", from = "economic_class" }',
    ),
    "an encoding that does not exist": ('encoding = "utf-8"', 'encoding = "utf-nonsense"'),
    "a delimiter of two letters": ('delimiter = ";"', 'delimiter = ";;"'),
    "one mark for decimals and groups": ('group = "."', 'group = ","'),
    "the same dimension twice": ('dimension = "economic_class"', 'dimension = "organisation"'),
    "a date that is none": ('stage = "executed"', 'stage = "executed"\nas_of = "end of year"'),
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_a_mapping_that_contradicts_itself_is_refused_when_it_is_read(tmp_path, contradiction):
    """What could only go wrong later, or give a wrong sum, is told before any file is read."""
    with pytest.raises(MappingInvalid):
        mapping_with(tmp_path, *CONTRADICTIONS[contradiction])


STATED = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("stage", "as_of", "dated"),
    [
        (Stage.APPROVED, None, None),
        (Stage.PROPOSED, None, None),
        (Stage.REVISED, None, STATED),
        (Stage.COMMITTED, None, STATED),
        (Stage.EXECUTED, None, STATED),
        (Stage.EXECUTED, "{fiscal_year}-03-31", date(2026, 3, 31)),
        (Stage.EXECUTED, "{fiscal_year}-02", date(2026, 2, 28)),
        (Stage.EXECUTED, "2024-02", date(2024, 2, 29)),
        (Stage.APPROVED, "2025-12-20", date(2025, 12, 20)),
    ],
)
def test_the_stated_date_is_put_on_what_changes_with_it(stage, as_of, dated):
    """A date in the mapping wins; the stated one is not put on what was adopted once."""
    assert dated == AmountRule("x", stage, as_of=as_of).date_for(2026, STATED)
