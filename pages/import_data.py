"""Import: what does this file mean, and may it be stored?"""

from budgeting.access import Action, require
from budgeting.ui import (
    address,
    frame,
    import_acceptance,
    import_file,
    import_history,
    import_several,
    import_steps,
)
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
import_acceptance.last_acceptance()
cases = import_file.given_cases()
if import_acceptance.goes_on_storing():
    pass  # nothing else is asked meanwhile
elif len(cases) == 1:
    import_steps.show_case(cases[0], who)
elif cases:
    import_several.show_several(cases, who)
import_history.offer_templates()
import_history.show_history(who)
address.write()
