"""What must be done: the person sees it and says what they think, the coach adds and checks it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.domain import follow_ups
from webapp.domain.errors import NotAllowed, NotFound
from webapp.forms.follow_up import AddForm, CommentForm
from webapp.models.change import Outcome
from webapp.models.follow_up import FollowUp
from webapp.web import database
from webapp.web.i18n import day_words
from webapp.web.i18n import gettext as _
from webapp.web.login import plan_url
from webapp.web.notices import tell
from webapp.web.replay import Made, make, written
from webapp.web.who import actor, find_participant, is_own, now, participant, turn_to

bp = Blueprint("follow_ups", __name__)


@dataclass(frozen=True, slots=True)
class Card:
    """One step as the page shows it, with who checked it in words; "" where nobody has."""

    step: FollowUp
    checked: str


@bp.get("/me/follow-up")
@bp.get("/people/<int:person_id>/me/follow-up")
def show(person_id: int | None = None) -> str:
    """Show what must be done, and to a coach the form that adds to it."""
    if find_participant() is None:
        raise NotFound
    return _page(AddForm())


@bp.post("/people/<int:person_id>/me/follow-up")
def add(person_id: int) -> Response | tuple[str, int]:
    """Add something that must be done."""
    if is_own():
        raise NotAllowed
    form = AddForm()
    if not form.validate():
        return _page(form), 422
    title = written(form.title.data or "").as_json()
    made = make("follow_up.add", participant(), why=form.rule.data or "", title=title)
    _tell(made, _("%(name)s can read this now.") % {"name": participant().name})
    return _to_page()


@bp.post("/follow-ups/<int:follow_up_id>/check")
def check(follow_up_id: int) -> Response:
    """Check a step off, or take that back."""
    step = _load(follow_up_id)
    checked = request.form.get("checked") == "1"
    why = request.form.get("why", "")
    made = make("follow_up.check", participant(), why=why, follow_up=step.id, checked=checked)
    _tell(made, _("This is checked.") if checked else _("This is not checked any more."))
    return _to_page()


@bp.route("/follow-ups/<int:follow_up_id>/comment", methods=["GET", "POST"])
def comment(follow_up_id: int) -> str | Response | tuple[str, int]:
    """Let the person say something about a step, and nobody else."""
    step = _load(follow_up_id)
    if not is_own() and request.method == "GET":
        raise NotAllowed
    form = CommentForm()
    if is_own() and not form.validate_on_submit():
        page = render_template("follow_up_comment.html", step=step, form=form)
        return (page, 422) if request.method == "POST" else page
    sentence = (form.sentence.data or "").strip()
    make("follow_up.comment", participant(), follow_up=step.id, sentence=sentence)
    tell(_("Your coach can read this now."), "done")
    return _to_page()


def _load(follow_up_id: int) -> FollowUp:
    """Return the step if the actor may see it, and turn the page to its plan."""
    step, owner = follow_ups.get_step(database.session(), actor(), follow_up_id, now())
    turn_to(actor() if owner.id == actor().id else owner)
    return step


def _page(form: AddForm) -> str:
    steps = follow_ups.steps_for(database.session(), participant())
    return render_template("follow_ups.html", cards=[_card(step) for step in steps], form=form)


def _card(step: FollowUp) -> Card:
    if step.checked_at is None or step.checked_by is None:
        return Card(step, "")
    day = day_words(step.checked_at.astimezone(ZoneInfo(participant().time_zone)).date())
    if step.checked_by is actor():
        return Card(step, _("You checked this on %(day)s.") % {"day": day})
    said = {"name": step.checked_by.name, "day": day}
    return Card(step, _("%(name)s checked this on %(day)s.") % said)


def _tell(made: Made, sentence: str) -> None:
    """Tell what was done, or that it waits in the first plan for the person's answer."""
    proposed = _("%(name)s sees your proposal.") % {"name": participant().name}
    tell(sentence if made.outcome is Outcome.APPLIED else proposed, "done")


def _to_page() -> Response:
    return redirect(plan_url(".show"), 303)
