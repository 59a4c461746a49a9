"""The shape of what a coach says of a new person, and of one setting."""

from functools import cache
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, Regexp

from webapp.forms.words import N_
from webapp.models.person import Language, Region

LONGEST_NAME = 100

COMMON_ZONES = (
    "America/Toronto",
    "America/Moncton",
    "America/Halifax",
    "America/St_Johns",
    "America/Winnipeg",
    "America/Regina",
    "America/Edmonton",
    "America/Vancouver",
    "Europe/Paris",
    "Europe/London",
)
"""Shown first: the time zones of the regions that the screens are written for."""


@cache
def zones() -> list[str]:
    """Return the names of all time zones with a place, the common ones first."""
    others = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [*COMMON_ZONES, *(name for name in others if name not in COMMON_ZONES)]


class PersonForm(FlaskForm):
    """A new participant."""

    name = StringField(
        N_("First name"),
        [
            InputRequired(N_("Write a first name.")),
            Length(max=LONGEST_NAME, message=N_("Write a shorter name.")),
            Regexp(
                r"(?=.*[^\s\x00-\x1f])[^\x00-\x1f\x7f-\x9f]+\Z",
                message=N_("Write a first name."),
            ),
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    language = RadioField(
        N_("Language"),
        [InputRequired(N_("Choose a language."))],
        choices=[
            SelectChoice(Language.FR.value, "Français"),
            SelectChoice(Language.EN.value, "English"),
        ],
    )
    region = RadioField(
        N_("Region"),
        [InputRequired(N_("Choose a region."))],
        choices=[
            SelectChoice(Region.CA.value, N_("Canada")),
            SelectChoice(Region.FR.value, N_("France")),
            SelectChoice(Region.GB.value, N_("United Kingdom")),
        ],
    )
    time_zone = SelectField(
        N_("Time zone"),
        choices=lambda: [SelectChoice(name, name.replace("_", " ")) for name in zones()],
    )
    telephone = StringField(
        N_("Telephone"),
        [
            Optional(),
            Length(max=40, message=N_("Write a shorter number.")),
            Regexp(r"^\+?[0-9 .()\u00a0\u202f-]+\Z", message=N_("Write only numbers and spaces.")),
        ],
    )
