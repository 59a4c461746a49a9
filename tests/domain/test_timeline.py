"""The line of time of a day: tasks, free time and now, for any day that there can be."""

from datetime import date, time, timedelta
from random import Random

import pytest

from webapp.domain import timeline
from webapp.domain.days import Day, Occurrence
from webapp.domain.repeats import instant, wall_clock
from webapp.domain.timeline import Kind, Line, Part, Piece
from webapp.models.mark import MarkState
from webapp.models.text import BilingualText

MONDAY = date(2026, 11, 23)
SEEDS = range(300)


def occurrence(
    at: time | None, minutes: int = 30, mark: MarkState | None = None, task_id: int = 1
) -> Occurrence:
    return Occurrence(
        task_id=task_id,
        day=MONDAY,
        on=MONDAY,
        at=at,
        minutes=minutes,
        title=BilingualText(en=f"T{task_id}"),
        description=BilingualText(),
        place=BilingualText(),
        picture="broom",
        fixed=False,
        steps=0,
        mark=mark,
    )


def at(hour: int, minute: int = 0, minutes: int = 30, mark: MarkState | None = None) -> Occurrence:
    return occurrence(time(hour, minute), minutes, mark)


def day(*occurrences: Occurrence) -> Day:
    timed = sorted((each for each in occurrences if each.at), key=lambda each: str(each.at))
    return Day(MONDAY, tuple(timed), tuple(each for each in occurrences if each.at is None))


def any_day(seed: int) -> tuple[Day, int | None]:
    """Make a day with up to 20 tasks, some of which meet or go past midnight, and a time."""
    chance = Random(seed)  # noqa: S311 - days that come again, no secret
    marks = [None, None, *MarkState]
    made = [
        occurrence(
            time(chance.randrange(24), chance.choice((0, 15, 30, 59))),
            chance.choice((1, 5, 30, 90, 480)),
            chance.choice(marks),
            number,
        )
        for number in range(chance.randrange(21))
    ]
    without_time = [occurrence(None, task_id=30) for _each in range(chance.randrange(3))]
    return day(*made, *without_time), chance.choice((None, chance.randrange(24 * 60)))


def pieces(line: Line) -> list[Piece]:
    return [piece for part in line.parts for piece in part.pieces]


def said(line: Line) -> list[str]:
    """Write a line down: "9:00-9:30 task"."""

    def clock(minute: int) -> str:
        return f"{minute // 60}:{minute % 60:02d}"

    return [
        f"{clock(each.begins)}-{clock(each.ends)} {each.kind}" if each.minutes else each.kind
        for each in pieces(line)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_tasks_and_free_time_cover_the_day_once(seed: int) -> None:
    of, minute = any_day(seed)
    found = pieces(timeline.line(of, minute))
    busy = {m for each in found if each.kind is Kind.TASK for m in range(each.begins, each.ends)}
    free = [m for each in found if each.kind is Kind.FREE for m in range(each.begins, each.ends)]
    assert len(free) == len(set(free))
    assert busy.isdisjoint(free)
    whole = busy | set(free)
    if whole:
        first = min(each.begins for each in found if each.kind is not Kind.NOW)
        assert whole == set(range(first, max(whole) + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_doubled_or_out_of_order(seed: int) -> None:
    of, minute = any_day(seed)
    line = timeline.line(of, minute)
    tasks = [each.occurrence for each in pieces(line) if each.kind is Kind.TASK]
    assert tasks == list(of.timed)
    assert line.any_time == of.any_time
    assert [part.part for part in line.parts] == [p for p in Part if p in said_parts(line)]


def said_parts(line: Line) -> list[Part]:
    return [part.part for part in line.parts]


@pytest.mark.parametrize("seed", SEEDS)
def test_now_stands_once_and_only_today_after_what_is_over(seed: int) -> None:
    of, minute = any_day(seed)
    found = pieces(timeline.line(of, minute))
    marks = [number for number, each in enumerate(found) if each.kind is Kind.NOW]
    if minute is None or not of.timed:
        assert marks == []
        return
    [now] = marks
    assert all(each.is_over(minute) for each in found[:now])
    assert not any(each.is_over(minute) for each in found[now + 1 : now + 2])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_part_of_the_day_comes_to(seed: int) -> None:
    of, minute = any_day(seed)
    for part in timeline.line(of, minute).parts:
        to_do = [p for p in part.pieces if p.kind is Kind.TASK and not p.is_put_aside]
        covered = {m for piece in to_do for m in range(piece.begins, piece.ends)}
        assert (part.tasks, part.minutes) == (len(to_do), len(covered))
        last = max(covered, default=None)
        assert part.ends == (None if last is None else timeline.clock_time(last + 1))


def test_a_morning_with_free_time() -> None:
    line = timeline.line(day(at(9), at(11, 15, minutes=45), at(14)))
    assert said(line) == [
        "9:00-9:30 task",
        "9:30-11:15 free",
        "11:15-12:00 task",
        "12:00-14:00 free",
        "14:00-14:30 task",
    ]
    morning, afternoon = line.parts
    assert (morning.part, morning.tasks, morning.minutes, morning.ends) == (
        Part.MORNING,
        2,
        75,
        time(12),
    )
    assert [piece.kind for piece in morning.pieces][-1] is Kind.FREE
    assert (afternoon.part, afternoon.tasks) == (Part.AFTERNOON, 1)


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (8 * 60, ["now", "8:00-9:00 free", "9:00-9:30 task", "9:30-10:00 free"]),
        (9 * 60, ["now", "9:00-9:30 task", "9:30-10:00 free"]),
        (9 * 60 + 29, ["now", "9:00-9:30 task", "9:30-10:00 free"]),
        (9 * 60 + 30, ["9:00-9:30 task", "now", "9:30-10:00 free"]),
        (9 * 60 + 40, ["9:00-9:30 task", "9:30-9:40 free", "now", "9:40-10:00 free"]),
        (23 * 60, ["9:00-9:30 task", "9:30-10:00 free", "10:00-10:30 task", "now"]),
    ],
)
def test_where_now_stands(minute: int, expected: list[str]) -> None:
    line = timeline.line(day(at(9), at(10)), minute)
    assert said(line)[: len(expected)] == expected


def test_what_is_done_is_behind_before_its_time_is_over() -> None:
    line = timeline.line(day(at(9, mark=MarkState.DONE), at(9, 30)), 9 * 60 + 10)
    assert said(line) == ["9:00-9:30 task", "now", "9:30-10:00 task"]


def test_what_is_not_for_today_takes_no_time() -> None:
    line = timeline.line(day(at(9), at(10, mark=MarkState.NOT_TODAY), at(11)))
    assert said(line) == [
        "9:00-9:30 task",
        "9:30-10:00 free",
        "task",
        "10:00-11:00 free",
        "11:00-11:30 task",
    ]
    assert line.parts[0].tasks == 2


def test_a_part_with_nothing_left_to_do_comes_to_nothing() -> None:
    [part] = timeline.line(day(at(9, mark=MarkState.NOT_TODAY))).parts
    assert (part.tasks, part.minutes, part.ends) == (0, 0, None)


def test_what_meets_counts_once_and_leaves_no_free_time_inside() -> None:
    line = timeline.line(day(at(9, minutes=120), at(9, 30), at(11, 30)))
    assert said(line) == [
        "9:00-11:00 task",
        "9:30-10:00 task",
        "11:00-11:30 free",
        "11:30-12:00 task",
    ]
    assert line.parts[0].minutes == 150


def test_what_goes_past_midnight_ends_on_the_next_day() -> None:
    line = timeline.line(day(at(23, 30, minutes=90)))
    [part] = line.parts
    assert (part.part, part.minutes, part.ends) == (Part.EVENING, 90, time(1))
    assert timeline.ends_at(at(23, 30, minutes=90)) == time(1)
    assert timeline.ends_at(at(23, 30)) == time(0)
    assert timeline.ends_at(occurrence(None)) is None


def test_what_goes_on_at_noon_keeps_now_in_the_morning() -> None:
    line = timeline.line(day(at(11, 30, minutes=60), at(13)), 12 * 60 + 10)
    morning, afternoon = line.parts
    assert [piece.kind for piece in morning.pieces] == [Kind.NOW, Kind.TASK, Kind.FREE]
    assert [piece.kind for piece in afternoon.pieces] == [Kind.TASK]


def test_an_empty_day_has_no_line_and_no_now() -> None:
    assert timeline.line(day(), 600).is_empty
    line = timeline.line(day(occurrence(None)), 600)
    assert (line.parts, len(line.any_time), line.is_empty) == ((), 1, False)


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("Europe/Paris", date(2026, 3, 29)),
        ("Europe/Paris", date(2026, 10, 25)),
        ("America/Toronto", date(2026, 3, 8)),
        ("America/Toronto", date(2026, 11, 1)),
    ],
)
def test_on_days_when_clocks_change_the_wall_clock_counts(zone: str, on: date) -> None:
    today, clock = wall_clock(instant(on, time(8, 20), zone), zone)
    of = Day(on, (at(1), at(9)), ())
    [line, other] = timeline.lines([of, Day(on + timedelta(days=1), of.timed, ())], today, clock)
    assert said(line) == [
        "1:00-1:30 task",
        "1:30-8:20 free",
        "now",
        "8:20-9:00 free",
        "9:00-9:30 task",
    ]
    assert said(other) == ["1:00-1:30 task", "1:30-9:00 free", "9:00-9:30 task"]


def test_the_longest_task_fills_the_bar_and_an_hour_at_least() -> None:
    short, long = timeline.line(day(at(9))), timeline.line(day(at(9), occurrence(None, 200)))
    assert timeline.longest_minutes([]) == 60
    assert timeline.longest_minutes([short]) == 60
    assert timeline.longest_minutes([short, long]) == 200
