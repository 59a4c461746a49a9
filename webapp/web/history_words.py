"""The sentences of "What changed": who did what, to the one who did it and to the others."""

from collections.abc import Callable

from webapp.domain.history import Line
from webapp.models.change import Answer, Outcome
from webapp.models.person import Person
from webapp.web.i18n import gettext as _
from webapp.web.labels import overtaken_words

Sentence = tuple[Callable[[], str], Callable[[], str]]
"""What is said to the one who did it, and what is said to others of them by their name."""


def sentence(line: Line, reader: Person) -> str:
    """Return what happened, in one sentence for this reader."""
    entry = line.entry
    if entry.event is Outcome.PROPOSED and _is_from_nobody(line):
        return _("Your team proposes this.")
    own, others = _sentence(line)
    return own() if entry.actor_id == reader.id else others() % {"name": entry.actor.name}


def _is_from_nobody(line: Line) -> bool:
    """Say whether this came with a plan file: then no one person proposes it."""
    proposal = line.entry.change.proposal
    return proposal is not None and proposal.proposer_id is None


def _sentence(line: Line) -> Sentence:
    change = line.entry.change
    if line.entry.event is not Outcome.APPLIED:
        return _OUTCOMES[line.entry.event]
    if change.verb == "proposal.answer":
        return _ANSWERS[Answer(change.wanted["answer"])]
    is_taken_back = change.verb == "follow_up.check" and not change.wanted["checked"]
    verb = "change.undo" if is_taken_back else change.verb
    return _VERBS.get(verb, _OUTCOMES[Outcome.APPLIED])


_OUTCOMES: dict[Outcome, Sentence] = {
    Outcome.APPLIED: (lambda: _("You changed this."), lambda: _("%(name)s changed this.")),
    Outcome.PROPOSED: (lambda: _("You propose this."), lambda: _("%(name)s proposes this.")),
    Outcome.ASKED: (lambda: _("You ask for this."), lambda: _("%(name)s asks for this.")),
    Outcome.REFUSED: (
        lambda: _("You could not change this."),
        lambda: _("%(name)s could not change this."),
    ),
    Outcome.OVERTAKEN: (
        overtaken_words,
        lambda: _("%(name)s said something else later."),
    ),
}

_ANSWERS: dict[Answer, Sentence] = {
    Answer.YES: (lambda: _("You said: yes."), lambda: _("%(name)s said: yes.")),
    Answer.NOT_NOW: (lambda: _("You said: not now."), lambda: _("%(name)s said: not now.")),
    Answer.NO: (lambda: _("You said: no."), lambda: _("%(name)s said: no.")),
    Answer.TALK: (lambda: _("You said: let's talk."), lambda: _("%(name)s said: let's talk.")),
}

_VERBS: dict[str, Sentence] = {
    "task.done": (lambda: _("You said: done."), lambda: _("%(name)s said: done.")),
    "task.later": (lambda: _("You said: later."), lambda: _("%(name)s said: later.")),
    "task.not_today": (lambda: _("You said: not today."), lambda: _("%(name)s said: not today.")),
    "task.undo": (
        lambda: _("You took back what you said."),
        lambda: _("%(name)s took back what they said."),
    ),
    "change.undo": (lambda: _("You took this back."), lambda: _("%(name)s took this back.")),
    "change.problem": (
        lambda: _("You said: this is a problem for me."),
        lambda: _("%(name)s said: this is a problem for me."),
    ),
    "proposal.send": (
        lambda: _("You sent your list of changes."),
        lambda: _("%(name)s sent a list of changes."),
    ),
    "proposal.withdraw": (
        lambda: _("You took this proposal back."),
        lambda: _("%(name)s took this proposal back."),
    ),
    "help.ask": (lambda: _("You asked for help."), lambda: _("%(name)s asked for help.")),
    "help.seen": (
        lambda: _("You saw the call for help."),
        lambda: _("%(name)s saw the call for help."),
    ),
    "help.answer": (
        lambda: _("You answered the call for help."),
        lambda: _("%(name)s answered the call for help."),
    ),
    "help.close": (
        lambda: _("You need no more help with this."),
        lambda: _("%(name)s needs no more help with this."),
    ),
    "help.reopen": (
        lambda: _("You need help with this again."),
        lambda: _("%(name)s needs help with this again."),
    ),
    "accompaniment.stop": (
        lambda: _("You stopped your support."),
        lambda: _("%(name)s stopped the support."),
    ),
    "accompaniment.take_up": (
        lambda: _("You took your support up again."),
        lambda: _("%(name)s took the support up again."),
    ),
    "follow_up.add": (
        lambda: _("You wrote down what must be done."),
        lambda: _("%(name)s wrote down what must be done."),
    ),
    "follow_up.check": (lambda: _("You checked this."), lambda: _("%(name)s checked this.")),
    "follow_up.comment": (
        lambda: _("You said something about this."),
        lambda: _("%(name)s said something about this."),
    ),
    "risk.view": (lambda: _("You gave your view."), lambda: _("%(name)s gave a view.")),
}
