"""Trying something that can go wrong: everybody's view, what helps, and what the person decides."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import changes, drafts, risks
from webapp.domain.access import get_next_step, team_of
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.forms.risk import QUESTIONS, DayForm, LookBackForm
from webapp.models.change import Outcome
from webapp.models.plan import NextStep
from webapp.models.risk import Decision, LookBack
from webapp.web import database, risk_answers, risk_options
from webapp.web.goal_pages import tell_made
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.replay import Made, make
from webapp.web.risk_answers import Answers
from webapp.web.who import actor, is_own, now, participant, turn_to

bp = Blueprint("risks", __name__, url_prefix="/next-steps/<int:next_step_id>/try")


@bp.get("")
def show(next_step_id: int) -> str:
    """Show what everybody thinks of the step, what helps, and what is decided."""
    step = _load(next_step_id)
    session = database.session()
    plan = risks.find_plan(session, step)
    begun = drafts.begun(session, actor(), participant())
    return render_template(
        "risk.html",
        step=step,
        columns=risk_options.columns(risks.views_of(session, step), actor()),
        plan=plan,
        is_due=risks.is_look_back_due(plan, g.today),
        begun=[form for form in QUESTIONS if _draft(form, step) in begun],
        decisions=risk_options.decisions(),
        face=risk_options.face,
    )


@bp.post("/warn")
def warn(next_step_id: int) -> Response:
    """Mark that something could go wrong, or take the mark away."""
    step = _load(next_step_id)
    marked = request.form.get("could_go_wrong") == "1"
    make("next_step.warn", participant(), next_step=step.id, could_go_wrong=marked)
    return _to_page(step)


@bp.post("/decide")
def decide(next_step_id: int) -> Response:
    """Keep what the person decides. A smaller step leads to the page where one is added."""
    step = _load(next_step_id)
    decision = request.form.get("decision", "")
    made = _send("risk.decide", step, decision=decision)
    if made.outcome is Outcome.APPLIED and decision == Decision.SMALLER:
        return _to_new_step(step)
    return _to_page(step)


@bp.get("/decisions")
def decisions(next_step_id: int) -> str:
    """Show what was decided so far, with everybody's view as it was then."""
    step = _load(next_step_id)
    made = risks.decisions_of(database.session(), participant(), step)
    return render_template(
        "risk_decisions.html", step=step, decided=risk_options.decided(made, participant(), actor())
    )


@bp.route("/look-back", methods=["GET", "POST"])
def look_back(next_step_id: int) -> str | Response | tuple[str, int]:
    """Ask the person how the try was; nobody else, and nothing that was not tried."""
    step = _load(next_step_id)
    plan = risks.find_plan(database.session(), step)
    if not is_own():
        raise NotAllowed
    if plan is None or plan.decision is not Decision.TRY:
        raise RuleBroken("not_tried")
    form = LookBackForm()
    if not form.validate_on_submit():
        page = render_template(
            "risk_look_back.html", step=step, form=form, faces=risk_options.faces()
        )
        return (page, 422) if request.method == "POST" else page
    feeling = int(form.feeling.data) if form.feeling.data else None
    _send("risk.look_back", step, feeling=feeling, look_back=form.look_back.data)
    if form.look_back.data == LookBack.AGAIN:
        return redirect(_question_url(step, "plan", "day"), 303)
    return _to_new_step(step)


@bp.post("/<form>/throw-away")
def throw_away(next_step_id: int, form: str) -> Response:
    """Forget the answers that were begun."""
    step = _load(next_step_id)
    _parts(form)
    drafts.throw_away(database.session(), actor(), participant(), _draft(form, step))
    return _to_page(step)


@bp.route("/<form>/<part>", methods=["GET", "POST"])
def question(next_step_id: int, form: str, part: str) -> str | Response | tuple[str, int]:
    """Ask one question and keep its answer; after the last one, send them all."""
    step = _load(next_step_id)
    parts = _parts(form)
    if part not in parts:
        abort(404)
    answers = _answers(step, form)
    asked = _asked(form, part, answers)
    if not asked.validate_on_submit():
        page = _question_page(step, form, part, asked)
        return (page, 422) if request.method == "POST" else page
    answers[part] = {field.name: field.data for field in asked if field.name != "csrf_token"}
    if part == parts[-1]:
        return _finish(step, form, answers)
    _keep(step, form, answers)
    return redirect(_question_url(step, form, parts[parts.index(part) + 1]), 303)


def _load(next_step_id: int) -> NextStep:
    """Return the next step if the actor may see it, and turn the page to its plan."""
    step, owner = get_next_step(database.session(), actor(), next_step_id, now())
    turn_to(actor() if owner.id == actor().id else owner)
    return step


def _parts(form: str) -> list[str]:
    """Return the questions of a form, in their order, for the person who asks.

    Only the participant says how it feels and decides; only others say why they propose.
    """
    parts = QUESTIONS.get(form)
    if parts is None or (is_own() and form == "decision"):
        abort(404)
    not_asked = "why" if is_own() else "feeling"
    return [part for part in parts if part != not_asked]


def _draft(form: str, step: NextStep) -> str:
    return f"risk.{form}:{step.id}"


def _answers(step: NextStep, form: str) -> Answers:
    """Return what was answered so far: what was begun, or else what stands there."""
    begun = drafts.find(database.session(), actor(), participant(), _draft(form, step))
    return begun if begun is not None else _standing(step, form)


def _standing(step: NextStep, form: str) -> Answers:
    session = database.session()
    if form == "view":
        return risk_answers.of_view(risks.find_view(session, step, actor().id))
    return risk_answers.of_plan(risks.find_plan(session, step)) if form == "plan" else {}


def _keep(step: NextStep, form: str, answers: Answers) -> None:
    session, key = database.session(), _draft(form, step)
    drafts.keep(session, actor(), participant(), key, answers=answers, now=now())


def _asked(form: str, part: str, answers: Answers) -> Any:
    asked = QUESTIONS[form][part](data=answers.get(part))
    if isinstance(asked, DayForm):
        asked.today = g.today
    return asked


def _question_page(step: NextStep, form: str, part: str, asked: Any) -> str:
    parts = _parts(form)
    number = parts.index(part)
    around = [
        _page_url(step),
        *(_question_url(step, form, each) for each in parts),
        _page_url(step),
    ]
    return render_template(
        "risk_question.html",
        step=step,
        form=asked,
        title=risk_options.question_words(form, part),
        options=_options(form, part, asked),
        number=number + 1,
        count=len(parts),
        back_url=around[number],
        next_url=around[number + 2],
        may_wait=form == "view" and is_own(),
    )


def _options(form: str, part: str, asked: Any) -> list[risk_options.Pictured]:
    """Return the answers with pictures that a question offers; none where it asks for words."""
    if form == "view":
        return risk_options.faces() if part == "feeling" else risk_options.ideas_for(part)
    if part == "who":
        team = team_of(database.session(), participant(), now())
        return risk_options.helpers(participant(), team, is_own=is_own())
    if part == "day":
        return risk_options.days_to_look_again(g.today, asked.choice.data)
    return risk_options.decisions() if part == "decision" else []


def _finish(step: NextStep, form: str, answers: Answers) -> Response:
    """Send all answers as one change, once, and forget the draft."""
    if drafts.was_sent(database.session(), actor(), request.form.get("change_id", "")):
        return _to_page(step)
    wanted = _wanted(step, form, answers)
    verb = {"view": "risk.view", "plan": "risk.agree", "decision": "risk.decide"}[form]
    _send(verb, step, why=answers.get("why", {}).get("why", ""), **wanted)
    drafts.throw_away(database.session(), actor(), participant(), _draft(form, step))
    return _to_page(step)


def _wanted(step: NextStep, form: str, answers: Answers) -> dict[str, Any]:
    session = database.session()
    if form == "view":
        return risk_answers.wanted_view(answers, risks.find_view(session, step, actor().id))
    if form == "plan":
        return risk_answers.wanted_plan(answers, risks.find_plan(session, step))
    return {"decision": answers.get("decision", {}).get("decision", "")}


def _send(verb: str, step: NextStep, *, why: str = "", **wanted: Any) -> Made:
    """Send a change, and tell what became of it."""
    if verb != "risk.view":
        changes.take_turn(database.session(), participant())
        risks.prepare(database.session(), step)
    made = make(verb, participant(), why=why, next_step=step.id, **wanted)
    if verb == "risk.view":
        tell(_("Your answer is kept."), "done")
    else:
        tell_made(made, _("Your answer is kept."))
    return made


def _page_url(step: NextStep) -> str:
    return url_for(".show", next_step_id=step.id)


def _question_url(step: NextStep, form: str, part: str) -> str:
    return url_for(".question", next_step_id=step.id, form=form, part=part)


def _to_page(step: NextStep) -> Response:
    return redirect(_page_url(step), 303)


def _to_new_step(step: NextStep) -> Response:
    return redirect(f"/goals/{step.goal_id}/next-steps/new", 303)
