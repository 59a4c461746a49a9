"""The plan file: what comes in goes out again, with a word about unknown pictures."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.forms.plans import GROCERY, SAMPLES, changed, lines_of, reading_of
from webapp.domain.repeats import check_rule
from webapp.forms.plan_file import PlanFile, PlanParticipant, PlanTask, read, write
from webapp.models.person import Language, Pace, Region
from webapp.models.text import BilingualText


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_goes_out_as_it_came_in(sample: Path) -> None:
    content = sample.read_bytes()
    reading = reading_of(content)
    assert write(reading.plan) == content.decode() + "\n"
    assert reading.warnings == ()


def test_the_samples_are_there() -> None:
    assert [path.stem for path in SAMPLES] == ["grocery-quebec", "hotel-lyon", "library-moncton"]


def test_a_short_file_gets_the_defaults() -> None:
    short = {
        "format": "mon-rythme-plan",
        "version": 1,
        "participant": {
            "name": "Ada",
            "language": "en",
            "region": "GB",
            "time_zone": "Europe/London",
        },
        "tasks": [{"title": {"en": "I sweep"}, "on": "2026-11-23"}],
    }
    plan = reading_of(json.dumps(short).encode()).plan
    assert plan == PlanFile(
        participant=PlanParticipant(
            name="Ada",
            language=Language.EN,
            region=Region.GB,
            time_zone="Europe/London",
            pace=Pace.STEADY,
        ),
        goals=(),
        tasks=(
            PlanTask(
                title=BilingualText(en="I sweep"),
                description=BilingualText(),
                picture=None,
                place=BilingualText(),
                goal=None,
                on=date(2026, 11, 23),
                at=None,
                minutes=15,
                repeat=None,
                fixed_by_workplace=False,
                remind_minutes_before=None,
                steps=(),
            ),
        ),
    )
    assert reading_of(write(plan).encode()).plan == plan


def test_a_byte_order_mark_is_dropped() -> None:
    content = SAMPLES[0].read_bytes()
    assert reading_of(b"\xef\xbb\xbf" + content) == reading_of(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("participant.name", "a" * 100),
        ("participant.time_zone", "UTC"),
        ("goals.0.wanted_by", "2100-12-31"),
        ("tasks.0.on", "2000-01-01"),
        ("tasks.0.on", "2028-02-29"),
        ("tasks.0.at", "00:00"),
        ("tasks.0.at", "23:59"),
        ("tasks.0.minutes", 1),
        ("tasks.0.minutes", 1440),
        ("tasks.0.remind_minutes_before", 10080),
        ("tasks.0.goal", 1),
        ("tasks.0.title", {"en": "é" * 500}),
        ("tasks.0.title", {"fr": "👩🏽‍🍳 Je cuisine"}),
        ("tasks.0.description", {"en": "One.\nTwo."}),
        ("tasks.0.picture", None),
        ("tasks.0.steps", [{"text": {"fr": "a"}}] * 50),
        ("tasks", [GROCERY["tasks"][2]] * 2000),
        ("goals", [GROCERY["goals"][0]] * 200),
    ],
)
def test_what_is_just_allowed_is_accepted(path: str, value: Any) -> None:
    assert lines_of(changed((path, value))) == []


def test_an_unknown_picture_is_kept_with_a_warning() -> None:
    content = changed(("tasks.0.picture", "rocket"))
    reading = read(content, check_repeat=check_rule, known_picture=lambda name: name != "rocket")
    assert reading.plan.tasks[0].picture == "rocket"
    assert reading.warnings == (
        'tasks[0].picture: "rocket" is not a known picture, the general picture is shown',
    )


def test_warnings_name_every_place_of_a_picture() -> None:
    warnings = reading_of(changed(), known=False).warnings
    assert warnings[0].startswith('goals[0].next_steps[0].picture: "shelf" is not')
    assert warnings[5].startswith('tasks[0].picture: "door" is not')
    assert warnings[6].startswith('tasks[0].steps[0].picture: "apron" is not')


def test_after_100_warnings_the_others_are_counted() -> None:
    content = changed(("tasks", [GROCERY["tasks"][2]] * 97))
    warnings = reading_of(content, known=False).warnings
    assert (len(warnings), warnings[-1]) == (101, "and 2 more warnings")
