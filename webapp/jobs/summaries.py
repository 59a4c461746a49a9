"""Tells a person once, quietly, that reminders did not reach them."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from webapp.domain.inserting import insert_for
from webapp.domain.notices import wants_messages
from webapp.domain.repeats import instant, wall_clock
from webapp.jobs.parcels import Parcel
from webapp.jobs.saying import say
from webapp.models.notice import Notice, NoticeKind, NoticeState, Sent

ONCE_IN = timedelta(hours=12)


def write_summaries(session: Session, settled: Iterable[Parcel], now: datetime) -> None:
    """Write one summary for each person whose reminders did not go, unless they had one lately.

    Whatever fails with it, what has been settled stays. Raises OperationalError alone.
    """
    waited: list[Any] = [parcel.reader for parcel in settled if _did_not_go(parcel)]
    readers = {reader.id: reader for reader in waited if wants_messages(reader)}
    if not readers:
        return
    try:
        with session.begin_nested():
            _write(session, readers, now)
    except OperationalError:
        raise
    except Exception as error:
        _complain(error, now)


def _write(session: Session, readers: dict[int, Any], now: datetime) -> None:
    told = _told_lately(session, readers, now)
    untold = (reader for number, reader in readers.items() if number not in told)
    rows = list(_summaries(untold, now))
    if rows:
        connection = session.connection()
        adding = insert_for(connection.dialect.name, Notice)
        connection.execute(adding.on_conflict_do_nothing(), rows)


def _did_not_go(parcel: Parcel) -> bool:
    """Say whether it is a reminder that was missed, or that no service took while it was of use."""
    if not parcel.notice.kind.is_reminder:
        return False
    was_unreachable = any(end.outcome is Sent.UNREACHABLE for end in parcel.ends)
    state = parcel.end_state
    return state is NoticeState.MISSED or (state is NoticeState.FAILED and was_unreachable)


def _told_lately(session: Session, readers: Iterable[int], now: datetime) -> set[int]:
    lately = select(Notice.person_id).where(
        Notice.person_id.in_(list(readers)),
        Notice.kind == NoticeKind.SUMMARY,
        Notice.due_at > now - ONCE_IN,
    )
    return set(session.scalars(lately))


def _summaries(readers: Iterable[Any], now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the summary of each reader; one that cannot be written keeps back no other."""
    for reader in readers:
        try:
            row = _summary(reader, now)
        except Exception as error:
            _complain(error, now)
        else:
            yield row


def _complain(error: Exception, now: datetime) -> None:
    say("not_summed_up", now, level=logging.ERROR, error=type(error).__name__)


def _summary(reader: Any, now: datetime) -> dict[str, Any]:
    today = wall_clock(now, reader.time_zone)[0]
    return {
        "person_id": reader.id,
        "participant_id": reader.id,
        "kind": NoticeKind.SUMMARY,
        "key": f"{NoticeKind.SUMMARY}:{reader.id}:{today}",
        "due_at": now,
        "next_try_at": now,
        "useful_until": instant(today + timedelta(days=1), time.min, reader.time_zone),
        "state": NoticeState.PLANNED,
        "tries": 0,
    }
