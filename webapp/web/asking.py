"""Answers the screens of a form: one question after the other, and the list of all answers."""

from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from webapp.forms.question_answers import (
    LONGEST_SENTENCE,
    Mistake,
    read,
    read_picture,
    read_text,
)
from webapp.forms.questions import Ask, Question
from webapp.forms.step_list import NEW, moved, place_of, with_step, without
from webapp.web.question_forms import QuestionForm, open_form
from webapp.web.question_pages import question_page, step_page, steps_page, throw_page
from webapp.web.sending import check_page, leave, send

CHECK, THROW_AWAY = "check", "throw-away"
"""The screens that are no question: all answers, and whether to forget them."""


def ask(
    verb: str,
    path: str,
    subject: dict[str, int],
    *,
    known: dict[str, Any] | None = None,
    query: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    """Show the screen that the address names, or take what was answered there.

    Without a name it is the first question that was not asked yet, or the list of all answers.
    """
    form = open_form(verb, path, subject, known=known, query=query)
    name = request.args.get("question") or _goes_on(form)
    if name in _SCREENS:
        return _SCREENS[name](form)
    question = form.find(name)
    if question is None:
        abort(404)
    if question.ask is Ask.STEPS:
        return _ask_steps(form, question)
    return question_page(form, question) if request.method == "GET" else _take(form, question)


def _goes_on(form: QuestionForm) -> str:
    return form.next_question.name if form.next_question else CHECK


def _take(form: QuestionForm, question: Question) -> ResponseReturnValue:
    """Keep an answer and lead on, keep what is half typed, or say what is to mend."""
    if "keep" in request.form:
        return _keep(form, question.name)
    typed = {} if "skip" in request.form else request.form
    try:
        given = read(question, typed, form.facts)
    except Mistake as mistake:
        return question_page(form, question, mistake), 422
    return _lead_on(form, question, given)


def _lead_on(form: QuestionForm, question: Question, given: dict[str, Any]) -> ResponseReturnValue:
    """Go to the first question after it that was not asked yet, or to the list of all answers."""
    form.keep(question, given)
    asked = {*form.answers, question.name}
    following = next((each.name for each in form.questions if each.name not in asked), CHECK)
    return redirect(form.address(following), 303)


def _keep(form: QuestionForm, name: str) -> ResponseReturnValue:
    form.keep_typed(name, request.form.get("answer", ""))
    return "", 204


def _ask_steps(form: QuestionForm, question: Question) -> ResponseReturnValue:
    """Show the steps of a task, or one of them; add, change, move and take away."""
    steps = form.values.get(question.key) or []
    asked = request.args.get("step", "")
    place = place_of(steps, asked)
    if asked and place is None and asked != NEW:
        abort(404)
    if request.method == "GET":
        return step_page(form, question, place) if asked else steps_page(form, question)
    if asked:
        return _take_step(form, question, place)
    return _take_steps(form, question, steps)


def _take_step(form: QuestionForm, question: Question, place: int | None) -> ResponseReturnValue:
    """Keep one step, and come back to the list."""
    if "keep" in request.form:
        return _keep(form, f"step-{request.args['step']}")
    steps = form.values.get(question.key) or []
    before = steps[place]["text"] if place is not None else {}
    try:
        text = read_text(
            request.form.get("answer", ""), before, form.facts.language, LONGEST_SENTENCE
        )
        picture = read_picture(request.form.get("picture", ""))
    except Mistake as mistake:
        return step_page(form, question, place, mistake), 422
    given = {question.key: with_step(steps, place, text, picture)}
    form.keep(question, given, f"step-{request.args['step']}")
    return redirect(form.address(question.name), 303)


def _take_steps(
    form: QuestionForm, question: Question, steps: list[dict[str, Any]]
) -> ResponseReturnValue:
    """Lead on, or move a step or take one away ("up:2", "down:2", "away:2")."""
    what, _, written = request.form.get("do", "").partition(":")
    place = place_of(steps, written)
    if what not in _CHANGES_OF_STEPS or place is None:
        return _lead_on(form, question, {question.key: steps})
    form.keep(question, {question.key: _CHANGES_OF_STEPS[what](steps, place)})
    return redirect(form.address(question.name), 303)


_CHANGES_OF_STEPS = {
    "up": lambda steps, place: moved(steps, place, -1),
    "down": lambda steps, place: moved(steps, place, 1),
    "away": without,
}


def _check(form: QuestionForm) -> ResponseReturnValue:
    if request.method == "POST":
        return send(form)
    if form.missing:
        return redirect(form.address(form.missing.name), 303)
    return check_page(form)


def _throw_away(form: QuestionForm) -> ResponseReturnValue:
    if request.method == "GET":
        return throw_page(form)
    form.throw_away()
    return leave(form)


_SCREENS = {CHECK: _check, THROW_AWAY: _throw_away}
