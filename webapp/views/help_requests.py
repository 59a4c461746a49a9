"""One call for help: the person sees how far it came, the coach sees it and answers."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.access import team_of
from webapp.domain.errors import RuleBroken
from webapp.domain.help_lists import get_request, who_can_be_asked
from webapp.forms.help import AnswerForm, read_sentence, read_time
from webapp.models.help import HelpRequest
from webapp.models.person import Role
from webapp.web import database
from webapp.web.addresses import came_from
from webapp.web.answering import helpers_of
from webapp.web.coming import coming_choices, today_at
from webapp.web.doors import only
from webapp.web.emergency import emergency_numbers
from webapp.web.help_calls import help_call
from webapp.web.history_shown import about_change
from webapp.web.i18n import gettext as _
from webapp.web.labels import rule_words
from webapp.web.notices import tell
from webapp.web.replay import make
from webapp.web.who import actor, is_own, now, participant, turn_to

bp = Blueprint("help_requests", __name__, url_prefix="/help-requests/<int:request_id>")
bp.before_request(only(Role.PARTICIPANT, Role.COACH))


@bp.get("")
def show(request_id: int) -> str:
    """Show a call: to the person how far it came, to the coach how to answer."""
    call = _load(request_id)
    return _own_page(call) if is_own() else _answer_page(call, AnswerForm())


@bp.post("/seen")
def seen(request_id: int) -> Response:
    """Tell the person that somebody has seen it."""
    _load(request_id)
    make("help.seen", participant(), request=request_id)
    tell(_("%(name)s can read that you saw this.") % {"name": participant().name}, "done")
    return redirect(came_from(url_for("people.index")), 303)


@bp.post("/answer")
def answer(request_id: int) -> Response | tuple[str, int]:
    """Answer in a sentence, or say when one comes."""
    call = _load(request_id)
    form = AnswerForm()
    broken = "no_answer"
    if form.validate():
        try:
            sentence, comes_at = _said(form)
            make(
                "help.answer",
                participant(),
                request=request_id,
                sentence=sentence,
                comes_at=comes_at,
            )
        except RuleBroken as error:
            broken = error.code
        else:
            tell(_("Your answer is sent."), "done")
            return redirect(url_for("people.index"), 303)
        wrong = form.at if form.at.data else form.sentence
        wrong.errors = [rule_words(broken)]
    return _answer_page(call, form), 422


@bp.post("/close")
def close(request_id: int) -> Response:
    """Say that the help is not needed any more, with the way to take it back."""
    _load(request_id)
    make("help.close", participant(), request=request_id)
    undo_url = url_for(".reopen", request_id=request_id)
    tell(_("You don't need help any more."), "done", undo_url=undo_url)
    return redirect(url_for("help.show"), 303)


@bp.post("/reopen")
def reopen(request_id: int) -> Response:
    """Take back that the help is not needed any more."""
    _load(request_id)
    make("help.reopen", participant(), request=request_id)
    return redirect(url_for(".show", request_id=request_id), 303)


def _load(request_id: int) -> HelpRequest:
    """Return the call if the actor may see it, and turn the page to its plan."""
    call = get_request(database.session(), actor(), request_id, now())
    turn_to(actor() if call.participant_id == actor().id else call.participant)
    return call


def _own_page(call: HelpRequest) -> str:
    person = participant()
    team = who_can_be_asked(team_of(database.session(), person, now()), person)
    named = [each for each in team if each.id == call.to_id]
    coaches = [each for each in team if each.role is Role.COACH and each not in named]
    is_to_coach = bool(named) and named[0].role is Role.COACH
    also = [] if is_to_coach or not named else coaches
    return render_template(
        "help_request.html",
        call=help_call(call, person.time_zone),
        about=about_change(call.about_change),
        asked=helpers_of([*(named or team), *also], person.time_zone),
        also=[each.name for each in also],
        numbers=emergency_numbers(person.region),
    )


def _answer_page(call: HelpRequest, form: AnswerForm) -> str:
    person = participant()
    return render_template(
        "help_answer.html",
        call=help_call(call, person.time_zone),
        about=about_change(call.about_change),
        form=form,
        moments=coming_choices(),
        is_other_clock=person.time_zone != actor().time_zone,
    )


def _said(form: AnswerForm) -> tuple[str, str]:
    """Return the sentence, and the moment that was tapped or chosen for today."""
    at = read_time(form.at.data)
    tapped = request.form.get("comes_at", "")
    return read_sentence(form.sentence.data), today_at(at).isoformat() if at else tapped
