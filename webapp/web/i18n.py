"""The language of a page: which one, its catalogue, and the words for days and times."""

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from secrets import token_hex

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, request, session
from markupsafe import Markup

from webapp.models.person import Language, Person, Region, TimeStyle
from webapp.models.text import BilingualText
from webapp.web import moments
from webapp.web.who import find_keeping

HERE = Path(__file__).parent.parent
DOMAIN = "messages"
NARROW_SPACE = "\u202f"

LOCALES = ("fr_FR", "fr_CA", "en_GB", "en_CA")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\s])")


class CanadianFrench(NullTranslations):
    """French words, without the narrow space before `; ! ?` that France wants."""

    def gettext(self, message: str) -> str:
        return super().gettext(message).replace(NARROW_SPACE, "")

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return super().ngettext(singular, plural, n).replace(NARROW_SPACE, "")


def locale_for(language: str, region: str) -> str:
    """Return which of the four locales a reader of `language` in `region` has."""
    if language == Language.FR:
        return "fr_CA" if region == Region.CA else "fr_FR"
    return "en_CA" if region == Region.CA else "en_GB"


def init_app(app: Flask) -> None:
    """Compile what is new in the catalogues, load them, and teach the templates to use them."""
    folder = _folder()
    _compile(folder)
    app.extensions["catalogues"] = {locale: _catalogue(folder, locale) for locale in LOCALES}
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    app.jinja_env.globals["_"] = in_page
    app.jinja_env.filters.update(FILTERS)


def _folder() -> Path:
    inside = HERE / "translations"
    return inside if inside.is_dir() else HERE.parent / "translations"


def _compile(folder: Path) -> None:
    """Compile each catalogue whose text is newer than its compiled form.

    In an installed package they are compiled already, and there is no text beside them.
    """
    for po in folder.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        draft = mo.with_suffix(f".{token_hex(8)}")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(mo)


def _catalogue(folder: Path, locale: str) -> NullTranslations:
    """Load the words of a locale: what differs in its region, over those of its language."""
    language = locale.partition("_")[0]
    regional = Translations.load(folder, [locale], DOMAIN)
    regional.add_fallback(Translations.load(folder, [language], DOMAIN))
    if locale != "fr_CA":
        return regional
    words = CanadianFrench()
    words.add_fallback(regional)
    return words


def choose(actor: Person | None) -> None:
    """Set the language, region and catalogue of this request."""
    g.language = actor.language if actor else _visitors_language()
    g.region = actor.region if actor else _visitors_region()
    g.locale = locale_for(g.language, g.region)
    g.time_style = actor.time_style if actor else TimeStyle.WORDS
    g.words = current_app.extensions["catalogues"][g.locale]


def _visitors_language() -> Language:
    """Return what the visitor chose here, or the first language of their browser that we speak.

    Werkzeug's own choice would take "en" for "fr-CA, en;q=0.8".
    """
    asked = [code[:2].lower() for code, quality in request.accept_languages if quality > 0]
    spoken_here = (code for code in asked if code in [*Language])
    return Language(session.get("language") or next(spoken_here, Language.FR))


def _visitors_region() -> Region:
    """Return Canada for a browser that says so, and Europe's habits for all others."""
    best = request.accept_languages.best or ""
    if best.upper().endswith("-CA"):
        return Region.CA
    return Region.FR if g.language is Language.FR else Region.GB


def gettext(message: str) -> str:
    """Return the sentence in the language of this request."""
    words: NullTranslations = g.words
    return words.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the sentence for that number, in the language of this request."""
    words: NullTranslations = g.words
    return words.ngettext(one, many, number)


def in_page(message: str, **values: object) -> Markup:
    """Return the sentence as a page holds it: what is put into its places is escaped.

    This is what `_` means in templates: the same as Jinja's own, which takes three calls more.
    """
    sentence = Markup(gettext(message))  # noqa: S704 - these are our own words
    return sentence % values if values else sentence


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each to stand on a line of its own."""
    return [sentence for line in text.splitlines() for sentence in SENTENCE_END.split(line.strip())]


def spoken(text: BilingualText) -> tuple[str, str] | None:
    """Return what somebody wrote, for this reader, and the language that it is in."""
    return text.shown_in(g.language)


def day_words(day: date) -> str:
    """Return a day in words: "Monday 23 November"."""
    return moments.day_words(day, g.locale, g.today)


def relative_day_words(day: date) -> str:
    """Return a day in words, with "Today" or "Tomorrow" before it where it fits.

    On a kept page that is looked at on other days too, nothing is called "today".
    """
    keeping = find_keeping()
    if keeping is not None and not keeping.is_of_the_day:
        words = day_words(day)
        return words[0].upper() + words[1:]
    return moments.relative_day_words(day, g.locale, g.today)


def weekday_words(day: date) -> str:
    """Return the name of a weekday: "Monday"."""
    return moments.weekday_words(day, g.locale)


def month_words(day: date) -> str:
    """Return a month and its year in words: "November 2026"."""
    return moments.month_words(day, g.locale)


def time_words(at: time) -> str:
    """Return a time in words: "9:30 in the morning"."""
    return moments.time_words(at, g.locale, g.time_style)


def at_time_words(at: time) -> str:
    """Return a time in words, with its preposition: "at 9:30 in the morning"."""
    return moments.at_time_words(at, g.locale, g.time_style)


def duration_words(minutes: int) -> str:
    """Return a duration in minutes in words: "1 hour 30 minutes"."""
    return moments.duration_words(minutes, g.locale)


def zone_words(zone: str) -> str:
    """Return the place after which a time zone is named: "Paris"."""
    return moments.zone_words(zone, g.locale)


FILTERS: dict[str, Callable[..., object]] = {
    "sentences": sentences,
    "spoken": spoken,
    "day_words": day_words,
    "relative_day_words": relative_day_words,
    "weekday_words": weekday_words,
    "month_words": month_words,
    "time_words": time_words,
    "at_time_words": at_time_words,
    "duration_words": duration_words,
}
