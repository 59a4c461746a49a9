"""When a person is reminded of what: the reminders of the next 48 hours, planned as notices.

Everything is worked out from the plan, the person's choices and their wall clock, as often as one
of them changes. Planning again never makes a second reminder of one that exists: its key names the
task, the day and the moment for which it was asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import case, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.days import Occurrence, days_for
from webapp.domain.paces import is_paused
from webapp.domain.repeats import instant, wall_clock
from webapp.models.notice import Delivery, Notice, NoticeKind, NoticeState, Sent
from webapp.models.person import Person, RemindOn, Role

HORIZON = timedelta(hours=48)
"""How far ahead reminders stand as rows."""

PLAN_AGAIN_BEFORE = timedelta(hours=24)
"""How far ahead they stand at least, while somebody plans."""

LONGEST_LEAD = timedelta(days=7)
"""How long before a task a plan file may ask for its reminder."""

LATEST_USE = timedelta(days=1)
"""What was due longer ago stays as it is."""

MORNING = time(8, 0)
"""When a task counts as coming that may be done at any time of its day."""

AFTERNOON = time(14, 0)
"""When the person is asked once more about such a task."""

EVENING = time(18, 0)
"""When the evening before is."""

AGAIN_AFTER = timedelta(minutes=10)
AGAIN_OF_USE = timedelta(minutes=30)
DAY_MINUTES = 24 * 60
MIDNIGHT = time(0, 0)

EARLIEST = 3 * LATEST_USE
"""Of tasks so long ago a reminder may still stand: quiet hours put it off by up to a day."""

REMINDERS = (NoticeKind.REMINDER, NoticeKind.REMINDER_AGAIN)
STANDS = (NoticeState.PLANNED, NoticeState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder that a person wants, from the instant when it is due until it is pointless."""

    key: str
    kind: NoticeKind
    task_id: int
    day: date
    due_at: datetime
    useful_until: datetime


def plan_for(session: Session, person: Person, now: datetime) -> None:
    """Let exactly those reminders stand as notices that the person wants in the next 48 hours.

    What has gone out stays as it is, and so does what is on its way. What would have been due
    before now is not planned any more, but stays where it was planned and has not gone yet.
    """
    wants = wants_reminders(person)
    if not wants and person.planned_until is None:
        return
    session.flush()
    planned = _rows(session, person, now)
    wanted = wanted_reminders(session, person, now, planned) if wants else []
    _keep_only(session, person, planned, wanted, now)
    person.planned_until = now + HORIZON if wants else None
    session.flush()


def wants_reminders(person: Person) -> bool:
    """Say whether reminders go to this person at all."""
    is_met = person.is_participant and person.welcomed_at is not None
    return is_met and person.reminders_on and not person.reminders_paused


def to_plan(session: Session, now: datetime, most: int) -> Sequence[Person]:
    """Return people whose reminders must be planned further; at most so many, locked.

    Where the clock has jumped back, they stand too far ahead and are planned again too.
    """
    return session.scalars(
        select(Person)
        .where(
            Person.role == Role.PARTICIPANT,
            or_(
                Person.planned_until < now + PLAN_AGAIN_BEFORE,
                Person.planned_until > now + HORIZON + AGAIN_AFTER,
            ),
        )
        .order_by(Person.planned_until)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def wanted_reminders(
    session: Session, person: Person, now: datetime, planned: Sequence[Notice]
) -> list[Reminder]:
    """Return the reminders that the person wants: those that come in 48 hours, or stand already.

    What was due before now and does not stand will never go: it takes the place of nothing else.
    """
    first = wall_clock(now - EARLIEST, person.time_zone)[0]
    last = wall_clock(now + HORIZON + LONGEST_LEAD, person.time_zone)[0]
    days = days_for(session, person, first, last)
    open_ones = [each for day in days for each in (*day.timed, *day.any_time) if each.is_open]
    made = [each for one in open_ones for each in of_occurrence(one, person)]
    stands = {row.key for row in planned if row.state in STANDS}
    near = [each for each in made if each.due_at <= now + HORIZON]
    coming = [each for each in near if each.due_at > now or each.key in stands]
    return list(_at_most(coming, planned, person))


def lead_of(occurrence: Occurrence, person: Person) -> int | RemindOn:
    """Return when the person is reminded of it: minutes before, the evening before, or never.

    What they chose for the task comes before what they chose for all.
    """
    if occurrence.remind_on is not None:
        return occurrence.remind_on
    if occurrence.remind_minutes_before is not None:
        return occurrence.remind_minutes_before
    if person.remind_all is not None or person.remind_all_minutes is None:
        return person.remind_all or RemindOn.NEVER
    return person.remind_all_minutes


def due_of(occurrence: Occurrence, lead: int, zone: str) -> datetime:
    """Return the instant `lead` minutes before a task.

    Whole days before are days of the calendar, so that clock changes do not matter to them; the
    minutes that remain are elapsed time.
    """
    days, minutes = divmod(lead, DAY_MINUTES)
    begins = instant(occurrence.on - timedelta(days=days), occurrence.at or MORNING, zone)
    return begins - timedelta(minutes=minutes)


def of_occurrence(occurrence: Occurrence, person: Person) -> Iterator[Reminder]:
    """Yield the reminder of an occurrence, and the one that asks once more.

    None comes in a pause of the pace; in quiet hours it waits for their end.
    """
    lead, zone = lead_of(occurrence, person), person.time_zone
    if lead is RemindOn.NEVER or is_paused(person, occurrence.on):
        return
    if isinstance(lead, RemindOn):
        due = instant(occurrence.on - timedelta(days=1), EVENING, zone)
        until = instant(occurrence.on, MIDNIGHT, zone)
    else:
        due, until = due_of(occurrence, lead, zone), _end(occurrence, zone)
    for first in _heard(_reminder(NoticeKind.REMINDER, occurrence, due, until, zone), person):
        due = first.due_at
        yield first
    if person.reminds_again:
        again = max(due, instant(occurrence.on, occurrence.at or AFTERNOON, zone)) + AGAIN_AFTER
        until = max(_end(occurrence, zone), again + AGAIN_OF_USE)
        yield from _heard(
            _reminder(NoticeKind.REMINDER_AGAIN, occurrence, again, until, zone), person
        )


def _end(occurrence: Occurrence, zone: str) -> datetime:
    """Return when a task ends; the end of its day where it has no time."""
    if occurrence.at is None:
        return instant(occurrence.on + timedelta(days=1), MIDNIGHT, zone)
    begins = instant(occurrence.on, occurrence.at, zone)
    return begins + timedelta(minutes=occurrence.minutes)


def _reminder(
    kind: NoticeKind, occurrence: Occurrence, due: datetime, until: datetime, zone: str
) -> Reminder:
    on, at = wall_clock(due, zone)
    key = f"{kind}:{occurrence.task_id}:{occurrence.day}:{on}T{at:%H:%M}"
    return Reminder(key, kind, occurrence.task_id, occurrence.day, due, max(until, due))


def _heard(reminder: Reminder, person: Person) -> Iterator[Reminder]:
    """Yield a reminder at the instant when the person lets it be heard, if it is of use then."""
    due = after_quiet_hours(person, reminder.due_at)
    is_of_use = due < reminder.useful_until or due == reminder.due_at
    if is_of_use and not is_paused(person, wall_clock(due, person.time_zone)[0]):
        yield Reminder(
            reminder.key,
            reminder.kind,
            reminder.task_id,
            reminder.day,
            due,
            reminder.useful_until,
        )


def after_quiet_hours(person: Person, due: datetime) -> datetime:
    """Return the instant, or the end of the quiet hours in which it lies.

    Quiet hours are wall-clock times and may go over midnight; their end is not quiet any more.
    """
    if person.quiet_from is None or person.quiet_until is None:
        return due
    begins, ends = person.quiet_from, person.quiet_until
    day, clock = wall_clock(due, person.time_zone)
    if begins < ends:
        is_quiet, end_day = begins <= clock < ends, day
    else:
        is_quiet = clock >= begins or clock < ends
        end_day = day + timedelta(days=1) if clock >= begins else day
    return max(due, instant(end_day, ends, person.time_zone)) if is_quiet else due


def _at_most(
    wanted: Iterable[Reminder], planned: Sequence[Notice], person: Person
) -> Iterator[Reminder]:
    """Leave out what is too much for one day: first those that ask once more, then the last.

    What went out on the day counts, whatever has become of its task.
    """
    if person.reminders_a_day is None:
        yield from wanted
        return
    gone = {row.key: row for row in planned if row.state is NoticeState.ACCEPTED}
    taken: dict[date, int] = {}
    for row in gone.values():
        day = wall_clock(row.due_at, person.time_zone)[0]
        taken[day] = taken.get(day, 0) + 1
    order = sorted(wanted, key=lambda each: (REMINDERS.index(each.kind), each.due_at, each.key))
    for each in order:
        day = wall_clock(each.due_at, person.time_zone)[0]
        if each.key in gone:
            yield each
        elif taken.get(day, 0) < person.reminders_a_day:
            taken[day] = taken.get(day, 0) + 1
            yield each


def _rows(session: Session, person: Person, now: datetime) -> Sequence[Notice]:
    """Return the reminders that stand already, and those that went out lately."""
    since = now - LATEST_USE - LATEST_USE
    return session.scalars(
        select(Notice).where(
            Notice.person_id == person.id, Notice.kind.in_(REMINDERS), Notice.due_at >= since
        )
    ).all()


def _keep_only(
    session: Session,
    person: Person,
    planned: Sequence[Notice],
    wanted: Iterable[Reminder],
    now: datetime,
) -> None:
    by_key = {each.key: each for each in wanted}
    unwanted = []
    for row in planned:
        reminder = by_key.pop(row.key, None)
        if _is_on_its_way(row, now):
            continue
        if reminder is None:
            unwanted.append(row.id)
        elif row.state is NoticeState.PLANNED or _was_missed_too_early(row, now):
            _put(row, reminder)
    _take_away(session, unwanted, now)
    session.add_all(
        _row(person, reminder, now) for reminder in by_key.values() if reminder.due_at > now
    )


def _take_away(session: Session, unwanted: Sequence[int], now: datetime) -> None:
    """Remove reminders that are not wanted any more, but those that somebody has just taken.

    What has reached a phone already, while another one was to be tried again, has gone out.
    What was due long ago is settled by whoever sends.
    """
    if not unwanted:
        return
    waits = (
        Notice.id.in_(unwanted)
        & (Notice.state == NoticeState.PLANNED)
        & (Notice.due_at >= now - LATEST_USE)
        & (Notice.claim.is_(None) | (Notice.next_try_at <= now))
    )
    ended = exists().where(Delivery.notice_id == Notice.id)
    went = exists().where(Delivery.notice_id == Notice.id, Delivery.outcome == Sent.ACCEPTED)
    for change in (
        delete(Notice).where(waits, ~ended),
        update(Notice)
        .where(waits)
        .values(
            state=case((went, NoticeState.ACCEPTED), else_=NoticeState.SILENT),
            settled_at=now,
            claim=None,
        ),
    ):
        session.execute(change.execution_options(synchronize_session=False))


def _is_on_its_way(row: Notice, now: datetime) -> bool:
    """Say whether somebody is sending it at this moment."""
    is_planned = row.state is NoticeState.PLANNED
    return is_planned and row.claim is not None and row.next_try_at > now


def _was_missed_too_early(row: Notice, now: datetime) -> bool:
    """Say whether it was only missed because the clock was wrong for a while."""
    return row.state is NoticeState.MISSED and row.due_at > now


def _put(row: Notice, reminder: Reminder) -> None:
    row.useful_until = reminder.useful_until
    if row.due_at != reminder.due_at or row.state is not NoticeState.PLANNED:
        row.due_at = row.next_try_at = reminder.due_at
        row.state, row.settled_at, row.claim = NoticeState.PLANNED, None, None


def _row(person: Person, reminder: Reminder, now: datetime) -> Notice:
    return Notice(
        person_id=person.id,
        participant_id=person.id,
        kind=reminder.kind,
        key=reminder.key,
        task_id=reminder.task_id,
        day=reminder.day,
        due_at=reminder.due_at,
        useful_until=reminder.useful_until,
        next_try_at=reminder.due_at,
    )
