"""The page Services: describing a service, what pays for it, and who may do so."""

from decimal import Decimal

from budgeting.access import Identity, Role
from budgeting.reports import build_report
from budgeting.services.figures import placed, record
from budgeting.services.model import Figure, Grade, Indicator, Unit
from budgeting.ui.session import open_store

HOME_CARE = {"municipality": "demo_topolnica", "year": "2025", "service": "home_care"}
NEW = {"municipality": "demo_topolnica", "year": "2025", "service": "~"}


def labels(elements) -> list[str]:
    return [one.label for one in elements]


def field(at, label):
    return next(one for one in at.text_input if one.label == label)


def press(at, label):
    return next(one for one in at.button if one.label == label).click().run()


def test_a_service_is_shown_with_what_is_said_of_it(visit):
    """Name, code, ages and owner of the chosen service stand in their fields."""
    at = visit("services", "demo", **HOME_CARE)
    assert not at.exception
    assert "Home care for older people" == field(at, "Name of the service").value
    assert "home_care" == field(at, "Short code").value
    assert [65, None] == [one.value for one in at.number_input if "age" in one.label]


def test_the_rule_of_each_grade_is_on_screen(visit):
    """Who enters figures reads when a figure has which grade."""
    at = visit("services", "demo", **HOME_CARE)
    rules = next(one.value for one in at.caption if "complete register" in one.value)
    assert all(f"**{letter}**" in rules for letter in "ABCDE")


def test_a_viewer_is_refused_in_words(visit):
    """A viewer who follows a link to the page may not describe services."""
    at = visit("services", "demo", {"email": "vera@example.org"}, **HOME_CARE)
    assert not at.exception
    assert not at.text_input


def test_an_empty_database_leads_to_import(visit):
    """Where there is no budget, there is nothing to pay for."""
    at = visit("services", "empty")
    assert not at.exception
    assert not at.text_input


def test_a_service_without_a_name_is_refused_in_a_sentence(visit):
    """What is wrong is said, and nothing is written."""
    at = press(visit("services", "demo", **NEW), "Save the service")
    assert ["A service needs a code and a name."] == [one.value for one in at.error]


def test_a_service_is_saved_and_taken_back(visit):
    """A name is enough to begin with; undo takes the service away again."""
    at = visit("services", "demo", **NEW)
    field(at, "Name of the service").set_value("Toy library").run()
    at = press(at, "Save the service")
    assert ["“Toy library” is saved."] == [one.value for one in at.success]
    assert "toy_library" == field(at, "Short code").value
    at = press(at, "Take back my last change")
    assert ["The last change of “Toy library” was taken back."] == [one.value for one in at.success]
    assert "toy_library" not in next(one for one in at.selectbox if one.label == "Service").options


def test_a_taken_code_is_refused_with_the_name_of_the_other(visit):
    """The sentence names the service that has the code."""
    at = visit("services", "demo", **NEW)
    field(at, "Name of the service").set_value("Another").run()
    field(at, "Short code").set_value("library").run()
    at = press(at, "Save the service")
    assert "“Library”" in at.error[0].value


def test_lines_are_suggested_while_a_name_is_typed(visit):
    """A new service of a known name finds programmes with such words, ticked by nobody."""
    at = visit("services", "demo", **NEW)
    before = len(at.dataframe)
    field(at, "Name of the service").set_value("Culture house").run()
    assert not at.exception
    assert len(at.dataframe) > before


def test_codes_of_lines_are_those_of_the_ledger(visit):
    """Fees are a line of revenue: its codes stand there, not what they are kept by."""
    at = visit("services", "demo", **HOME_CARE)
    codes = [code for grid in at.dataframe if "code" in grid.value for code in grid.value["code"]]
    assert any(" · " in code for code in codes)
    assert not any("=" in code for code in codes)


# --- figures at a place ---------------------------------------------------

EDITOR = Identity("Amra", Role.EDITOR)
PLACE, ENTERED = "Gornje Polje", {"figure": 40.0, "grade": "B", "source": "the nurses' list"}


def enter(at, **cells):
    """Write into the row of women of the grid of figures, and store it."""
    grid = next(one for one in at.dataframe if "design_effect" in one.value.columns)
    at.session_state[grid.key] = {"edited_rows": {0: cells}, "added_rows": [], "deleted_rows": []}
    return press(at, "Store the figures")


def selected(at, label):
    return next(one for one in at.selectbox if one.label == label)


def users_of(service):
    return build_report(open_store(), "service_sheet", service).tables["users"].rows.to_pylist()


def test_figures_of_a_place_are_entered_by_hand(visit):
    """A known place has figures of its own of a service, and the whole municipality keeps its own."""
    at = visit("services", "demo", **HOME_CARE)
    visits = placed(Indicator("visits", "Visits", Unit.VISITS), PLACE, ())
    counted = Figure(visits.code, 2025, "all", Decimal(900), Grade.B, "the nurses' list")
    record(open_store(), EDITOR, "demo_topolnica", [visits], [counted], seen=0)
    before = users_of(HOME_CARE)
    at = selected(at.run(), "Place").select(PLACE).run()
    at = enter(at, **ENTERED)
    assert not at.exception
    assert ["1 figure is stored."] == [one.value for one in at.success]
    sheet = build_report(open_store(), "service_sheet", HOME_CARE)
    assert [(PLACE, 40)] == [
        (row["place"], row["female"]) for row in sheet.tables["places"].rows.to_pylist()
    ]
    assert before == users_of(HOME_CARE)


def test_parts_that_exceed_their_total_are_refused(visit):
    """Of ten in all, forty cannot be women: it is said, and nothing is stored."""
    at = visit("services", "demo", **HOME_CARE)
    before = users_of(HOME_CARE)
    grid = next(one for one in at.dataframe if "design_effect" in one.value.columns)
    rows = {0: ENTERED, 4: {**ENTERED, "figure": 10.0}}
    at.session_state[grid.key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    at = press(at, "Store the figures")
    assert any("more than all" in one.value for one in at.error)
    assert before == users_of(HOME_CARE)
