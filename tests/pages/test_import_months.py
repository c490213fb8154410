"""The import page asks what columns of months hold where the file does not tell."""

from pages.test_import_page import answered, buttons, dropped, labelled, patience  # noqa: F401

from budgeting.model import Direction

QUESTION = "The columns of months or quarters"
# wages that grow slowly: nobody can tell them from amounts to date
LEDGER = (
    "Economic code,Economic class,Executed January,Executed February,Executed March\n"
    + "".join(
        f"41{number},Class {number},{number}00.10,{number}10.20,{number}20.30\n"
        for number in range(1, 6)
    )
)


def test_months_that_could_be_either_are_asked_about(visit):
    """Left out at first; said to be single, they are added up to the last day of each month."""
    at = dropped(visit, ("ledger.csv", LEDGER))
    assert "unused" == labelled(at.selectbox, QUESTION).value
    assert "Accept and store" not in buttons(at)
    labelled(at.selectbox, QUESTION).select("single").run()
    at = answered(at, 2024)
    labelled(at.selectbox, "Expenditure or revenue").select(Direction.EXPENDITURE).run()
    assert not at.exception
    told = {metric.label: metric.value for metric in at.metric}
    assert any("4,653.00" in value for value in told.values())
    labelled(at.selectbox, QUESTION).select("to date").run()
    told = {metric.label: metric.value for metric in at.metric}
    assert any("1,601.50" in value for value in told.values())


def test_a_ledger_without_months_is_not_asked(visit):
    """The question stands only where columns of single months or quarters are."""
    at = dropped(visit, ("ledger.csv", LEDGER.replace("Executed January", "Approved")))
    assert QUESTION in [element.label for element in at.selectbox]
    at = dropped(visit, ("other.csv", "Economic code,Economic class,Approved\n411,Wages,12.00\n"))
    assert QUESTION not in [element.label for element in at.selectbox]
