"""The shape of what is typed about reminders: an e-mail address, and quiet hours."""

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import EmailInput, TimeInput

from webapp.forms.help import read_time
from webapp.forms.words import N_


class MailForm(FlaskForm):
    """Where messages go by e-mail; nothing where they shall not."""

    mail_to = StringField(N_("Your e-mail"), widget=EmailInput())


class QuietForm(FlaskForm):
    """Two times of the clock between which no reminder comes."""

    begins = StringField(N_("From"), widget=TimeInput())
    ends = StringField(N_("Until"), widget=TimeInput())

    def validate_begins(self, field: Field) -> None:
        """Refuse what is no time."""
        if read_time(field.data) is None:
            raise ValidationError(N_("Choose a time."))

    def validate_ends(self, field: Field) -> None:
        """Refuse what is no time, and one that leaves no hour between."""
        at = read_time(field.data)
        if at is None:
            raise ValidationError(N_("Choose a time."))
        if at == read_time(self.begins.data):
            raise ValidationError(N_("Choose 2 different times."))

    @property
    def hours(self) -> str:
        """Return both times as a change names them: "21:00-07:00"."""
        begins, ends = read_time(self.begins.data), read_time(self.ends.data)
        return f"{begins:%H:%M}-{ends:%H:%M}"
