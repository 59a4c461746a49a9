"""The welcome: what this is, who helps, what is proposed, and the pace; then the plan begins."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.domain import seen
from webapp.domain.access import team_of
from webapp.domain.errors import NotFound
from webapp.domain.paces import find_now
from webapp.domain.seen import Sheet
from webapp.web import database
from webapp.web.login import start_url
from webapp.web.portraits import photo_urls
from webapp.web.proposal_cards import proposal_card
from webapp.web.replay import make
from webapp.web.who import find_participant, now, participant

bp = Blueprint("welcome", __name__)

SCREENS = {
    "app": "welcome_app.html",
    "team": "welcome_team.html",
    "plan": "welcome_plan.html",
    "pace": "welcome_pace.html",
}


@bp.before_request
def _only_of_a_plan() -> None:
    """Let people who have no plan find nothing here."""
    if find_participant() is None:
        raise NotFound


@bp.get("/welcome")
@bp.get("/welcome/<screen>")
def show(screen: str = "app") -> str:
    """Show one screen of the welcome. Without a first plan there is one screen less."""
    plan = seen.find_first_plan(database.session(), participant())
    screens = [name for name in SCREENS if plan or name != "plan"]
    if screen not in screens:
        abort(404)
    place = screens.index(screen)
    return render_template(
        SCREENS[screen],
        number=place + 1,
        total=len(screens),
        back_url=url_for(".show", screen=screens[place - 1]) if place else None,
        next_url=url_for(".show", screen=screens[place + 1]) if screen != "pace" else None,
        **_more(screen, plan),
    )


def _more(screen: str, plan: Sheet | None) -> dict[str, Any]:
    """Return what only one of the screens shows."""
    if screen == "team":
        team = team_of(database.session(), participant(), now())
        return {"team": team, "photos": photo_urls(team)}
    if screen == "pace":
        return {"pace": find_now(participant(), g.today).pace}
    return {"card": proposal_card(plan)} if screen == "plan" and plan else {}


@bp.post("/welcome")
def begin() -> Response:
    """Let the plan begin."""
    make("plan.welcome", participant())
    return redirect(start_url(participant()), 303)
