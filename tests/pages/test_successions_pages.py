"""Lines that continue others, on the pages: confirmed with a file, or afterwards on Classify."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import ask
from fixtures.vran_ledger import FIRST, LEDGER, SECOND
from fixtures.went_on import IVO, code_of

from budgeting.access import Identity, Role
from budgeting.imports.mappings.mapping_file import mapping_from_text, save_mapping
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.ui.session import open_store
from tests.pages.importing import accepted, buttons, dropped, labelled, told

MOVED = ("1/13", "612", "Care of children", "500.00")
PARK = ("3/31", "911", "Park", "7.00")
ADDRESS = {"municipality": "smallton", "year": "2025", "lang": "en", "stage": "approved"}


def links(store):
    rows = ask(
        store,
        "select change, amount_share, confirmed_by, old.line_code as earlier, new.line_code as later "
        "from mart.line_successors as link "
        "inner join core.budget_lines as old on old.line_id = link.line_id "
        "inner join core.budget_lines as new on new.line_id = link.successor_line_id order by all",
    )
    return [tuple(row.values()) for row in rows]


def tick(at, name, *rows):
    """Tick rows of the table whose key has a name in it."""
    (key,) = [one.key for one in at.dataframe if one.key and f"_{name}_" in one.key]
    at.session_state[key] = {"selection": {"rows": list(rows), "cells": [], "columns": []}}
    return at.run()


# --- with a file ----------------------------------------------------------


def with_year(at, year):
    at = labelled(at.number_input, "Fiscal year of the amounts").set_value(year).run()
    for field in at.text_input:
        if field.label == "Reason why this may stand":
            field.set_value("The decision says so.")
    return at.run()


@pytest.fixture
def second_year(visit):
    """The page with the file of the second year, in which both lines have another code or name."""
    visit("import_data", "empty")
    save_mapping(mapping_from_text("vran_ledger", LEDGER), "vran_ledger")
    at = accepted(with_year(dropped(visit, ("b2024.csv", FIRST)), 2024))
    assert "is stored" in told(at)
    at.file_uploader[0].set_value([("b2025.csv", SECOND.encode(), "")])
    return with_year(at.run(), 2025)


def test_what_is_not_confirmed_is_not_stored(second_year):
    """Proposals are shown, and accepting the file confirms none of them."""
    assert "2 lines have probably only another code or name" in [
        one.label for one in second_year.expander
    ]
    at = accepted(second_year)
    assert "is stored" in told(at)
    assert [] == links(open_store())


def test_proposals_are_confirmed_and_stored_with_the_file(second_year):
    """All at once; the same words were moved, other words renamed."""
    at = labelled(second_year.button, "Yes, all 2 lines are the same").click().run()
    assert not at.exception
    assert "2 are confirmed and are stored with the file when you accept it." in [
        one.value for one in at.markdown
    ]
    assert [] == links(open_store())
    at = accepted(at)
    assert "is stored" in told(at)
    assert ["moved", "renamed"] == sorted(link[0] for link in links(open_store()))
    assert 1 == len(ask(open_store(), "from core.audit_events where details like '%moved%'"))


def test_a_ticked_proposal_alone_is_confirmed_and_can_be_taken_back(second_year):
    """The other one stays proposed; what was taken back is proposed again."""
    at = tick(second_year, "renames", 0)
    at = labelled(at.button, "Yes, the ticked line is the same").click().run()
    assert "Yes, this line is the same" in buttons(at)
    at = labelled(at.button, "Take back").click().run()
    assert "Yes, all 2 lines are the same" in buttons(at)


def test_a_split_is_said_by_hand_with_its_parts(second_year):
    """One line ticked on one side, two on the other: parts as the new amounts are, to be changed."""
    at = (
        labelled(second_year.toggle, "Say by hand which lines continue which").set_value(True).run()
    )
    at = tick(tick(at, "gone", 0), "new", 0, 1)
    shares = [field for field in at.number_input if "_share_" in field.key]
    assert [61.89, 38.11] == [field.value for field in shares]
    shares[0].set_value(60.0)
    at = at.run()
    at = labelled(at.button, "They go on so").click().run()
    assert not at.error
    at = accepted(at)
    found = [(link[0], str(link[1])) for link in links(open_store())]
    assert [("split", "0.381100"), ("split", "0.600000")] == found


def test_what_was_said_of_one_of_several_files_is_stored_with_all(visit):
    """The file in view is asked about; all are stored at once, with what was said of it."""
    visit("import_data", "empty")
    save_mapping(mapping_from_text("vran_ledger", LEDGER), "vran_ledger")
    accepted(with_year(dropped(visit, ("b2024.csv", FIRST)), 2024))
    at = dropped(visit, ("b2025.csv", SECOND), ("b2026.csv", SECOND.replace("1300", "1400")))
    for name, year in (("b2025.csv", 2025), ("b2026.csv", 2026)):
        at = labelled(at.number_input, f"Fiscal year of {name}").set_value(year).run()
    at = labelled(at.button, "Yes, all 2 lines are the same").click().run()
    at = labelled(at.button, "Accept and store all").click().run()
    assert "stored" in told(at)
    assert ["moved", "renamed"] == sorted(link[0] for link in links(open_store()))


# --- afterwards -----------------------------------------------------------


def opened_panel(at):
    """Open the panel of lines that continue others."""
    at.session_state["classify_successions"] = True
    return at.run()


@pytest.fixture
def classify(visit):
    """The page Classify of a town of two years; care has another code, roads went, a park came."""

    def opened(user=None, *, with_mark=True):
        visit("classify", "empty")
        store = open_store()
        accept(store, file_of(batch(*ROWS, place=town())), IVO)
        accept(store, file_of(batch(SCHOOLS, MOVED, PARK, year=2025)), IVO)
        if with_mark:
            rules = methodology("oecd_dac")
            none = Evidence({one.id: Decimal(0) for one in rules.criteria})
            said = Classification(rules, (Part(none),), "because")
            subject = [MarkedSubject(Subject.LINE, code_of(CARE))]
            ana = Identity("ana", Role.REVIEWER)
            mark(store, ana, "smallton", subject, said, seen=0, from_year=2024)
        return opened_panel(visit("classify", "empty", user, **ADDRESS))

    return opened


def test_a_stored_year_is_confirmed_on_classify_and_its_mark_proposed(classify):
    """Confirming the line lists its mark; confirming that marks the line."""
    at = classify()
    at = labelled(at.button, "Yes, this line is the same").click().run()
    assert not at.exception
    assert [("moved", 1, code_of(CARE), code_of(MOVED))] == [
        (link[0], link[1], *link[3:]) for link in links(open_store())
    ]
    at.button(key="below_confirm").click().run()
    marked = ask(open_store(), "from core.classifications where change = 'carry-over'")
    assert [code_of(MOVED)] == [row["subject_code"] for row in marked]


def test_what_was_confirmed_is_taken_back(classify):
    """The row is ticked, the link counts no more, and the pair is proposed again."""
    at = labelled(classify().button, "Yes, this line is the same").click().run()
    assert labelled(at.button, "Take back what is ticked").disabled
    at = tick(at, "confirmed", 0)
    at = labelled(at.button, "Take back what is ticked").click().run()
    assert [] == links(open_store())
    assert "Yes, this line is the same" in buttons(at)


def test_a_merger_is_said_by_hand(classify):
    """Two gone lines and a new one; words narrow the lists."""
    at = classify(with_mark=False)
    at = labelled(at.toggle, "Say by hand which lines continue which").set_value(True).run()
    labelled(at.text_input, "Words or codes").set_value("rö").run()
    at = labelled(at.text_input, "Words or codes").set_value("").run()
    at = tick(tick(at, "gone", 0, 1), "new", 1)
    at = labelled(at.button, "They go on so").click().run()
    assert {
        ("merged", code_of(CARE), code_of(PARK)),
        ("merged", code_of(ROADS), code_of(PARK)),
    } == {(link[0], *link[3:]) for link in links(open_store())}


def test_several_and_several_say_nothing(classify):
    """Two gone and two new lines: it is said what is missing, and nothing can be confirmed."""
    at = classify(with_mark=False)
    at = labelled(at.toggle, "Say by hand which lines continue which").set_value(True).run()
    at = tick(tick(at, "gone", 0, 1), "new", 0, 1)
    assert "They go on so" not in buttons(at)
    assert any("say the others afterwards" in one.value for one in at.caption)


def test_a_viewer_reads_what_is_proposed_and_confirms_nothing(classify):
    """The table without a button."""
    at = classify({"is_logged_in": True, "email": "vera@example.org"})
    assert not at.exception
    assert any("probably continues" in one.label for one in at.toggle)
    assert not [label for label in buttons(at) if label.startswith("Yes")]
