"""The shape of a call for help, of an answer to it, and of the hours in which somebody answers."""

from datetime import time

from flask_wtf import FlaskForm
from wtforms import Field, Form, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from webapp.forms.plain_text import CONTROLS, says_nothing
from webapp.forms.words import N_


def read_sentence(typed: str | None) -> str:
    """Return what was typed, without what cannot be seen; "" where it says nothing."""
    plain = CONTROLS.sub(" ", typed or "").strip()
    return "" if says_nothing(plain) else plain


def read_time(typed: str | None) -> time | None:
    """Return the time that was chosen, or None where there is none."""
    try:
        return time.fromisoformat(typed or "").replace(tzinfo=None)
    except ValueError:
        return None


def _a_time(_form: Form, field: Field) -> None:
    if read_time(field.data) is None:
        raise ValidationError(N_("Choose a time."))


class AskForm(FlaskForm):
    """What a participant may add to a call for help. Nothing in it is ever a mistake."""

    sentence = StringField(N_("You can add a sentence"))


class AnswerForm(FlaskForm):
    """An answer to a call for help: a sentence, or a time today."""

    sentence = TextAreaField(N_("Your sentence"))
    at = StringField(N_("Today at"), [Optional(), _a_time], widget=TimeInput())


DAYS = (
    SelectChoice("MO", N_("Monday")),
    SelectChoice("TU", N_("Tuesday")),
    SelectChoice("WE", N_("Wednesday")),
    SelectChoice("TH", N_("Thursday")),
    SelectChoice("FR", N_("Friday")),
    SelectChoice("SA", N_("Saturday")),
    SelectChoice("SU", N_("Sunday")),
)


class HoursForm(FlaskForm):
    """The weekdays and the hours in which a member of staff answers."""

    on = SelectMultipleField(
        N_("Days"),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
        choices=list(DAYS),
    )
    begins = StringField(N_("From"), [Optional(), _a_time], widget=TimeInput())
    ends = StringField(N_("Until"), [Optional(), _a_time], widget=TimeInput())

    def validate_on(self, field: Field) -> None:
        """Refuse days that do not exist."""
        if not set(field.data or ()) <= {day.value for day in DAYS}:
            raise ValidationError(N_("Choose the days."))
