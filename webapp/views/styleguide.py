"""The style guide: every component in every state, for those who build the app."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from markupsafe import Markup
from segno import make_qr
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from webapp.domain import calendars, timeline
from webapp.domain.days import Day, Occurrence
from webapp.domain.goals import Way
from webapp.domain.help_lists import HelpState
from webapp.forms.words import N_
from webapp.models.help import HelpReason
from webapp.models.mark import MarkState
from webapp.models.person import Region, Role, Theme, VoiceSpeed
from webapp.models.text import BilingualText
from webapp.web.device_lines import DeviceLine
from webapp.web.doors import public
from webapp.web.help_calls import HelpCall, Told, reason_choice
from webapp.web.sample_choices import choice_samples
from webapp.web.sample_goals import sample_ways
from webapp.web.sample_states import kept, listed, still

DAY = date(2026, 11, 23)

bp = Blueprint("styleguide", __name__)


@dataclass(frozen=True, slots=True)
class Look:
    """The theme and text size to look at, in the place of a person who chose them.

    It is nobody's, so that no phone keeps it.
    """

    theme: str
    text_size: str
    id: int | None = None
    voice_speed: VoiceSpeed = VoiceSpeed.NORMAL
    reminders_on: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sample task."""

    id: int
    number: int
    text: BilingualText
    picture: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Someone:
    """A sample person: one who helps, or one of a coach's list."""

    name: str
    role: Role = Role.COACH
    telephone: str | None = None
    email: str | None = None
    photo_url: str | None = None
    answers: str = ""
    id: int = 1


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A sample line of a coach's list."""

    person: Someone
    words: tuple[str, ...]
    choices_words: str = ""
    url: str = "#people_list"
    choices_url: str = "#people_list"
    phone_words: str = ""
    phone_url: str = "#people_list"


@dataclass(frozen=True, slots=True)
class Option:
    """A sample answer."""

    value: str
    words: str
    icon: str = ""
    picture: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """All values that the page shows."""

    occurrences: tuple[Occurrence, ...]
    days: tuple[Day, ...]
    lines: list[timeline.Line]
    week: tuple[date, ...]
    weeks: list[list[calendars.MonthDay | None]]
    turn: timedelta
    steps: tuple[Step, ...]
    ways: tuple[Way, ...]
    helpers: tuple[Someone, ...]
    people: tuple[PersonLine, ...]
    devices: tuple[DeviceLine, ...]
    options: dict[str, tuple[Option, ...]]
    form: "SampleForm"
    wrong_form: "SampleForm"
    qr: Markup


class SampleForm(Form):
    """One field of each kind."""

    name = StringField(N_("First name"), [InputRequired(N_("Write a first name."))])
    photo = FileField(N_("Choose a photo"))
    password = PasswordField(N_("Password"), [InputRequired(N_("Write your password."))])
    language = RadioField(
        N_("Language"),
        [InputRequired(N_("Choose a language."))],
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
    )
    region = SelectField(
        N_("Region"), choices=[SelectChoice("CA", "Canada"), SelectChoice("FR", "France")]
    )
    words = TextAreaField(N_("The words"))
    agreed = BooleanField(N_("It's done"))
    code = StringField(N_("Your code"))


@bp.get("/styleguide")
@public
def show() -> str:
    """Show every component; `?theme=dark&size=32` chooses how."""
    look = Look(request.args.get("theme", Theme.SYSTEM), request.args.get("size", "20"))
    return render_template(
        "styleguide.html",
        choices=choice_samples(),
        samples=_samples(),
        actor=look,
        participant=None,
        call=_call(),
        still=still,
        kept=kept,
        listed=listed,
    )


def _call() -> HelpCall:
    """Return a sample call for help that somebody has answered."""
    told = (Told("Cora says:", "I call you at noon.", "en"),)
    asked, state = "Asked today at 9 in the morning.", HelpState.ANSWERED
    title, words = BilingualText(en="I sweep the aisle"), "Cora has answered."
    choice, sentence = reason_choice(HelpReason.NOT_FOUND), "The blue broom is not there."
    about = ("Ada", 1, choice.picture, choice.words, title, None, sentence, "en")
    return HelpCall(1, "#part-help_call", *about, state, words, asked, told, None)


def _samples() -> Samples:
    occurrences = _occurrences()
    days = (Day(DAY, occurrences[:4], occurrences[4:]), Day(DAY.replace(day=24), (), ()))
    return Samples(
        occurrences=occurrences,
        days=days,
        lines=timeline.lines(days, DAY, time(9, 40)),
        week=calendars.week_of(DAY, Region.FR),
        weeks=calendars.month(days, Region.FR),
        turn=timedelta(days=7),
        steps=_steps(),
        ways=sample_ways(DAY),
        helpers=(
            Someone("Cora", Role.COACH, "06 39 98 12 34", "cora@example.org"),
            Someone("Marc", Role.MENTOR),
        ),
        people=(
            PersonLine(Someone("Ada"), (), "1 proposal waits for an answer."),
            PersonLine(Someone("Émilie Tremblay-Bouchard"), ("No phone yet",)),
            PersonLine(
                Someone("Ben"), (), phone_words="Reminders do not reach this person's phone."
            ),
        ),
        devices=(
            DeviceLine(1, "Android", "phone-device", True, DAY, is_this=True),
            DeviceLine(2, "iPhone", "phone-device", True, date(2025, 12, 31), False, True, True),
        ),
        options=_options(),
        form=SampleForm(prefix="empty-"),
        wrong_form=_wrong_form(),
        qr=_qr(),
    )


def _occurrences() -> tuple[Occurrence, ...]:
    sweep = BilingualText(fr="Balayer l'allée", en="Sweep the aisle")
    return (
        _occurrence(sweep, "broom", at=time(9, 0)),
        _occurrence(sweep, "broom", at=time(13, 30), fixed=True),
        _occurrence(sweep, "broom", at=time(14, 0), mark=MarkState.DONE),
        _occurrence(sweep, "broom", at=time(15, 0), mark=MarkState.NOT_TODAY),
        _occurrence(BilingualText(fr="Arroser les plantes"), "watering", mark=MarkState.LATER),
        _occurrence(BilingualText(en="Water the plants"), "watering"),
    )


def _occurrence(title: BilingualText, picture: str, **values: Any) -> Occurrence:
    usual: dict[str, Any] = {
        "task_id": 1,
        "day": DAY,
        "on": DAY,
        "at": None,
        "minutes": 90,
        "description": BilingualText(
            fr="Prenez le grand balai. Commencez près de la porte.",
            en="Take the large broom. Start near the door.",
        ),
        "place": BilingualText(fr="Allée 4", en="Aisle 4"),
        "fixed": False,
        "steps": 3,
        "mark": None,
    }
    return Occurrence(title=title, picture=picture, **(usual | values))


def _steps() -> tuple[Step, ...]:
    texts = (
        (BilingualText(fr="Mettez les gants.", en="Put the gloves on."), "gloves"),
        (BilingualText(fr="Prenez le balai.", en="Take the broom."), "broom"),
        (BilingualText(fr="Videz la poubelle.", en="Empty the bin."), "bin"),
    )
    return tuple(
        Step(number, number, text, picture, ticked=number == 1)
        for number, (text, picture) in enumerate(texts, start=1)
    )


def _options() -> dict[str, tuple[Option, ...]]:
    return {
        "plain": (
            Option("fr", "Français", icon="language", lang="fr"),
            Option("en", "English", icon="language", lang="en"),
        ),
        "pictures": (
            Option("bus", "Bus", picture="bus"),
            Option("train", "Train", picture="train"),
        ),
        "sizes": tuple(Option(size, size, icon="text-size") for size in ("20", "24", "28", "32")),
        "themes": tuple(Option(theme, theme.capitalize(), icon="theme") for theme in Theme),
    }


def _wrong_form() -> SampleForm:
    form = SampleForm(MultiDict({"wrong-region": "FR"}), prefix="wrong-")
    form.validate()
    return form


def _qr() -> Markup:
    svg = make_qr("https://example.org/sign-in/link/sample", error="m").svg_inline(omitsize=True)
    return Markup(svg)  # noqa: S704 - made by us from a fixed address
