"""The shape of what a coach says of a new person."""

from functools import cache
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import Field, Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    AnyOf,
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from webapp.forms.plain_text import find_control, says_nothing
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


def zone_choices() -> list[SelectChoice]:
    """Return the time zones as a form offers them."""
    return [SelectChoice(name, name.replace("_", " ")) for name in zones()]


def _seen_on_one_line(_form: Form, field: Field) -> None:
    if says_nothing(field.data) or find_control(field.data):
        raise ValidationError(N_("Write a first name."))


def _a_zone(_form: Form, field: Field) -> None:
    if field.data not in zones():
        raise ValidationError(N_("Choose a time zone."))


class PersonForm(FlaskForm):
    """A new participant."""

    name = StringField(
        N_("First name"),
        [
            InputRequired(N_("Write a first name.")),
            Length(max=LONGEST_NAME, message=N_("Write a shorter name.")),
            _seen_on_one_line,
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    language = RadioField(
        N_("Language"),
        [
            InputRequired(N_("Choose a language.")),
            AnyOf([*Language], message=N_("Choose a language.")),
        ],
        validate_choice=False,
        choices=[
            SelectChoice(Language.FR.value, "Français"),
            SelectChoice(Language.EN.value, "English"),
        ],
    )
    region = RadioField(
        N_("Region"),
        [
            InputRequired(N_("Choose a region.")),
            AnyOf([*Region], message=N_("Choose a region.")),
        ],
        validate_choice=False,
        choices=[
            SelectChoice(Region.CA.value, N_("Canada")),
            SelectChoice(Region.FR.value, N_("France")),
            SelectChoice(Region.GB.value, N_("United Kingdom")),
        ],
    )
    time_zone = SelectField(
        N_("Time zone"),
        [_a_zone],
        validate_choice=False,
        choices=zone_choices,
    )
    telephone = StringField(
        N_("Telephone"),
        [
            Optional(),
            Length(max=40, message=N_("Write a shorter number.")),
            Regexp(r"^\+?[0-9 .()\u00a0\u202f-]+\Z", message=N_("Write only numbers and spaces.")),
        ],
    )
