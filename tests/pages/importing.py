"""The import page as a reader works with it: dropping, answering, accepting."""

from streamlit.testing.v1 import AppTest

from budgeting.ui.importing.case import NEW

CSV = (
    "Economic code,Economic class,Approved\n411,Wages,1200.00\n421,Energy,800.50\nTotal,,2000.50\n"
)
NEW_TOWN = {"Name of the municipality": "Vran", "Country, two letters": "RS"}


def dropped(visit, *files: tuple[str, str | bytes], data: str = "empty") -> AppTest:
    """Return the page after files were dropped."""
    at = visit("import_data", data)
    contents = [
        (name, words.encode() if isinstance(words, str) else words, "") for name, words in files
    ]
    at.file_uploader[0].set_value(contents)
    return at.run()


def labelled(elements, label: str):
    found = [element for element in elements if element.label == label]
    assert found, f"no {label} among {[element.label for element in elements]}"
    return found[0]


def in_a_new_town(at: AppTest) -> AppTest:
    """Answer whose file it is: that of a new town, with its currency."""
    labelled(at.selectbox, "Municipality").select(NEW).run()
    for label, words in (*NEW_TOWN.items(), ("Currency, three letters", "RSD")):
        labelled(at.text_input, label).set_value(words).run()
    return at


def answered(at: AppTest, year: int = 2025) -> AppTest:
    """Answer what a ledger does not say: a new town, its currency, and the year."""
    if not at.session_state["import_cases"]:
        return at
    at = in_a_new_town(at)
    return labelled(at.number_input, "Fiscal year of the amounts").set_value(year).run()


def told(at: AppTest) -> str:
    return " ".join([e.value for e in (*at.success, *at.info, *at.error, *at.warning)])


def buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def accepted(at: AppTest) -> AppTest:
    return labelled(at.button, "Accept and store").click().run()
