"""What a person chose for their own screens: language, region, size, colours, voice, times."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

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


SETTINGS: dict[str, Callable[[Any], Any]] = {
    "language": Language,
    "region": Region,
    "text_size": _text_size,
    "theme": Theme,
    "voice_speed": VoiceSpeed,
    "time_style": TimeStyle,
}
"""Each setting, and what turns a written value into one that it may have."""


def change_setting(session: Session, change: Change, person: Person, now: datetime) -> Effect:
    """Set one of the person's own settings.

    Raises RuleBroken ("unknown_setting") for a setting or a value that does not exist.
    """
    try:
        name = change.wanted["setting"]
        value = SETTINGS[name](change.wanted["value"])
    except (KeyError, ValueError) as error:
        raise RuleBroken("unknown_setting") from error
    watching = Watching(person)
    setattr(person, name, value)
    return watching.effect()
