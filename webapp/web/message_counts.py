"""Words for those who watch the messages: how the sending stands, and how many went each day."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webapp.domain import heartbeats
from webapp.domain.deliveries import DAYS_SHOWN, DayCount, Standing
from webapp.domain.heartbeats import Pulse
from webapp.models.notice import NoticeState, PushService, Sent, Way
from webapp.web.i18n import gettext as _
from webapp.web.i18n import ngettext
from webapp.web.instants import when_words
from webapp.web.who import actor, now

LATE_SECONDS = 60
"""What waits longer than this, though its turn has come, is worth a word."""

SEND_COMMAND = "mon-rythme reminders"
DOCTOR_COMMAND = "mon-rythme doctor"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody watches: "right", "wrong" or a "note", and what to know of it."""

    state: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayRow:
    """What became of the messages of a day: a number for each column, or none where all are 0."""

    day: date
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The last days, the newest first, with the columns in which anything stands."""

    columns: tuple[str, ...]
    rows: tuple[DayRow, ...]


def lines(standing: Standing, refusing: Sequence[PushService]) -> list[Line]:
    """Return how the sending stands, in the order in which to look at it."""
    return [_reminders(standing), *_services(refusing), _people(standing.unreached)]


def _reminders(standing: Standing) -> Line:
    if heartbeats.pulse(standing.beat_at, now()) is Pulse.OK:
        late = standing.late if standing.waits_since_seconds(now()) > LATE_SECONDS else 0
        return Line("wrong" if late else "right", (_("Reminders go out."), *_late(late)))
    stopped = (_stopped(standing.beat_at),) if standing.beat_at else ()
    run = _("Run “%(command)s” on the server.") % {"command": SEND_COMMAND}
    return Line("wrong", (_("No reminders go out."), *stopped, run))


def _stopped(at: datetime) -> str:
    return _("They stopped %(when)s.") % {"when": when_words(at, actor().time_zone)}


def _late(late: int) -> tuple[str, ...]:
    words = ngettext("%(num)s message still waits.", "%(num)s messages still wait.", late)
    return (words % {"num": late},) if late else ()


def _services(refusing: Sequence[PushService]) -> Iterator[Line]:
    if not refusing:
        yield Line("right", (_("All phone services take our messages."),))
    for service in refusing:
        said = _("%(name)s takes no messages from us.") % {"name": service.host}
        run = _("Run “%(command)s” on the server.") % {"command": DOCTOR_COMMAND}
        yield Line("wrong", (said, run, _("It says what to do.")))


def _people(unreached: int) -> Line:
    if not unreached:
        return Line("right", (_("Everybody who wants reminders can get them."),))
    words = ngettext(
        "%(num)s person wants reminders and has no phone.",
        "%(num)s people want reminders and have no phone.",
        unreached,
    )
    return Line("note", (words % {"num": unreached}, _("Their coaches see it in their list.")))


_COLUMNS: dict[str, Callable[[], str]] = {
    "phones": lambda: _("Sent to phones"),
    "mail": lambda: _("Sent by e-mail"),
    "late": lambda: _("Not in time"),
    "nowhere": lambda: _("No phone"),
    "gone": lambda: _("Phone gone"),
    "refused": lambda: _("Refused"),
    "unreachable": lambda: _("No answer"),
    "silent": lambda: _("In a pause"),
}

_COLUMN_OF = {
    (Way.PUSH, Sent.ACCEPTED): "phones",
    (Way.MAIL, Sent.ACCEPTED): "mail",
    NoticeState.MISSED: "late",
    NoticeState.NOWHERE: "nowhere",
    Sent.GONE: "gone",
    Sent.OUR_FAULT: "refused",
    Sent.REFUSED: "refused",
    Sent.UNREACHABLE: "unreachable",
    NoticeState.SILENT: "silent",
}
"""Where an end is counted, by way or on every way. A notice that failed has failed on each way."""


def table(counts: Sequence[DayCount], today: date) -> Table:
    """Return the last 14 days; columns in which nothing stands are left out, but for the first."""
    found = Counter[tuple[date, str]]()
    for each in counts:
        column = _COLUMN_OF.get((each.way, each.outcome)) or _COLUMN_OF.get(each.outcome)
        if column:
            found[each.day, column] += each.count
    used = {"phones", *(column for _day, column in found)}
    names = [name for name in _COLUMNS if name in used]
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN)]
    rows = (DayRow(day, tuple(found[day, name] for name in names)) for day in days)
    return Table(tuple(_COLUMNS[name]() for name in names), tuple(rows))
