"""The shape of what somebody types to sign in, and of a new password."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.forms.words import N_


class CodeForm(FlaskForm):
    """The 8 numbers of a sign-in card."""

    code = StringField(
        N_("Your code"), [InputRequired(N_("Type the 8 numbers of your card.")), Length(max=40)]
    )


class StaffForm(FlaskForm):
    """How staff sign in."""

    email = StringField(N_("E-mail"), [InputRequired(N_("Write your e-mail.")), Length(max=200)])
    password = PasswordField(
        N_("Password"), [InputRequired(N_("Write your password.")), Length(max=1000)]
    )


class PasswordForm(FlaskForm):
    """A new password for staff, after the present one where there is one.

    Whether they are right and strong is the domain's to judge.
    """

    current = PasswordField(N_("Present password"), [Length(max=1000)])
    password = PasswordField(
        N_("New password"), [InputRequired(N_("Write a password.")), Length(max=1000)]
    )
