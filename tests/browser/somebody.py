"""Somebody new in the browser tests, whose plan has something of all that a person can answer."""

from dataclasses import dataclass

from tests import factories
from tests.browser.calling import Calls, calls_for_help
from tests.browser.following import must_be_done
from tests.browser.on_the_way import OnTheWay, goals_on_the_way
from tests.browser.risky import tried_step
from tests.browser.stage import LONG_NAME, MONDAY, NOW, Stage
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.person import Language, Person, Role


@dataclass(frozen=True)
class Somebody:
    """A participant and the ids of what is in their plan."""

    id: int
    risky: int
    unmarked: int
    follow_up: int
    task: int
    goals: OnTheWay
    calls: Calls

    def path(self, pattern: str) -> str:
        """Return an address: its names in brackets are ids, those of next steps are states."""
        steps = {str(state): number for state, number in self.goals.steps.items()}
        numbers = {"walked": self.goals.walked, "fresh": self.goals.fresh}
        return pattern.format(
            **steps,
            **numbers,
            ended=self.goals.ended,
            risky=self.risky,
            unmarked=self.unmarked,
            follow_up=self.follow_up,
            task=self.task,
            call=self.calls.waiting,
            closed=self.calls.closed,
        )


def somebody_new(stage: Stage, task: str, *said: tuple[str, dict[str, str]]) -> Somebody:
    """Make a participant whose plan has goals, a risk, calls for help, and what must be done.

    `said` are changes that they made themselves already: a verb and its values.
    """
    number = stage.newcomer(Language.EN)
    with stage.database.transaction() as session:
        person = session.get_one(Person, number)
        coach = factories.person(session, LONG_NAME, Role.COACH, NOW, language=Language.EN)
        factories.support(session, coach, person, NOW)
        risky, unmarked = tried_step(session, person, coach, MONDAY, NOW)
        goals = goals_on_the_way(session, person, NOW)
        calls = calls_for_help(session, person, coach, NOW)
        follow_up = must_be_done(session, coach, person, NOW)
        for at, (verb, values) in enumerate(said):
            changes.make(session, person, person, Asked(f"said-{at}-{number}", verb, values), NOW)
    found = stage.task_named(number, task)
    return Somebody(number, risky, unmarked, follow_up, found, goals, calls)
