"""The pace of a person in time: which one counts on a day, and until when a pause lasts."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.models.person import Pace, Person

Step = list[str]
"""A day in ISO form, and the pace that counts from that day on."""


@dataclass(frozen=True, slots=True)
class PaceNow:
    """The pace on a day. In a pause: the first day after it, and the pace that comes back then."""

    pace: Pace
    until: date | None
    going_by: Pace

    @property
    def is_paused(self) -> bool:
        """Say whether nothing movable comes on this day."""
        return self.pace is Pace.PAUSE


def pace_on(participant: Person, day: date) -> Pace:
    """Return the pace that counts on a day: the one of the last step at or before it.

    Before the first step it is the pace at which the plan was agreed.
    """
    reached = [pace for since, pace in participant.paces if date.fromisoformat(since) <= day]
    return Pace(reached[-1]) if reached else participant.agreed_pace


def is_paused(participant: Person, day: date) -> bool:
    """Say whether nothing movable and no reminder comes on a day."""
    return pace_on(participant, day) is Pace.PAUSE


def find_now(participant: Person, day: date) -> PaceNow:
    """Return the pace on a day, and what comes after a pause."""
    pace = pace_on(participant, day)
    if pace is not Pace.PAUSE:
        return PaceNow(pace, None, pace)
    chosen = [(date.fromisoformat(since), Pace(each)) for since, each in participant.paces]
    going = [(since, each) for since, each in chosen if each is not Pace.PAUSE]
    for since, each in going:
        if since > day:
            return PaceNow(pace, since, each)
    before = [each for _since, each in going]
    fallback = Pace.STEADY if participant.agreed_pace is Pace.PAUSE else participant.agreed_pace
    return PaceNow(pace, None, before[-1] if before else fallback)


def days_of_pause(participant: Person, first: date, last: date) -> Set[date]:
    """Return the days of a pause in an interval, both ends included."""
    if not participant.paces:
        return frozenset()
    each_day = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day for day in each_day if is_paused(participant, day)}


def from_day_on(participant: Person, wanted: Sequence[Step], day: date) -> list[Step]:
    """Return the steps of a participant before a day, and the `wanted` ones from that day on.

    What has counted on a day that has passed never changes.
    """
    past = [step for step in participant.paces if date.fromisoformat(step[0]) < day]
    coming = [list(step) for step in wanted if date.fromisoformat(step[0]) >= day]
    if not coming or date.fromisoformat(coming[0][0]) > day:
        pace = _last_before(wanted, day, participant)
        if pace != _last_before(past, day, participant):
            coming.insert(0, [day.isoformat(), pace])
    return [*past, *coming]


def _last_before(steps: Sequence[Step], day: date, participant: Person) -> str:
    before = [pace for since, pace in steps if date.fromisoformat(since) < day]
    return before[-1] if before else participant.agreed_pace.value
