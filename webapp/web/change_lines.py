"""The lines of a change: one for each thing that is different, with its words before and after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from flask import g

from webapp import pictures
from webapp.domain.effects import Snapshot
from webapp.models.person import Pace
from webapp.models.risk import Decision, LookBack
from webapp.models.text import BilingualText
from webapp.web import schedule_words
from webapp.web.i18n import day_words, duration_words
from webapp.web.i18n import gettext as _
from webapp.web.labels import label
from webapp.web.reminder_options import STORED, all_settings, chosen_words, moment_of, moment_words

Pair = tuple[Snapshot | None, Snapshot | None]
"""The values of a thing before and after; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is different: what it is about, and its words before and after.

    `before` or `after` is None where there is nothing to say.
    """

    icon: str
    label: str
    before: BilingualText | None
    after: BilingualText | None


def own(words: str) -> BilingualText:
    """Return words of ours as a text in the language of this page."""
    return BilingualText(**{str(g.language): words})


def text_of(values: Snapshot | None, field: str) -> BilingualText | None:
    """Return a text that people wrote, or None where there is none."""
    text = BilingualText.from_json((values or {}).get(field) or {})
    return text or None


Write = Callable[[Snapshot], BilingualText | None]
"""Says in words how one thing of a plan stands; None where there is nothing to say."""


def line(pair: Pair, fields: str, icon: str, name: str, write: Write) -> Iterator[Line]:
    """Give the line of these fields, where they are different and have words."""
    before, after = pair
    if before and after and all(before.get(each) == after.get(each) for each in fields.split()):
        return
    words = tuple(write(each) if each else None for each in pair)
    if after and any(words) and words[0] != words[1]:
        yield Line(icon, name, *words)


def written(field: str) -> Write:
    """Return what reads this text, which people wrote, from the values of a thing."""
    return lambda values: text_of(values, field)


def times(pair: Pair) -> Iterator[Line]:
    """Give the lines of when a task comes, and how long it takes."""
    yield from line(pair, "on repeat", "days", _("When"), lambda v: own(_days(v)))
    yield from line(pair, "at", "clock", _("Time"), lambda v: own(_time(v)))
    yield from line(
        pair, "minutes", "how-long", _("How long"), lambda v: own(duration_words(v["minutes"]))
    )


def _days(values: Snapshot) -> str:
    on = date.fromisoformat(values["on"])
    return schedule_words.days_words(on, values["repeat"], g.locale, g.today)


def _time(values: Snapshot) -> str:
    at = time.fromisoformat(values["at"]) if values["at"] else None
    words = schedule_words.when_words(at, g.locale, g.time_style)
    return words[0].upper() + words[1:]


def explanation(pair: Pair) -> Iterator[Line]:
    """Give the lines of what explains a task; a new one has its name and picture at the top."""
    if pair[0]:
        yield from line(pair, "title", "list", _("Name"), written("title"))
        yield from line(pair, "picture", "info", _("Picture"), _picture_words)
    yield from line(pair, "place", "place", _("Where"), written("place"))
    yield from line(pair, "description", "info", _("Words"), written("description"))
    yield from line(pair, "steps", "list", _("Steps"), _steps)


def _picture_words(values: Snapshot) -> BilingualText:
    picture = pictures.find(values["picture"])
    return BilingualText(fr=picture.fr, en=picture.en)


def _steps(values: Snapshot) -> BilingualText | None:
    """Return all steps, one a line, in each language that has words for all of them."""
    texts = [BilingualText.from_json(step["text"]) for step in values["steps"]]
    lines = {code: [getattr(text, code) for text in texts] for code in ("fr", "en")}
    whole = {code: "\n".join(said) for code, said in lines.items() if said and all(said)}
    if texts and not whole:
        both = [text.shown_in(g.language) or ("", "") for text in texts]
        return own("\n".join(words for words, _code in both))
    return BilingualText(**whole) or None


def wanted_by_words(values: Snapshot) -> BilingualText | None:
    """Return the day by which a goal is wanted, in words."""
    wanted_by = values["wanted_by"]
    return own(day_words(date.fromisoformat(wanted_by))) if wanted_by else None


def risk_lines(pair: Pair) -> Iterator[Line]:
    """Give the lines of what was agreed about a step that can go wrong."""
    yield from line(pair, "helps", "help", _("What helps"), written("helps"))
    yield from line(pair, "who", "person", _("Who does it"), lambda v: _name(v["who"]))
    yield from line(pair, "look_again_on", "days", _("We look again"), _look_again)
    yield from line(pair, "decision", "choice", _("Decision"), _word_of("decision", Decision))
    yield from line(
        pair, "look_back", "choice", _("After the try"), _word_of("look_back", LookBack)
    )


def _name(name: str | None) -> BilingualText | None:
    return own(name) if name else None


def _look_again(values: Snapshot) -> BilingualText | None:
    day = values["look_again_on"]
    return own(day_words(date.fromisoformat(day))) if day else None


def _word_of(field: str, kind: type[Decision] | type[LookBack]) -> Write:
    return lambda values: own(label(kind(values[field]))) if values[field] else None


def pace_words(values: Snapshot) -> BilingualText:
    """Return the pace of a person in words."""
    return own(label(Pace(values["pace"])))


def setting_line(pair: Pair, name: str) -> Iterator[Line]:
    """Give the line of one of the person's own settings, where it is different."""
    asked = all_settings()[name]
    fields = STORED.get(name, name)
    yield from line(pair, fields, asked.icon, asked.title, lambda v: _chosen(v, name))


def _chosen(values: Snapshot, name: str) -> BilingualText | None:
    words = chosen_words(values, name)
    return own(words) if words else None


def reminder_lines(pair: Pair) -> Iterator[Line]:
    """Give the line of when the person is reminded of a task, where that is different."""
    if all(pair):
        yield from line(pair, "remind_on remind_minutes_before", "bell", _("Reminder"), _moment)


def _moment(values: Snapshot) -> BilingualText:
    moment = moment_of(values.get("remind_on"), values["remind_minutes_before"])
    return own(moment_words(moment) if moment else _("As for all tasks"))
