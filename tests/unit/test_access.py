"""Who may do what: the whole table, written out."""

import pytest

from budgeting.access import Action, Identity, Role, is_allowed, require
from budgeting.errors import NotAllowed

# guest, viewer, editor, reviewer, administrator
TABLE = {
    "take-part": "yes yes yes yes yes",
    "view-budget": "no yes yes yes yes",
    "import-budget": "no no yes yes yes",
    "classify-line": "no no yes yes yes",
    "review-classification": "no no no yes yes",
    "describe-service": "no no yes yes yes",
    "make-scenario": "no no yes yes yes",
    "decide-scenario": "no no no yes yes",
    "lead-meeting": "no no yes yes yes",
    "set-rules": "no no no yes yes",
    "back-up": "no no no no yes",
    "restore": "no no no no yes",
    "assign-role": "no no no no yes",
}
ROLES = ("guest", "viewer", "editor", "reviewer", "administrator")
CASES = [
    (role, action, answer == "yes")
    for action, answers in TABLE.items()
    for role, answer in zip(ROLES, answers.split(), strict=True)
]


def test_the_table_has_every_role_and_every_action():
    """A new role or action cannot be added without deciding here who may do it."""
    assert (set(ROLES), set(TABLE)) == (
        {role.value for role in Role},
        {action.value for action in Action},
    )


@pytest.mark.parametrize(("role", "action", "allowed"), CASES)
def test_each_role_may_do_what_the_table_says(role, action, allowed):
    """The answer for each role and action is the one of the table."""
    assert allowed is is_allowed(Role(role), Action(action))


@pytest.mark.parametrize(("role", "action", "allowed"), CASES)
def test_require_lets_pass_exactly_what_is_allowed(role, action, allowed):
    """`require` is silent where the table says yes and raises `NotAllowed` where it says no."""
    passed = True
    try:
        require(Identity("vera", Role(role)), Action(action))
    except NotAllowed:
        passed = False
    assert allowed is passed


def test_the_refusal_says_who_what_and_which_role_it_takes():
    """The sentence names the person, the action, the role needed and the role held."""
    with pytest.raises(NotAllowed) as refused:
        require(Identity("vera@example.org", Role.VIEWER), Action.IMPORT_BUDGET)
    assert (
        "vera@example.org may not do this (import a budget): it takes the role editor, and theirs "
        "is viewer. An administrator can change it."
    ) == str(refused.value)
