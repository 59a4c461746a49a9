"""The shape of the answers to questions: what was tapped or typed becomes values of a change."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from webapp import pictures
from webapp.forms.plain_text import find_control, says_nothing
from webapp.forms.questions import Ask, Question
from webapp.forms.words import N_
from webapp.models.text import BilingualText

LONGEST_SENTENCE = 200
LONGEST_MORE = 400
LONGEST_MINUTES = 24 * 60
FURTHEST = timedelta(days=3650)

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKLY = "FREQ=WEEKLY;BYDAY="
MONTHS_AWAY = (1, 3, 6, 12)

OTHER_DAY, AGAIN, OTHER_TIME, SAME, ANY, NONE = "day", "again", "time", "same", "any", "none"
"""What is tapped where the answer stands in another field, or is none of the others."""

CHOOSE = N_("Choose one answer.")
CHOOSE_DAY = N_("Choose a day.")


class Mistake(Exception):
    """An answer that cannot be kept: the field to mend, and the sentence that says how."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Facts:
    """What an answer is read against: the language of the screens, the day, the values so far."""

    language: str
    today: date
    values: dict[str, Any]


Typed = Mapping[str, str]
"""What came with the form, by field."""


def read(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    """Return the values that an answer gives to a change. Raises Mistake where it gives none."""
    return _READ[question.ask](question, typed, facts)


def tidy(text: str) -> str:
    """Return a text with single spaces and without line breaks."""
    return " ".join(text.split())


def shown(text: dict[str, str], language: str) -> str:
    """Return a text as its reader sees it in a field; "" where nothing is written."""
    said = BilingualText.from_json(text).shown_in(language)
    return tidy(said[0]) if said else ""


def read_text(
    typed: str, present: dict[str, str], language: str, longest: int = LONGEST_SENTENCE
) -> dict[str, str]:
    """Return what was typed in the language of the screens; words that stayed stay in both.

    Raises Mistake where it says nothing, is too long or holds signs that nobody can read.
    """
    text = tidy(typed)
    if says_nothing(text):
        raise Mistake("answer", N_("Write one short sentence."))
    if len(text) > longest:
        raise Mistake("answer", N_("Write a shorter sentence."))
    if find_control(text):
        raise Mistake("answer", N_("Use only letters and numbers."))
    return present if text == shown(present, language) else {language: text}


def read_day(written: str | None, first: date, field: str = "answer") -> date:
    """Return a day from `first` on. Raises Mistake where it is none."""
    try:
        day = date.fromisoformat(written or "")
    except ValueError as error:
        raise Mistake(field, CHOOSE_DAY) from error
    if day < first:
        raise Mistake(field, N_("Choose a later day."))
    if day - first > FURTHEST:
        raise Mistake(field, N_("Choose an earlier day."))
    return day


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def weekdays_of(rule: str | None) -> list[str] | None:
    """Return the weekdays of a rule that says only these, or None for any other rule."""
    if rule == "FREQ=DAILY":
        return list(WEEKDAYS)
    days = (rule or "").removeprefix(WEEKLY).split(",")
    is_plain = (rule or "").startswith(WEEKLY) and set(days) <= set(WEEKDAYS)
    return days if is_plain else None


def first_of(weekdays: list[str], day: date) -> date:
    """Return the first of these weekdays from a day on."""
    week = (day + timedelta(days=number) for number in range(7))
    return next(each for each in week if WEEKDAYS[each.weekday()] in weekdays)


def _sentence(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    return _text(question, typed, facts, LONGEST_SENTENCE)


def _more(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    return _text(question, typed, facts, LONGEST_MORE)


def _text(question: Question, typed: Typed, facts: Facts, longest: int) -> dict[str, Any]:
    words = typed.get("answer", "")
    if question.may_skip and says_nothing(words):
        return {question.key: {}}
    present = facts.values.get(question.key) or {}
    return {question.key: read_text(words, present, facts.language, longest)}


def _picture(question: Question, typed: Typed, _facts: Facts) -> dict[str, Any]:
    return {question.key: read_picture(typed.get("answer", ""))}


def read_picture(name: str) -> str:
    """Return the name of a picture. Raises Mistake where there is no such picture."""
    if not pictures.is_known(name):
        raise Mistake("answer", N_("Choose a picture."))
    return name


def _yes_no(question: Question, typed: Typed, _facts: Facts) -> dict[str, Any]:
    if typed.get("answer") not in ("yes", "no"):
        raise Mistake("answer", CHOOSE)
    return {question.key: typed["answer"] == "yes"}


def _by_when(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    answer = typed.get("answer", "")
    if answer == NONE:
        return {question.key: None}
    if answer in map(str, MONTHS_AWAY):
        return {question.key: months_later(facts.today, int(answer)).isoformat()}
    if answer == SAME and facts.values.get(question.key):
        return {question.key: facts.values[question.key]}
    return {question.key: _chosen_day(typed, facts.today).isoformat()}


def _when(_question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    if typed.get("answer") != AGAIN:
        return {"on": _chosen_day(typed, facts.today).isoformat(), "repeat": None}
    weekdays = _weekdays_typed(typed)
    rule = WEEKLY + ",".join(weekdays)
    return {"on": first_of(weekdays, facts.today).isoformat(), "repeat": rule}


def _day(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    return {question.key: _chosen_day(typed, facts.today).isoformat()}


def _from(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    tomorrow = facts.today + timedelta(days=1)
    return {question.key: _chosen_day(typed, tomorrow).isoformat()}


def _chosen_day(typed: Typed, first: date) -> date:
    """Return the day that was tapped, or the one in the field for another day."""
    if typed.get("answer") == OTHER_DAY:
        return read_day(typed.get("day"), first, "day")
    return read_day(typed.get("answer"), first)


def _weekdays(question: Question, typed: Typed, facts: Facts) -> dict[str, Any]:
    if typed.get("answer") == SAME:
        return {question.key: facts.values[question.key]}
    weekdays = _weekdays_typed(typed)
    kept = facts.values[question.key]
    if weekdays == weekdays_of(kept):
        return {question.key: kept}
    return {question.key: WEEKLY + ",".join(weekdays)}


def _weekdays_typed(typed: Typed) -> list[str]:
    chosen = [each for each in WEEKDAYS if typed.get(each)]
    if not chosen:
        raise Mistake("MO", N_("Choose one day or more."))
    return chosen


def _time(question: Question, typed: Typed, _facts: Facts) -> dict[str, Any]:
    answer = typed.get("answer", "")
    if answer == ANY:
        return {question.key: None}
    field = OTHER_TIME if answer == OTHER_TIME else "answer"
    try:
        at = time.fromisoformat(typed.get(field, ""))
    except ValueError as error:
        raise Mistake(field, N_("Choose a time.")) from error
    return {question.key: f"{at:%H:%M}"}


def _length(question: Question, typed: Typed, _facts: Facts) -> dict[str, Any]:
    answer = typed.get("answer", "")
    is_number = answer.isascii() and answer.isdecimal() and len(answer) <= len("1440")
    if not is_number or not 1 <= int(answer) <= LONGEST_MINUTES:
        raise Mistake("answer", CHOOSE)
    return {question.key: int(answer)}


def _steps(question: Question, _typed: Typed, facts: Facts) -> dict[str, Any]:
    return {question.key: facts.values.get(question.key) or []}


def _code(question: Question, typed: Typed, _facts: Facts) -> dict[str, Any]:
    if not typed.get("answer"):
        raise Mistake("answer", CHOOSE)
    return {question.key: typed["answer"]}


_READ: dict[Ask, Callable[[Question, Typed, Facts], dict[str, Any]]] = {
    Ask.SENTENCE: _sentence,
    Ask.MORE: _more,
    Ask.REASON: _sentence,
    Ask.PICTURE: _picture,
    Ask.YES_NO: _yes_no,
    Ask.BY_WHEN: _by_when,
    Ask.WHEN: _when,
    Ask.DAY: _day,
    Ask.FROM: _from,
    Ask.WEEKDAYS: _weekdays,
    Ask.TIME: _time,
    Ask.LENGTH: _length,
    Ask.STEPS: _steps,
    Ask.SETTING: _code,
    Ask.VALUE: _code,
    Ask.MOMENT: _code,
}
