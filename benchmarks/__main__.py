"""Measures what pages cost the server, and prints one table of ratios."""

import sys
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import visits
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

GOAL = "4 or less"
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


def _counts(new_url: NewUrl) -> Iterator[Row]:
    plans = [fill(new_url(f"t{size}"), tasks=size) for size in PLAN_SIZES]
    sizes = ", ".join(str(size) for size in PLAN_SIZES)
    for path in ("/today", "/days", "/goals", "/help", "/me"):
        found = [statements_of(plan, plan.participant_token, path) for plan in plans]
        yield count_row(f"{path}: statements for {sizes} tasks", found, FEW)
    for path in ("/people", "/people/{}/today", "/people/{}/days"):
        found = [
            statements_of(plan, plan.coach_token, path.format(plan.participant_id))
            for plan in plans
        ]
        shown = path.format("<id>")
        yield count_row(f"{shown}: statements for {sizes} tasks", found, FEW)


if __name__ == "__main__":
    main()
