"""The end of a form: the list of all answers, and sending them as one change."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.domain import drafts
from webapp.domain.errors import RuleBroken
from webapp.domain.rights import Right
from webapp.forms.answer import AnswerFields
from webapp.forms.question_answers import Mistake
from webapp.forms.questions import REASON
from webapp.forms.words import N_
from webapp.models.change import Outcome
from webapp.models.text import BilingualText
from webapp.web import database
from webapp.web.answer_words import lines_of
from webapp.web.i18n import gettext as _
from webapp.web.i18n import sentences, spoken
from webapp.web.labels import rule_words
from webapp.web.login import plan_url
from webapp.web.notices import tell
from webapp.web.question_forms import QuestionForm
from webapp.web.question_pages import frame, home_url, question_page
from webapp.web.replay import Made, make_wanted
from webapp.web.who import actor, is_own, participant

MOST_WORDS = 15
"""A sentence with more words is hard to read."""


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A sentence that is hard to read, and how many words it has."""

    text: str
    count: int


def check_page(form: QuestionForm, mistake: str = "") -> str:
    """Show all answers, each with the way to change it, before anything is sent."""
    fields = AnswerFields()
    if mistake:
        fields.form_errors = [mistake]
    lines = lines_of(form)
    return render_template(
        "question_check.html",
        **frame(form, "check"),
        fields=fields,
        lines=lines,
        right=form.cell.right,
        person_is_told=form.cell.person_is_told,
        back_url=form.address(form.questions[-1].name),
        long_sentences=[] if is_own() else _long_sentences(form),
    )


def send(form: QuestionForm) -> ResponseReturnValue:
    """Ask for the change, forget the draft, and say what became of it.

    A form that was sent already answers as before.
    """
    if form.kept is None and _was_sent():
        return leave(form)
    if form.missing is REASON:
        return question_page(form, REASON, Mistake("answer", N_("Please say why."))), 422
    if form.missing:
        return redirect(form.address(form.missing.name), 303)
    if not form.is_different:
        return check_page(form, N_("Nothing is different yet.")), 422
    try:
        made = _make(form)
    except RuleBroken as broken:
        database.session().rollback()
        return check_page(form, rule_words(broken.code)), 409
    form.throw_away()
    return _told(form, made)


def leave(form: QuestionForm) -> Response:
    """Lead back to where the change would show."""
    return redirect(home_url(form), 303)


def _was_sent() -> bool:
    return drafts.was_sent(database.session(), actor(), request.form.get("change_id", ""))


def _make(form: QuestionForm) -> Made:
    said = BilingualText.from_json(form.values.get("reason") or {})
    why = spoken(said)
    together = form.cell.right is Right.PROPOSES and "together" in request.form
    reason = why[0] if why else ""
    return make_wanted(form.verb, participant(), form.wanted, why=reason, together=together)


def _told(form: QuestionForm, made: Made) -> Response:
    """Say in one sentence what became of it, and lead to where it shows."""
    if made.outcome is Outcome.ASKED:
        tell(_("Your question is sent. Somebody answers you."), "done")
        return redirect(plan_url("help.show"), 303)
    if made.outcome is Outcome.PROPOSED and "together" in request.form:
        tell(_("This is in your list."), "done")
        return redirect(f"/people/{participant().id}/choices", 303)
    tell(_sentence(form, made), "done", undo_url=_undo_url(made))
    return leave(form)


def _sentence(form: QuestionForm, made: Made) -> str:
    name = {"name": participant().name}
    if made.outcome is Outcome.PROPOSED:
        return _("%(name)s sees your proposal.") % name
    if form.cell.person_is_told:
        return _("This is changed. %(name)s is told.") % name
    return _("This is in your plan now.") if form.verb.endswith(".add") else _("This is changed.")


def _undo_url(made: Made) -> str | None:
    """Return the way to take it back, for the person whose plan it is."""
    if is_own() and made.outcome is Outcome.APPLIED:
        return f"/changes/{made.change_id}/undo"
    return None


def _long_sentences(form: QuestionForm) -> list[LongSentence]:
    """Return the sentences that would be easier to read as two."""
    texts = [each.answer for each in lines_of(form)]
    written = [each.text for each in texts] + [step.text for each in texts for step in each.steps]
    said = [spoken(each) for each in written]
    found = (one for each in said if each for one in sentences(each[0]))
    return [
        LongSentence(each, len(each.split())) for each in found if len(each.split()) > MOST_WORDS
    ]
