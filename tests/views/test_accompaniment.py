"""Ada stops her support, and takes it up again."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor
from webapp.domain import access

Visit = Callable[..., Visitor]


def test_stopping_closes_the_plan_to_the_team_at_once(visit: Visit, cast: Cast) -> None:
    ada, cora = visit(cast.ada), visit(cast.cora)
    plan = f"/people/{cast.ada.id}/today"
    assert cora.get(plan).status == 200
    assert "Your plan stays with you." in ada.get("/me/support/stop").words
    page = ada.follow(ada.post("/me/support/stop"))
    assert page.notices == ["Your support has stopped."]
    assert cora.get(plan).status == 404
    assert ada.get("/today").status == 200


def test_taking_it_up_again_brings_the_same_team_back(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    before = {each.id for each in access.team_of(session, cast.ada, clock.now)}
    session.commit()
    ada = visit(cast.ada)
    ada.post("/me/support/stop")
    clock.move(days=30)
    assert "/me/support/take-up" in ada.get("/me/support").actions
    page = ada.follow(ada.post("/me/support/take-up"))
    assert page.notices == ["Your team is beside you again."]
    assert {each.id for each in access.team_of(session, cast.ada, clock.now)} == before


def test_stopping_twice_and_taking_up_once(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert ada.post("/me/support/take-up").status == 409
    assert ada.post("/me/support/stop", change_id="the-same-id").status == 303
    assert ada.post("/me/support/stop", change_id="the-same-id").status == 303
    assert ada.post("/me/support/take-up").status == 303
    assert ada.post("/me/support/take-up").status == 409


def test_only_the_person_stops_it(visit: Visit, cast: Cast) -> None:
    for other in (cast.cora, cast.mia, cast.emil, cast.olga):
        for path in ("/me/support/stop", "/me/support/take-up"):
            assert visit(other).post(path).status == 404
    assert visit(cast.ben).post("/me/support/stop").status == 303
    assert visit(cast.cora).get(f"/people/{cast.ada.id}/today").status == 200
