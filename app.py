"""Router: page config, sign-in, language, navigation. Pages are the files in ``pages/``."""

import pandas  # noqa: F401  # before altair: two visitors of a cold server would race otherwise
import streamlit as st

from budgeting.access import Action, is_allowed
from budgeting.model import text
from budgeting.settings import settings
from budgeting.ui import address, frame
from budgeting.ui.session import begin, identity, language

# file, title, icon, and the action that a role must permit for the page to be listed
NAVIGATION = (
    ("overview", text("Overview"), "dashboard", Action.VIEW_BUDGET),
    ("budget_explorer", text("Budget explorer"), "account_tree", Action.VIEW_BUDGET),
    ("gender_overview", text("Gender overview"), "balance", Action.VIEW_BUDGET),
    ("statements", text("Gender statement"), "description", Action.VIEW_BUDGET),
    ("who_benefits", text("Who benefits"), "diversity_3", Action.VIEW_BUDGET),
    ("gaps", text("Gaps and needs"), "compare_arrows", Action.VIEW_BUDGET),
    ("leave_no_one_behind", text("Leave no one behind"), "diversity_1", Action.VIEW_BUDGET),
    ("data_register", text("Data register"), "fact_check", Action.VIEW_BUDGET),
    ("services", text("Services"), "handshake", Action.DESCRIBE_SERVICE),
    ("classify", text("Classify"), "checklist", Action.VIEW_BUDGET),
    ("import_data", text("Import"), "upload_file", Action.IMPORT_BUDGET),
    ("data_dictionary", text("Data dictionary"), "menu_book", Action.VIEW_BUDGET),
    ("methods", text("Methods"), "function", Action.VIEW_BUDGET),
)

st.set_page_config(page_title="Paritet", page_icon=frame.ICON, layout="wide")


def sign_in() -> None:
    """Show the way in where signing in is required."""
    st.title("Paritet", anchor=False)
    if settings().sign_in == "header":
        st.info(language().say(text("The server in front of Paritet did not say who you are.")))
    elif st.button(language().say(text("Sign in")), type="primary"):
        st.login()


def run() -> None:
    """Show the chosen page to whoever is there."""
    begin()
    who = identity()
    if who is None:
        st.navigation([st.Page(sign_in, title="Paritet")], position="hidden").run()
        return
    say = language().say
    page = st.navigation(
        [
            st.Page(f"pages/{name}.py", title=say(title), icon=f":material/{icon}:")
            for name, title, icon, action in NAVIGATION
            if is_allowed(who.role, action)
        ],
        position="top",
    )
    address.follow(page.url_path)
    with frame.guarded():
        page.run()
    frame.sign_out(who)


run()
