"""The words for what the domain says in codes."""

from collections.abc import Callable
from enum import StrEnum

from webapp.models.change import Answer
from webapp.models.help import HelpReason
from webapp.models.mark import MarkState
from webapp.models.person import (
    Language,
    LockScreen,
    Pace,
    Region,
    RemindOn,
    Role,
    Theme,
    TimeStyle,
    VoiceSpeed,
)
from webapp.models.plan import GoalState, NextStepState
from webapp.models.risk import Decision, LookBack
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
    Answer.YES: lambda: _("Yes"),
    Answer.NOT_NOW: lambda: _("Not now"),
    Answer.NO: lambda: _("No"),
    Answer.TALK: lambda: _("Let's talk"),
    Pace.SLOWER: lambda: _("Slower"),
    Pace.STEADY: lambda: _("Steady"),
    Pace.FASTER: lambda: _("Faster"),
    Pace.PAUSE: lambda: _("Pause"),
    Theme.SYSTEM: lambda: _("Like my phone"),
    Theme.LIGHT: lambda: _("Light"),
    Theme.DARK: lambda: _("Dark"),
    Theme.CONTRAST: lambda: _("Strong contrast"),
    VoiceSpeed.SLOW: lambda: _("Slow"),
    VoiceSpeed.NORMAL: lambda: _("Normal"),
    VoiceSpeed.FAST: lambda: _("Fast"),
    TimeStyle.WORDS: lambda: _("In words"),
    TimeStyle.DIGITS: lambda: _("In numbers"),
    RemindOn.EVENING_BEFORE: lambda: _("The evening before"),
    RemindOn.NEVER: lambda: _("No reminder"),
    LockScreen.NEUTRAL: lambda: _("Few words"),
    LockScreen.FULL: lambda: _("All words"),
    MarkState.DONE: lambda: _("Done"),
    MarkState.LATER: lambda: _("Later"),
    MarkState.NOT_TODAY: lambda: _("Not today"),
    HelpReason.NOT_UNDERSTOOD: lambda: _("I don't understand"),
    HelpReason.NOT_FOUND: lambda: _("I can't find it"),
    HelpReason.LATE: lambda: _("I can't come, or I come later"),
    HelpReason.NOT_NICE: lambda: _("Somebody is not nice to me"),
    HelpReason.UNWELL: lambda: _("I don't feel well"),
    HelpReason.SOMETHING_ELSE: lambda: _("Something else"),
    HelpReason.TALK: lambda: _("Let's talk"),
    HelpReason.FIXED_TIME: lambda: _("I would like another time"),
    HelpReason.PROBLEM: lambda: _("This is a problem for me"),
    GoalState.OPEN: lambda: _("Open"),
    GoalState.REACHED: lambda: _("Reached"),
    GoalState.LET_GO: lambda: _("Let go"),
    NextStepState.CHOSEN: lambda: _("My next step"),
    NextStepState.NOT_THIS: lambda: _("Not this one"),
    DeviceKind.ANDROID: lambda: _("Android phone"),
    DeviceKind.IPHONE: lambda: _("iPhone"),
    DeviceKind.TABLET: lambda: _("Tablet"),
    DeviceKind.COMPUTER: lambda: _("Computer"),
    DeviceKind.OTHER: lambda: _("Another device"),
    Decision.TRY: lambda: _("I try it"),
    Decision.SMALLER: lambda: _("I try a smaller one"),
    Decision.NOT_NOW: lambda: _("Not now"),
    LookBack.AGAIN: lambda: _("Again"),
    LookBack.DIFFERENTLY: lambda: _("Differently"),
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


def overtaken_words() -> str:
    """Return what the person reads of a choice that came after a later one."""
    return _("You said this earlier on another phone. What you said later counts.")


def rule_words(code: str) -> str:
    """Return one easy sentence for a rule that a change would break."""
    return _RULES[code]()


_RULES: dict[str, Callable[[], str]] = {
    "card_used_or_old": lambda: _("This card does not work any more."),
    "fixed_time": lambda: _("Your workplace has fixed this time."),
    "already_yes": lambda: _("This counts already."),
    "hours_not_right": lambda: _("Choose 2 times. The second one comes later."),
    "id_used_twice": lambda: _("This was already sent."),
    "is_done": lambda: _("This is done already."),
    "is_stopped": lambda: _("This does not come any more."),
    "moved_on": lambda: _("Something else has changed since."),
    "needs_reason": lambda: _("Please say why."),
    "no_phone_here": lambda: _("This phone gets no messages yet."),
    "no_answer": lambda: _("Write a sentence or choose a time."),
    "not_an_email": lambda: _("Write your whole e-mail, with the sign @."),
    "not_a_later_day": lambda: _("Choose a day from tomorrow on."),
    "not_marked": lambda: _("Nobody said that something could go wrong."),
    "not_tried": lambda: _("This is not tried yet."),
    "not_stopped": lambda: _("Your support has not stopped."),
    "nothing_to_send": lambda: _("This list is empty."),
    "nothing_to_undo": lambda: _("There is nothing to take back."),
    "plan_moved_on": lambda: _("Your plan has changed. Look again."),
    "sentence_missing": lambda: _("Write a sentence."),
    "step_without_words": lambda: _("A step needs words."),
    "title_missing": lambda: _("Please write a few words."),
    "too_many_tries": lambda: _("Some tries are still on their way. Wait a little."),
    "unknown_answer": lambda: _("This choice does not exist."),
    "unknown_length": lambda: _("Choose how long it takes."),
    "unknown_repeat": lambda: _("Choose the days again."),
    "withdrawn": lambda: _("This proposal was taken back."),
    "goal_not_open": lambda: _("This goal is not open. Take it up again first."),
    "in_the_past": lambda: _("This time has passed. Choose another time."),
    "not_today_or_tomorrow": lambda: _("Choose a time today or tomorrow."),
    "password_easy_to_guess": lambda: _("This password is easy to guess. Choose another one."),
    "password_not_right": lambda: _("This is not your present password."),
    "password_too_long": lambda: _("This password is too long."),
    "password_too_short": lambda: _("Your password needs 12 characters or more."),
    "photo_from_apple": lambda: _("We cannot open this kind of photo. Take a screenshot of it."),
    "photo_not_readable": lambda: _("We cannot open this file. Choose a photo."),
    "photo_too_big": lambda: _("This photo is too big. Choose another one."),
    "unknown_choice": lambda: _("This choice does not exist."),
    "pause_needs_a_day": lambda: _("Choose a day in the next year."),
    "unknown_pace": lambda: _("This pace does not exist."),
    "unknown_setting": lambda: _("This choice does not exist."),
}
