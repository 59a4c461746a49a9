"""How reminders stand, in words: on or off, on which phones, and what became of a try."""

from collections.abc import Iterable

from flask import g, session

from webapp.domain.days import Occurrence
from webapp.domain.reminder_settings import CHOSEN_ONLY, may_offer
from webapp.domain.reminder_times import lead_of
from webapp.domain.tries import Tried
from webapp.models.notice import NoticeState, PushSubscription
from webapp.models.person import Person, RemindOn
from webapp.models.sign_in import Device
from webapp.web.device_lines import DeviceLine, device_line
from webapp.web.i18n import gettext as _
from webapp.web.labels import label
from webapp.web.reminder_options import moment_words
from webapp.web.who import actor, is_own, participant

CHOICE = "reminder_chosen_on"


def phone_lines(found: Iterable[tuple[PushSubscription, Device]]) -> list[DeviceLine]:
    """Return the phones of the actor that get messages, in words."""
    zone, this = actor().time_zone, g.sign_in.device_id
    return [
        device_line(each.id, device.kind, each.added_at, zone, is_this=device.id == this)
        for each, device in found
    ]


def here(lines: Iterable[DeviceLine]) -> dict[str, bool]:
    """Return whether this browser is among them, and whether it is on a phone."""
    return {
        "is_here": any(line.is_this for line in lines),
        "is_phone": g.sign_in.device.kind.is_phone,
    }


def keep_choice() -> None:
    """Remember, for today, that somebody without reminders has asked for one of a single task."""
    session[CHOICE] = g.today.isoformat()


def forget_choice() -> None:
    """Forget that again."""
    session.pop(CHOICE, None)


def which() -> str:
    """Return for what reminders are turned on: for all, or only where the person asked for one."""
    return CHOSEN_ONLY if session.get(CHOICE) == g.today.isoformat() else "yes"


def state_words(person: Person) -> str:
    """Return whether reminders come to a person, in a word or two."""
    if not person.reminders_on:
        return _("Off")
    return _("On pause") if person.reminders_paused else _("On")


def task_words(occurrence: Occurrence) -> str:
    """Return when the person is reminded of a task; "" where their page offers no reminder.

    A task that is over has none either.
    """
    person = participant()
    if not occurrence.is_open or (is_own() and not _concerns(person)):
        return ""
    if not person.reminders_on:
        return _("Not yet") if is_own() else label(RemindOn.NEVER)
    return moment_words(str(lead_of(occurrence, person)))


def _concerns(person: Person) -> bool:
    """Say whether a page speaks of reminders to somebody: not for a while after "not now"."""
    return person.reminders_on or may_offer(person, g.today)


def try_words(tried: Tried) -> str:
    """Return the code under which a page holds the words for what became of a try."""
    if tried.state in (NoticeState.PLANNED, NoticeState.ACCEPTED):
        return _OF_STATE[tried.state]
    return tried.outcome or _OF_STATE[tried.state]


_OF_STATE = {
    NoticeState.PLANNED: "waiting",
    NoticeState.ACCEPTED: "accepted",
    NoticeState.MISSED: "missed",
    NoticeState.SILENT: "missed",
    NoticeState.NOWHERE: "gone",
    NoticeState.FAILED: "unreachable",
}
