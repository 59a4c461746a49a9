"""What the person says to proposals, and to what others changed without them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import clocks, differences, help_requests, proposals, subjects, things, undoing
from webapp.domain.differences import Things
from webapp.domain.effects import Effect
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.repeats import today_in
from webapp.domain.verbs import PLAN_VERBS
from webapp.models.change import Answer, Change, Outcome
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.person import Person

LONGEST_WAIT = timedelta(days=366)
"""How far away the day may be on which something comes back."""


def answer(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say yes, not now, no or "let's talk" to proposed changes; every answer may change later.

    A yes applies them all or none, but for those of which the person has said something later.
    Raises RuleBroken ("withdrawn"), or ("plan_moved_on") where the plan is no longer as the
    person saw it: they look again before they answer.
    """
    said = _read(change.wanted)
    until = _read_day(change, today_in(participant.time_zone, now))
    asked = _still_open(session, change, participant)
    if any(each.withdrawn_at for each in asked):
        raise RuleBroken("withdrawn")
    before = {str(each.id): each.answer for each in asked}
    if said is Answer.YES:
        _check_seen(session, asked, participant, change.wanted.get("seen"))
    # What was applied first is taken back last.
    for each in asked if said is Answer.YES else reversed(asked):
        if _settle(session, each, said, participant, now):
            _keep_word(session, change, each, participant)
        each.comes_back_on = until if said is Answer.NOT_NOW else None
    if said is Answer.TALK and not _is_talked_about(session, asked[0]):
        help_requests.open_about(session, change, participant, HelpReason.TALK, asked[0], now)
    return Effect({"answers": before}, {"answers": {key: said for key in before}})


def _still_open(session: Session, change: Change, participant: Person) -> Sequence[Change]:
    """Return the changes that an answer speaks of, but those that have a later answer."""
    numbers = change.wanted["changes"]
    asked = proposals.find_changes(session, participant, change.actor_id, numbers)
    about = subjects.names(session, participant, change)
    late = clocks.overtaken(clocks.last_words(session, participant, about), change)
    return [each for each in asked if f"change {each.id}" not in late]


def _keep_word(session: Session, change: Change, each: Change, participant: Person) -> None:
    """A yes, or taking it back, is the person's word on what was proposed, too."""
    about = subjects.names(session, participant, each)
    words = clocks.last_words(session, participant, about)
    clocks.keep(session, participant, change, about, words)


def _is_talked_about(session: Session, asked: Change) -> bool:
    """Say whether a call to talk about this is open already."""
    open_call = select(HelpRequest.id).where(
        HelpRequest.about_change_id == asked.id,
        HelpRequest.about == HelpReason.TALK,
        HelpRequest.closed_at.is_(None),
    )
    return session.scalars(open_call).first() is not None


def _read(wanted: dict[str, Any]) -> Answer:
    try:
        return Answer(wanted["answer"])
    except (KeyError, ValueError) as error:
        raise RuleBroken("unknown_answer") from error


def _read_day(change: Change, today: date) -> date | None:
    """Return the day on which a proposal comes back; None until the person says so.

    It may have come while the answer waited on a phone: then the proposal comes back at once.
    """
    written = change.wanted.get("until")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError as error:
        raise RuleBroken("unknown_answer") from error
    first = today - LONGEST_WAIT if clocks.has_waited(change) else today
    if day and not first < day <= today + LONGEST_WAIT:
        raise RuleBroken("not_a_later_day")
    return day


def _settle(
    session: Session, each: Change, said: Answer, participant: Person, now: datetime
) -> bool:
    """Apply a change that now is a yes, take back one that was; otherwise only keep the answer.

    Say whether the plan is different then.
    """
    was = each.answer
    if said is Answer.YES and was is not Answer.YES:
        effect = undoing.do_again(session, each, participant, now) or PLAN_VERBS[each.verb].apply(
            session, each, participant, now
        )
        session.add(proposals.line(each, effect, now, yes_of=participant))
    if was is Answer.YES and said is not Answer.YES:
        undoing.take_back(session, each, participant, now)
    each.answer, each.answered_at = said, now
    session.flush()
    return Answer.YES in (was, said) and was is not said


def _check_seen(
    session: Session, asked: Sequence[Change], participant: Person, seen: str | None
) -> None:
    """Raise RuleBroken where the plan is not what the person saw when they said yes.

    Who did not say what they saw has seen what was proposed. A yes that counts already asks
    nothing.
    """
    to_apply = [each for each in asked if each.answer is not Answer.YES]
    if not to_apply:
        return
    effects = proposals.proposed_effects(session, to_apply)
    if seen is None:
        seen = fingerprint_of(effects, {key: e.before or {} for key, e in effects.items()})
    if seen != fingerprint_of(effects, look(session, participant, effects)):
        raise RuleBroken("plan_moved_on")


def look(session: Session, participant: Person, effects: dict[int, Effect]) -> dict[int, Things]:
    """Return the things that proposed changes would touch, as they are now, by change."""
    names = {number: differences.existing(effect) for number, effect in effects.items()}
    every = sorted({name for some in names.values() for name in some})
    found = things.look_at(session, participant, every)
    return {number: {name: found[name] for name in some} for number, some in names.items()}


def fingerprint_of(effects: dict[int, Effect], looks: dict[int, Things]) -> str:
    """Return a short text for what the person sees before they say yes."""
    seen = {}
    for number, effect in sorted(effects.items()):
        fields = differences.touched(effect)
        known = {name: looks[number][name] for name in differences.existing(effect)}
        seen[str(number)] = differences.picked(known, fields)
    return differences.fingerprint(seen)


def notice(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Put aside what the person was told. Nobody else sees that they did."""
    told = _told(session, participant, change.wanted["change"], now)
    return Effect(None, {"noticed": told.id})


def say_problem(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say "this is a problem for me" to what others changed: a human answers."""
    told = _told(session, participant, change.wanted["change"], now)
    help_requests.open_about(session, change, participant, HelpReason.PROBLEM, told, now)
    return Effect(None, {"problem": told.id})


def _told(session: Session, participant: Person, change_id: Any, now: datetime) -> Change:
    """Return a change that the person was told of, and put it aside. Raises NotFound for others."""
    told = undoing.get_change(session, participant, change_id)
    if not told.person_is_told or told.outcome is not Outcome.APPLIED:
        raise NotFound
    told.noticed_at = told.noticed_at or now
    return told


def welcome(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Let the plan begin: the person has seen what this is. Nothing is a yes to anything."""
    participant.welcomed_at = participant.welcomed_at or now
    return Effect(None, {"welcomed": True})
