"""The answers that pages about a step that can go wrong offer, with their words and pictures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from webapp.domain.repeats import today_in
from webapp.domain.risks import FEELINGS, IDEAS
from webapp.models.change import Change
from webapp.models.person import Person, Role
from webapp.models.risk import Decision, RiskView
from webapp.models.text import BilingualText
from webapp.web.i18n import day_words
from webapp.web.i18n import gettext as _
from webapp.web.labels import label
from webapp.web.recent import is_left_out


@dataclass(frozen=True, slots=True)
class Pictured:
    """One answer: what is sent, what is read, and the picture beside it."""

    value: str
    words: str
    picture: str


_FACES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("face-very-bad", lambda: _("Very bad")),
    ("face-bad", lambda: _("Bad")),
    ("face-middle", lambda: _("In the middle")),
    ("smile", lambda: _("Good")),
    ("face-very-good", lambda: _("Very good")),
)

_IDEAS: dict[str, tuple[str, Callable[[], str]]] = {
    "learn": ("book", lambda: _("Learn something")),
    "people": ("group", lambda: _("Meet people")),
    "money": ("money", lambda: _("Earn money")),
    "work": ("work", lambda: _("Like the work")),
    "calm": ("calm", lambda: _("Feel good")),
    "alone": ("person", lambda: _("Do it without help")),
    "lost": ("found", lambda: _("Get lost")),
    "tired": ("sleep", lambda: _("Get tired")),
    "crowd": ("group", lambda: _("Too many people")),
    "unkind": ("speak", lambda: _("Somebody is not nice")),
    "hurry": ("clock", lambda: _("Too little time")),
    "mistake": ("warning", lambda: _("Make a mistake")),
    "feel_bad": ("face-bad", lambda: _("Feel bad")),
    "coach": ("coach", lambda: _("Go with the coach")),
    "mentor": ("mentor", lambda: _("Ask the helper at work")),
    "look": ("eye", lambda: _("Go and look before")),
    "breaks": ("break", lambda: _("Take breaks")),
    "list": ("list", lambda: _("Have a list")),
    "phone": ("phone", lambda: _("Have the phone")),
    "headphones": ("headphones", lambda: _("Put on headphones")),
}

_ROLES = {
    Role.PARTICIPANT: "person",
    Role.COACH: "coach",
    Role.MENTOR: "mentor",
    Role.EMPLOYER: "employer",
    Role.ADMINISTRATOR: "person",
}

_DECISIONS = {Decision.TRY: "walk", Decision.SMALLER: "stairs", Decision.NOT_NOW: "hand"}


def face(feeling: int) -> Pictured:
    """Return one of the five faces, with its words."""
    picture, words = _FACES[feeling - 1]
    return Pictured(str(feeling), words(), picture)


def faces() -> list[Pictured]:
    """Return the five faces, the good ones first."""
    return [face(feeling) for feeling in reversed(FEELINGS)]


def ideas(names: Iterable[str]) -> list[Pictured]:
    """Return these ideas with their words and pictures."""
    return [Pictured(name, _IDEAS[name][1](), _IDEAS[name][0]) for name in names]


def ideas_for(part: str) -> list[Pictured]:
    """Return the ideas that are offered for a part of a view."""
    return ideas(IDEAS[part])


def decisions() -> list[Pictured]:
    """Return what can be decided about such a step."""
    return [Pictured(each, label(each), picture) for each, picture in _DECISIONS.items()]


def helpers(participant: Person, team: Sequence[Person], *, is_own: bool) -> list[Pictured]:
    """Return who may do what helps: the participant and their team."""
    own = _("Me") if is_own else participant.name
    first = Pictured(str(participant.id), own, _ROLES[participant.role])
    return [first, *(Pictured(str(each.id), each.name, _ROLES[each.role]) for each in team)]


def days_to_look_again(today: date, chosen: str | None) -> list[Pictured]:
    """Return the days that are offered to look at a step again, in words.

    The day that was chosen before stands first, where it is still to come and another one.
    """
    days = {weeks: today + timedelta(weeks=weeks) for weeks in (1, 2, 4)}
    words = {
        1: _("In 1 week, on %(day)s"),
        2: _("In 2 weeks, on %(day)s"),
        4: _("In 4 weeks, on %(day)s"),
    }
    offered = [
        Pictured(day.isoformat(), words[weeks] % {"day": day_words(day)}, "calendar")
        for weeks, day in days.items()
    ]
    is_other = chosen and chosen not in {each.value for each in offered}
    return [*_day_before(chosen, today), *offered] if chosen and is_other else offered


def _day_before(chosen: str, today: date) -> list[Pictured]:
    try:
        day = date.fromisoformat(chosen)
    except ValueError:
        return []
    words = _("On %(day)s") % {"day": day_words(day)}
    return [Pictured(chosen, words, "calendar")] if day >= today else []


def question_words(form: str, part: str) -> str:
    """Return the question of one screen."""
    return _QUESTIONS[form][part]()


_QUESTIONS: dict[str, dict[str, Callable[[], str]]] = {
    "view": {
        "well": lambda: _("What could go well?"),
        "wrong": lambda: _("What could go wrong?"),
        "helps": lambda: _("What would help?"),
        "feeling": lambda: _("How do you feel about it?"),
    },
    "plan": {
        "helps": lambda: _("What helps?"),
        "who": lambda: _("Who does it?"),
        "day": lambda: _("When do we look at it again?"),
        "why": lambda: _("Why do you propose this?"),
    },
    "decision": {
        "decision": lambda: _("What do you propose?"),
        "why": lambda: _("Why do you propose this?"),
    },
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says to one part: pictures with words, and a sentence."""

    question: str
    ideas: list[Pictured]
    sentence: BilingualText


@dataclass(frozen=True, slots=True)
class Column:
    """One person's view, as it stands beside the others."""

    name: str
    role: Role
    is_actors: bool
    said: list[Said]
    face: Pictured | None


def columns(views: Iterable[RiskView], actor: Person) -> list[Column]:
    """Return everybody's views, each for itself."""
    return [_column(view, is_actors=view.author_id == actor.id) for view in views]


def _column(view: RiskView, *, is_actors: bool) -> Column:
    """Return a view; a phone keeps what others said in their own words for some days only."""
    said = [_part(part, getattr(view, part)) for part in IDEAS]
    if not is_actors and is_left_out(view.given_at):
        said = [replace(each, sentence=BilingualText()) for each in said]
    feeling = face(view.feeling) if view.feeling else None
    return Column(view.author.name, view.author.role, is_actors, said, feeling)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the person decided on a day, and everybody's view as it was then."""

    words: str
    on: date
    columns: list[Column]


def decided(changes: Iterable[Change], participant: Person, actor: Person) -> list[Decided]:
    """Return decisions with the views that stood beside them."""
    return [
        Decided(
            label(Decision(change.wanted["decision"])),
            today_in(participant.time_zone, change.answered_at or change.made_at),
            [_column_then(view, actor) for view in change.wanted.get("_views", [])],
        )
        for change in changes
    ]


def _column_then(view: dict[str, Any], actor: Person) -> Column:
    said = [_part(part, view[part]) for part in IDEAS]
    felt = face(view["feeling"]) if view["feeling"] else None
    return Column(view["name"], Role(view["role"]), view["author"] == actor.id, said, felt)


def _part(part: str, said: dict[str, Any]) -> Said:
    sentence = BilingualText.from_json(said["sentence"])
    return Said(question_words("view", part), ideas(said["pictures"]), sentence)
