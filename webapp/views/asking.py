"""Asking for a human in two taps: what it is about, then whom to ask."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import help_lists, help_requests
from webapp.domain.access import team_of
from webapp.forms.help import AskForm, read_sentence
from webapp.models.help import HelpReason
from webapp.models.person import Role
from webapp.web import database
from webapp.web.answering import helpers_of
from webapp.web.doors import only
from webapp.web.emergency import emergency_numbers
from webapp.web.help_calls import ReasonChoice, reason_choice, reason_choices
from webapp.web.replay import make_at_any_rate
from webapp.web.who import actor, now, participant

bp = Blueprint("asking", __name__, url_prefix="/help/ask")
bp.before_request(only(Role.PARTICIPANT))


@bp.get("")
def show() -> str:
    """Ask what it is about."""
    return render_template("help_ask.html", reasons=reason_choices(), **_circumstances())


@bp.get("/<reason>")
def whom(reason: str) -> str:
    """Ask who shall help. What is no reason is something else; no address says what it is."""
    named = (each for each in reason_choices() if str(each.number) == reason)
    chosen = next(named, _something_else())
    return render_template("help_whom.html", form=AskForm(), reason=chosen, **_circumstances())


@bp.post("")
def send() -> Response:
    """Send the call. Whatever the form holds, it is never refused."""
    made = make_at_any_rate(
        "help.ask",
        participant(),
        about=request.form.get("about", ""),
        to=request.form.get("to", ""),
        sentence=read_sentence(request.form.get("sentence")),
        task=request.form.get("task", ""),
        day=request.form.get("day", ""),
    )
    call = help_lists.get_made(database.session(), made.change_id)
    return redirect(url_for("help_requests.show", request_id=call.id), 303)


def _something_else() -> ReasonChoice:
    return reason_choice(HelpReason.SOMETHING_ELSE)


def _circumstances() -> dict[str, Any]:
    """Return on which task it is asked, and who could be asked."""
    session, person = database.session(), participant()
    task = help_requests.find_task(session, person, request.args.get("task"))
    team = help_lists.who_can_be_asked(team_of(session, person, now()), person)
    return {
        "task": task,
        "about_task": {"task": task.id, "day": request.args.get("day", "")} if task else {},
        "team": helpers_of(team, person.time_zone),
        "numbers": emergency_numbers(actor().region),
    }
