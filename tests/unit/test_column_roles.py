"""Column roles: what the page shows of a mapping, and the mapping after a column was given another role."""

import pytest

from budgeting.imports.guessing.column_roles import (
    ColumnRole,
    Header,
    Role,
    roles_of,
    with_role,
)
from budgeting.imports.guessing.gaps import gaps
from budgeting.imports.mappings.mapping_file import (
    mapping_from_entries,
    mapping_named,
    mapping_names,
)
from budgeting.model import Stage

HEADER = Header(("Code", "Words", "Plan", "Spent", "Note"))
EMPTY = {"title": "A ledger", "line": {"direction": "expenditure"}}
PLAN = ColumnRole(Role.AMOUNT, Stage.APPROVED)


def given(**roles):
    """Return the entries after columns were given roles, one after the other."""
    entries = EMPTY
    for column, role in roles.items():
        entries = with_role(entries, HEADER, column, role)
    return entries


def meant(entries):
    return {column: role.role for column, role in roles_of(entries, HEADER).items()}


def test_a_mapping_is_made_column_by_column():
    """Code, words and amount are enough: the mapping can be used, and has the roles that were given."""
    entries = given(
        Code=ColumnRole(Role.ECONOMIC_CLASS), Words=ColumnRole(Role.ECONOMIC_CLASS_LABEL), Plan=PLAN
    )
    assert gaps(entries) == []
    assert mapping_from_entries("made", entries).label == "Words"
    assert meant(entries) == {
        "Code": Role.ECONOMIC_CLASS,
        "Words": Role.ECONOMIC_CLASS_LABEL,
        "Plan": Role.AMOUNT,
        "Spent": Role.UNUSED,
        "Note": Role.UNUSED,
    }


def test_what_is_missing_is_said():
    """Without an amount or a code the page says which of the two."""
    assert len(gaps(EMPTY)) == 2
    assert [str(words) for words in gaps(given(Code=ColumnRole(Role.PROGRAMME)))] == [
        "Say which column holds the amounts."
    ]


def test_a_column_means_one_thing():
    """Given another role, a column loses the first one."""
    entries = given(Code=ColumnRole(Role.ECONOMIC_CLASS), Plan=PLAN)
    entries = with_role(entries, HEADER, "Plan", ColumnRole(Role.UNUSED, reason="an old draft"))
    assert "amount" not in entries
    assert roles_of(entries, HEADER)["Plan"] == ColumnRole(Role.UNUSED, reason="an old draft")


def test_two_columns_of_one_stage_are_told():
    """The same stage of the same year twice is said before it is refused; another year is no fault."""
    twice = given(Code=ColumnRole(Role.ECONOMIC_CLASS), Plan=PLAN, Spent=PLAN)
    assert any("same stage" in str(words) for words in gaps(twice))
    other = with_role(twice, HEADER, "Spent", ColumnRole(Role.AMOUNT, Stage.APPROVED, year=2014))
    assert gaps(other) == []


def test_a_label_waits_for_its_code():
    """A label alone is the code as well, until a code is named; then it is its label."""
    entries = given(Words=ColumnRole(Role.ORGANISATION_LABEL))
    assert entries["classification"][0]["levels"] == [{"code": "Words", "label": "Words"}]
    entries = with_role(entries, HEADER, "Code", ColumnRole(Role.ORGANISATION))
    assert entries["classification"][0]["levels"] == [{"code": "Code", "label": "Words"}]


def test_a_change_goes_with_its_stages():
    """A column of changes is dropped when one of its two stages is."""
    entries = given(
        Code=ColumnRole(Role.ECONOMIC_CLASS),
        Plan=PLAN,
        Spent=ColumnRole(Role.AMOUNT, Stage.REVISED),
        Note=ColumnRole(Role.CHANGE),
    )
    assert entries["change"] == {"column": "Note", "earlier": "approved", "later": "revised"}
    assert "change" not in with_role(entries, HEADER, "Spent", ColumnRole(Role.UNUSED))


def test_a_total_is_of_the_amounts_before_it():
    """A column that is a total adds the amounts that stand before it."""
    entries = given(
        Code=ColumnRole(Role.ECONOMIC_CLASS),
        Plan=ColumnRole(Role.FUND_AMOUNT, Stage.APPROVED),
        Spent=ColumnRole(Role.FUND_AMOUNT, Stage.APPROVED),
        Note=ColumnRole(Role.TOTAL),
    )
    assert entries["sum"] == [{"column": "Note", "of": ["Plan", "Spent"]}]
    assert gaps(entries) == []


@pytest.mark.parametrize(
    "name", [name for name in mapping_names() if not mapping_named(name).has_descriptor]
)
def test_giving_a_column_its_own_role_again_changes_no_role(name):
    """Of every mapping that came with Paritet: what a column means survives being said once more."""
    mapping = mapping_named(name)
    header = Header(mapping.columns)
    entries = dict(mapping.entries)
    before = roles_of(entries, header)
    for column, role in before.items():
        if role.role in (Role.AMOUNT, Role.YEAR, Role.LABEL):
            entries_after = with_role(entries, header, column, role)
            assert roles_of(entries_after, header)[column].role == role.role


@pytest.mark.parametrize(
    "name", [name for name in mapping_names() if not mapping_named(name).has_descriptor]
)
def test_any_column_can_be_left_out(name):
    """Leaving out any column of any mapping leaves entries that the page can show."""
    mapping = mapping_named(name)
    header = Header(mapping.columns)
    for column in mapping.columns:
        entries = with_role(dict(mapping.entries), header, column, ColumnRole(Role.UNUSED))
        roles = roles_of(entries, header)
        if roles[column].role is not Role.UNUSED:
            # its words stand for the line, because no other column has any
            assert roles[column].role is Role.LABEL


def test_another_stage_leaves_date_sign_and_unit():
    """Told that a column is committed and not executed, nothing else about it is forgotten."""
    said = {"as_of": "{fiscal_year}-03", "months": 3, "negated": True, "factor": 1000}
    entries = given(Code=ColumnRole(Role.ECONOMIC_CLASS), Spent=ColumnRole(Role.AMOUNT))
    entries["amount"][0] |= said
    committed = with_role(entries, HEADER, "Spent", ColumnRole(Role.AMOUNT, Stage.COMMITTED))
    assert [{"column": "Spent", "stage": "committed", **said}] == committed["amount"]
    revised = with_role(entries, HEADER, "Spent", ColumnRole(Role.AMOUNT, Stage.REVISED))
    assert [{"column": "Spent", "stage": "revised", "negated": True, "factor": 1000}] == revised[
        "amount"
    ]


def test_another_amount_has_the_unit_of_the_file():
    """A file that counts thousands does so in the column that is named last as well."""
    entries = given(Code=ColumnRole(Role.ECONOMIC_CLASS), Plan=PLAN)
    entries["amount"][0]["factor"] = 1000
    both = with_role(entries, HEADER, "Spent", ColumnRole(Role.AMOUNT, Stage.EXECUTED))
    assert [1000, 1000] == [rule["factor"] for rule in both["amount"]]
