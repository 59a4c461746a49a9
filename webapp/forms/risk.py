"""The shape of what people say about a step that can go wrong: one question a screen."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import Field, Form, RadioField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import DateInput

from webapp.forms.plain_text import find_control
from webapp.forms.words import N_
from webapp.models.risk import Decision, LookBack

LONGEST_SENTENCE = 200
FACES = ("1", "2", "3", "4", "5")


def _on_one_line(_form: Form, field: Field) -> None:
    if find_control(field.data or ""):
        raise ValidationError(N_("Write 1 sentence."))


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def a_sentence(label: str) -> StringField:
    """Return a question for a short sentence, which may stay empty."""
    return StringField(
        label,
        [Length(max=LONGEST_SENTENCE, message=N_("Write a shorter sentence.")), _on_one_line],
        filters=[_stripped],
    )


def a_face() -> RadioField:
    """Return the question for one of five faces, which may stay without an answer."""
    return RadioField(
        N_("Choose a face."),
        [Optional(), AnyOf(FACES, message=N_("Choose a face."))],
        validate_choice=False,
        choices=[],
    )


class IdeasForm(FlaskForm):
    """What could go well, what could go wrong, or what would help: pictures and a sentence."""

    pictures = SelectMultipleField(N_("Choose pictures."), validate_choice=False, choices=[])
    sentence = a_sentence(N_("Something else"))


class FeelingForm(FlaskForm):
    """How it feels."""

    feeling = a_face()


class HelpsForm(FlaskForm):
    """What helps, as it is agreed."""

    sentence = a_sentence(N_("What helps"))


class WhoForm(FlaskForm):
    """Who does it; "" is nobody yet."""

    who = RadioField(N_("Who does it?"), [Optional()], validate_choice=False, choices=[])


class DayForm(FlaskForm):
    """When it is looked at again: one of the days that are offered, or another one.

    The view gives `today`; before it there is no day to choose.
    """

    today = date.min

    choice = RadioField(N_("Choose a day."), [Optional()], validate_choice=False, choices=[])
    other = StringField(N_("Another day"), [Optional()], filters=[_stripped], widget=DateInput())

    def validate_choice(self, field: Field) -> None:
        """Refuse what is no day to come."""
        self._check(field)

    def validate_other(self, field: Field) -> None:
        """Refuse what is no day to come."""
        self._check(field)

    def _check(self, field: Field) -> None:
        try:
            is_to_come = date.fromisoformat(field.data) >= self.today
        except ValueError:
            is_to_come = False
        if not is_to_come:
            raise ValidationError(N_("Choose a day from today on."))


class WhyForm(FlaskForm):
    """Why somebody proposes it."""

    why = a_sentence(N_("In 1 easy sentence"))


class DecisionForm(FlaskForm):
    """What somebody proposes to decide."""

    decision = RadioField(
        N_("Choose 1 answer."),
        [
            InputRequired(N_("Choose 1 answer.")),
            AnyOf([*Decision], message=N_("Choose 1 answer.")),
        ],
        validate_choice=False,
        choices=[],
    )


class LookBackForm(FlaskForm):
    """How the try was, and how to go on."""

    feeling = a_face()
    look_back = RadioField(
        N_("How do you want to go on?"),
        [
            InputRequired(N_("Choose how to go on.")),
            AnyOf([*LookBack], message=N_("Choose how to go on.")),
        ],
        validate_choice=False,
        choices=[],
    )


QUESTIONS: dict[str, dict[str, type[FlaskForm]]] = {
    "view": {
        "well": IdeasForm,
        "wrong": IdeasForm,
        "helps": IdeasForm,
        "feeling": FeelingForm,
    },
    "plan": {"helps": HelpsForm, "who": WhoForm, "day": DayForm, "why": WhyForm},
    "decision": {"decision": DecisionForm, "why": WhyForm},
}
"""What each form asks, one question a screen."""
