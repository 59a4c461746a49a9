"""Puts a call for help into words and a picture, for the person and for the team."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from webapp.domain.help_lists import HelpState, state_of
from webapp.domain.help_requests import CHOSEN_BY_PICTURE
from webapp.models.help import HelpAnswer, HelpReason, HelpRequest
from webapp.models.text import BilingualText
from webapp.web.i18n import gettext as _
from webapp.web.instants import when_words
from webapp.web.labels import label
from webapp.web.recent import is_left_out

PICTURES = {
    HelpReason.NOT_UNDERSTOOD: "help",
    HelpReason.NOT_FOUND: "found",
    HelpReason.LATE: "clock",
    HelpReason.NOT_NICE: "hand",
    HelpReason.UNWELL: "face-bad",
    HelpReason.SOMETHING_ELSE: "coach",
    HelpReason.TALK: "speak",
    HelpReason.FIXED_TIME: "calendar",
    HelpReason.PROBLEM: "warning",
}


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """What help can be about, to be chosen by its picture. `number` stands for it in addresses."""

    number: int
    value: str
    words: str
    picture: str


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody of the team said: whole words of ours, or a sentence of theirs."""

    words: str
    sentence: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A call for help as a page shows it. Times are those of one clock."""

    id: int
    url: str
    who: str
    participant_id: int
    picture: str
    words: str
    task: BilingualText | None
    task_url: str | None
    sentence: str
    language: str
    state: HelpState
    state_words: str
    asked: str
    told: tuple[Told, ...]
    telephone: str | None


def reason_choices() -> list[ReasonChoice]:
    """Return what a participant can choose."""
    return [reason_choice(each) for each in CHOSEN_BY_PICTURE]


def reason_choice(reason: HelpReason) -> ReasonChoice:
    """Return one reason with its words and its picture."""
    number = list(HelpReason).index(reason) + 1
    return ReasonChoice(number, reason.value, label(reason), PICTURES[reason])


def help_calls(requests: Sequence[HelpRequest], zone: str) -> list[HelpCall]:
    """Return calls in words, with the times of the clocks in `zone`."""
    return [help_call(each, zone) for each in requests]


def help_call(request: HelpRequest, zone: str) -> HelpCall:
    """Return one call in words, with the times of the clocks in `zone`."""
    person, task = request.participant, request.task
    is_there = task is not None and task.removed_at is None and request.day is not None
    return HelpCall(
        id=request.id,
        url=url_for("help_requests.show", request_id=request.id),
        who=person.name,
        participant_id=person.id,
        picture=PICTURES[request.about],
        words=label(request.about),
        task=task.title if task else None,
        task_url=(
            url_for("tasks.show", task_id=request.task_id, day=request.day) if is_there else None
        ),
        sentence="" if is_left_out(request.asked_at) else request.sentence or "",
        language=person.language,
        state=state_of(request),
        state_words=_state_words(request),
        asked=_("Asked %(when)s.") % {"when": when_words(request.asked_at, zone)},
        told=tuple(
            _told(each, zone) for each in request.answers if not is_left_out(each.answered_at)
        ),
        telephone=person.telephone,
    )


def _state_words(request: HelpRequest) -> str:
    state = state_of(request)
    if state is HelpState.CLOSED:
        return _("This is closed.")
    if state is HelpState.ANSWERED:
        return _("%(name)s has answered.") % {"name": request.answers[-1].author.name}
    if state is HelpState.SEEN and request.seen_by:
        return _("%(name)s has seen it.") % {"name": request.seen_by.name}
    if request.to:
        return _("Sent to %(name)s.") % {"name": request.to.name}
    return _("Sent to the whole team.")


def _told(answer: HelpAnswer, zone: str) -> Told:
    name = answer.author.name
    if answer.comes_at:
        when = when_words(answer.comes_at, zone)
        return Told(_("%(name)s comes %(when)s.") % {"name": name, "when": when})
    words = _("%(name)s says:") % {"name": name}
    return Told(words, answer.sentence or "", answer.author.language)
