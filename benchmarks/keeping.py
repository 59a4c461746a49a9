"""The rows of the table that tell what it costs the server to render all that a phone keeps."""

from collections.abc import Iterator

from benchmarks import visits
from benchmarks.plans import TASKS, fill
from benchmarks.served import serving
from benchmarks.stores import NewUrl
from benchmarks.table import Row
from benchmarks.visits import Effort, Visitor

SOME = Effort(rounds=5, requests=1, warm_up=1)
"""One of them is as much as very many pages."""

SAME = "2 or less"


def rows(new_url: NewUrl) -> Iterator[Row]:
    """Yield the rows of one database."""
    plan = fill(new_url("kept"))
    with serving({"kept": plan}) as connection:
        visitor = Visitor(connection, "kept", plan)
        pages = {
            "today": visitor.page(plan.participant_token, "/today"),
            "anew": visitor.page(plan.participant_token, "/kept"),
            "same": visitor.page_again(plan.participant_token, "/kept"),
        }
        costs = visits.costs(connection, pages, SOME)
    name = f"/kept, {TASKS} tasks, made anew, to /today"
    yield Row(name, visits.ratio(costs, "anew", "today"))
    name = f"/kept, {TASKS} tasks, still the same, to /today"
    yield Row(name, visits.ratio(costs, "same", "today"), SAME)
