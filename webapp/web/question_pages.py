"""The screens of a form: a question, the steps of a task, one step, and throwing all away."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import g, render_template, request

from webapp import pictures
from webapp.domain.access import team_of
from webapp.domain.rights import Right
from webapp.forms.answer import AnswerFields, LongAnswerFields
from webapp.forms.question_answers import WEEKDAYS, Mistake, shown, weekdays_of
from webapp.forms.questions import REASON, Ask, Question
from webapp.forms.step_list import NEW
from webapp.models.text import BilingualText
from webapp.web import database
from webapp.web.answer_words import step_list
from webapp.web.i18n import weekday_words
from webapp.web.login import plan_url
from webapp.web.question_forms import QuestionForm
from webapp.web.question_options import Offer, offer_for, picture_choice, picture_offer
from webapp.web.question_words import form_words, hint_words, question_words
from webapp.web.who import is_own, now, participant

MONDAY = date(2024, 1, 1)
"""A Monday, from which the names of the weekdays are taken."""

LONG = (Ask.MORE,)
TYPED = (Ask.SENTENCE, Ask.REASON, *LONG)
PLACES = {"goal": "goals", "next_step": "goals", "task": "today"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a screen stands in its form. `states` are those of the questions: done, now, to-do."""

    number: int
    states: tuple[str, ...]


def question_page(form: QuestionForm, question: Question, mistake: Mistake | None = None) -> str:
    """Show one question with what was answered or half typed before."""
    offer = offer_for(question, form.values)
    fields = _fields(form, question)
    _point_out(fields, mistake, drawn=question.ask in TYPED)
    return render_template(
        "question.html",
        fields=fields,
        offer=offer,
        is_typed=question.ask in TYPED,
        open_fold=_open_fold(offer, form, mistake),
        may_skip=question.may_skip and not (question is REASON and form.cell.needs_reason),
        **_asked(form, question),
    )


def steps_page(form: QuestionForm, question: Question) -> str:
    """Show the steps of a task as they would be, to change them."""
    return render_template(
        "question_steps.html", steps=step_list(form.values), **_asked(form, question)
    )


def step_page(
    form: QuestionForm, question: Question, place: int | None, mistake: Mistake | None = None
) -> str:
    """Show one step, with its words and its picture."""
    steps = form.values.get(question.key) or []
    step = steps[place] if place is not None else {"text": {}, "picture": None}
    name = request.args["step"]
    words = form.typed.get(f"step-{name}") or shown(step["text"], g.language)
    fields = AnswerFields(answer=words)
    _point_out(fields, mistake, drawn=mistake is not None and mistake.field == "answer")
    chosen = request.form.get("picture") or step["picture"] or pictures.GENERAL
    return render_template(
        "question_step.html",
        fields=fields,
        offer=picture_offer(chosen),
        number=len(steps) + 1 if name == NEW else int(name),
        **{**_asked(form, question), "here": form.address(question.name, step=name)},
        list_url=form.address(question.name),
    )


def throw_page(form: QuestionForm) -> str:
    """Ask whether all answers may be forgotten."""
    return render_template("question_throw.html", **frame(form), keep_url=form.address())


def frame(form: QuestionForm, screen: str = "") -> dict[str, Any]:
    """Return what every screen of a form says: what it is for, about what, and whom it asks."""
    return {
        "form_words": form_words(form.verb, form.values | form.about),
        "about": BilingualText.from_json(form.thing.get("title") or {}),
        "picture": form.thing.get("picture"),
        "place": PLACES.get(form.verb.partition(".")[0], ""),
        "here": form.address(screen),
        "has_draft": form.kept is not None,
        "throw_url": form.address("throw-away"),
        "asks": _whom_it_asks(form),
    }


def home_url(form: QuestionForm) -> str:
    """Return the page on which the change shows."""
    kind = form.verb.partition(".")[0]
    pages = {"goal": "goals.show", "next_step": "goals.show", "task": "today.show"}
    return plan_url(pages.get(kind, "me.show"))


def _asked(form: QuestionForm, question: Question) -> dict[str, Any]:
    """Return what the screen of a question says besides its answers."""
    at = form.number_of(question)
    before = form.questions[at - 2].name if at > 1 else None
    return {
        **frame(form, question.name),
        "question": question_words(form.verb, question, form.values, is_own=is_own()),
        "hint": hint_words(question),
        "progress": _progress(form, question),
        "back_url": form.address(before) if before else home_url(form),
    }


def _progress(form: QuestionForm, question: Question) -> Progress:
    states = (
        "now" if each is question else "done" if each.name in form.answers else "to-do"
        for each in form.questions
    )
    return Progress(form.number_of(question), tuple(states))


def _whom_it_asks(form: QuestionForm) -> str:
    """Return who is asked, where the person cannot change this alone; "" otherwise."""
    if form.cell.right is not Right.ASKS:
        return ""
    team = team_of(database.session(), participant(), now())
    return next((each.name for each in team), "")


def _fields(form: QuestionForm, question: Question) -> AnswerFields:
    """Return the fields with what was half typed, answered, or stands there now."""
    values = form.values
    kind = LongAnswerFields if question.ask in LONG else AnswerFields
    chosen = weekdays_of(values.get("repeat")) or []
    fields = kind(
        answer=_words(form, question) if question.ask in TYPED else "",
        **{each: each in chosen for each in WEEKDAYS},
    )
    for number, each in enumerate(WEEKDAYS):
        name = weekday_words(MONDAY + timedelta(days=number))
        fields[each].label.text = name[:1].upper() + name[1:]
    return fields


def _words(form: QuestionForm, question: Question) -> str:
    """Return what stands in the field: for a new task, the words of its picture are a start."""
    written = shown(form.values.get(question.key) or {}, g.language)
    known = form.typed.get(question.name) or written
    picture = form.values.get("picture")
    if known or question.name != "title" or not picture or question.name in form.answers:
        return known
    return picture_choice(picture).words


def _point_out(fields: AnswerFields, mistake: Mistake | None, *, drawn: bool) -> None:
    """Write a mistake to its field, or to the form where the field is none that is typed in."""
    if mistake is None:
        return
    if drawn or mistake.field != "answer":
        fields[mistake.field].errors = [mistake.sentence]
    else:
        fields.form_errors = [mistake.sentence]


def _open_fold(offer: Offer, form: QuestionForm, mistake: Mistake | None) -> str:
    """Return which fold stands open: the one with the mistake, or with the present answer."""
    if mistake:
        return next((each.value for each in offer.folds if mistake.field in each.fields), "")
    again = any(each.value == "again" for each in offer.folds)
    return "again" if again and form.values.get("repeat") else ""
