"""The moments that are offered where the person says "later"."""

from datetime import date, datetime, time, timedelta

from webapp.domain.days import Occurrence
from webapp.domain.repeats import instant, wall_clock
from webapp.models.person import Person

EVENING = time(21, 0)
"""No time later than this is offered for "later": the next choice is tomorrow."""

QUARTER_MINUTES, HOUR_MINUTES, DAY_MINUTES = 15, 60, 24 * 60


def later_choices(
    occurrence: Occurrence, participant: Person, now: datetime, *, for_later: bool = False
) -> list[tuple[date, time | None]]:
    """Return the moments offered for "later": three more today, then two tomorrow.

    Times are whole quarters of an hour, at least half an hour, one hour and two hours after now,
    or after its own time where that is still to come. Times that the clock jumps over are left
    out. What is offered `for_later` goes on with every full hour, for a page that somebody opens
    at any time of the day.
    """
    today, clock = wall_clock(now, participant.time_zone)
    own = occurrence.at if occurrence.on == today and occurrence.at else clock
    minute = max(clock.hour * 60 + clock.minute, own.hour * 60 + own.minute)
    ahead = [_quarter(minute + wait) for wait in (30, 60, 120)]
    if for_later:
        ahead += range((ahead[-1] // HOUR_MINUTES + 1) * HOUR_MINUTES, DAY_MINUTES, HOUR_MINUTES)
    times = [time(*divmod(at, 60)) for at in ahead if at <= EVENING.hour * 60]
    tomorrow = today + timedelta(days=1)
    timed = [
        *((today, at) for at in times),
        *([(tomorrow, occurrence.at)] if occurrence.at else []),
    ]
    zone = participant.time_zone
    exist = [
        (day, at) for day, at in timed if wall_clock(instant(day, at, zone), zone) == (day, at)
    ]
    return [*exist, (tomorrow, None)]


def _quarter(minute: int) -> int:
    """Round up to a whole quarter of an hour."""
    return -(-minute // QUARTER_MINUTES) * QUARTER_MINUTES
