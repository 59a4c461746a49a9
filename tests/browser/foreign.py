"""A task in the language that a person does not read, for the stage."""

from sqlalchemy.orm import Session

from tests import factories
from webapp.models.person import Language, Person
from webapp.models.plan import Step, Task
from webapp.models.text import BilingualText


def in_the_other_language(session: Session, person: Person) -> Task:
    """Give a person a task that was written in the language that they do not read."""
    other = Language.EN if person.language is Language.FR else Language.FR
    words = {
        Language.EN: ("I water the plants", "I fill the can. I water 3 plants."),
        Language.FR: ("J'arrose les plantes", "Je remplis l'arrosoir. J'arrose 3 plantes."),
    }[other]
    title, step = (BilingualText.from_json({other.value: each}) for each in words)
    task = factories.task(
        session, person, position=90, at_time=None, place=title, description=step, picture="plant"
    )
    task.title = title
    task.steps = [Step(position=0, text=step, picture="water")]
    session.flush()
    return task
