"""The line of time of a day: each task at its place, the free time between, and now.

Times are minutes of the participant's wall clock, counted from the midnight that begins the day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from itertools import groupby, zip_longest

from webapp.domain.days import Day, Occurrence
from webapp.models.mark import MarkState

DAY_MINUTES = 24 * 60
NOON, EVENING = 12 * 60, 18 * 60
SHORTEST_SCALE_MINUTES = 60


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Kind(StrEnum):
    """What a piece of the line is."""

    TASK = "task"
    FREE = "free"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Piece:
    """A task, free time, or the mark of now. What goes past midnight ends after 24 * 60."""

    kind: Kind
    begins: int
    ends: int
    occurrence: Occurrence | None = None

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return self.ends - self.begins

    @property
    def begins_at(self) -> time:
        """Return what the clock shows when it begins."""
        return clock_time(self.begins)

    @property
    def is_put_aside(self) -> bool:
        """Say whether the person said that it is not for today: then it takes no time."""
        return self.occurrence is not None and is_put_aside(self.occurrence)

    def is_over(self, minute: int) -> bool:
        """Say whether it is over at this minute: by the clock, or since the person did it."""
        is_done = self.occurrence is not None and self.occurrence.is_done
        return self.ends <= minute or (is_done and self.begins <= minute)


@dataclass(frozen=True, slots=True)
class DayPart:
    """The pieces of a morning, an afternoon or an evening, and what its tasks come to.

    `minutes` counts what overlaps once; `ends` is None where nothing is to do.
    """

    part: Part
    pieces: tuple[Piece, ...]
    tasks: int
    minutes: int
    ends: time | None


@dataclass(frozen=True, slots=True)
class Line:
    """A day from morning to night, and what may be done at any time of it."""

    on: date
    parts: tuple[DayPart, ...]
    any_time: tuple[Occurrence, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing stands on this day."""
        return not self.parts and not self.any_time


def clock_time(minute: int) -> time:
    """Return what a clock shows so many minutes after the midnight that began the day."""
    return time(*divmod(minute % DAY_MINUTES, 60))


def ends_at(occurrence: Occurrence) -> time | None:
    """Return what the clock shows when it ends; None where it has no time."""
    return clock_time(occurrence.ends_at_minute) if occurrence.at else None


def is_put_aside(occurrence: Occurrence) -> bool:
    """Say whether the person said that it is not for today."""
    return occurrence.mark is MarkState.NOT_TODAY


def lines(days: Iterable[Day], today: date | None, clock: time) -> list[Line]:
    """Return the line of each day; that of `today`, if there is one, has the mark of now."""
    minute = clock.hour * 60 + clock.minute
    return [line(day, minute if day.on == today else None) for day in days]


def line(day: Day, minute: int | None = None) -> Line:
    """Return the line of a day. `minute` is now, on the day that is today.

    What is free stands between the tasks, and today before the first one too.
    """
    pieces = [_task(each) for each in day.timed]
    if pieces and minute is None:
        pieces = list(_with_free(pieces, pieces[0].begins))
    elif pieces and minute is not None:
        free = _with_free(pieces, min(minute, pieces[0].begins))
        pieces = _with_now([half for piece in free for half in _split(piece, minute)], minute)
    return Line(day.on, tuple(_parts(pieces)), day.any_time)


def longest_minutes(lines: Iterable[Line]) -> int:
    """Return what the whole length of a bar means: the longest task, and an hour at least."""
    timed = (
        piece.minutes
        for line in lines
        for part in line.parts
        for piece in part.pieces
        if piece.kind is Kind.TASK
    )
    without_time = (each.minutes for line in lines for each in line.any_time)
    return max([SHORTEST_SCALE_MINUTES, *timed, *without_time])


def _task(occurrence: Occurrence) -> Piece:
    ends = occurrence.ends_at_minute
    begins = ends - occurrence.minutes
    return Piece(Kind.TASK, begins, begins if is_put_aside(occurrence) else ends, occurrence)


def _with_free(tasks: Sequence[Piece], reached: int) -> Iterator[Piece]:
    """Give the tasks in their order, and the free time that lies before each of them."""
    for task in tasks:
        if task.begins > reached:
            yield Piece(Kind.FREE, reached, task.begins)
        yield task
        reached = max(reached, task.ends)


def _split(piece: Piece, minute: int) -> tuple[Piece, ...]:
    """Cut free time in two where now lies inside it."""
    if piece.kind is Kind.FREE and piece.begins < minute < piece.ends:
        return replace(piece, ends=minute), replace(piece, begins=minute)
    return (piece,)


def _with_now(pieces: list[Piece], minute: int) -> list[Piece]:
    """Put the mark of now before the first piece that is not over."""
    waits = (number for number, piece in enumerate(pieces) if not piece.is_over(minute))
    at = next(waits, len(pieces))
    return [*pieces[:at], Piece(Kind.NOW, minute, minute), *pieces[at:]]


def _parts(pieces: list[Piece]) -> Iterator[DayPart]:
    """Give the parts of the day that hold something, in their order."""
    placed = zip(_parts_of(pieces), pieces, strict=True)
    for part, group in groupby(placed, key=lambda each: each[0]):
        yield _day_part(part, tuple(piece for _part, piece in group))


def _parts_of(pieces: Sequence[Piece]) -> Iterator[Part]:
    """Give the part of each piece: free time stays with what stands before it.

    Now stands with the task that goes on, should it have begun in the part before.
    """
    part = Part.MORNING
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.kind is Kind.NOW and following:
            part = _part(min(piece.begins, following.begins))
        elif piece.kind is not Kind.FREE:
            part = _part(piece.begins)
        yield part


def _part(minute: int) -> Part:
    if minute < NOON:
        return Part.MORNING
    return Part.AFTERNOON if minute < EVENING else Part.EVENING


def _day_part(part: Part, pieces: tuple[Piece, ...]) -> DayPart:
    to_do = [piece for piece in pieces if piece.kind is Kind.TASK and not piece.is_put_aside]
    minutes, reached = 0, 0
    for piece in to_do:
        minutes += max(0, piece.ends - max(piece.begins, reached))
        reached = max(reached, piece.ends)
    ends = clock_time(reached) if to_do else None
    return DayPart(part, pieces, len(to_do), minutes, ends)
