"""Router: page config, sign-in, language, navigation. Pages are the files in ``pages/``."""

from typing import Any

import pandas  # noqa: F401  # before altair: visitors of a cold server would race otherwise
import streamlit as st

from budgeting.access import Action, Role, is_allowed
from budgeting.model import text
from budgeting.settings import settings
from budgeting.ui import address, body, frame
from budgeting.ui.meetings import door
from budgeting.ui.session import begin, language

BUDGET, EQUALITY, PEOPLE = text("Budget"), text("Equality"), text("People")
DECIDE, DATA = text("Decide"), text("Data")

# section, file, title, icon, and the action that a role must permit for the page to be there
NAVIGATION = (
    (BUDGET, "overview", text("Overview"), "dashboard", Action.VIEW_BUDGET),
    (BUDGET, "budget_explorer", text("Budget explorer"), "account_tree", Action.VIEW_BUDGET),
    (EQUALITY, "gender_overview", text("Gender overview"), "balance", Action.VIEW_BUDGET),
    (EQUALITY, "statements", text("Gender statement"), "description", Action.VIEW_BUDGET),
    (EQUALITY, "classify", text("Classify"), "checklist", Action.VIEW_BUDGET),
    (PEOPLE, "who_benefits", text("Who benefits"), "diversity_3", Action.VIEW_BUDGET),
    (PEOPLE, "gaps", text("Gaps and needs"), "compare_arrows", Action.VIEW_BUDGET),
    (PEOPLE, "leave_no_one_behind", text("Leave no one behind"), "diversity_1", Action.VIEW_BUDGET),
    (DECIDE, "simulator", text("Reallocate"), "swap_horiz", Action.VIEW_BUDGET),
    (DECIDE, "scenarios", text("Scenarios"), "fork_right", Action.VIEW_BUDGET),
    (DECIDE, "ceilings", text("Ceilings and requests"), "vertical_align_top", Action.VIEW_BUDGET),
    (DECIDE, "rules", text("Rules for moving money"), "rule", Action.VIEW_BUDGET),
    (DECIDE, "optimiser", text("Find a reallocation"), "target", Action.VIEW_BUDGET),
    (DECIDE, "meetings", text("Meetings"), "groups", Action.LEAD_MEETING),
    (DECIDE, "meeting", text("Meeting"), "how_to_vote", Action.TAKE_PART),
    (DATA, "import_data", text("Import"), "upload_file", Action.IMPORT_BUDGET),
    (DATA, "services", text("Services"), "handshake", Action.DESCRIBE_SERVICE),
    (DATA, "data_register", text("Data register"), "fact_check", Action.VIEW_BUDGET),
    (DATA, "data_dictionary", text("Data dictionary"), "menu_book", Action.VIEW_BUDGET),
    (DATA, "methods", text("Methods"), "function", Action.VIEW_BUDGET),
)

st.set_page_config(page_title="Paritet", page_icon=frame.ICON, layout="wide")


def sign_in() -> None:
    """Show the way in where signing in is required."""
    st.title("Paritet", anchor=False)
    if door.is_held() and (why_not := door.why_not()):
        st.warning(language().say(why_not))
    if settings().sign_in == "header":
        st.info(language().say(text("The server in front of Paritet did not say who you are.")))
    elif st.button(language().say(text("Sign in")), type="primary"):
        st.login()


def run() -> None:
    """Show the chosen page to whoever is there."""
    begin()
    who = door.who_is_there()
    if who is None:
        st.navigation([st.Page(sign_in, title="Paritet")], position="hidden").run()
        return
    say = language().say
    is_guest = who.role is Role.GUEST
    # The first page is the one of any address that is not known: for a guest the way in.
    sections: dict[str, list[Any]] = {"": [st.Page(sign_in, title="Paritet")]} if is_guest else {}
    for section, name, title, icon, action in NAVIGATION:
        if is_allowed(who.role, action):
            shown = frame.page(name, say(title), icon, is_listed=action is not Action.TAKE_PART)
            sections.setdefault(say(section), []).append(shown)
    page = st.navigation(sections, position="hidden" if is_guest else "top")
    address.follow()
    frame.surround()
    body.show(page, who)
    frame.sign_out(who)


run()
