"""The answers of a form in words and pictures, as the last screen lists them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import g

from webapp import pictures
from webapp.forms.questions import Ask, Question
from webapp.models.text import BilingualText
from webapp.web.i18n import duration_words, relative_day_words, time_words
from webapp.web.i18n import gettext as _
from webapp.web.question_forms import QuestionForm
from webapp.web.question_options import picture_choice
from webapp.web.question_words import short_words
from webapp.web.reminder_options import all_settings, moments
from webapp.web.schedule_words import days_words


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a task, in a list."""

    text: BilingualText
    picture: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: plain words, a text that somebody wrote, a picture or steps."""

    words: str = ""
    text: BilingualText = BilingualText()
    picture: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What was asked, the answer, what stood there before, and where to change it."""

    name: str
    answer: Answer
    before: Answer | None
    url: str


Values = dict[str, Any]


def lines_of(form: QuestionForm) -> list[Line]:
    """Return the answers of a form, in the order of its questions."""
    return [_line(form, each) for each in form.questions]


def _line(form: QuestionForm, question: Question) -> Line:
    answer = answer_to(question, form.values)
    stood = answer_to(question, form.present) if question.key in form.present else None
    before = stood if stood != answer else None
    return Line(short_words(form.verb, question), answer, before, form.address(question.name))


def answer_to(question: Question, values: Values) -> Answer:
    """Return the answer to a question that these values give; "Nothing" where there is none."""
    given = _ANSWERS[question.ask](question.key, values)
    return given if given != Answer() else Answer(_("Nothing"))


def step_list(values: Values) -> tuple[Step, ...]:
    """Return the steps of a task as they would be."""
    rows = values.get("steps") or []
    return tuple(
        Step(BilingualText.from_json(row["text"]), pictures.find(row["picture"]).name)
        for row in rows
    )


def _text(key: str, values: Values) -> Answer:
    return Answer(text=BilingualText.from_json(values.get(key) or {}))


def _picture(key: str, values: Values) -> Answer:
    chosen = picture_choice(values.get(key) or pictures.GENERAL)
    return Answer(chosen.words, picture=chosen.picture)


def _yes_no(key: str, values: Values) -> Answer:
    return Answer(_("Yes") if values.get(key) else _("No"))


def _day(key: str, values: Values) -> Answer:
    written = values.get(key)
    return Answer(relative_day_words(date.fromisoformat(written))) if written else Answer()


def _by_when(key: str, values: Values) -> Answer:
    return _day(key, values) if values.get(key) else Answer(_("No date"))


def _days(_key: str, values: Values) -> Answer:
    on = date.fromisoformat(values["on"]) if values.get("on") else g.today
    if not values.get("repeat"):
        return Answer(relative_day_words(on))
    return Answer(days_words(on, values["repeat"], g.locale, g.today))


def _time(key: str, values: Values) -> Answer:
    at = values.get(key)
    words = time_words(time.fromisoformat(at)) if at else _("Any time")
    return Answer(words[:1].upper() + words[1:])


def _length(key: str, values: Values) -> Answer:
    return Answer(duration_words(values[key])) if key in values else Answer()


def _steps(_key: str, values: Values) -> Answer:
    return Answer(steps=step_list(values))


def _setting(key: str, values: Values) -> Answer:
    found = all_settings().get(values.get(key, ""))
    return Answer(found.title) if found else Answer()


def _value(key: str, values: Values) -> Answer:
    found = all_settings().get(values.get("setting", ""))
    options = found.options if found else ()
    chosen = next((each for each in options if each.value == values.get(key)), None)
    return Answer(chosen.words) if chosen else Answer()


def _moment(key: str, values: Values) -> Answer:
    chosen = next((each for each in moments() if each.value == values.get(key)), None)
    return Answer(chosen.words) if chosen else Answer()


_ANSWERS: dict[Ask, Callable[[str, Values], Answer]] = {
    Ask.SENTENCE: _text,
    Ask.MORE: _text,
    Ask.REASON: _text,
    Ask.PICTURE: _picture,
    Ask.YES_NO: _yes_no,
    Ask.BY_WHEN: _by_when,
    Ask.WHEN: _days,
    Ask.WEEKDAYS: _days,
    Ask.DAY: _day,
    Ask.FROM: _day,
    Ask.TIME: _time,
    Ask.LENGTH: _length,
    Ask.STEPS: _steps,
    Ask.SETTING: _setting,
    Ask.VALUE: _value,
    Ask.MOMENT: _moment,
}
