"""Every cell of the rights table, written out a second time by hand."""

import pytest

from tests.cast import Cast
from webapp.domain import rights
from webapp.domain.rights import Cell, Kind, Only, Right

DOES = Cell(Right.DOES)
PROPOSES = Cell(Right.PROPOSES)
NEVER = Cell(Right.NEVER)
TELLS = Cell(Right.DOES, person_is_told=True)
WITH_REASON = Cell(Right.DOES, person_is_told=True, needs_reason=True)

EXPECTED = [
    (Kind.MARK, DOES, NEVER, NEVER),
    (Kind.SETTINGS, DOES, PROPOSES, NEVER),
    (Kind.PACE, DOES, PROPOSES, NEVER),
    (Kind.NEXT_STEP_CHOICE, DOES, PROPOSES, NEVER),
    (Kind.NEXT_STEP_OPTION, DOES, TELLS, TELLS),
    (Kind.GOAL, DOES, PROPOSES, NEVER),
    (Kind.MOVABLE_TASK, DOES, PROPOSES, Cell(Right.PROPOSES, only=Only.OWN_WORKPLACE)),
    (Kind.EXPLANATION, Cell(Right.DOES, only=Only.OWN_TASKS), TELLS, PROPOSES),
    (Kind.FIXED_TIME, Cell(Right.ASKS), WITH_REASON, PROPOSES),
    (Kind.RISKY_STEP, DOES, PROPOSES, NEVER),
    (Kind.VIEW_ON_RISK, DOES, DOES, DOES),
    (Kind.SHARING, DOES, NEVER, NEVER),
    (Kind.FOLLOW_UP, NEVER, WITH_REASON, NEVER),
    (Kind.COMMENT_ON_FOLLOW_UP, DOES, NEVER, NEVER),
    (Kind.ACCOMPANIMENT, DOES, NEVER, NEVER),
    (Kind.ANSWER, DOES, NEVER, NEVER),
    (Kind.PROPOSAL, NEVER, DOES, DOES),
    (Kind.HELP_REQUEST, DOES, NEVER, NEVER),
    (Kind.HELP_ANSWER, NEVER, DOES, DOES),
]


def test_no_row_is_forgotten() -> None:
    assert [row[0] for row in EXPECTED] == list(Kind)


@pytest.mark.parametrize(("kind", "participant", "coach", "mentor"), EXPECTED)
def test_each_cell(kind: Kind, participant: Cell, coach: Cell, mentor: Cell, cast: Cast) -> None:
    assert rights.cell(kind, cast.ada, cast.ada) == participant
    assert rights.cell(kind, cast.cora, cast.ada) == coach
    assert rights.cell(kind, cast.mia, cast.ada) == mentor
    for stranger in (cast.emil, cast.olga, cast.ben):
        assert rights.cell(kind, stranger, cast.ada) == NEVER


def test_staff_decide_on_their_own_screens(cast: Cast) -> None:
    for actor in (cast.cora, cast.mia, cast.emil, cast.olga):
        assert rights.cell(Kind.SETTINGS, actor, actor) == DOES
