"""The rows of the table that tell what reminders cost: to plan, to find, to send."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks import handing_over, mailbags, visits, waiting
from benchmarks.handing_over import Round
from benchmarks.plans import TASKS, fill
from benchmarks.push_sink import sink
from benchmarks.stores import NewUrl
from benchmarks.table import Row
from benchmarks.visits import Ratio

FEW, MANY = 1_000, 1_000_000
"""Notices that wait."""

AT_ONCE = 10_000
"""Messages that are due in the same minute."""

ROUND = 3_000
ROUNDS = 5
DELAY_SECONDS = 0.05
"""As long as a push service lets us wait for its answer."""

FLAT = "1, flat"
REPLAN = "3 or less"


def rows(new_url: NewUrl, folder: Path) -> Iterator[Row]:
    """Yield the rows of one database."""
    yield _replan(new_url)
    yield _claim(new_url)
    url = mailbags.fill_due(new_url("due"), AT_ONCE).url
    with sink(folder) as service:
        found = handing_over.rounds(url, service, ROUND, ROUNDS)
    yield Row("A message from due to settled, to its cryptography", _to_floor(found), "3 or less")
    with sink(folder, tls=True) as service:
        found = handing_over.rounds(url, service, ROUND, ROUNDS)
    yield Row("The same over TLS", _to_floor(found), "3.2 or less")
    with sink(folder, delay_seconds=DELAY_SECONDS) as service:
        [last] = handing_over.rounds(url, service, AT_ONCE, 1)
    yield from _by_the_clock(last)


def _replan(new_url: NewUrl) -> Row:
    costs = waiting.replan_costs(fill(new_url("replanned"), participants=2))
    found = visits.ratio(costs, "replan", "done")
    return Row(f"Reminders of {TASKS} moved tasks, to saying “done”", found, REPLAN)


def _claim(new_url: NewUrl) -> Row:
    databases = {
        str(number): waiting.let_wait(fill(new_url(f"waiting{number}")), number)
        for number in (FEW, MANY)
    }
    found = visits.ratio(waiting.claim_costs(databases), str(MANY), str(FEW))
    name = f"Time to take {waiting.DUE} due of {MANY:,} messages, to {FEW:,}"
    return Row(name, found, FLAT)


def _to_floor(found: Sequence[Round]) -> Ratio:
    each = [one.cost / one.floor for one in found]
    return Ratio(median(each), min(each), max(each))


def _by_the_clock(found: Round) -> Iterator[Row]:
    """Tell how fast one process on one processor is where each answer takes a while."""
    speed = f"{found.messages / found.seconds:,.0f}"
    late = f"{DELAY_SECONDS * 1000:.0f} ms"
    yield Row(f"Messages a second, answers after {late}", words=speed, wanted="1,000 or more")
    shares = [100 * found.handed_over_within(seconds) / found.messages for seconds in (10, 60)]
    words = " ".join(f"{share:.1f} %" for share in shares)
    name = f"{AT_ONCE:,} due at once: within 10 s, 60 s"
    yield Row(name, words=words, wanted="95 % and 99.9 %")
