"""The fields in which an answer is typed: words, a day, a time or weekdays."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.widgets import DateInput, TimeInput

from webapp.forms.words import N_


class AnswerFields(FlaskForm):
    """All fields that a question may need; each screen draws its own, and checks the answer."""

    answer = StringField(N_("Your sentence"))
    day = StringField(N_("Day"), widget=DateInput())
    time = StringField(N_("Time"), widget=TimeInput())
    MO = BooleanField()
    TU = BooleanField()
    WE = BooleanField()
    TH = BooleanField()
    FR = BooleanField()
    SA = BooleanField()
    SU = BooleanField()


class LongAnswerFields(AnswerFields):
    """The same, with room for more than one sentence."""

    answer = TextAreaField(N_("Your sentences"))
