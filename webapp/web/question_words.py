"""The words of each question, to the person whose plan it is and to those who propose."""

from collections.abc import Callable
from typing import Any

from webapp.forms.questions import Ask, Question
from webapp.models.person import Pace
from webapp.web.i18n import gettext as _
from webapp.web.labels import label
from webapp.web.reminder_options import all_settings

Say = Callable[[], str]

_FORMS: dict[str, Say] = {
    "goal.add": lambda: _("A new goal"),
    "goal.change": lambda: _("Change a goal"),
    "goal.reach": lambda: _("This goal is reached."),
    "goal.let_go": lambda: _("This goal is let go."),
    "goal.open_again": lambda: _("This goal comes back."),
    "next_step.add": lambda: _("A new step"),
    "next_step.choose": lambda: _("This is the next step."),
    "next_step.later": lambda: _("This step comes later."),
    "next_step.not_this": lambda: _("Not this step"),
    "next_step.put_back": lambda: _("This step is possible again."),
    "next_step.done": lambda: _("This step is done."),
    "task.add": lambda: _("A new task"),
    "task.move": lambda: _("Move a task"),
    "task.stop": lambda: _("Stop a task"),
    "task.explain": lambda: _("Words and pictures of a task"),
    "task.remind": lambda: _("The reminder of a task"),
    "settings.change": lambda: _("Change a setting"),
}


def form_words(verb: str, values: dict[str, Any]) -> str:
    """Return what a form is for."""
    if verb == "pace.set":
        return _("Pace: %(pace)s") % {"pace": label(Pace(values["pace"]))}
    return _FORMS[verb]()


_TITLES: dict[str, tuple[Say, Say, Say]] = {
    "goal.add": (
        lambda: _("What do you want?"),
        lambda: _("What is the goal?"),
        lambda: _("Goal"),
    ),
    "goal.change": (
        lambda: _("What do you want?"),
        lambda: _("What is the goal?"),
        lambda: _("Goal"),
    ),
    "next_step.add": (
        lambda: _("What could you do?"),
        lambda: _("What is the step?"),
        lambda: _("Step"),
    ),
    "task.add": (
        lambda: _("What do you want to do?"),
        lambda: _("What is the task?"),
        lambda: _("Task"),
    ),
    "task.explain": (
        lambda: _("What is the name of the task?"),
        lambda: _("What is the name of the task?"),
        lambda: _("Task"),
    ),
}
"""What a title is asked with: of the person, of others, and its name on the last screen."""

_QUESTIONS: dict[str, tuple[Say, Say]] = {
    "description": (lambda: _("What else is good to know?"), lambda: _("More words")),
    "wanted-by": (lambda: _("By when?"), lambda: _("By when")),
    "picture": (lambda: _("Which picture?"), lambda: _("Picture")),
    "could-go-wrong": (
        lambda: _("Could something go wrong?"),
        lambda: _("Something could go wrong"),
    ),
    "when": (lambda: _("Which day?"), lambda: _("Day")),
    "repeat": (lambda: _("Which days?"), lambda: _("Days")),
    "at": (lambda: _("What time?"), lambda: _("Time")),
    "minutes": (lambda: _("How long does it take?"), lambda: _("How long")),
    "from": (lambda: _("From which day?"), lambda: _("From")),
    "place": (lambda: _("Where is it?"), lambda: _("Place")),
    "fixed-by-workplace": (
        lambda: _("Has the workplace fixed this time?"),
        lambda: _("Fixed by the workplace"),
    ),
    "steps": (lambda: _("What are the steps?"), lambda: _("Steps")),
    "moment": (lambda: _("When does the reminder come?"), lambda: _("Reminder")),
    "setting": (lambda: _("Which setting?"), lambda: _("Setting")),
    "value": (lambda: _("Which choice?"), lambda: _("Choice")),
    "reason": (lambda: _("Why?"), lambda: _("Why")),
}
"""What everything else is asked with, and its name on the last screen."""


def question_words(verb: str, question: Question, values: dict[str, Any], *, is_own: bool) -> str:
    """Return the question itself."""
    if question.name == "title":
        return _TITLES[verb][0 if is_own else 1]()
    if question.name == "why":
        return _("Why do you want it?") if is_own else _("Why does it matter?")
    if question.name == "on":
        return _("From which day does it stop?") if verb == "task.stop" else _("Which day?")
    if question.ask is Ask.VALUE and values.get("setting") in all_settings():
        return all_settings()[values["setting"]].title
    return _QUESTIONS[question.name][0]()


def short_words(verb: str, question: Question) -> str:
    """Return the name of an answer, for the list of all answers."""
    if question.name == "title":
        return _TITLES[verb][2]()
    if question.name == "why":
        return _("Why")
    if question.name == "on":
        return _("It stops") if verb == "task.stop" else _("Day")
    return _QUESTIONS[question.name][1]()


_HINTS: dict[Ask, Say] = {
    Ask.SENTENCE: lambda: _("Write one short sentence."),
    Ask.MORE: lambda: _("Write short sentences."),
    Ask.REASON: lambda: _("Write one easy sentence."),
    Ask.STEPS: lambda: _("Each step is one short sentence."),
}


def hint_words(question: Question) -> str:
    """Return what helps to answer; "" where nothing is needed."""
    return _HINTS[question.ask]() if question.ask in _HINTS else ""
