"""The one door: an actor asks for a change on a participant's plan, and this decides and keeps it.

Whatever comes through leaves a line in the history and a receipt under the id that the phone
gave it. The same id again changes nothing and answers the same, which makes it safe to send
again what may not have arrived.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.domain import (
    answers,
    clocks,
    help_requests,
    notices,
    proposals,
    reminders,
    subjects,
    undoing,
)
from webapp.domain.effects import Effect, Verb
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.domain.rights import NOT_OF_THE_PLAN, Cell, Kind, Only, Right, cell
from webapp.domain.verbs import PLAN_VERBS, is_own_task
from webapp.models.change import Change, Outcome, Receipt
from webapp.models.help import HelpReason
from webapp.models.person import Person
from webapp.models.text import BilingualText

VERBS = {
    **PLAN_VERBS,
    "proposal.answer": Verb(Kind.ANSWER, answers.answer),
    "proposal.send": Verb(Kind.PROPOSAL, proposals.send),
    "proposal.withdraw": Verb(Kind.PROPOSAL, proposals.withdraw),
    "plan.welcome": Verb(Kind.ANSWER, answers.welcome),
    "change.noticed": Verb(Kind.ANSWER, answers.notice),
    "change.problem": Verb(Kind.HELP_REQUEST, answers.say_problem),
}

OUTCOMES = {
    Right.DOES: Outcome.APPLIED,
    Right.PROPOSES: Outcome.PROPOSED,
    Right.ASKS: Outcome.ASKED,
    Right.NEVER: Outcome.REFUSED,
}

UNDO = "change.undo"
"""The person takes back what others explained of any task, whoever fixed its time."""

NOTHING = Effect(None, None)
UNCHANGED = Effect({}, {})
"""What was asked for stood there already: the history has nothing to tell of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a verb, its JSON values, and the id that the asking side gave it.

    `why` is the reason, in a sentence. With `together`, a proposal waits in the actor's list of
    changes until the list is sent as one. `clock` is its place among all that was said of the
    plan, as far as the phone `device_id` knew; None for what is said now. What has `waited` was
    kept on the phone until it could be sent.
    """

    client_id: str
    verb: str
    wanted: dict[str, Any]
    why: BilingualText = field(default_factory=BilingualText)
    together: bool = False
    clock: int | None = None
    device_id: int | None = None
    waited: bool = False


def make(
    session: Session, actor: Person, participant: Person, asked: Asked, now: datetime
) -> Outcome:
    """Apply, store as a proposal or request, or refuse what was asked for, and say which.

    Changes on one plan take turns, on any number of machines. Raises NotAllowed where the table
    says never: the refusal has left its line in the history, which the caller commits.
    Raises RuleBroken where the change makes no sense now: nothing is kept of it, and the same
    id may be tried again.
    """
    take_turn(session, participant)
    earlier = _earlier(session, actor, participant, asked)
    outcome = earlier or _decide(session, actor, participant, asked, now)
    if outcome is Outcome.REFUSED:
        raise NotAllowed
    return outcome


def right(
    session: Session, actor: Person, participant: Person, verb: str, wanted: dict[str, Any]
) -> Cell:
    """Return what the actor may do with this verb and these values, for pages to word it."""
    kind = VERBS[verb].kind_of(session, participant, wanted)
    given = cell(kind, actor, participant)
    is_limited = given.only is Only.OWN_TASKS and verb != UNDO
    if is_limited and not is_own_task(session, participant, wanted):
        return Cell(Right.ASKS)
    begins = participant.welcomed_at is None and participant.is_participant
    others = actor.id != participant.id and given.right is not Right.NEVER
    of_the_plan = kind not in NOT_OF_THE_PLAN
    if others and of_the_plan and (begins or _has_the_persons_yes(session, participant, wanted)):
        return Cell(Right.PROPOSES)
    return given


def _has_the_persons_yes(session: Session, participant: Person, wanted: dict[str, Any]) -> bool:
    """Say whether this would take back what the person has answered: then only they do it."""
    if "change" not in wanted:
        return False
    return undoing.get_change(session, participant, wanted["change"]).proposal_id is not None


def take_turn(session: Session, participant: Person) -> None:
    """Wait until no other transaction changes this plan, then see what it left.

    On PostgreSQL whatever was read of the plan before may be old by then, and is read again. On
    SQLite who may write holds the lock from the first look on.
    """
    session.flush()
    session.refresh(participant, with_for_update=True)
    if session.get_bind().dialect.name == "postgresql":
        session.expire_all()


def _earlier(session: Session, actor: Person, participant: Person, asked: Asked) -> Outcome | None:
    """Return what became of this id before, or None when it is new.

    Raises RuleBroken ("id_used_twice") where the id was used for something else. Values whose
    name begins with a line were added by the change itself.
    """
    receipt = session.get(Receipt, (actor.id, asked.client_id))
    if receipt is None:
        return None
    change = receipt.change
    if change is None:
        raise RuleBroken("id_used_twice")
    wanted = {name: value for name, value in change.wanted.items() if not name.startswith("_")}
    if (change.participant_id, change.verb, wanted) != (participant.id, asked.verb, asked.wanted):
        raise RuleBroken("id_used_twice")
    return change.outcome


def _decide(
    session: Session, actor: Person, participant: Person, asked: Asked, now: datetime
) -> Outcome:
    given = right(session, actor, participant, asked.verb, asked.wanted)
    change = _change(actor, participant, asked, given, now)
    session.add(change)
    session.flush()
    session.add(Receipt(actor_id=actor.id, client_id=asked.client_id, change_id=change.id))
    if given.needs_reason and not asked.why:
        raise RuleBroken("needs_reason")
    effect = _in_order(session, change, participant, asked, now)
    if effect == UNCHANGED and change.outcome is Outcome.APPLIED:
        change.person_is_told = False
    else:
        session.add(proposals.line(change, effect, now))
    session.flush()
    _tell(session, change, participant, now)
    return change.outcome


def _tell(session: Session, change: Change, participant: Person, now: datetime) -> None:
    """Write the messages that a change causes, and plan the person's reminders anew."""
    if change.outcome in (Outcome.REFUSED, Outcome.OVERTAKEN):
        return
    notices.write(session, change, participant, now)
    if change.outcome is Outcome.APPLIED:
        reminders.plan_for(session, participant, now)


def _change(actor: Person, participant: Person, asked: Asked, given: Cell, now: datetime) -> Change:
    return Change(
        participant_id=participant.id,
        actor_id=actor.id,
        verb=asked.verb,
        wanted={**asked.wanted, clocks.WAITED: True} if asked.waited else asked.wanted,
        why=asked.why,
        outcome=OUTCOMES[given.right],
        person_is_told=given.person_is_told,
        made_at=now,
        clock=clocks.tick(participant, asked.clock),
        device_id=asked.device_id,
    )


def _in_order(
    session: Session, change: Change, participant: Person, asked: Asked, now: datetime
) -> Effect:
    """Do what the outcome says, unless the person has said something else since.

    Then it is kept in the history alone: what was said later counts, whatever arrives first.
    """
    if change.outcome is not Outcome.APPLIED:
        return _act(session, change, participant, asked, now)
    about = subjects.names(session, participant, change)
    words = clocks.last_words(session, participant, about)
    late = clocks.overtaken(words, change)
    if late and (late == set(about) or change.verb not in subjects.EACH_ALONE):
        change.outcome, change.person_is_told = Outcome.OVERTAKEN, False
        return NOTHING
    effect = _act(session, change, participant, asked, now)
    clocks.keep(session, participant, change, about, words)
    return effect


def _act(
    session: Session, change: Change, participant: Person, asked: Asked, now: datetime
) -> Effect:
    """Do what the outcome says, and return what changed or would change."""
    verb = VERBS[change.verb]
    if change.outcome is Outcome.APPLIED:
        return verb.apply(session, change, participant, now)
    if change.outcome is Outcome.REFUSED:
        return NOTHING
    if change.outcome is Outcome.PROPOSED:
        proposals.join(session, change, participant, now, together=asked.together)
    else:
        help_requests.open_about(session, change, participant, HelpReason.FIXED_TIME, change, now)
    return proposals.rehearse(session, verb, change, participant, now)
