"""The questions about reminders with their answers, and what a person has chosen, in words."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from webapp.domain import things
from webapp.domain.reminder_settings import AS_ALL, MINUTES_BEFORE, MOST_A_DAY
from webapp.models.person import LockScreen, Person, RemindOn
from webapp.web.i18n import duration_words, time_words, zone_words
from webapp.web.i18n import gettext as _
from webapp.web.labels import label
from webapp.web.options import Option, Setting, settings

QUIET_HOURS = ("20:00-07:00", "21:00-07:00", "22:00-08:00", "23:00-09:00")
"""The nights that are offered; any other two times can be written."""

NONE = "none"

Values = Mapping[str, Any]
"""The stored values of a person, as `things.look` gives them."""


def reminder_settings() -> dict[str, Setting]:
    """Return the questions about reminders, in their order."""
    found = (*_about_times(), *_about_number(), _lock_screen(), *_about_all())
    return {setting.name: setting for setting in found}


def all_settings() -> dict[str, Setting]:
    """Return every setting of a person that has answers to choose from."""
    return {**settings(), **reminder_settings()}


def _about_times() -> tuple[Setting, ...]:
    return (
        Setting(
            "remind_all",
            "clock",
            _("When reminders come"),
            _("This is for all your tasks. Each task can also have its own moment."),
            moments(),
        ),
        Setting(
            "quiet_hours",
            "moon",
            _("Quiet hours"),
            _("In these hours your phone stays quiet. What still helps comes after them."),
            (Option(NONE, quiet_words(NONE), "no"), *(_quiet(each) for each in QUIET_HOURS)),
        ),
    )


def _about_number() -> tuple[Setting, ...]:
    most = (str(number) for number in MOST_A_DAY)
    return (
        Setting(
            "reminders_a_day",
            "list",
            _("How many a day"),
            _("Choose how many may come in one day."),
            tuple(Option(each, most_words(each), "bell") for each in (NONE, *most)),
        ),
        Setting(
            "reminds_again",
            "undo",
            _("Once more"),
            _("A task begins and you do nothing. The reminder can come again 10 minutes later."),
            (
                Option("no", _("No, one is enough"), "no"),
                Option("yes", _("Yes, once more"), "done"),
            ),
        ),
    )


def _lock_screen() -> Setting:
    return Setting(
        "lock_screen",
        "lock",
        _("What the locked screen shows"),
        _("Other people can see your locked screen. Choose what it shows."),
        tuple(Option(each, label(each), _LOCK_ICONS[each]) for each in LockScreen),
    )


def _about_all() -> tuple[Setting, ...]:
    return (
        Setting(
            "reminders_on",
            "bell",
            _("Reminders"),
            "",
            (Option("yes", _("On"), "bell"), Option("no", _("Off"), "no")),
        ),
        Setting(
            "reminders_paused",
            "pause",
            _("Pause of all reminders"),
            "",
            (Option("yes", _("Yes"), "pause"), Option("no", _("No"), "bell")),
        ),
        Setting("time_zone", "place", _("The time of this place"), "", ()),
    )


_LOCK_ICONS = {LockScreen.NEUTRAL: "lock", LockScreen.FULL: "message"}


def moments() -> tuple[Option, ...]:
    """Return the moments for a reminder: minutes before, the evening before, or none."""
    minutes = (Option(str(each), moment_words(str(each)), "clock") for each in MINUTES_BEFORE)
    return (
        *minutes,
        Option(RemindOn.EVENING_BEFORE, label(RemindOn.EVENING_BEFORE), "moon"),
        Option(RemindOn.NEVER, label(RemindOn.NEVER), "no"),
    )


def task_moments(all_tasks: str) -> tuple[Option, ...]:
    """Return the moments for one task; `all_tasks` is the one that was chosen for all, or ""."""
    words = _("As for all my tasks")
    if all_tasks:
        words = _("As for all my tasks: %(when)s") % {"when": moment_words(all_tasks)}
    return (Option(AS_ALL, words, "list"), *moments())


def moment_words(moment: str) -> str:
    """Return a moment in words; a plan file may ask for any number of minutes before."""
    if moment in [*RemindOn]:
        return label(RemindOn(moment))
    if moment == "0":
        return _("At the time of the task")
    return _("%(duration)s before") % {"duration": duration_words(int(moment))}


def moment_of(on: str | None, minutes: int | None, otherwise: str = "") -> str:
    """Return how options write a moment that is stored; `otherwise` where nothing is chosen."""
    if on is not None:
        return str(on)
    return otherwise if minutes is None else str(minutes)


def quiet_words(hours: str) -> str:
    """Return quiet hours such as "21:00-07:00" in words."""
    if hours == NONE:
        return _("No quiet hours")
    begins, ends = (time_words(time.fromisoformat(each)) for each in hours.split("-"))
    return _("From %(begins)s until %(ends)s") % {"begins": begins, "ends": ends}


def _quiet(hours: str) -> Option:
    return Option(hours, quiet_words(hours), "moon")


def most_words(most: str) -> str:
    """Return how many reminders may come on one day, in words."""
    if most == NONE:
        return _("All of them")
    return _("%(number)s a day") % {"number": most}


def chosen(values: Values, name: str) -> str:
    """Return how a setting stands among the values of a person, as its options write it."""
    read = _READ.get(name)
    return read(values) if read else str(values[name])


def chosen_words(values: Values, name: str) -> str:
    """Return how a setting stands, in words; "" where nothing was chosen yet."""
    value = chosen(values, name)
    if name in _WORDS:
        return _WORDS[name](value) if value else ""
    found = (each.words for each in all_settings()[name].options if each.value == value)
    return next(found, "")


def current(person: Person, name: str) -> str:
    """Return what a person has chosen for a setting, as its options write it."""
    return chosen(things.look(person) or {}, name)


def current_words(person: Person, name: str) -> str:
    """Return what a person has chosen for a setting, in words."""
    return chosen_words(things.look(person) or {}, name)


def _quiet_hours(values: Values) -> str:
    if not values["quiet_from"]:
        return NONE
    return f"{values['quiet_from'][:5]}-{values['quiet_until'][:5]}"


def _yes_no(name: str) -> Callable[[Values], str]:
    return lambda values: "yes" if values[name] else "no"


_READ: dict[str, Callable[[Values], str]] = {
    "remind_all": lambda values: moment_of(values["remind_all"], values["remind_all_minutes"]),
    "quiet_hours": _quiet_hours,
    "reminders_a_day": lambda values: str(values["reminders_a_day"] or NONE),
    **{name: _yes_no(name) for name in ("reminds_again", "reminders_on", "reminders_paused")},
}

_WORDS: dict[str, Callable[[str], str]] = {
    "remind_all": moment_words,
    "quiet_hours": quiet_words,
    "reminders_a_day": most_words,
    "time_zone": zone_words,
}
"""What can also be something that no option offers."""

STORED = {"remind_all": "remind_all remind_all_minutes", "quiet_hours": "quiet_from quiet_until"}
"""Under which names a setting is stored, where it is not its own."""
