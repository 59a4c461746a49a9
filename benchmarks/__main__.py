"""Measures what pages cost the server, and prints one table of ratios."""

import sys
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import doors, keeping, offline, reminding, visits
from benchmarks.plans import TASKS, Filled, fill
from benchmarks.served import serving
from benchmarks.statements import statements_of
from benchmarks.stores import NewUrl, stores
from benchmarks.table import Row, count_row, heading, lines
from benchmarks.visits import Visit, Visitor, ratio

CROWDS = (10, 100, 1_000, 10_000)
"""Participants in a database."""
PLAN_SIZES = (10, 100, 400)
"""Tasks of a participant, all on one day."""
ENCODINGS = ("zstd", "br", "gzip")

REFLOW_SIZES = (50, 500, 5_000)
"""Tasks of a plan that gets another pace."""

GOAL = "4 or less"
ANSWER = "4 or less"
FLAT = "1, flat"
FEW = "6 or less"


def main() -> None:
    """Print the table."""
    for line in lines(_rows()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _rows() -> Iterator[Row]:
    for name, opened in stores().items():
        with TemporaryDirectory() as folder, opened(Path(folder)) as new_url:
            yield heading(name)
            yield from _ratios(new_url)
            yield from _counts(new_url)
            yield from _long_plan(new_url)
            yield _answer(new_url)
            yield from keeping.rows(new_url)
            yield from reminding.rows(new_url, Path(folder))
    yield heading("the pace, without a database")
    yield from _reflow()
    with TemporaryDirectory() as folder:
        yield from offline.rows(Path(folder))


def _ratios(new_url: NewUrl) -> Iterator[Row]:
    plans = {f"p{size}": fill(new_url(f"p{size}"), participants=size) for size in CROWDS}
    with serving(plans) as connection:
        yield from _to_floor(connection, plans["p10"])
        yield from _growth(connection, plans)


def _to_floor(connection: HTTPConnection, plan: Filled) -> Iterator[Row]:
    """Compare the pages with their floors, and with themselves when they are compressed."""
    visitor = Visitor(connection, "p10", plan)
    today = visitor.page(plan.participant_token, "/today")
    other = visitor.page(plan.coach_token, f"/people/{plan.participant_id}/today")
    compressed = {name: visitor.page(plan.participant_token, "/today", name) for name in ENCODINGS}
    costs = visits.costs(
        connection,
        {
            "today": today,
            "today's floor": visitor.floor("own", len(today())),
            "other": other,
            "other's floor": visitor.floor("supported", len(other())),
            **compressed,
        },
    )
    floor = ratio(costs, "today", "today's floor")
    yield Row(f"/today, {TASKS} tasks, to its floor", floor, GOAL)
    floor = ratio(costs, "other", "other's floor")
    yield Row(f"/people/<id>/today, {TASKS} tasks, to its floor", floor, GOAL)
    for name, visit in compressed.items():
        size = f"{len(visit()):,} of {len(today()):,} bytes"
        yield Row(f"/today with {name} ({size}), to without", ratio(costs, name, "today"))


def _growth(connection: HTTPConnection, plans: Mapping[str, Filled]) -> Iterator[Row]:
    """Compare the same page in databases with ever more people."""
    pages: dict[str, Visit] = {
        name: Visitor(connection, name, plan).page(plan.participant_token, "/today")
        for name, plan in plans.items()
    }
    costs = visits.costs(connection, pages)
    for size in CROWDS[1:]:
        found = ratio(costs, f"p{size}", f"p{CROWDS[0]}")
        yield Row(f"/today, {size:,} participants, to {CROWDS[0]}", found, FLAT)


def _long_plan(new_url: NewUrl) -> Iterator[Row]:
    """Compare a week of a long and full plan with a week that is as full in a short plan."""
    plans = {
        "week": fill(new_url("week"), single_days=7),
        "long": fill(new_url("long"), single_days=60),
    }
    with serving(plans) as connection:
        pages: dict[str, Visit] = {
            name: Visitor(connection, name, plan).page(plan.participant_token, "/days")
            for name, plan in plans.items()
        }
        costs = visits.costs(connection, pages)
    found = ratio(costs, "long", "week")
    yield Row("/days, 60 days of 20 tasks, to 7 days of 20", found, FLAT)


def _answer(new_url: NewUrl) -> Row:
    costs = doors.answer_costs(fill(new_url("answers")))
    return Row("A yes to a proposal, to saying “done”", ratio(costs, "answer", "done"), ANSWER)


def _reflow() -> Iterator[Row]:
    """Compare what each task of a plan costs when the person chooses "slower"."""
    costs = doors.reflow_costs(REFLOW_SIZES)
    least = REFLOW_SIZES[0]
    for size in REFLOW_SIZES[1:]:
        found = ratio(costs, str(size), str(least))
        yield Row(f"“Slower” for {size:,} tasks, each task, to {least}", found, FLAT)


def _counts(new_url: NewUrl) -> Iterator[Row]:
    plans = [fill(new_url(f"t{size}"), tasks=size) for size in PLAN_SIZES]
    sizes = ", ".join(str(size) for size in PLAN_SIZES)
    for path in ("/today", "/days", "/goals", "/help", "/me", "/choices", "/changes"):
        found = [statements_of(plan, plan.participant_token, path) for plan in plans]
        yield count_row(f"{path}: statements for {sizes} tasks", found, FEW)
    for path in ("/people", "/people/{}/today", "/people/{}/days", "/people/{}/choices"):
        found = [
            statements_of(plan, plan.coach_token, path.format(plan.participant_id))
            for plan in plans
        ]
        shown = path.format("<id>")
        yield count_row(f"{shown}: statements for {sizes} tasks", found, FEW)


if __name__ == "__main__":
    main()
