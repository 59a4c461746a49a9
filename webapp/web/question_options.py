"""What can be tapped on the screen of a question: answers, and what unfolds to more of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import g

from webapp import pictures
from webapp.forms.picture_groups import COMMON, GROUPS
from webapp.forms.question_answers import (
    AGAIN,
    ANY,
    MONTHS_AWAY,
    NONE,
    OTHER_DAY,
    OTHER_TIME,
    SAME,
    WEEKDAYS,
    months_later,
)
from webapp.forms.questions import Ask, Question
from webapp.web.i18n import day_words, duration_words, ngettext, relative_day_words, time_words
from webapp.web.i18n import gettext as _
from webapp.web.options import settings
from webapp.web.reminder_options import all_settings, moments, reminder_settings
from webapp.web.schedule_words import days_words

LENGTHS_MINUTES = (5, 15, 30, 45, 60, 90, 120)
MORNING, AFTERNOON, EVENING = range(6, 12), range(12, 18), range(18, 23)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what is sent, what is read, and what is seen beside it."""

    value: str
    words: str
    icon: str = ""
    picture: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that belong together, under words that are still to be translated, or none."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """More answers, behind one tap: either choices, or fields whose answer is sent as `value`."""

    words: str
    icon: str
    groups: tuple[Group, ...] = ()
    fields: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """All that can be tapped on one screen; `current` is the present answer."""

    choices: tuple[Choice, ...] = ()
    folds: tuple[Fold, ...] = ()
    current: str = ""


Values = dict[str, Any]


def offer_for(question: Question, values: Values) -> Offer:
    """Return what can be tapped; nothing where words are typed."""
    make = _OFFERS.get(question.ask)
    return make(question, values) if make else Offer()


def picture_choice(name: str) -> Choice:
    """Return a picture with its words."""
    found = pictures.find(name)
    words = getattr(found, g.language)
    return Choice(found.name, _capital(words), picture=found.name)


def picture_offer(chosen: str | None) -> Offer:
    """Offer the common pictures, and all the others in groups. The present one comes first."""
    first = tuple(dict.fromkeys((chosen, *COMMON) if chosen else COMMON))
    groups = tuple(
        Group(words, tuple(map(picture_choice, names))) for words, names in GROUPS.items()
    )
    more = Fold(_("More pictures"), "add", groups)
    return Offer(tuple(map(picture_choice, first)), (more,), chosen or "")


def _pictures(question: Question, values: Values) -> Offer:
    return picture_offer(values.get(question.key))


def _yes_no(question: Question, values: Values) -> Offer:
    said = values.get(question.key)
    current = "" if said is None else "yes" if said else "no"
    return Offer((Choice("yes", _("Yes"), "done"), Choice("no", _("No"), "no")), (), current)


def _by_when(question: Question, values: Values) -> Offer:
    present = values.get(question.key)
    soon = [Choice(str(each), _month_words(each), "days") for each in MONTHS_AWAY]
    choices = [Choice(NONE, _("No date"), "no"), *soon]
    if present:
        words = relative_day_words(date.fromisoformat(present))
        choices = [Choice(SAME, words, "days"), *choices]
        return Offer(tuple(choices), (_another_day(),), SAME)
    return Offer(tuple(choices), (_another_day(),), NONE if question.key in values else "")


def _month_words(months: int) -> str:
    """Return how far away a day is, and which day that is."""
    day = day_words(months_later(g.today, months))
    if months == max(MONTHS_AWAY):
        return _("In 1 year: %(day)s") % {"day": day}
    words = ngettext("In %(count)s month: %(day)s", "In %(count)s months: %(day)s", months)
    return words % {"count": months, "day": day}


def _when(_question: Question, values: Values) -> Offer:
    folds = (_another_day(), Fold(_("Again and again"), "days", fields=WEEKDAYS, value=AGAIN))
    current = "" if values.get("repeat") else values.get("on", "")
    return Offer(_days(current, 0, 1), folds, current)


def _day(question: Question, values: Values) -> Offer:
    current = values.get(question.key, "")
    return Offer(_days(current, 0, 1), (_another_day(),), current)


def _from(question: Question, values: Values) -> Offer:
    current = values.get(question.key, "")
    next_monday = 7 - g.today.weekday()
    return Offer(_days(current, 1, next_monday), (_another_day(),), current)


def _days(current: str, *days_away: int) -> tuple[Choice, ...]:
    """Offer the day that was chosen, where it is still to come, and days so far from today."""
    chosen = [date.fromisoformat(current)] if current else []
    offered = (g.today + timedelta(days=number) for number in days_away)
    days = dict.fromkeys([*(each for each in chosen if each >= g.today), *offered])
    return tuple(Choice(each.isoformat(), relative_day_words(each), "days") for each in days)


def _another_day() -> Fold:
    return Fold(_("Another day"), "days", fields=("day",), value=OTHER_DAY)


def _weekdays(question: Question, values: Values) -> Offer:
    on = date.fromisoformat(values["on"])
    words = days_words(on, values[question.key], g.locale, g.today)
    fold = Fold(_("Other days"), "days", fields=WEEKDAYS, value=OTHER_DAY)
    return Offer((Choice(SAME, words, "days"),), (fold,), SAME)


def _time(question: Question, values: Values) -> Offer:
    present = values.get(question.key)
    chosen = (_hour(time.fromisoformat(present)),) if present else ()
    folds = (
        Fold(_("Morning"), "sun", _hours(MORNING)),
        Fold(_("Afternoon"), "sun", _hours(AFTERNOON)),
        Fold(_("Evening"), "moon", _hours(EVENING)),
        Fold(_("Another time"), "clock", fields=("time",), value=OTHER_TIME),
    )
    current = present or (ANY if question.key in values else "")
    return Offer((*chosen, Choice(ANY, _("Any time"), "today")), folds, current)


def _hours(hours: range) -> tuple[Group, ...]:
    return (Group("", tuple(_hour(time(each)) for each in hours)),)


def _hour(at: time) -> Choice:
    return Choice(f"{at:%H:%M}", _capital(time_words(at)), "clock")


def _lengths(question: Question, values: Values) -> Offer:
    present = values.get(question.key)
    lengths = sorted({*LENGTHS_MINUTES, *([present] if present else [])})
    choices = tuple(Choice(str(each), duration_words(each), "how-long") for each in lengths)
    return Offer(choices, (), str(present or ""))


def _settings(question: Question, values: Values) -> Offer:
    screens, reminders = (
        tuple(Choice(each.name, each.title, each.icon) for each in found.values() if each.options)
        for found in (settings(), reminder_settings())
    )
    more = Fold(_("Reminders"), "bell", (Group("", reminders),))
    return Offer(screens, (more,), values.get(question.key, ""))


def _moments(question: Question, values: Values) -> Offer:
    choices = tuple(Choice(each.value, each.words, each.icon) for each in moments())
    return Offer(choices, (), values.get(question.key, ""))


def _setting_values(question: Question, values: Values) -> Offer:
    setting = all_settings().get(values.get("setting", ""))
    choices = tuple(
        Choice(each.value, each.words, each.icon, lang=each.lang)
        for each in (setting.options if setting else ())
    )
    return Offer(choices, (), values.get(question.key, ""))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_OFFERS: dict[Ask, Callable[[Question, Values], Offer]] = {
    Ask.PICTURE: _pictures,
    Ask.YES_NO: _yes_no,
    Ask.BY_WHEN: _by_when,
    Ask.WHEN: _when,
    Ask.DAY: _day,
    Ask.FROM: _from,
    Ask.WEEKDAYS: _weekdays,
    Ask.TIME: _time,
    Ask.LENGTH: _lengths,
    Ask.SETTING: _settings,
    Ask.VALUE: _setting_values,
    Ask.MOMENT: _moments,
}
