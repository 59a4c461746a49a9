"""Tells a person once, quietly, that reminders did not reach them."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.notices import wants_messages
from webapp.domain.repeats import instant, wall_clock
from webapp.jobs.parcels import Parcel
from webapp.jobs.storing import insert_for
from webapp.models.notice import Notice, NoticeKind, NoticeState, Sent

ONCE_IN = timedelta(hours=12)


def write_summaries(session: Session, settled: Iterable[Parcel], now: datetime) -> None:
    """Write one summary for each person whose reminders did not go, unless they had one lately."""
    waited: list[Any] = [parcel.reader for parcel in settled if _did_not_go(parcel)]
    readers = {reader.id: reader for reader in waited if wants_messages(reader)}
    told = _told_lately(session, readers, now) if readers else set()
    rows = [_summary(reader, now) for number, reader in readers.items() if number not in told]
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
