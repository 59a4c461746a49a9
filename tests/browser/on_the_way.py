"""Goals of somebody in the browser tests: one on the way, one at its beginning, one that ended."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from webapp.models.person import Person
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState
from webapp.models.text import BilingualText

FIRST = 90
BY = date(2027, 6, 30)
GOALS = (
    BilingualText(fr="Je travaille sans aide à la caisse.", en="I work alone at the till."),
    BilingualText(fr="Je parle à des collègues.", en="I talk to colleagues."),
    BilingualText(fr="Je nage chaque semaine.", en="I swim every week."),
)
STEPS = (
    BilingualText(fr="Je visite le magasin.", en="I visit the shop."),
    BilingualText(fr="Je regarde un collègue.", en="I watch a colleague."),
    BilingualText(fr="Je sers un client.", en="I serve one customer."),
    BilingualText(fr="Je sers 3 clients.", en="I serve 3 customers."),
    BilingualText(fr="Je ferme la caisse.", en="I close the till."),
    BilingualText(fr="J'ouvre la caisse.", en="I open the till."),
)
STATES = (
    NextStepState.DONE,
    NextStepState.DONE,
    NextStepState.CHOSEN,
    NextStepState.OPEN,
    NextStepState.LATER,
    NextStepState.NOT_THIS,
)


@dataclass(frozen=True)
class OnTheWay:
    """The goals by their ids, and the steps of the first by what was said of them."""

    walked: int
    fresh: int
    ended: int
    steps: dict[NextStepState, int]


def goals_on_the_way(session: Session, person: Person, now: datetime) -> OnTheWay:
    """Give a person three goals after those that they have."""
    walked = _goal(person, FIRST, STATES, now)
    fresh = _goal(person, FIRST + 1, (NextStepState.OPEN,) * 3, now)
    fresh.next_steps[2].could_go_wrong = True
    ended = _goal(person, FIRST + 2, (NextStepState.DONE,), now)
    ended.state = GoalState.LET_GO
    session.add_all((walked, fresh, ended))
    session.flush()
    return OnTheWay(
        walked.id, fresh.id, ended.id, {step.state: step.id for step in walked.next_steps}
    )


def _goal(person: Person, position: int, states: tuple[NextStepState, ...], now: datetime) -> Goal:
    return Goal(
        participant_id=person.id,
        position=position,
        title=GOALS[position - FIRST],
        why=BilingualText(fr="J'aime parler aux gens.", en="I like to talk to people."),
        wanted_by=BY,
        next_steps=[_step(number, state, now) for number, state in enumerate(states)],
    )


def _step(number: int, state: NextStepState, now: datetime) -> NextStep:
    return NextStep(
        position=number,
        title=STEPS[number],
        description=BilingualText(
            fr="Vous dites bonjour. Un collègue est à côté.",
            en="You say hello. A colleague stands beside you.",
        ),
        picture="money",
        state=state,
        state_since=None if state is NextStepState.OPEN else now - timedelta(days=1),
    )
