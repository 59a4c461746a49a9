"""Says in words and pictures what a change makes different, from what was before and is after."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from webapp import pictures
from webapp.domain.effects import Effect, Snapshot
from webapp.models.plan import GoalState, NextStepState
from webapp.models.text import BilingualText
from webapp.web.change_lines import (
    Line,
    Pair,
    explanation,
    line,
    own,
    pace_words,
    reminder_lines,
    risk_lines,
    setting_line,
    text_of,
    times,
    wanted_by_words,
    written,
)
from webapp.web.i18n import day_words, ngettext
from webapp.web.i18n import gettext as _
from webapp.web.reminder_options import all_settings, reminder_settings


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as a reader sees it: a pictogram, what it is about, one sentence, and its lines."""

    picture: str
    title: BilingualText
    sentence: str
    lines: tuple[Line, ...] = ()


def shown(verb: str, wanted: Mapping[str, Any], effect: Effect) -> Shown:
    """Return the words and pictures of a change, for the reader of this request.

    `wanted` are the values that were asked for.
    """
    pairs = dict(sorted(_pairs(effect), key=_place))
    if not pairs:
        return Shown("task", own(_("A change")), _("This changes nothing now."))
    kind = _kind(next(iter(pairs)))
    found = _KINDS[kind](pairs)
    stays = all(before and after for before, after in pairs.values())
    if verb == "change.undo" and stays:
        return replace(found, sentence=_("This comes back as it was before."))
    if verb == "task.move" and wanted.get("from") and wanted.get("repeat"):
        day = day_words(date.fromisoformat(wanted["from"]))
        return replace(found, sentence=_("From %(day)s this comes at another time.") % {"day": day})
    return found


def _pairs(effect: Effect) -> Iterator[tuple[str, Pair]]:
    """Give each thing of an effect with its values before and after."""
    before, after = effect.before or {}, effect.after or {}
    for name in before:
        if _kind(name) in _KINDS and name in after:
            yield name, (before[name], after[name])


def _kind(name: str) -> str:
    return name.partition(":")[0]


def _place(item: tuple[str, Pair]) -> tuple[int, bool]:
    """Put first what a change is about: the pace before the tasks that it moves, and so on."""
    name, (_before, after) = item
    is_chosen = bool(after) and (after or {}).get("state") == NextStepState.CHOSEN
    return list(_KINDS).index(_kind(name)), not is_chosen


def _first(pairs: dict[str, Pair]) -> Pair:
    return next(iter(pairs.values()))


def _picture(pair: Pair) -> str:
    return pictures.find((pair[1] or pair[0] or {}).get("picture")).name


def _title(pair: Pair) -> BilingualText:
    return text_of(pair[1] or pair[0], "title") or own(_("A change"))


def _task(pairs: dict[str, Pair]) -> Shown:
    pair = _first(pairs)
    lines = (*times(pair), *reminder_lines(pair), *explanation(pair))
    return Shown(_picture(pair), _title(pair), _task_sentence(*pair), lines)


def _task_sentence(before: Snapshot | None, after: Snapshot | None) -> str:
    if before is None:
        return _("This is a new task.")
    if after is None:
        return _("This goes away.")
    if after["stopped_on"] != before["stopped_on"]:
        if after["stopped_on"] is None:
            return _("This comes again.")
        day = day_words(date.fromisoformat(after["stopped_on"]))
        return _("From %(day)s this comes no more.") % {"day": day}
    if _when(before) != _when(after):
        return _("This comes at another time.")
    is_explained = _reminder(before) == _reminder(after)
    return _("This is explained in another way.") if is_explained else _("The reminder changes.")


def _reminder(values: Snapshot) -> tuple[Any, ...]:
    return values.get("remind_on"), values["remind_minutes_before"]


def _when(values: Snapshot) -> tuple[Any, ...]:
    return tuple(values[each] for each in ("on", "at", "minutes", "repeat"))


def _goal(pairs: dict[str, Pair]) -> Shown:
    pair = _first(pairs)
    new_steps = [text_of(after, "title") for before, after in list(pairs.values())[1:] if after]
    lines = [
        *(line(pair, "title", "goals", _("Goal"), written("title")) if pair[0] else ()),
        *line(pair, "why", "info", _("Why"), written("why")),
        *line(pair, "wanted_by", "days", _("By when"), wanted_by_words),
        *(Line("next", _("Possible next step"), None, title) for title in new_steps),
    ]
    return Shown("goal", _title(pair), _goal_sentence(*pair), tuple(lines))


def _goal_sentence(before: Snapshot | None, after: Snapshot | None) -> str:
    if before is None:
        return _("This is a new goal.")
    if after is None:
        return _("This goes away.")
    if before["state"] == after["state"]:
        return _("The words of this goal change.")
    words = {
        GoalState.REACHED: _("This goal is reached."),
        GoalState.LET_GO: _("This goal is let go."),
        GoalState.OPEN: _("This goal is open again."),
    }
    return words[GoalState(after["state"])]


def _next_step(pairs: dict[str, Pair]) -> Shown:
    pair = _first(pairs)
    agreed = (
        found
        for name, each in pairs.items()
        if _kind(name) == "risk_plan"
        for found in risk_lines(each)
    )
    lines = (
        *(line(pair, "title", "list", _("Name"), written("title")) if pair[0] else ()),
        *line(pair, "description", "info", _("Words"), written("description")),
        *agreed,
    )
    return Shown(_picture(pair), _title(pair), _step_sentence(*pair), lines)


def _step_sentence(before: Snapshot | None, after: Snapshot | None) -> str:
    if before is None:
        return _("This is a new possible next step.")
    if after is None:
        return _("This goes away.")
    if before["state"] == after["state"]:
        if before["could_go_wrong"] != after["could_go_wrong"]:
            return _risk_mark(after)
        return _("The words of this step change.")
    words = {
        NextStepState.OPEN: _("This becomes a possible next step."),
        NextStepState.CHOSEN: _("This becomes the next step."),
        NextStepState.LATER: _("This step comes later."),
        NextStepState.NOT_THIS: _("This step is left out."),
        NextStepState.DONE: _("This step is done."),
    }
    return words[NextStepState(after["state"])]


def _risk_mark(after: Snapshot) -> str:
    if after["could_go_wrong"]:
        return _("Something could go wrong with this step.")
    return _("Nothing should go wrong with this step.")


def _risk_plan(pairs: dict[str, Pair]) -> Shown:
    pair = _first(pairs)
    lines = tuple(risk_lines(pair))
    return Shown(_picture(pair), _title(pair), _risk_sentence(*pair), lines)


def _risk_sentence(before: Snapshot | None, after: Snapshot | None) -> str:
    if before and after and before["look_back"] != after["look_back"]:
        return _("This is the look back.")
    if before and after and before["decision"] != after["decision"]:
        return _("This is the decision.")
    return _("This is what helps.")


def _person(pairs: dict[str, Pair]) -> Shown:
    pair = _first(pairs)
    moved = len(pairs) - 1
    pace = list(line(pair, "pace", "how-long", _("My pace"), pace_words))
    if pace or moved:
        if moved:
            words = ngettext("%(number)s thing moves.", "%(number)s things move.", moved)
            pace.append(Line("days", _("My days"), None, own(words % {"number": moved})))
        return Shown("clock", own(_("My pace")), _("The pace changes."), tuple(pace))
    lines = tuple(each for name in all_settings() for each in setting_line(pair, name))
    about = {each.label for each in lines}
    of_reminders = about & {each.title for each in reminder_settings().values()}
    title = _("My reminders") if of_reminders else _("My screens")
    return Shown("phone", own(title), _("A setting changes."), lines)


def _follow_up(pairs: dict[str, Pair]) -> Shown:
    pair = _first(pairs)
    said = line(pair, "said", "message", _("In their words"), written("said"))
    return Shown("list", _title(pair), _follow_up_sentence(*pair), tuple(said))


def _follow_up_sentence(before: Snapshot | None, after: Snapshot | None) -> str:
    if before is None:
        return _("This must be done.")
    if after is None:
        return _("This goes away.")
    if before["checked_at"] == after["checked_at"]:
        return ""
    return _("This is checked.") if after["checked_at"] else _("This is not checked any more.")


_KINDS: dict[str, Callable[[dict[str, Pair]], Shown]] = {
    "person": _person,
    "goal": _goal,
    "next_step": _next_step,
    "risk_plan": _risk_plan,
    "task": _task,
    "follow_up": _follow_up,
}
