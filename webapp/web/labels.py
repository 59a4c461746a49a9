"""The words for what the domain says in codes."""

from collections.abc import Callable
from enum import StrEnum

from webapp.models.mark import MarkState
from webapp.models.person import Language, Region, Role, Theme, TimeStyle, VoiceSpeed
from webapp.models.sign_in import DeviceKind
from webapp.web.i18n import gettext as _


def label(member: StrEnum | int) -> str:
    """Return the words for a member of one of the enums that screens show."""
    return _WORDS[member]()


_WORDS: dict[StrEnum | int, Callable[[], str]] = {
    Role.PARTICIPANT: lambda: _("You"),
    Role.COACH: lambda: _("Your coach"),
    Role.MENTOR: lambda: _("Your helper at work"),
    Role.EMPLOYER: lambda: _("Your employer"),
    Role.ADMINISTRATOR: lambda: _("Your organisation"),
    Language.FR: lambda: "Français",
    Language.EN: lambda: "English",
    Region.FR: lambda: _("France"),
    Region.CA: lambda: _("Canada"),
    Region.GB: lambda: _("United Kingdom"),
    Theme.SYSTEM: lambda: _("Like my phone"),
    Theme.LIGHT: lambda: _("Light"),
    Theme.DARK: lambda: _("Dark"),
    Theme.CONTRAST: lambda: _("Strong contrast"),
    VoiceSpeed.SLOW: lambda: _("Slow"),
    VoiceSpeed.NORMAL: lambda: _("Normal"),
    VoiceSpeed.FAST: lambda: _("Fast"),
    TimeStyle.WORDS: lambda: _("In words"),
    TimeStyle.DIGITS: lambda: _("In numbers"),
    MarkState.DONE: lambda: _("Done"),
    MarkState.LATER: lambda: _("Later"),
    MarkState.NOT_TODAY: lambda: _("Not today"),
    DeviceKind.ANDROID: lambda: _("Android phone"),
    DeviceKind.IPHONE: lambda: _("iPhone"),
    DeviceKind.TABLET: lambda: _("Tablet"),
    DeviceKind.COMPUTER: lambda: _("Computer"),
    DeviceKind.OTHER: lambda: _("Another device"),
    20: lambda: _("Medium"),
    24: lambda: _("Large"),
    28: lambda: _("Larger"),
    32: lambda: _("Largest"),
}


def role_words(role: Role, is_own: bool) -> str:
    """Return who somebody is: to the participant ("Your coach"), or to the team ("Coach")."""
    return label(role) if is_own else _TEAM_ROLES[role]()


_TEAM_ROLES: dict[Role, Callable[[], str]] = {
    Role.PARTICIPANT: lambda: _("Participant"),
    Role.COACH: lambda: _("Coach"),
    Role.MENTOR: lambda: _("Helper at work"),
    Role.EMPLOYER: lambda: _("Employer"),
    Role.ADMINISTRATOR: lambda: _("Organisation"),
}


def rule_words(code: str) -> str:
    """Return one easy sentence for a rule that a change would break."""
    return _RULES[code]()


_RULES: dict[str, Callable[[], str]] = {
    "card_used_or_old": lambda: _("This card does not work any more."),
    "fixed_time": lambda: _("Your workplace has fixed this time."),
    "id_used_twice": lambda: _("This was already sent."),
    "in_the_past": lambda: _("This time has passed. Choose another time."),
    "not_today_or_tomorrow": lambda: _("Choose a time today or tomorrow."),
    "password_easy_to_guess": lambda: _("This password is easy to guess. Choose another one."),
    "password_not_right": lambda: _("This is not your present password."),
    "password_too_long": lambda: _("This password is too long."),
    "password_too_short": lambda: _("Your password needs 12 characters or more."),
    "unknown_setting": lambda: _("This choice does not exist."),
}
