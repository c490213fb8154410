"""Several bodies: a file of many towns is never added up as the budget of one without a question."""

import pytest
from fixtures.mapped_files import APPROVED, MANY, errors, examined, mapping_of, sums, told, total

from budgeting.model import Severity

TOWNS = ("Dugo Selo", "Samobor", "Vrbovec", "Zabok", "Klanjec")
ACCOUNTS = (("411", "Wages"), ("421", "Electricity"), ("451", "Subsidies"))
BY_ACCOUNT = """
    [[classification]]
    dimension = "economic_class"
    levels = [{ code = "account", label = "label" }]
"""
BY_PLACE_TOO = (
    BY_ACCOUNT
    + """
    [[classification]]
    dimension = "organisation"
    levels = [{ code = "name" }]
"""
)
BY_NAME = """
    [line]
    direction = "revenue"
    label = "name"
    identified_by_label = true
"""


def crossed(names=TOWNS, accounts=ACCOUNTS, header="name"):
    rows = [f"{n};{code};{label};5" for n in names for code, label in accounts]
    return "\n".join([f"{header};account;label;approved", *rows])


def asked(verdict):
    return [(f.column, f.message.values["count"]) for f in told(verdict, "several-bodies")]


@pytest.mark.parametrize("codes", [BY_ACCOUNT, BY_PLACE_TOO], ids=["unused", "as organisation"])
def test_names_with_the_same_accounts_under_each_are_asked_about(store, codes):
    """Whether the column of names is left out or taken for offices, the question blocks."""
    verdict = examined(store, crossed(), mapping_of(codes=codes))
    assert [("name", 5)] == asked(verdict)
    assert ("several-bodies",) == verdict.open_checks
    assert not verdict.is_acceptable


def test_a_reason_lets_the_parts_of_one_town_in(store):
    """Places inside one town look the same: then a sentence is enough."""
    reasons = {"several-bodies": "Quarters of the town."}
    verdict = examined(store, crossed(), mapping_of(codes=BY_ACCOUNT), reasons=reasons)
    assert verdict.is_acceptable
    assert "75.00" == total(verdict)


def test_a_row_for_each_town_is_asked_about(store):
    """A list of towns with one figure each has no codes at all."""
    file = "\n".join(["no;name;approved", *(f"{n};{name};7" for n, name in enumerate(TOWNS))])
    verdict = examined(store, file, mapping_of(line=BY_NAME, codes=""))
    assert [("name", 5)] == asked(verdict)


@pytest.mark.parametrize(("account", "found"), [("41{n}", []), ("411", [("name", 5)])])
def test_words_beside_accounts_of_their_own_are_lines(store, account, found):
    """In whatever language: an account for each says what its money is for, one for all does not."""
    rows = [f"{account.format(n=n)};{name};7" for n, name in enumerate(TOWNS)]
    file = "\n".join(["account;name;approved", *rows])
    codes = BY_ACCOUNT.replace(', label = "label"', "")
    assert found == asked(examined(store, file, mapping_of(line=BY_NAME, codes=codes)))


def test_a_column_that_is_the_municipality_is_not_asked_about(store):
    """Said once, each town has its own sum."""
    town = MANY.replace('"town"', '"name"')
    verdict = examined(store, crossed(), mapping_of(codes=BY_ACCOUNT, town=town))
    assert [] == asked(verdict)
    assert {"15.00"} == set(sums(verdict).values())
    assert len(TOWNS) == len(verdict.municipalities)


@pytest.mark.parametrize(
    ("names", "found"), [(TOWNS, [("name", 5)]), (TOWNS[:4], [])], ids=["five", "four"]
)
def test_a_few_names_are_parts_of_one_budget(store, names, found):
    """From five names on they are asked about."""
    assert found == asked(examined(store, crossed(names), mapping_of(codes=BY_ACCOUNT)))


def test_words_of_what_money_is_for_name_nobody(store):
    """Programmes with the same accounts under each are one town's."""
    programmes = ("Roads", "Schools", "Culture", "Sport", "Health care")
    assert [] == asked(examined(store, crossed(programmes), mapping_of(codes=BY_ACCOUNT)))


def test_a_column_called_otherwise_is_believed(store):
    """A header that says programme is enough."""
    named = crossed(header="programme").replace("label;", "words;")
    codes = BY_ACCOUNT.replace('"label"', '"words"')
    line = BY_NAME.replace('label = "name"', 'label = "words"')
    assert [] == asked(examined(store, named, mapping_of(codes=codes, line=line)))


@pytest.mark.parametrize(
    ("shared", "found"), [(2, [("name", 6)]), (1, [])], ids=["most codes", "own codes"]
)
def test_places_with_codes_of_their_own_are_one_budget(store, shared, found):
    """Half of all codes under each name are many bodies; where each has its own codes, one."""
    rows = [
        f"{name};{code};x;5"
        for n, name in enumerate((*TOWNS, "Ozalj"))
        for code in ([1, 2, 3, 4][n % 2 :: 2] if shared == 2 else [10 * n + 1, 10 * n + 2])
    ]
    file = "\n".join(["name;account;label;approved", *rows])
    codes = BY_ACCOUNT.replace(', label = "label"', "")
    line = BY_NAME.replace('label = "name"', 'label = "label"').replace("true", "false")
    assert found == asked(examined(store, file, mapping_of(codes=codes, line=line)))


def test_rows_that_are_no_lines_are_not_counted(store):
    """Totals name many things; only lines are looked at."""
    skipped = """
        [[row]]
        kind = "skip"
        where = { name = "^(?:Zabok|Klanjec)$" }
        reason = "elsewhere"
    """
    mapping = mapping_of(APPROVED, skipped, codes=BY_ACCOUNT)
    assert [] == asked(examined(store, crossed(), mapping))


# --- names and codes of municipalities --------------------------------------

CODED = MANY + '\n    code_column = "id"\n    prefix = "xx_"'


def names_asked(verdict):
    found = told(verdict, "names-of-municipality")
    assert {Severity.QUESTION} >= {one.severity for one in found}
    return [one.message.values["names"] for one in found]


@pytest.mark.parametrize("missing", ["NA", "n/a", "-", "", "0", "null"])
def test_rows_without_a_code_are_told_apart_by_their_names(store, missing):
    """What stands in for a code makes no municipality out of all that have none."""
    file = f"""
        town;id;code;label;approved
        Novi Grad;07;1;a;5
        Zagorska;{missing};1;a;20
        Istarska;{missing};1;a;300
    """
    verdict = examined(store, file, mapping_of(town=CODED))
    assert {"xx_07": "5.00", "xx_zagorska": "20.00", "xx_istarska": "300.00"} == {
        key[0]: amount for key, amount in sums(verdict).items()
    }


def test_a_name_that_has_a_code_elsewhere_needs_it(store):
    """Two towns can share a name, so the row without the code is nobody's."""
    file = "town;id;code;label;approved\nOtok;07;1;a;5\nOtok;NA;2;b;20\n"
    verdict = examined(store, file, mapping_of(town=CODED))
    assert [("scope", 3, "Otok")] == errors(verdict)


def test_one_code_with_two_names_in_a_year_is_asked_about(store):
    """A slip of spelling or two towns: nobody but a person knows."""
    file = "town;id;code;label;approved\nNovi Grad;07;1;a;5\nN. Grad;07;2;b;6\n"
    verdict = examined(store, file, mapping_of(town=CODED))
    assert [("“Novi Grad”", "“N. Grad”")] == names_asked(verdict)
    assert not verdict.is_acceptable


def test_a_town_that_got_another_name_is_not_asked_about(store):
    """A name for each year is a change of name."""
    file = "town;id;year;code;label;approved\nOld;07;2023;1;a;5\nNew;07;2024;1;a;6\n"
    mapping = mapping_of(town=CODED, top='fiscal_year_column = "year"')
    assert [] == names_asked(examined(store, file, mapping, fiscal_year=None))


@pytest.mark.parametrize(
    ("other", "found"), [("Otok.", [("“Otok”", "“Otok.”")]), ("OTOK", [])], ids=["mark", "capitals"]
)
def test_names_that_differ_in_a_mark_are_asked_about(store, other, found):
    """Some lists tell two towns of one name apart by a full stop; capitals tell nothing."""
    file = f"town;code;label;approved\nOtok;1;a;5\n{other};2;b;6\n"
    assert found == names_asked(examined(store, file, mapping_of(town=MANY)))
