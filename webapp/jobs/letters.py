"""Writes the letter of a notice: its words at this moment, its use, its urgency and its topic."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import date, datetime, time
from typing import Any, NamedTuple

from webapp.domain import schedules
from webapp.domain.repeats import wall_clock
from webapp.jobs.loading import Facts
from webapp.jobs.rows import MarkMade, Reader, Taken
from webapp.models.mark import MarkState
from webapp.models.notice import NoticeKind
from webapp.models.person import LockScreen
from webapp.web.notice_words import Spoken, payload

SHORTEST_TTL_SECONDS = 60
LONGEST_TTL_SECONDS = 28 * 24 * 60 * 60
TOPIC_OCTETS = 24
"""Of a hash: 32 characters of base64url, as many as a topic may have (RFC 8030, section 5.4)."""

URGENT = {
    NoticeKind.REMINDER,
    NoticeKind.REMINDER_AGAIN,
    NoticeKind.HELP_REQUEST,
    NoticeKind.TRY,
}


NEUTRAL = {
    (may_answer, may_move): Spoken(may_answer=may_answer, may_move=may_move)
    for may_answer in (False, True)
    for may_move in (False, True)
}
"""What is said of a task to those who want neutral words; nothing of it differs."""


class Written(NamedTuple):
    """The same letter to every phone of its reader."""

    payload: bytes
    ttl_seconds: int
    urgency: str
    topic: str


def topic_of(key: str) -> str:
    """Return the topic of a notice: sent twice, it replaces itself and shows nothing of its key."""
    digest = hashlib.sha256(key.encode()).digest()
    return urlsafe_b64encode(digest[:TOPIC_OCTETS]).decode()


def urgency_of(kind: NoticeKind) -> str:
    """Return how much a notice may disturb a phone that saves its battery (RFC 8030)."""
    if kind in URGENT:
        return "high"
    return "low" if kind is NoticeKind.SUMMARY else "normal"


def ttl_seconds(useful_until: datetime, now: datetime) -> int:
    """Return for how long a push service keeps it for a phone that is off: while it is of use."""
    left = int((useful_until - now).total_seconds())
    return min(max(left, SHORTEST_TTL_SECONDS), LONGEST_TTL_SECONDS)


def write(notice: Taken, reader: Reader, facts: Facts, site: str, now: datetime) -> Written:
    """Write what a notice says at this moment, in the language that was chosen before."""
    topic = topic_of(notice.key)
    return Written(
        payload(notice, _spoken(notice, reader, facts, now), site, topic),
        ttl_seconds(notice.useful_until, now),
        urgency_of(notice.kind),
        topic,
    )


def _spoken(notice: Taken, reader: Reader, facts: Facts, now: datetime) -> Spoken:
    is_full = reader.lock_screen is LockScreen.FULL
    if notice.task_id is None or notice.day is None:
        return Spoken(is_full, *_who(notice, facts)) if is_full else NEUTRAL[False, False]
    mark = facts.marks.get((notice.task_id, notice.day))
    on = mark.moved_on if mark and mark.moved_on else notice.day
    stands_today = on <= wall_clock(now, reader.time_zone)[0]
    may_move = stands_today and notice.task_id not in facts.fixed
    if not is_full:
        return NEUTRAL[stands_today, may_move]
    task = facts.tasks[notice.task_id]
    at = _time(task, mark, notice.day)
    return Spoken(True, title=task.title, on=on, at=at, may_answer=stands_today, may_move=may_move)


def _who(notice: Taken, facts: Facts) -> tuple[str, str]:
    """Return the name of whoever caused a message, and what they did."""
    if notice.kind in (NoticeKind.HELP_REQUEST, NoticeKind.NO_PHONE):
        participant = facts.people.get(notice.participant_id or 0)
        return (participant.name if participant else ""), ""
    change = facts.changes.get(notice.change_id or 0)
    return (change.name, change.verb) if change else ("", "")


def _time(task: Any, mark: MarkMade | None, day: date) -> time | None:
    """Return the time at which the task stands now, None for any time of its day."""
    if mark and mark.state is MarkState.LATER and mark.moved_on:
        return mark.moved_time
    schedule = schedules.comes_on(task, day)
    return schedule.at if schedule else task.at_time
