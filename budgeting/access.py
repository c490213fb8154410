"""Who may do what: roles and actions, without any notion of how someone signed in."""

from dataclasses import dataclass
from enum import StrEnum

from budgeting.errors import NotAllowed
from budgeting.model import Text, text


class Role(StrEnum):
    """What a person is trusted with; each role may do what the one before it may.

    A guest holds the link of one meeting and is nobody by name; people are given the other roles.
    """

    GUEST = "guest"
    VIEWER = "viewer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """Something that can be allowed or not."""

    TAKE_PART = "take-part"
    VIEW_BUDGET = "view-budget"
    IMPORT_BUDGET = "import-budget"
    CLASSIFY_LINE = "classify-line"
    REVIEW_CLASSIFICATION = "review-classification"
    DESCRIBE_SERVICE = "describe-service"
    MAKE_SCENARIO = "make-scenario"
    DECIDE_SCENARIO = "decide-scenario"
    LEAD_MEETING = "lead-meeting"
    SET_RULES = "set-rules"
    BACK_UP = "back-up"
    RESTORE = "restore"
    ASSIGN_ROLE = "assign-role"


_FIRST_ROLE_WITH = {
    Action.TAKE_PART: Role.GUEST,
    Action.VIEW_BUDGET: Role.VIEWER,
    Action.IMPORT_BUDGET: Role.EDITOR,
    Action.CLASSIFY_LINE: Role.EDITOR,
    Action.REVIEW_CLASSIFICATION: Role.REVIEWER,
    Action.DESCRIBE_SERVICE: Role.EDITOR,
    Action.MAKE_SCENARIO: Role.EDITOR,
    Action.DECIDE_SCENARIO: Role.REVIEWER,
    Action.LEAD_MEETING: Role.EDITOR,
    Action.SET_RULES: Role.REVIEWER,
    Action.BACK_UP: Role.ADMINISTRATOR,
    Action.RESTORE: Role.ADMINISTRATOR,
    Action.ASSIGN_ROLE: Role.ADMINISTRATOR,
}
_RANK = {role: rank for rank, role in enumerate(Role)}
ROLES_OF_PEOPLE = tuple(role for role in Role if role is not Role.GUEST)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person at the screen or at the command line, and their role."""

    name: str
    role: Role


def role_name(role: Role) -> Text:
    """Return what readers call a role."""
    return {
        Role.GUEST: text("guest"),
        Role.VIEWER: text("viewer"),
        Role.EDITOR: text("editor"),
        Role.REVIEWER: text("reviewer"),
        Role.ADMINISTRATOR: text("administrator"),
    }[role]


def action_name(action: Action) -> Text:
    """Return what readers call an action."""
    return {
        Action.TAKE_PART: text("take part in a meeting"),
        Action.VIEW_BUDGET: text("view the budget"),
        Action.IMPORT_BUDGET: text("import a budget"),
        Action.CLASSIFY_LINE: text("classify a line"),
        Action.REVIEW_CLASSIFICATION: text("review a classification"),
        Action.DESCRIBE_SERVICE: text("describe a service"),
        Action.MAKE_SCENARIO: text("make a scenario"),
        Action.DECIDE_SCENARIO: text("decide on a scenario"),
        Action.LEAD_MEETING: text("lead a meeting"),
        Action.SET_RULES: text("set the rules for moving money"),
        Action.BACK_UP: text("back up"),
        Action.RESTORE: text("restore"),
        Action.ASSIGN_ROLE: text("assign a role"),
    }[action]


def is_allowed(role: Role, action: Action) -> bool:
    """Return whether `role` permits `action`.

    Examples
    --------
    >>> is_allowed(Role.VIEWER, Action.IMPORT_BUDGET)
    False
    """
    return _RANK[role] >= _RANK[_FIRST_ROLE_WITH[action]]


def require(identity: Identity, action: Action) -> None:
    """Let the action pass, or raise `NotAllowed` with who, what and which role would do."""
    if not is_allowed(identity.role, action):
        raise NotAllowed(
            text(
                "{name} may not do this ({action}): it takes the role {needed}, and theirs is {role}. "
                "An administrator can change it.",
                name=identity.name,
                action=action_name(action),
                needed=role_name(_FIRST_ROLE_WITH[action]),
                role=role_name(identity.role),
            )
        )
