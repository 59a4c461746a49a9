"""The words of a pace: what it does, until when a pause can last, and what would move."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import g

from webapp.domain.pace_changes import Moved, Preview
from webapp.domain.pacing import RULES
from webapp.domain.schedules import Schedule
from webapp.models.person import Pace
from webapp.models.text import BilingualText
from webapp.web.i18n import gettext as _
from webapp.web.i18n import ngettext
from webapp.web.schedule_words import days_words

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PaceChoice:
    """One pace that can be chosen: its sentence, and the page that shows what it would do."""

    pace: Pace
    sentence: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PauseEnd:
    """One day on which a pause can end."""

    until: date
    words: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A task with its days now and then, in words."""

    title: BilingualText
    picture: str
    before: str
    after: str


def pace_sentence(pace: Pace) -> str:
    """Return one sentence on what a pace does."""
    return _SENTENCES[pace]()


_SENTENCES: dict[Pace, Callable[[], str]] = {
    Pace.SLOWER: lambda: _("Fewer things come."),
    Pace.STEADY: lambda: _("Things come as agreed."),
    Pace.FASTER: lambda: _("What can come sooner comes sooner."),
    Pace.PAUSE: lambda: _("Tasks wait until the day that you choose."),
}


def more_sentences(pace: Pace) -> list[str]:
    """Return what a pace changes besides the days: next steps and proposals."""
    rules = RULES[pace]
    if not rules.proposals_at_once:
        return [_("No reminder comes in the pause.")]
    days, count = rules.days_between_next_steps, rules.proposals_at_once
    after = ngettext(
        "After a step, the next one comes %(days)s day later.",
        "After a step, the next one comes %(days)s days later.",
        days,
    )
    shown = ngettext(
        "You see %(count)s proposal at a time.", "You see %(count)s proposals at a time.", count
    )
    return [after % {"days": days}, shown % {"count": count}]


def pause_ends(today: date) -> list[PauseEnd]:
    """Return the days offered for the end of a pause, each once."""
    offered = {
        today + timedelta(days=1): _("Tomorrow"),
        today + timedelta(days=3): _("In 3 days"),
        today + timedelta(days=7 - today.weekday()): _("Next week"),
        today + timedelta(days=14): _("In 2 weeks"),
        _in_a_month(today): _("In a month"),
    }
    return [PauseEnd(day, offered[day]) for day in sorted(offered)]


def _in_a_month(today: date) -> date:
    year, month = divmod(today.year * MONTHS_A_YEAR + today.month, MONTHS_A_YEAR)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def moved_rows(preview: Preview) -> list[MovedRow]:
    """Return what would move, in words."""
    return [_row(moved) for moved in preview.moved]


def _row(moved: Moved) -> MovedRow:
    return MovedRow(moved.task.title, moved.task.picture, _days(moved.before), _days(moved.after))


def _days(schedule: Schedule) -> str:
    return days_words(schedule.starts_on, schedule.repeat, g.locale, g.today)
