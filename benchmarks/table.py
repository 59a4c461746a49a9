"""A table in plain text: what was compared, how it came out, and what is wanted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.visits import Ratio

TITLE = "Processor time of the server, as a ratio (uncompressed, unless said)"
WIDTH = len(TITLE) + 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a ratio, or words in the place of its three numbers."""

    name: str
    ratio: Ratio | None = None
    wanted: str = ""
    words: str = ""


def heading(name: str) -> Row:
    """Return a line that says on which database the next ones were measured."""
    return Row(name)


def count_row(name: str, counts: Sequence[int], wanted: str) -> Row:
    """Return a line of numbers that are no ratios."""
    return Row(name, wanted=wanted, words="  ".join(str(count) for count in counts))


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Return the lines of the table, each as soon as its row is there."""
    yield f"{TITLE:{WIDTH}}{'median':>8}{'min':>8}{'max':>8}  wanted"
    for row in rows:
        numbers = f"{row.words:>24}"
        if row.ratio:
            numbers = "".join(f"{number:8.2f}" for number in row.ratio)
        yield f"{row.name:{WIDTH}}{numbers}  {row.wanted}".rstrip()
