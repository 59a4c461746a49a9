"""Says in easy words on which days something comes, and at what time, for each of the locales.

Pure, as `moments`: these words are for pages, in the reader's language.
"""

from datetime import date, time
from functools import lru_cache

from babel import Locale

from webapp.web.moments import NO_BREAK, at_time_words, day_words, duration_words

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_DAYS = CODES[:5]
EVERY_SECOND = 2

ANY_TIME = {"fr": "quand vous voulez", "en": "any time"}
EVERY_DAY = {"fr": "Tous les jours", "en": "Every day"}
MONDAY_TO_FRIDAY = {"fr": "Du lundi au vendredi", "en": "Monday to Friday"}
AND = {"fr": " et ", "en": " and "}
PERIODS = {
    "fr": {
        "DAILY": ("Tous les jours", "Un jour sur deux", "Tous les {} jours"),
        "WEEKLY": ("Chaque semaine", "Une semaine sur deux", "Toutes les {} semaines"),
        "MONTHLY": ("Chaque mois", "Un mois sur deux", "Tous les {} mois"),
        "YEARLY": ("Chaque année", "Une année sur deux", "Tous les {} ans"),
    },
    "en": {
        "DAILY": ("Every day", "Every second day", "Every {} days"),
        "WEEKLY": ("Every week", "Every second week", "Every {} weeks"),
        "MONTHLY": ("Every month", "Every second month", "Every {} months"),
        "YEARLY": ("Every year", "Every second year", "Every {} years"),
    },
}
PLACES = {
    "fr": {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"},
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"},
}


def schedule_words(
    on: date, at: time | None, minutes: int, repeat: str | None, reader: tuple[str, date, str]
) -> str:
    """Return when something comes and how long it takes, in one line.

    `reader` is the locale, today, and the style in which times are written.
    """
    locale, today, style = reader
    parts = (
        days_words(on, repeat, locale, today),
        when_words(at, locale, style),
        duration_words(minutes, locale),
    )
    return ", ".join(parts)


def when_words(at: time | None, locale: str, style: str = "words") -> str:
    """Return a time with its preposition, or that any time of the day will do."""
    return at_time_words(at, locale, style) if at else ANY_TIME[locale[:2]]


@lru_cache(maxsize=1024)
def days_words(on: date, repeat: str | None, locale: str, today: date) -> str:
    """Return the days on which something comes: "Every Monday", or the one day, in words.

    A rule that is too fine for easy words is told by its period alone.
    """
    if repeat is None:
        return _capital(day_words(on, locale, today))
    parts = dict(part.split("=") for part in repeat.split(";"))
    words = _RULES[parts["FREQ"]](parts, on, locale)
    return words + _end(parts, locale, today)


def _weekly(parts: dict[str, str], on: date, locale: str) -> str:
    codes = [code for code in CODES if code in parts.get("BYDAY", CODES[on.weekday()]).split(",")]
    every = int(parts.get("INTERVAL", 1))
    language = locale[:2]
    if every == 1 and tuple(codes) == CODES:
        return EVERY_DAY[language]
    if every == 1 and tuple(codes) == WORKING_DAYS:
        return MONDAY_TO_FRIDAY[language]
    if not codes:
        return _period(parts, locale)
    return _on_weekdays([_weekday(code, locale) for code in codes], every, locale)


def _on_weekdays(days: list[str], every: int, locale: str) -> str:
    one_of_two = every == len(days) + 1 == EVERY_SECOND
    if locale[:2] == "en":
        listed = _listed(days, "en")
        if every == 1 or one_of_two:
            return f"Every second {listed}" if one_of_two else f"Every {listed}"
        return f"Every {_nth(every)} week, on {listed}"
    if one_of_two:
        return f"Un {days[0]} sur deux"
    listed = _listed([f"le {day}" for day in days], "fr")
    weeks = PERIODS["fr"]["WEEKLY"][min(every, 3) - 1].format(every)
    return _capital(listed) if every == 1 else f"{weeks}, {listed}"


@lru_cache(maxsize=64)
def _weekday(code: str, locale: str) -> str:
    name: str = Locale.parse(locale).days["format"]["wide"][CODES.index(code)]
    return name


def _nth(every: int) -> str:
    return {2: "second", 3: "third", 4: "fourth"}.get(every, f"{every}th")


def _daily(parts: dict[str, str], on: date, locale: str) -> str:
    if "BYDAY" in parts and parts.get("INTERVAL", "1") == "1":
        return _weekly({"BYDAY": parts["BYDAY"], "FREQ": "WEEKLY"}, on, locale)
    return _period(parts, locale)


def _monthly(parts: dict[str, str], on: date, locale: str) -> str:
    period, day = _period(parts, locale), parts.get("BYDAY", "")
    number = parts.get("BYMONTHDAY", "" if day else str(on.day))
    if "BYSETPOS" in parts or "," in day or "," in number or number.startswith("-"):
        return period
    french = locale[:2] == "fr"
    if number:
        first = "1er" if number == "1" else number
        return f"{period}, le {first}" if french else f"{period}, on day {number}"
    place = PLACES[locale[:2]].get(int(day[:-2] or 0))
    if place is None:
        return period
    words = f"{place} {_weekday(day[-2:], locale)}"
    return f"{period}, le {words}" if french else f"{period}, on the {words}"


def _yearly(parts: dict[str, str], on: date, locale: str) -> str:
    return _period(parts, locale)


_RULES = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def _period(parts: dict[str, str], locale: str) -> str:
    every = int(parts.get("INTERVAL", 1))
    return PERIODS[locale[:2]][parts["FREQ"]][min(every, 3) - 1].format(every)


def _end(parts: dict[str, str], locale: str, today: date) -> str:
    """Return until when it comes, or how many times, where the rule says so."""
    language = locale[:2]
    if "UNTIL" in parts:
        last = date.fromisoformat(parts["UNTIL"][:8])
        words = day_words(last, locale, today)
        return f", jusqu'au {words}" if language == "fr" else f", until {words}"
    if parts.get("COUNT", "1") != "1":
        times = parts["COUNT"] + NO_BREAK
        return f", {times}fois" if language == "fr" else f", {times}times"
    return ""


def _listed(words: list[str], language: str) -> str:
    return AND[language].join(filter(None, (", ".join(words[:-1]), words[-1])))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
