"""Help: the calls that are open, who helps, when, and how to reach them."""

from flask import Blueprint, render_template

from webapp.domain.help_lists import HelpState, requests_for
from webapp.web import database
from webapp.web.answering import helpers
from webapp.web.emergency import emergency_numbers
from webapp.web.help_calls import help_calls
from webapp.web.recent import is_left_out
from webapp.web.who import participant

bp = Blueprint("help", __name__)

CLOSED_AT_MOST = 5
"""How many calls that are closed stand below the others."""


@bp.get("/help")
@bp.get("/people/<int:person_id>/help")
def show(person_id: int | None = None) -> str:
    """Show the calls of the participant, and the people who stand beside them."""
    person = participant()
    asked = requests_for(database.session(), person)
    shown = [each for each in asked if not is_left_out(each.closed_at and each.asked_at)]
    calls = help_calls(shown, person.time_zone)
    closed = [call for call in calls if call.state is HelpState.CLOSED]
    return render_template(
        "help.html",
        calls=[call for call in calls if call not in closed],
        closed=closed[:CLOSED_AT_MOST],
        team=helpers(),
        numbers=emergency_numbers(person.region),
    )
