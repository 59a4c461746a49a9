"""The shape of what must be done, and of the sentence that the person says about it."""

from flask_wtf import FlaskForm
from wtforms import Field, Form, StringField
from wtforms.validators import Length, ValidationError

from webapp.forms.plain_text import find_control, says_nothing
from webapp.forms.words import N_

LONGEST_SENTENCE = 200


class _Said:
    """Refuses a field without words, or with more than a line."""

    def __init__(self, missing: str) -> None:
        self.missing = missing

    def __call__(self, _form: Form, field: Field) -> None:
        if says_nothing(field.data or ""):
            raise ValidationError(self.missing)
        if find_control(field.data):
            raise ValidationError(N_("Write 1 sentence."))


def _sentence(label: str, missing: str) -> StringField:
    too_long = N_("Write a shorter sentence.")
    return StringField(label, [_Said(missing), Length(max=LONGEST_SENTENCE, message=too_long)])


class AddForm(FlaskForm):
    """Something that must be done, and the rule that asks for it."""

    title = _sentence(N_("What must be done"), N_("Write what must be done."))
    rule = _sentence(N_("Which rule asks for it"), N_("Write which rule asks for it."))


class CommentForm(FlaskForm):
    """What the person says of it."""

    sentence = _sentence(N_("Your sentence"), N_("Write a sentence."))
