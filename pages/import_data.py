"""Import: what does this file mean, and may it be stored?"""

from budgeting.access import Action, require
from budgeting.ui import address, frame, import_parts
from budgeting.ui.session import identity
from budgeting.ui.session import say as _

frame.through_router()

who = identity()
assert who is not None
require(who, Action.IMPORT_BUDGET)
frame.heading(
    _("What does this file mean, and may it be stored?"),
    _("Choose a file: you see what it means first, and nothing is stored before you accept it."),
)
import_parts.last_acceptance()
source = import_parts.choose_file()
if source is not None:
    mapping = import_parts.choose_mapping(source)
    question = import_parts.ask(mapping)
    verdict = import_parts.examined(source, mapping, question)
    import_parts.show_verdict(verdict)
    import_parts.offer_acceptance(verdict, who)
address.write()
