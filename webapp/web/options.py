"""The answers that a page offers, with their words and pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from flask import g

from webapp.forms.moment import write_moment
from webapp.models.person import (
    TEXT_SIZES,
    Language,
    Person,
    Region,
    Theme,
    TimeStyle,
    VoiceSpeed,
)
from webapp.web.i18n import at_time_words
from webapp.web.i18n import gettext as _
from webapp.web.labels import label


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is sent, what is read, and what is seen beside it."""

    value: str
    words: str
    icon: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One question about a person's own screens."""

    name: str
    icon: str
    title: str
    explanation: str
    options: tuple[Option, ...]


def later_options(choices: Iterable[tuple[date, time | None]]) -> list[Option]:
    """Return the moments offered for "later", in words."""
    return [_later(day, at) for day, at in choices]


def _later(day: date, at: time | None) -> Option:
    value = write_moment(day, at)
    if at is None:
        return Option(value, _("Tomorrow, any time"), "days")
    if day == g.today:
        return Option(value, _("Today %(at_time)s") % {"at_time": at_time_words(at)}, "clock")
    return Option(value, _("Tomorrow %(at_time)s") % {"at_time": at_time_words(at)}, "days")


def later_sentence(day: date, at: time | None) -> str:
    """Say when something comes that the person has put off."""
    if at is None:
        return _("This comes tomorrow.")
    if day == g.today:
        return _("This comes today %(at_time)s.") % {"at_time": at_time_words(at)}
    return _("This comes tomorrow %(at_time)s.") % {"at_time": at_time_words(at)}


def settings() -> dict[str, Setting]:
    """Return the questions of Me, in their order."""
    found = (*_about_words(), *_about_looks(), *_about_voice_and_time())
    return {setting.name: setting for setting in found}


def _about_words() -> tuple[Setting, ...]:
    return (
        Setting(
            "language",
            "language",
            _("Language"),
            _("Choose the language of your screens."),
            tuple(Option(each, label(each), "language", each) for each in Language),
        ),
        Setting(
            "region",
            "region",
            _("Region"),
            _("This changes a few words."),
            _options(Region, "region"),
        ),
    )


def _about_looks() -> tuple[Setting, ...]:
    return (
        Setting(
            "text_size",
            "text-size",
            _("Text size"),
            _("Choose the size that is easy to read."),
            tuple(Option(str(size), label(size), "text-size") for size in TEXT_SIZES),
        ),
        Setting(
            "theme",
            "theme",
            _("Colours"),
            _("Choose the colours that are easy to read."),
            tuple(Option(each, label(each), _THEME_ICONS[each]) for each in Theme),
        ),
    )


def _about_voice_and_time() -> tuple[Setting, ...]:
    return (
        Setting(
            "voice_speed",
            "voice",
            _("Voice"),
            _("Choose how fast the voice reads."),
            _options(VoiceSpeed, "voice"),
        ),
        Setting(
            "time_style",
            "clock",
            _("Time"),
            _("Choose how you read the time."),
            _options(TimeStyle, "clock"),
        ),
    )


_THEME_ICONS = {
    Theme.SYSTEM: "phone-device",
    Theme.LIGHT: "sun",
    Theme.DARK: "moon",
    Theme.CONTRAST: "contrast",
}


def _options(kind: type[Region | VoiceSpeed | TimeStyle], icon: str) -> tuple[Option, ...]:
    return tuple(Option(each, label(each), icon) for each in kind)


def current_value(person: Person, name: str) -> str:
    """Return what the person has chosen for a setting, as its option writes it."""
    return str(getattr(person, name))
