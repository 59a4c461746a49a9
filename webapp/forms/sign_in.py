"""The shape of what somebody types to sign in, and of a new password."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.forms.words import N_


def not_endless() -> Length:
    """Refuse a password that nobody types: to compare it would only cost time."""
    return Length(max=1000, message=N_("This password is too long."))


class CodeForm(FlaskForm):
    """The 8 numbers of a sign-in card."""

    code = StringField(
        N_("Your code"),
        [
            InputRequired(N_("Type the 8 numbers of your card.")),
            Length(max=40, message=N_("Type the 8 numbers of your card.")),
        ],
    )


class StaffForm(FlaskForm):
    """How staff sign in."""

    email = StringField(
        N_("E-mail"),
        [
            InputRequired(N_("Write your e-mail.")),
            Length(max=200, message=N_("Write a shorter e-mail.")),
        ],
    )
    password = PasswordField(
        N_("Password"), [InputRequired(N_("Write your password.")), not_endless()]
    )


class PasswordForm(FlaskForm):
    """A new password for staff, after the present one where there is one.

    Whether they are right and strong is the domain's to judge.
    """

    current = PasswordField(N_("Present password"), [not_endless()])
    password = PasswordField(
        N_("New password"), [InputRequired(N_("Write a password.")), not_endless()]
    )
