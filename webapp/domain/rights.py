"""Who may do what: one table, change by role. Every other file asks this one."""

from dataclasses import dataclass
from enum import StrEnum

from webapp.models.person import Person, Role


class Kind(StrEnum):
    """What a change is about: the rows of the table."""

    MARK = "mark"
    SETTINGS = "settings"
    PACE = "pace"
    NEXT_STEP_CHOICE = "next_step_choice"
    NEXT_STEP_OPTION = "next_step_option"
    GOAL = "goal"
    MOVABLE_TASK = "movable_task"
    EXPLANATION = "explanation"
    FIXED_TIME = "fixed_time"
    RISKY_STEP = "risky_step"
    VIEW_ON_RISK = "view_on_risk"
    SHARING = "sharing"
    FOLLOW_UP = "follow_up"
    COMMENT_ON_FOLLOW_UP = "comment_on_follow_up"
    ACCOMPANIMENT = "accompaniment"
    ANSWER = "answer"
    PROPOSAL = "proposal"
    HELP_REQUEST = "help_request"
    HELP_ANSWER = "help_answer"


class Right(StrEnum):
    """What happens when somebody asks for a change."""

    DOES = "does"
    PROPOSES = "proposes"
    ASKS = "asks"
    NEVER = "never"


class Only(StrEnum):
    """How far a right reaches where it does not reach everything."""

    OWN_TASKS = "own_tasks"
    OWN_WORKPLACE = "own_workplace"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the right, how far it reaches, and what must go with it."""

    right: Right
    only: Only | None = None
    person_is_told: bool = False
    needs_reason: bool = False


DOES = Cell(Right.DOES)
DOES_OWN = Cell(Right.DOES, only=Only.OWN_TASKS)
DOES_AND_TELLS = Cell(Right.DOES, person_is_told=True)
DOES_WITH_REASON = Cell(Right.DOES, person_is_told=True, needs_reason=True)
PROPOSES = Cell(Right.PROPOSES)
PROPOSES_AT_WORK = Cell(Right.PROPOSES, only=Only.OWN_WORKPLACE)
ASKS = Cell(Right.ASKS)
NEVER = Cell(Right.NEVER)

COLUMNS = (Role.PARTICIPANT, Role.COACH, Role.MENTOR)
"""Roles with rights on a plan. The participant's column is for the own plan only."""

TABLE: dict[Kind, tuple[Cell, Cell, Cell]] = {
    # what                     participant  coach              mentor
    Kind.MARK:                 (DOES,       NEVER,             NEVER),
    Kind.SETTINGS:             (DOES,       PROPOSES,          NEVER),
    Kind.PACE:                 (DOES,       PROPOSES,          NEVER),
    Kind.NEXT_STEP_CHOICE:     (DOES,       PROPOSES,          NEVER),
    Kind.NEXT_STEP_OPTION:     (DOES,       DOES_AND_TELLS,    DOES_AND_TELLS),
    Kind.GOAL:                 (DOES,       PROPOSES,          NEVER),
    Kind.MOVABLE_TASK:         (DOES,       PROPOSES,          PROPOSES_AT_WORK),
    Kind.EXPLANATION:          (DOES_OWN,   DOES_AND_TELLS,    PROPOSES),
    Kind.FIXED_TIME:           (ASKS,       DOES_WITH_REASON,  PROPOSES),
    Kind.RISKY_STEP:           (DOES,       PROPOSES,          NEVER),
    Kind.VIEW_ON_RISK:         (DOES,       DOES,              DOES),
    Kind.SHARING:              (DOES,       NEVER,             NEVER),
    Kind.FOLLOW_UP:            (NEVER,      DOES_WITH_REASON,  NEVER),
    Kind.COMMENT_ON_FOLLOW_UP: (DOES,       NEVER,             NEVER),
    Kind.ACCOMPANIMENT:        (DOES,       NEVER,             NEVER),
    # What is said about changes, and between people: nothing of the plan itself.
    Kind.ANSWER:               (DOES,       NEVER,             NEVER),
    Kind.PROPOSAL:             (NEVER,      DOES,              DOES),
    Kind.HELP_REQUEST:         (DOES,       NEVER,             NEVER),
    Kind.HELP_ANSWER:          (NEVER,      DOES,              DOES),
}  # fmt: skip

NOT_OF_THE_PLAN = {
    Kind.VIEW_ON_RISK,
    Kind.ANSWER,
    Kind.PROPOSAL,
    Kind.HELP_REQUEST,
    Kind.HELP_ANSWER,
}
"""What may be done before the person has seen their first plan: nothing of it counts as a plan."""


def cell(kind: Kind, actor: Person, participant: Person) -> Cell:
    """Return what `actor` may do about `kind` on the plan of `participant`.

    The person on whose screens the change falls has the participant's column, staff included:
    everybody decides on their own settings. Roles without a column may do nothing.
    """
    column = Role.PARTICIPANT if actor.id == participant.id else actor.role
    if column is Role.PARTICIPANT and actor.id != participant.id:
        return NEVER
    return TABLE[kind][COLUMNS.index(column)] if column in COLUMNS else NEVER
