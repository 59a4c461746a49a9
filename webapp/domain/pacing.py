"""What a pace makes of a plan: new days for what may move, computed from values alone.

Everything starts from what was agreed, never from what an earlier pace has made of it: so the
way back is exact. docs/pace.md says the same in words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from webapp.domain import rarer
from webapp.domain.schedules import Schedule, next_day
from webapp.models.person import Pace

MOVABLE_REPEATS_A_DAY = 2
"""So many repeating things come on a day when they are spread over fewer days, where possible."""

WORKING_DAYS = frozenset(range(5))
"""The days of a week on which things may be put where the plan says nothing: Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How much comes at a pace. Single things are those that may move and come once."""

    singles_a_day: int
    singles_a_week: int
    days_between_next_steps: int
    proposals_at_once: int


RULES = {
    Pace.SLOWER: Rules(2, 6, 14, 1),
    Pace.STEADY: Rules(3, 12, 7, 3),
    Pace.FASTER: Rules(5, 25, 3, 5),
    Pace.PAUSE: Rules(0, 0, 14, 0),
}


@dataclass(frozen=True, slots=True)
class Movable:
    """Something that the workplace has not fixed: as it was agreed, and as it comes now.

    `is_held` says that the person has said something of it: what comes once then stays.
    """

    key: int
    agreed: Schedule
    now: Schedule
    is_meeting: bool = False
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """From one pace to another: what it is agreed to be, and the first days that may change.

    What stands before `first` is not touched. What stands between `first` and `free` has to
    move: in a pause. What has to move comes from `queue` on.
    """

    pace: Pace
    agreed_pace: Pace
    first: date
    free: date
    queue: date
    is_pause: bool = False

    @property
    def changes_nothing_agreed(self) -> bool:
        """Say whether this is the pace of the plan itself."""
        return self.is_pause or self.pace in (Pace.STEADY, self.agreed_pace)


def to_pace(pace: Pace, agreed_pace: Pace, today: date, *, ends_pause: bool = False) -> Turn:
    """Return the turn to a pace: from tomorrow on, or from today on where it ends a pause."""
    tomorrow = next_day(today)
    first = today if ends_pause else tomorrow
    return Turn(pace, agreed_pace, first, first, tomorrow)


def to_pause(going_by: Pace, agreed_pace: Pace, today: date, until: date) -> Turn:
    """Return the turn to a pause, from today to the day before `until`."""
    return Turn(going_by, agreed_pace, today, until, until, is_pause=True)


def reflow(things: Sequence[Movable], fixed: Sequence[Schedule], turn: Turn) -> dict[int, Schedule]:
    """Return the schedule of each thing from this turn on: new, or as it is.

    `fixed` is what the workplace has fixed: it shows on which days of the week the person works.
    """
    once = [thing for thing in things if thing.now.repeat is None]
    again = [thing for thing in things if thing.now.repeat is not None]
    return _repeating(again, turn) | _singles(once, _weekdays(things, fixed), turn)


def _weekdays(things: Iterable[Movable], fixed: Iterable[Schedule]) -> frozenset[int]:
    """Return the days of the week on which something of the plan repeats."""
    weeks = map(rarer.week_of, (*fixed, *(thing.agreed for thing in things)))
    return frozenset(day for week in weeks if week for day in week.days) or WORKING_DAYS


def _repeating(things: Sequence[Movable], turn: Turn) -> dict[int, Schedule]:
    """Return what repeats: in a pause as it is, slower with fewer days, else as it was agreed."""
    if turn.is_pause:
        return {thing.key: thing.now for thing in things}
    agreed = {thing.key: thing.agreed for thing in things}
    if turn.changes_nothing_agreed or turn.pace is not Pace.SLOWER:
        return agreed
    slower = _slower([thing for thing in things if rarer.comes_again(thing.agreed, turn.first)])
    return {
        key: schedule if rarer.comes_again(schedule, turn.first) else agreed[key]
        for key, schedule in (agreed | slower).items()
    }


def _slower(things: Sequence[Movable]) -> dict[int, Schedule]:
    """Return what comes less often: half of the days of a week, every second weekly meeting."""
    weeks = {thing.key: week for thing in things if (week := rarer.week_of(thing.agreed))}
    halved = {key: week for key, week in weeks.items() if len(week.days) > 1}
    others = {key: week for key, week in weeks.items() if key not in halved}
    fewer = rarer.fewer_days(halved, others.values(), MOVABLE_REPEATS_A_DAY)
    meetings = others.keys() & {thing.key for thing in things if thing.is_meeting}
    fewer |= {key: rarer.every_second(others[key]) for key in meetings}
    return {
        thing.key: rarer.in_week(thing.agreed, fewer[thing.key])
        for thing in things
        if thing.key in fewer
    }


@dataclass(slots=True)
class _Calendar:
    """How many single things stand on each day and in each week, while they are being placed."""

    rules: Rules
    weekdays: frozenset[int]
    days: Counter[date] = field(default_factory=Counter)
    weeks: Counter[int] = field(default_factory=Counter)

    def put(self, day: date) -> date:
        self.days[day] += 1
        self.weeks[_week(day)] += 1
        return day

    def find(self, day: date, own: date) -> date:
        """Return the first day with room, from `day` on: one of the week's days, or its own."""
        while day < date.max and not self._takes(day, own):
            day += timedelta(days=1)
        return day

    def _takes(self, day: date, own: date) -> bool:
        return (
            (day == own or day.weekday() in self.weekdays)
            and self.days[day] < self.rules.singles_a_day
            and self.weeks[_week(day)] < self.rules.singles_a_week
        )


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def _singles(
    things: Sequence[Movable], weekdays: frozenset[int], turn: Turn
) -> dict[int, Schedule]:
    """Return the days of what comes once, each after what came before it."""
    calendar = _Calendar(RULES[turn.pace], weekdays)
    held = [thing for thing in things if thing.is_held or thing.now.starts_on < turn.first]
    days = {thing.key: calendar.put(thing.now.starts_on) for thing in held}
    free = sorted(
        (thing for thing in things if thing.key not in days), key=lambda thing: _order(thing, turn)
    )
    days |= _meetings([thing for thing in free if thing.is_meeting], turn, calendar)
    place = _sooner if turn.pace is Pace.FASTER and not turn.changes_nothing_agreed else _in_turn
    days |= place([thing for thing in free if not thing.is_meeting], turn, calendar)
    return {thing.key: _on(thing, days[thing.key]) for thing in things}


def _base(thing: Movable, turn: Turn) -> Schedule:
    """Return what a turn starts from: a pause leaves what is, a pace returns to what was agreed."""
    return thing.now if turn.is_pause else thing.agreed


def _order(thing: Movable, turn: Turn) -> tuple[date, time, int]:
    base = _base(thing, turn)
    return base.starts_on, base.at or time.max, thing.key


def _on(thing: Movable, day: date) -> Schedule:
    """Return the thing on that day, unchanged where it stands there already."""
    if thing.now.starts_on == day:
        return thing.now
    return replace(thing.agreed, starts_on=day)


def _meetings(things: Sequence[Movable], turn: Turn, calendar: _Calendar) -> dict[int, date]:
    """Place meetings: two people have agreed on the day, so only a pause moves it."""
    days, queued_to = {}, turn.queue
    for thing in things:
        known = (_base(thing, turn).starts_on, thing.now.starts_on)
        day = next((day for day in known if day >= turn.free), None)
        if day is None:
            day = queued_to = calendar.find(queued_to, date.max)
        days[thing.key] = calendar.put(day)
    return days


def _in_turn(things: Sequence[Movable], turn: Turn, calendar: _Calendar) -> dict[int, date]:
    """Place things on their day or after it. The pace of the plan moves only what has to."""
    days, moved_to = {}, date.min
    for thing in things:
        own = _base(thing, turn).starts_on
        day = own if own >= turn.free else turn.queue
        may_stay = turn.changes_nothing_agreed and own >= turn.free and own > moved_to
        if not may_stay:
            day = moved_to = calendar.find(max(day, moved_to), own)
        days[thing.key] = calendar.put(day)
    return days


def _sooner(things: Sequence[Movable], turn: Turn, calendar: _Calendar) -> dict[int, date]:
    """Place things as soon as there is room, and never after their own day."""
    days, found, queued_to = {}, turn.queue, date.min
    for thing in things:
        own = thing.agreed.starts_on
        found = calendar.find(found, own)
        if own < turn.free:
            day = queued_to = found
        else:
            day = min(found, max(own, queued_to))
        days[thing.key] = calendar.put(day)
    return days
