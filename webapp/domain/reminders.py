"""When a person is reminded of what: the reminders of the next 48 hours, planned as notices.

Everything is worked out from the plan, the person's choices and their wall clock, as often as one
of them changes. Planning again never makes a second reminder of one that exists: its key names the
task, the day and the moment for which it was asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.days import days_for
from webapp.domain.notices import wants_messages
from webapp.domain.reminder_times import AGAIN_AFTER, Reminder, of_occurrence
from webapp.domain.repeats import wall_clock
from webapp.models.notice import Delivery, Notice, NoticeKind, NoticeState, Sent
from webapp.models.person import Person, Role

HORIZON = timedelta(hours=48)
"""How far ahead reminders stand as rows."""

PLAN_AGAIN_BEFORE = timedelta(hours=24)
"""How far ahead they stand at least, while somebody plans."""

LONGEST_LEAD = timedelta(days=7)
"""How long before a task a plan file may ask for its reminder."""

LATEST_USE = timedelta(days=1)
"""What was due longer ago stays as it is."""

EARLIEST = 3 * LATEST_USE
"""Of tasks so long ago a reminder may still stand: quiet hours put it off by up to a day."""

REMINDERS = (NoticeKind.REMINDER, NoticeKind.REMINDER_AGAIN)
STANDS = (NoticeState.PLANNED, NoticeState.ACCEPTED)
NEVER_WENT = (NoticeState.MISSED, NoticeState.SILENT)
FETCHED = {"synchronize_session": "fetch"}
"""What the database alone can tell of rows is told to the session too."""


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
    return is_met and wants_messages(person)


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
    lately = Notice.due_at >= now - EARLIEST
    of_person = Notice.person_id == person.id
    rows = select(Notice).where(of_person, Notice.kind.in_(REMINDERS), lately)
    return session.scalars(rows.execution_options(populate_existing=True)).all()


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
        if reminder and (row.state is NoticeState.PLANNED or _comes_again(row, reminder, now)):
            _put(row, reminder)
        elif row.state is NoticeState.PLANNED and row.due_at >= now - LATEST_USE:
            unwanted.append(row)
    _take_away(session, unwanted, now)
    new = [_values(person, reminder) for reminder in by_key.values()]
    if new:
        session.execute(insert(Notice), new)


def _take_away(session: Session, unwanted: Sequence[Notice], now: datetime) -> None:
    """Remove reminders that are not wanted any more, but those that somebody has just taken.

    What was tried already keeps its row: it may have reached one phone and not yet another.
    """
    if not unwanted:
        return
    waits = (
        Notice.id.in_([row.id for row in unwanted])
        & (Notice.state == NoticeState.PLANNED)
        & (Notice.claim.is_(None) | (Notice.next_try_at <= now))
    )
    untried = delete(Notice).where(waits, Notice.tries == 0)
    session.execute(untried, execution_options=FETCHED)
    if any(row.tries for row in unwanted):
        went = exists().where(Delivery.notice_id == Notice.id, Delivery.outcome == Sent.ACCEPTED)
        state = case((went, NoticeState.ACCEPTED), else_=NoticeState.SILENT)
        tried = update(Notice).where(waits).values(state=state, settled_at=now, claim=None)
        session.execute(tried, execution_options=FETCHED)


def _is_on_its_way(row: Notice, now: datetime) -> bool:
    """Say whether somebody is sending it at this moment."""
    is_planned = row.state is NoticeState.PLANNED
    return is_planned and row.claim is not None and row.next_try_at > now


def _comes_again(row: Notice, reminder: Reminder, now: datetime) -> bool:
    """Say whether what never went is still to come: the clock was wrong, or the zone is another."""
    return row.state in NEVER_WENT and reminder.due_at > now


def _put(row: Notice, reminder: Reminder) -> None:
    row.useful_until = reminder.useful_until
    if row.due_at != reminder.due_at or row.state is not NoticeState.PLANNED:
        row.due_at = row.next_try_at = reminder.due_at
        row.state, row.settled_at, row.claim = NoticeState.PLANNED, None, None


def _values(person: Person, reminder: Reminder) -> dict[str, Any]:
    return {
        "person_id": person.id,
        "participant_id": person.id,
        "kind": reminder.kind,
        "key": reminder.key,
        "task_id": reminder.task_id,
        "day": reminder.day,
        "due_at": reminder.due_at,
        "useful_until": reminder.useful_until,
        "next_try_at": reminder.due_at,
    }
