"""What only the tests of pages ask for: the browsers of Ada and Cora, and a goal of hers."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor
from webapp.models.plan import Goal, NextStep
from webapp.models.text import BilingualText

Visit = Callable[..., Visitor]


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Visitor:
    """Give Ada's phone."""
    return visit(cast.ada)


@pytest.fixture
def cora(visit: Visit, cast: Cast) -> Visitor:
    """Give Cora's computer."""
    return visit(cast.cora)


@pytest.fixture(params=["the person", "the coach"])
def reader(request: pytest.FixtureRequest, visit: Visit, cast: Cast) -> tuple[Visitor, str]:
    """Give Ada's phone, then Cora's, and where Ada's plan begins there."""
    if request.param == "the person":
        return visit(cast.ada), "/"
    return visit(cast.cora), f"/people/{cast.ada.id}/"


@pytest.fixture
def goal(session: Session, cast: Cast) -> Goal:
    """Give Ada a goal with two next steps."""
    made = factories.goal(session, cast.ada)
    call = NextStep(
        position=1, title=factories.text("I call."), description=BilingualText(), picture=None
    )
    made.next_steps.append(call)
    session.commit()
    return made
