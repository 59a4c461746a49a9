"""What a person chose for themselves: language, size, colours, voice, times, and reminders."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.domain import reminder_settings
from webapp.domain.effects import Effect
from webapp.domain.errors import RuleBroken
from webapp.domain.things import Watching
from webapp.models.change import Change
from webapp.models.person import (
    TEXT_SIZES,
    Language,
    Person,
    Region,
    Theme,
    TimeStyle,
    VoiceSpeed,
)


def _text_size(value: Any) -> int:
    size = int(value)
    if size not in TEXT_SIZES:
        raise ValueError(value)
    return size


def _one(name: str, read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    return lambda value: {name: read(value)}


SETTINGS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "language": _one("language", Language),
    "region": _one("region", Region),
    "text_size": _one("text_size", _text_size),
    "theme": _one("theme", Theme),
    "voice_speed": _one("voice_speed", VoiceSpeed),
    "time_style": _one("time_style", TimeStyle),
    **reminder_settings.SETTINGS,
}
"""Each setting, and what turns a written value into what is then kept of the person."""

OWN_ALONE = {"mail_to"}
"""What nobody else may propose: the history does not tell it, so nobody would see what it is."""


def change_setting(session: Session, change: Change, person: Person, now: datetime) -> Effect:
    """Set one of the person's own settings.

    Raises RuleBroken ("unknown_setting") for a setting or a value that does not exist, and for
    what others may not even propose.
    """
    try:
        name = change.wanted["setting"]
        values = SETTINGS[name](change.wanted["value"])
    except (KeyError, TypeError, ValueError) as error:
        raise RuleBroken("unknown_setting") from error
    if name in OWN_ALONE and change.actor_id != person.id:
        raise RuleBroken("unknown_setting")
    watching = Watching(person)
    for column, value in values.items():
        setattr(person, column, value)
    if name == "reminders_on":
        reminder_settings.begin(session, person, change.wanted["value"], now)
    return watching.effect()
