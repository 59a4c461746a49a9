"""Says days, times and durations in easy words, for each of the four locales."""

from datetime import date, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from babel.dates import get_timezone_location

NO_BREAK = "\u00a0"

NOON_HOUR = 12
MINUTES_AN_HOUR = 60

RELATIVE_DAYS = {
    "fr": {-1: "Hier", 0: "Aujourd'hui", 1: "Demain"},
    "en": {-1: "Yesterday", 0: "Today", 1: "Tomorrow"},
}

# The hour from which each part of the day is said.
PARTS_OF_DAY = {
    "fr": ((18, "du soir"), (12, "de l'après-midi"), (0, "du matin")),
    "en": (
        (21, "at night"),
        (18, "in the evening"),
        (12, "in the afternoon"),
        (1, "in the morning"),
        (0, "at night"),
    ),
}


class _Names(NamedTuple):
    days: tuple[str, ...]
    months: tuple[str, ...]


@lru_cache(maxsize=2048)
def day_words(day: date, locale: str, today: date) -> str:
    """Weekday, day and month in words; the year only when it is not today's."""
    names = _names(locale)
    number = "1er" if day.day == 1 and _language(locale) == "fr" else str(day.day)
    words = f"{names.days[day.weekday()]} {number}{NO_BREAK}{names.months[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


@lru_cache(maxsize=2048)
def relative_day_words(day: date, locale: str, today: date) -> str:
    """`day_words` with a capital, after "Today", "Tomorrow" or "Yesterday" where one fits.

    For pages only: what is stored or sent must stay true tomorrow.
    """
    words = day_words(day, locale, today)
    relative = RELATIVE_DAYS[_language(locale)].get((day - today) // timedelta(days=1))
    return f"{relative}, {words}" if relative else words[0].upper() + words[1:]


@lru_cache(maxsize=2048)
def zone_words(zone: str, locale: str) -> str:
    """The place after which a time zone is named: "Buenos Aires"."""
    return get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]


@lru_cache(maxsize=2048)
def weekday_words(day: date, locale: str) -> str:
    """The name of a weekday, with a capital: it stands alone."""
    name = _names(locale).days[day.weekday()]
    return name[0].upper() + name[1:]


@lru_cache(maxsize=2048)
def month_words(day: date, locale: str) -> str:
    """The name of a month and its year, with a capital: it stands alone."""
    name = _names(locale).months[day.month - 1]
    return f"{name[0].upper()}{name[1:]}{NO_BREAK}{day.year}"


@lru_cache(maxsize=4096)
def time_words(at: time, locale: str, style: str = "words") -> str:
    """A time of day without its preposition, to the minute.

    The style "words" names the part of the day; "digits" counts 24 hours.
    """
    if style == "digits":
        separator = f"{NO_BREAK}h{NO_BREAK}" if locale == "fr_CA" else ":"
        return f"{at.hour}{separator}{at.minute:02d}"
    return _french_time(at) if _language(locale) == "fr" else _english_time(at)


@lru_cache(maxsize=4096)
def at_time_words(at: time, locale: str, style: str = "words") -> str:
    """A time of day with its preposition, as it stands in a sentence."""
    preposition = "à" if _language(locale) == "fr" else "at"
    return f"{preposition} {time_words(at, locale, style)}"


@lru_cache(maxsize=2048)
def duration_words(minutes: int, locale: str) -> str:
    """A duration in hours and minutes; raises ValueError below 0."""
    if minutes < 0:
        raise ValueError("a duration is 0 minutes or more")
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    words = []
    if hours:
        words.append(_amount(hours, "heure" if _language(locale) == "fr" else "hour", locale))
    if rest or not hours:
        words.append(_amount(rest, "minute", locale))
    return " ".join(words)


def _language(locale: str) -> str:
    return locale[:2]


@lru_cache(maxsize=8)
def _names(locale: str) -> _Names:
    known = Locale.parse(locale)
    days, months = known.days["format"]["wide"], known.months["format"]["wide"]
    return _Names(tuple(days[n] for n in range(7)), tuple(months[n] for n in range(1, 13)))


def _part_of_day(hour: int, language: str) -> str:
    return next(words for start, words in PARTS_OF_DAY[language] if hour >= start)


def _french_time(at: time) -> str:
    if at.hour % NOON_HOUR == 0:
        name = "midi" if at.hour else "minuit"
        return f"{name}{NO_BREAK}{at.minute}" if at.minute else name
    words = _amount(at.hour % NOON_HOUR, "heure", "fr_FR")
    if at.minute:
        words += f"{NO_BREAK}{at.minute}"
    return f"{words} {_part_of_day(at.hour, 'fr')}"


def _english_time(at: time) -> str:
    if at.hour % NOON_HOUR == 0 and not at.minute:
        return "noon" if at.hour else "midnight"
    digits = str(at.hour % NOON_HOUR or NOON_HOUR)
    if at.minute:
        digits += f":{at.minute:02d}"
    return f"{digits}{NO_BREAK}{_part_of_day(at.hour, 'en')}"


def _amount(number: int, unit: str, locale: str) -> str:
    """A number tied to its unit; French counts 0 as one, English as many."""
    single = number in (0, 1) if _language(locale) == "fr" else number == 1
    return f"{number}{NO_BREAK}{unit if single else unit + 's'}"
