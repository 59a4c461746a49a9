"""What the pages of goals and of next steps share: who may do what, and what is told after."""

from flask import url_for

from webapp.domain import changes
from webapp.domain.rights import Right
from webapp.models.change import Outcome
from webapp.web import database
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.replay import Made
from webapp.web.who import actor, participant

VERBS = {"goal": "goal.change", "choice": "next_step.later", "option": "next_step.add"}
"""One verb for each row of the rights table that these pages offer."""


def rights() -> dict[str, Right]:
    """Return what the actor may do about goals, choices and options on the plan that is shown."""
    session = database.session()
    return {
        name: changes.right(session, actor(), participant(), verb, {}).right
        for name, verb in VERBS.items()
    }


def tell_made(made: Made, sentence: str) -> None:
    """Tell what was done, with the way to take it back; or that the person will be asked."""
    if made.outcome is Outcome.APPLIED:
        tell(sentence, "done", undo_url=url_for("changes.undo", change_id=made.change_id))
    else:
        tell(_("%(name)s sees your proposal.") % {"name": participant().name})
