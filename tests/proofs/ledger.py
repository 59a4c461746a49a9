"""What a person did on a phone and what its screen said of it, and the judgement at the end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.proofs import rows
from tests.proofs.proxy import Passage
from tests.proofs.rows import Asked, Taken
from webapp.web.database import Database

KEPT, SENT, REFUSED = "waiting", "sent", "refused"
"""What a screen says of a tap: kept on this phone, sent, or that it could not be done."""


@dataclass
class Tap:
    """One tap. `id` is that of the row that the phone wrote; `said` when the screen said what.

    A tap without an id is one of which nothing was seen before the browser was killed.
    """

    asked: Asked
    subject: str
    id: str = ""
    said: dict[str, float] = field(default_factory=dict)


def asked_by(row: dict[str, Any]) -> Asked:
    """Return the form of which a phone has kept a row."""
    fields = dict(row["fields"])
    return row["address"].partition("#")[0], fields.get("ticked") or fields.get("choice", "")


@dataclass
class Ledger:
    """The taps of one phone, and what was seen beside them that no tap explains."""

    taps: list[Tap] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def hear(self, notes: Iterable[dict[str, Any]]) -> None:
        """Take what a page remembers (witness.js)."""
        for note in notes:
            if note["kind"] == "row":
                self._row(note)
            else:
                self._said(note)

    def _row(self, note: dict[str, Any]) -> None:
        """A row belongs to the latest tap on that form."""
        asked = asked_by(note)
        waiting = [each for each in self.taps if each.asked == asked and not each.id]
        if note["transaction"] not in ("strict", None):
            self.faults.append(f"{asked} is written with durability {note['transaction']}")
        if waiting:
            waiting[-1].id = note["id"]
        else:
            self.faults.append(f"{asked} is written down, and nobody tapped it")

    def _said(self, note: dict[str, Any]) -> None:
        """What the screen says may be the first that is seen of a tap before a battery ended."""
        kind, subject = note["kind"], note["subject"]
        unseen = [each for each in self.taps if each.subject == subject and not each.id]
        about = [each for each in self.taps if each.id == note["id"]] or unseen[-1:]
        if not any(words in note["words"] for words in note["says"]):
            self.faults.append(f"the screen says {note['words']} of what is {kind}")
        if note["isEarly"]:
            self.faults.append(f"the screen says {kind} of {subject} before it is written")
        for tap in about:
            tap.id = note["id"]
            tap.said.setdefault(kind, note["at"])
        if not about:
            self.faults.append(f"the screen says {kind} of {subject}, which nobody touched")


@dataclass(frozen=True)
class Evidence:
    """All that is known at the end. `refused` are the ids of which the phone says why not."""

    taps: list[Tap]
    taken: list[Taken]
    changes: int
    passages: list[Passage]
    refused: set[str] = field(default_factory=set)


def evidence(
    database: Database, person: int, ledgers: Iterable[Ledger], passages: list[Passage]
) -> Evidence:
    """Gather what is known of a person."""
    taken = rows.taken_of(database, person)
    taps = [tap for ledger in ledgers for tap in ledger.taps]
    return Evidence(taps, taken, rows.changes_of(database, person), passages)


def faults_of(seen: Evidence) -> list[str]:
    """Return every way in which the promise was broken, in words."""
    return [*_lost(seen), *_doubled(seen), *_untouched(seen), *_untrue(seen)]


def _lost(seen: Evidence) -> list[str]:
    there = {each.id for each in seen.taken} | seen.refused
    return [
        f"lost: {tap.asked}, of which the screen said {sorted(tap.said)}"
        for tap in seen.taps
        if tap.said and tap.id not in there
    ]


def _doubled(seen: Evidence) -> list[str]:
    of_changes = Counter(each.number for each in seen.taken)
    twice = [
        f"change {number} has {times} receipts" for number, times in of_changes.items() if times > 1
    ]
    if seen.changes != len(of_changes):
        twice.append(f"{seen.changes} changes stand there, {len(of_changes)} were sent")
    return twice


def _untouched(seen: Evidence) -> list[str]:
    """What no known row explains must be of a tap of which nothing was seen."""
    known = {tap.id for tap in seen.taps if tap.id}
    unseen = Counter(tap.asked for tap in seen.taps if not tap.id)
    strange = Counter(each.asked for each in seen.taken if each.id not in known)
    return [f"nobody tapped: {asked}, {times} times" for asked, times in (strange - unseen).items()]


def _untrue(seen: Evidence) -> list[str]:
    """Sent is said only after the server has answered that it has it."""
    answered: dict[str, float] = {}
    for each in seen.passages:
        if each.status == 200 and each.change:
            answered.setdefault(each.change, each.at)
    return [
        f"untrue: Sent of {tap.asked}, {tap.said[SENT]}, {answered.get(tap.id)}"
        for tap in seen.taps
        if SENT in tap.said and tap.said[SENT] < answered.get(tap.id, float("inf"))
    ]
