"""Import: what does this file mean, and may it be stored?"""

from budgeting.access import Action, require
from budgeting.ui import (
    address,
    frame,
)
from budgeting.ui.importing.acceptance import goes_on_storing, last_acceptance
from budgeting.ui.importing.file import given_cases
from budgeting.ui.importing.history import offer_templates, show_history
from budgeting.ui.importing.several import show_several
from budgeting.ui.importing.steps import show_case
from budgeting.ui.session import identity
from budgeting.ui.session import say as _

frame.through_router()

who = identity()
assert who is not None
require(who, Action.IMPORT_BUDGET)
frame.heading(
    _("What does this file mean, and may it be stored?"),
    _("Drop a file: you see what it means first, and nothing is stored before you accept it."),
)
last_acceptance()
cases = given_cases()
if goes_on_storing():
    pass  # nothing else is asked meanwhile
elif len(cases) == 1:
    show_case(cases[0], who)
elif cases:
    show_several(cases, who)
offer_templates()
show_history(who)
address.write()
