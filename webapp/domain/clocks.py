"""The order in which a person said things, whatever phone they said them on and when they arrive.

A clock counts the changes of a plan. A phone that keeps a change gives it the next number after
all that it knows of (Lamport 1978), so that what was said in the knowledge of something else
always comes after it. The time of a phone is never asked: it may be years off.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models.change import Change, LastWord
from webapp.models.person import Person

HIGHEST = 2_000_000_000
"""No clock goes further. A broken phone can bring a plan there; it cannot stop the plan."""

WAITED = "_waited"
"""Names the value of a change that was kept on a phone until it could be sent."""

Words = dict[str, LastWord]
"""What was said last, by the thing that it is about."""


def tick(participant: Person, told: int | None) -> int:
    """Return the clock of a change, and let the clock of the plan go on.

    `told` is what the phone gave it; without that it comes after everything. Every change moves
    the plan's clock, so that a page made before it never looks as new as one made after.
    """
    after_all = participant.plan_clock + 1
    clock = min(after_all if told is None else told, HIGHEST)
    participant.plan_clock = min(max(after_all, clock), HIGHEST)
    return clock


def has_waited(change: Change) -> bool:
    """Say whether a change was kept on a phone for a while: what it names may have passed."""
    return WAITED in change.wanted


def last_words(session: Session, participant: Person, about: Sequence[str]) -> Words:
    """Return what was said last of each of these things, with one statement."""
    if not about:
        return {}
    found = session.scalars(
        select(LastWord)
        .where(LastWord.participant_id == participant.id, LastWord.about.in_(about))
        .options(joinedload(LastWord.change))
    )
    return {each.about: each for each in found}


def overtaken(words: Words, change: Change) -> set[str]:
    """Return the things of which something later was said than this change.

    Where the clock of a plan has come to its end, whatever arrives is later than what is there.
    """
    if change.clock == HIGHEST:
        return set()
    return {about for about, word in words.items() if _place(word.change) > _place(change)}


def keep(
    session: Session, participant: Person, change: Change, about: Sequence[str], words: Words
) -> None:
    """Note that this change is the last word about these things, but for what was said later."""
    for each in set(about) - overtaken(words, change):
        if each in words:
            words[each].change = change
        else:
            session.add(LastWord(participant_id=participant.id, about=each, change_id=change.id))


def _place(change: Change) -> tuple[int, int]:
    """Return the place of a change in the order; of two that knew nothing of each other, the
    device decides, and it is the same on every server.
    """
    return change.clock, change.device_id or 0
