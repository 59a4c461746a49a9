"""Decides what becomes of a notice that was taken: it goes, it waits, or it stays silent."""

from datetime import datetime, timedelta
from typing import Any

from webapp.domain.notices import wants_messages
from webapp.domain.paces import is_paused
from webapp.domain.reminder_times import after_quiet_hours
from webapp.domain.repeats import wall_clock
from webapp.jobs.parcels import Parcel
from webapp.jobs.rows import MarkMade, Taken
from webapp.models.mark import MarkState
from webapp.models.notice import NoticeKind, NoticeState
from webapp.models.person import Pace

GRACE = timedelta(seconds=60)
"""So long after it was due a notice may go in any case, however short its use."""

CLOSED = (MarkState.DONE, MarkState.NOT_TODAY)


def decide(
    parcel: Parcel, mark: MarkMade | None, now: datetime, *, is_outdated: bool = False
) -> None:
    """Settle what need not be sent, and put off what comes in quiet hours.

    Nothing is said of the rest. What `is_outdated` tells of what is not so any more. A try goes in
    any case: the person has just asked for it.
    """
    notice, reader = parcel.notice, parcel.reader
    if now >= max(notice.useful_until, notice.due_at + GRACE):
        parcel.state = NoticeState.ACCEPTED if parcel.was_accepted else NoticeState.MISSED
    elif notice.kind is NoticeKind.TRY:
        return
    elif is_outdated or _is_unwanted(notice, reader, now) or (mark and mark.state in CLOSED):
        parcel.state = NoticeState.ACCEPTED if parcel.was_accepted else NoticeState.SILENT
    else:
        _wait_for_quiet_hours(parcel, now)


def _is_unwanted(notice: Taken, reader: Any, now: datetime) -> bool:
    """Say whether the person wants no messages now. In a pause of the pace, help still answers."""
    if not wants_messages(reader):
        return True
    if notice.kind is NoticeKind.HELP_ANSWER:
        return False
    has_paused = bool(reader.paces) or reader.agreed_pace is Pace.PAUSE
    return has_paused and is_paused(reader, wall_clock(now, reader.time_zone)[0])


def _wait_for_quiet_hours(parcel: Parcel, now: datetime) -> None:
    """Put off what would come in quiet hours; a reminder that is of no use after them is silent."""
    reader: Any = parcel.reader  # the rules of people ask only for what a reader has too
    heard_at = after_quiet_hours(reader, now)
    if heard_at <= now:
        return
    if heard_at >= parcel.notice.useful_until:
        parcel.state = NoticeState.ACCEPTED if parcel.was_accepted else NoticeState.SILENT
        return
    parcel.try_again(heard_at)
    if not parcel.notice.kind.is_reminder:
        parcel.due_at = heard_at
