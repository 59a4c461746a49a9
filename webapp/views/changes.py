"""What changed: the history of a plan, and taking back what can be taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.domain import history
from webapp.domain.errors import NotFound
from webapp.domain.history import Line
from webapp.models.change import Outcome
from webapp.models.plan import Task
from webapp.web import database
from webapp.web.addresses import came_from, row_number
from webapp.web.history_shown import about
from webapp.web.history_words import sentence
from webapp.web.i18n import gettext as _
from webapp.web.login import plan_url
from webapp.web.notices import tell
from webapp.web.recent import is_left_out
from webapp.web.replay import make
from webapp.web.who import actor, find_participant, is_own, participant
from webapp.web.wording import Shown

bp = Blueprint("changes", __name__)


@bp.before_request
def _only_of_a_plan() -> None:
    """Let people who have no plan find nothing at the addresses of an own plan."""
    if find_participant() is None:
        raise NotFound


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is read: when, who did what, the changes in words, and what can be done."""

    number: int
    on: date
    at: datetime
    sentence: str
    shown: tuple[Shown, ...]
    why: object
    undo_url: str | None
    answer_url: str | None


@bp.get("/changes")
@bp.get("/people/<int:person_id>/changes")
def show(person_id: int | None = None) -> str:
    """Show what changed, newest first."""
    session, whose = database.session(), participant()
    before = request.args.get("before", type=row_number)
    lines, more = history.lines_for(session, actor(), whose, before=before)
    lines = [each for each in lines if not is_left_out(each.entry.happened_at)]
    tasks = history.tasks_of(session, whose, lines)
    more_url = plan_url(".show", before=more) if more else None
    return render_template(
        "changes.html", rows=[_row(line, tasks) for line in lines], more_url=more_url
    )


def _row(line: Line, tasks: dict[int, Task]) -> Row:
    entry = line.entry
    at = entry.happened_at.astimezone(ZoneInfo(participant().time_zone))
    is_answer = entry.change.verb == "proposal.answer" and line.proposal_id
    return Row(
        number=entry.change_id,
        on=at.date(),
        at=at,
        sentence=sentence(line, actor()),
        shown=about(line, tasks),
        why=entry.change.why,
        undo_url=plan_url(".undo", change_id=entry.change_id) if line.may_undo else None,
        answer_url=plan_url("choices.one", proposal_id=line.proposal_id)
        if is_answer and is_own()
        else None,
    )


@bp.post("/changes/<int:change_id>/undo")
@bp.post("/people/<int:person_id>/changes/<int:change_id>/undo")
def undo(change_id: int, person_id: int | None = None) -> Response:
    """Take back a change: at once where it is one's own, otherwise as a proposal or a request."""
    made = make("change.undo", participant(), change=change_id, why=request.form.get("why", ""))
    again = plan_url(".undo", change_id=made.change_id)
    match made.outcome:
        case Outcome.APPLIED:
            tell(_("Everything is as before."), "note", undo_url=again)
        case Outcome.PROPOSED:
            tell(_("%(name)s sees your proposal.") % {"name": participant().name}, "done")
        case _:
            tell(_("Your team sees what you ask for."), "done")
    return redirect(came_from(plan_url(".show")), 303)
