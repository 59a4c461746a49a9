"""One form about a plan, as it stands: its questions, the answers so far, what would be sent."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import g, request

from webapp.domain import changes, drafts, things
from webapp.domain.errors import NotAllowed, NotFound
from webapp.domain.rights import Cell, Right
from webapp.forms.question_answers import Facts
from webapp.forms.questions import (
    BEGINS_FROM_WHAT_IS,
    REASON,
    Question,
    is_different,
    questions_for,
    wanted_of,
)
from webapp.web import database
from webapp.web.who import actor, is_own, now, participant

TYPED = "_typed"
LONGEST_KEPT = 1000
"""Signs of what is half typed that are kept; more than any answer may have."""


@dataclass(frozen=True)
class QuestionForm:
    """A form for one change. `about` are the values for which nothing is asked.

    `thing` is how that stands now which they name. `query` is what every address of the form
    carries. `key` names the draft; `kept` is what it holds, None where nothing was begun.
    """

    verb: str
    path: str
    query: dict[str, Any]
    about: dict[str, Any]
    thing: dict[str, Any]
    key: str
    kept: dict[str, Any] | None

    @cached_property
    def present(self) -> dict[str, Any]:
        """Return the values from which the answers begin."""
        return self.thing if self.verb in BEGINS_FROM_WHAT_IS else {}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions, in their order."""
        return questions_for(self.verb, self.present, is_own=is_own())

    @cached_property
    def answers(self) -> dict[str, dict[str, Any]]:
        """Return the answers that were given, by question."""
        kept = self.kept or {}
        return {each.name: kept[each.name] for each in self.questions if each.name in kept}

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return what would stand there: the values answered so far over the present ones."""
        given = {key: value for each in self.answers.values() for key, value in each.items()}
        return {**self.present, **given}

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """Return what the change asks for, as far as it is answered."""
        given = wanted_of(self.verb, self.present, self.answers)
        return {**given, **self.about}

    @cached_property
    def cell(self) -> Cell:
        """Return what the actor may do with these values."""
        return changes.right(database.session(), actor(), participant(), self.verb, self.wanted)

    @property
    def facts(self) -> Facts:
        """Return what an answer is read against."""
        return Facts(actor().language, g.today, self.values)

    @property
    def is_different(self) -> bool:
        """Say whether sending it would make anything different."""
        given = wanted_of(self.verb, self.present, self.answers)
        return is_different(self.verb, self.present, given)

    def find(self, name: str) -> Question | None:
        """Return the question with this name, or None."""
        return next((each for each in self.questions if each.name == name), None)

    def number_of(self, question: Question) -> int:
        """Return which question this is; the first is 1."""
        return self.questions.index(question) + 1

    @property
    def next_question(self) -> Question | None:
        """Return the first question that nobody has been asked yet, or None."""
        return next((each for each in self.questions if each.name not in self.answers), None)

    @property
    def missing(self) -> Question | None:
        """Return the first question without which nothing can be sent, or None."""
        return next((each for each in self.questions if self._needs(each)), None)

    def _needs(self, question: Question) -> bool:
        if question is REASON:
            return self.cell.needs_reason and not self.values.get("reason")
        is_there = question.name in self.answers or question.key in self.present
        return not is_there and not question.may_skip

    def address(self, question: str = "", **more: object) -> str:
        """Return the address of one screen of the form; without a name, where it goes on."""
        asked = {**self.query, "question": question, **more}
        named = {key: value for key, value in asked.items() if value not in ("", None)}
        return f"{self.path}?{urlencode(named)}" if named else self.path

    def keep(self, question: Question, given: dict[str, Any], typed_as: str = "") -> None:
        """Keep an answer; what was half typed for it, or as `typed_as`, is done with."""
        done = (question.name, typed_as)
        typed = {name: text for name, text in self.typed.items() if name not in done}
        self._keep({**(self.kept or {}), question.name: given, TYPED: typed})

    @property
    def typed(self) -> dict[str, str]:
        """Return what is half typed, by question."""
        return dict((self.kept or {}).get(TYPED, {}))

    def keep_typed(self, name: str, text: str) -> None:
        """Keep what is half typed."""
        self._keep({**(self.kept or {}), TYPED: {**self.typed, name: text[:LONGEST_KEPT]}})

    def _keep(self, answers: dict[str, Any]) -> None:
        drafts.keep(
            database.session(), actor(), participant(), self.key, answers=answers, now=now()
        )

    def throw_away(self) -> None:
        """Forget all answers."""
        drafts.throw_away(database.session(), actor(), participant(), self.key)


def open_form(
    verb: str,
    path: str,
    subject: dict[str, int],
    *,
    known: dict[str, Any] | None = None,
    query: dict[str, Any] | None = None,
) -> QuestionForm:
    """Return the form for a verb, with what was answered so far.

    `query` is what its address carries besides the screen. Raises NotFound where what it is
    about is not in the plan, NotAllowed where the actor may not even propose it.
    """
    if request.method == "POST":
        drafts.take_turn(database.session(), actor())
    about = {**subject, **(known or {})}
    key = f"{verb}:{next(iter(about.values()), '')}"
    form = QuestionForm(
        verb=verb,
        path=path,
        query=query or {},
        about=about,
        thing=_look(subject),
        key=key,
        kept=drafts.find(database.session(), actor(), participant(), key),
    )
    if form.cell.right is Right.NEVER:
        raise NotAllowed
    return form


def _look(subject: dict[str, int]) -> dict[str, Any]:
    """Return how the thing stands now that a form is about."""
    for kind, number in subject.items():
        name = f"{kind}:{number}"
        found = things.look_at(database.session(), participant(), [name])[name]
        if found is None:
            raise NotFound
        return found
    return {}
