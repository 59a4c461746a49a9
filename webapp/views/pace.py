"""My pace: the four paces, what each would move, and the choice."""

from flask import Blueprint, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.domain import pace_changes, paces
from webapp.domain.access import team_of
from webapp.models.person import Pace
from webapp.web import database
from webapp.web.i18n import gettext as _
from webapp.web.login import plan_url
from webapp.web.notices import tell
from webapp.web.pace_words import (
    PaceChoice,
    more_sentences,
    moved_rows,
    pace_sentence,
    pause_ends,
)
from webapp.web.replay import make
from webapp.web.who import find_participant, now, participant

bp = Blueprint("pace", __name__)


@bp.before_request
def _only_with_a_plan() -> None:
    if find_participant() is None:
        abort(404)


@bp.get("/me/pace")
@bp.get("/people/<int:person_id>/me/pace")
def show(person_id: int | None = None) -> str:
    """Show the four paces, and which one counts now."""
    present = paces.find_now(participant(), g.today)
    return render_template(
        "pace.html",
        present=present,
        choices=[_choice(pace, pace is present.pace) for pace in Pace],
    )


def _choice(pace: Pace, is_chosen: bool) -> PaceChoice:
    return PaceChoice(pace, pace_sentence(pace), plan_url(".preview", pace=pace), is_chosen)


@bp.get("/me/pace/<pace>")
@bp.get("/people/<int:person_id>/me/pace/<pace>")
def preview(pace: str, person_id: int | None = None) -> str:
    """Show what a pace would do before it is done. A pause asks first until when."""
    chosen, until = _pace(pace), request.args.get("until")
    if chosen is Pace.PAUSE and until is None:
        return render_template("pause_end.html", ends=pause_ends(g.today))
    session, whose = database.session(), participant()
    wanted = {"pace": chosen.value, "until": until}
    found = pace_changes.preview(session, whose, wanted, now())
    return render_template(
        "pace_preview.html",
        preview=found,
        rows=moved_rows(found),
        sentence=pace_sentence(chosen),
        more=more_sentences(chosen),
        supporter=next(iter(team_of(session, whose, now())), None) if found.stays else None,
    )


@bp.post("/me/pace/<pace>")
def change(pace: str) -> Response:
    """Take the pace."""
    present = paces.find_now(participant(), g.today)
    chosen = _pace(pace)
    until = request.form.get("until") if chosen is Pace.PAUSE else None
    made = make("pace.set", participant(), pace=chosen.value, until=until)
    undo_url = plan_url("changes.undo", change_id=made.change_id)
    tell(_told(chosen, present.is_paused), "done", undo_url=undo_url)
    return redirect(plan_url("today.show"), 303)


def _told(pace: Pace, was_paused: bool) -> str:
    if pace is Pace.PAUSE:
        return _("You are on pause.")
    return _("Your tasks are back.") if was_paused else _("This begins tomorrow.")


def _pace(name: str) -> Pace:
    if name not in list(Pace):
        abort(404)
    return Pace(name)
