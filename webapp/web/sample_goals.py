"""Goals for the style guide: one on its way, and one in each other state."""

from datetime import date, timedelta

from webapp.domain.goals import Way
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState
from webapp.models.text import BilingualText


def sample_ways(day: date) -> tuple[Way, ...]:
    """Return a goal in each state that its card can show."""
    title = BilingualText(fr="Aller au travail sans aide", en="Go to work on my own")
    why = BilingualText(fr="J'aime choisir.", en="I like to choose.")
    goal = Goal(id=1, title=title, why=why, wanted_by=day, state=GoalState.OPEN)
    steps = {state: [_next_step(state)] for state in NextStepState}
    possible, done = steps[NextStepState.OPEN] * 2, steps[NextStepState.DONE]
    aside = steps[NextStepState.LATER] + steps[NextStepState.NOT_THIS]
    [chosen] = steps[NextStepState.CHOSEN]
    return (
        Way(goal, chosen, possible, aside, done * 2, None, is_paused=False),
        Way(goal, None, possible, aside, [], None, is_paused=False),
        Way(goal, None, possible, [], done, day + timedelta(days=7), is_paused=False),
        Way(goal, None, possible, [], done, None, is_paused=True),
    )


def _next_step(state: NextStepState) -> NextStep:
    return NextStep(
        id=1,
        title=BilingualText(fr="Prendre le bus 12", en="Take bus 12"),
        description=BilingualText(fr="Avec votre coach.", en="With your coach."),
        picture="bus",
        state=state,
        could_go_wrong=state is NextStepState.CHOSEN,
    )
