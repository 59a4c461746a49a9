"""Which pages a phone keeps: their addresses, and the days on which they will be looked at.

Only what is of use without a network, and what H19 allows: titles, pictures, times, ticks, contacts
of helpers and choices that wait. Never documents, private notes, or what is about other people.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.domain.days import Day, Occurrence
from webapp.domain.goals import Way, way_of
from webapp.domain.offline_class import Ahead
from webapp.domain.seen import Sheet
from webapp.models.person import Pace, Person
from webapp.models.plan import NextStep, NextStepState
from webapp.web.addresses import task_url
from webapp.web.help_calls import reason_choices
from webapp.web.options import settings

OF_EVERYBODY = ("/me", "/me/sending", "/not-kept", "/not-sent")
BEFORE_THE_WELCOME = ("/help", "/me", "/not-kept", "/not-sent")
OWN = (
    *("/goals", "/choices", "/choices/answered", "/help", "/help/ask", "/changes"),
    *("/me/pace", "/me/reminders", "/me/reminders/stop"),
    *OF_EVERYBODY,
)
REMINDER_QUESTIONS = ("when", "quiet", "quiet/hours", "most", "again", "lock-screen")
OWN_VIEW = ("well", "wrong", "helps", "feeling")
OF_A_PLAN = ("today", "days", "goals", "help", "choices")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A page to keep. `on` is the day on which it is looked at; see `who.Keeping`."""

    path: str
    on: date
    is_of_the_day: bool = False


def for_newcomer(today: date) -> list[Address]:
    """Return the addresses for a participant whose plan has not begun."""
    return [Address(path, today) for path in BEFORE_THE_WELCOME]


def for_participant(person: Person, ahead: Ahead, today: date) -> list[Address]:
    """Return the addresses for a participant, each once; what is alike stands side by side."""
    paths = [*OWN, *_questions(), *_goals(person, ahead, today), *_choices(ahead.sheets)]
    paths += [f"/days/{day.on}" for day in ahead.days]
    paths += [f"/help-requests/{call.id}" for call in ahead.calls]
    found = {Address(path, today) for path in paths}
    return sorted(found | set(_days(ahead.days, today)))


def for_coach(plans: Iterable[Person], today: date) -> list[Address]:
    """Return the addresses for a coach: their list, and the plans of the people on it."""
    of_plans = (f"/people/{person.id}/{last}" for person in plans for last in OF_A_PLAN)
    return [Address(path, today) for path in ("/people", *OF_EVERYBODY, *of_plans)]


def _days(days: Sequence[Day], today: date) -> Iterator[Address]:
    """Give Today and My days as of each day, and the page of each task, which is right on any.

    What "later" offers is right on the day of the task alone.
    """
    for day in days:
        yield Address("/today", day.on, is_of_the_day=True)
        yield Address("/days", day.on, is_of_the_day=True)
        for occurrence in (*day.timed, *day.any_time):
            yield from _task(occurrence, day.on, today)


def _task(occurrence: Occurrence, on: date, today: date) -> Iterator[Address]:
    path = task_url(occurrence)
    yield Address(path, today)
    if occurrence.may_move:
        yield Address(f"{path}/later", on)


def _questions() -> Iterator[str]:
    yield from (f"/help/ask/{reason.number}" for reason in reason_choices())
    yield from (f"/me/{name.replace('_', '-')}" for name in settings())
    yield from (f"/me/pace/{pace}" for pace in Pace)
    yield from (f"/me/reminders/{question}" for question in REMINDER_QUESTIONS)


def _goals(person: Person, ahead: Ahead, today: date) -> Iterator[str]:
    """Give the goals with the steps that may come next; of those that are over, only the goals."""
    for goal in ahead.goals:
        yield f"/goals/{goal.id}"
        way = way_of(goal, person, today)
        if way.is_open:
            yield from _way(way, ahead.tried)


def _way(way: Way, tried: set[int]) -> Iterator[str]:
    if way.possible:
        yield f"/goals/{way.goal.id}/choose"
    for step in way.goal.next_steps:
        if step.state is not NextStepState.DONE:
            yield f"/next-steps/{step.id}"
            yield from _try(step, tried)


def _try(step: NextStep, tried: set[int]) -> Iterator[str]:
    page = f"/next-steps/{step.id}/try"
    yield page
    if step.could_go_wrong:
        yield from (f"{page}/view/{part}" for part in OWN_VIEW)
    if step.id in tried:
        yield f"{page}/look-back"


def _choices(sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        page = f"/choices/{sheet.proposal.id}"
        yield from (page, f"{page}/not-now")
        if len(sheet.pieces) > 1:
            for piece in sheet.pieces:
                yield from (f"{page}/{piece.change.id}", f"{page}/{piece.change.id}/not-now")
