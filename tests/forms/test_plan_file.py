"""The plan file: what comes in goes out again, and every mistake has its line."""

import copy
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from webapp.domain.repeats import check_rule
from webapp.forms.plan_file import (
    PlanFile,
    PlanFileMistakes,
    PlanParticipant,
    PlanReading,
    PlanTask,
    read,
    write,
)
from webapp.models.person import Language, Pace, Region
from webapp.models.text import BilingualText

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.json"))
GROCERY = json.loads(next(p for p in SAMPLES if p.stem == "grocery-quebec").read_text("utf-8"))
REMOVED = object()
LONG = "a" * 501


def reading_of(content: bytes, *, known: bool = True) -> PlanReading:
    """Read with the real rules for repeats, all pictures known or none."""
    return read(content, check_repeat=check_rule, known_picture=lambda name: known)


def lines_of(content: bytes) -> list[str]:
    """Return the lines that refuse the content, none where it is accepted."""
    try:
        reading_of(content)
    except PlanFileMistakes as refused:
        return [str(mistake) for mistake in refused.mistakes]
    return []


def changed(*changes: tuple[str, Any]) -> bytes:
    """Return the grocery's file with the values at paths like `tasks.0.on` replaced."""
    plan = copy.deepcopy(GROCERY)
    for path, value in changes:
        *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        place = plan
        for key in way:
            place = place[key]
        if value is REMOVED:
            del place[last]
        else:
            place[last] = value
    return json.dumps(plan).encode()


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


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        # The head
        ("format", "plan", 'format: must be "mon-rythme-plan"'),
        ("format", REMOVED, "format: is missing"),
        ("version", 2, "version: must be 1"),
        ("version", True, "version: must be 1"),
        ("version", 1.0, "version: must be 1"),
        ("version", REMOVED, "version: is missing"),
        ("colour", "red", "colour: is an unknown key"),
        ("my key\x1b[2J", 1, 'the file["my key\\u001b[2J"]: is an unknown key'),
        # The participant
        ("participant", REMOVED, "participant: is missing"),
        ("participant", None, "participant: must be an object, not null"),
        ("participant.name", REMOVED, "participant.name: is missing"),
        ("participant.name", "", "participant.name: is empty or only spaces"),
        ("participant.name", "a" * 101, "participant.name: is over 100 characters"),
        ("participant.name", 5, "participant.name: must be text, not a number"),
        ("participant.language", REMOVED, "participant.language: is missing"),
        ("participant.language", "de", "participant.language: must be one of fr, en"),
        ("participant.region", REMOVED, "participant.region: is missing"),
        ("participant.region", "ca", "participant.region: must be one of FR, CA, GB"),
        ("participant.region", ["CA"], "participant.region: must be one of FR, CA, GB"),
        (
            "participant.pace",
            None,
            "participant.pace: must be one of slower, steady, faster, pause",
        ),
        ("participant.time_zone", REMOVED, "participant.time_zone: is missing"),
        *(
            ("participant.time_zone", name, f"participant.time_zone: {text}")
            for name, text in [
                ("Europe/Lyon", '"Europe/Lyon" is not an IANA time zone'),
                ("europe/paris", '"europe/paris" is not an IANA time zone'),
                ("Europe", '"Europe" is not an IANA time zone'),
                ("../x", '"../x" is not an IANA time zone'),
                ("/etc/passwd", '"/etc/passwd" is not an IANA time zone'),
                ("localtime", '"localtime" is not an IANA time zone'),
                ("", '"" is not an IANA time zone'),
                ("a\0\ud800", '"a\\u0000\\ud800" is not an IANA time zone'),
                ("x" * 9999, f'"{"x" * 40}…" is not an IANA time zone'),
                (None, "must be the name of a time zone, not null"),
            ]
        ),
        # Goals
        ("goals", {}, "goals: must be a list, not an object"),
        ("goals.0", "x", "goals[0]: must be an object, not text"),
        ("goals", [GROCERY["goals"][0]] * 201, "goals: has 201 items, at most 200 are allowed"),
        ("goals.1.title", REMOVED, "goals[1].title: is missing"),
        ("goals.1.title", {}, "goals[1].title: has no text, neither fr nor en"),
        ("goals.0.why", {"fr": "a\nb"}, "goals[0].why.fr: has a control character, U+000A"),
        (
            "goals.0.wanted_by",
            "2027-02-30",
            'goals[0].wanted_by: "2027-02-30" is not a day of the calendar',
        ),
        (
            "goals.0.wanted_by",
            "1999-12-31",
            "goals[0].wanted_by: must be a day from 2000-01-01 to 2100-12-31",
        ),
        (
            "goals.0.next_steps",
            [{"title": {"fr": "a"}}] * 51,
            "goals[0].next_steps: has 51 items, at most 50 are allowed",
        ),
        (
            "goals.0.next_steps.1.title",
            REMOVED,
            "goals[0].next_steps[1].title: is missing",
        ),
        # Tasks
        ("tasks", None, "tasks: must be a list, not null"),
        (
            "tasks",
            [GROCERY["tasks"][2]] * 2001,
            "tasks: has 2001 items, at most 2000 are allowed",
        ),
        ("tasks.3.titel", {}, "tasks[3].titel: is an unknown key"),
        ("tasks.3.title", REMOVED, "tasks[3].title: is missing"),
        ("tasks.3.title", "Je lis", "tasks[3].title: must be an object, not text"),
        ("tasks.3.title", {"de": "Ich"}, "tasks[3].title.de: is an unknown key"),
        ("tasks.3.title.fr", LONG, "tasks[3].title.fr: is over 500 characters"),
        ("tasks.3.title.fr", None, "tasks[3].title.fr: must be text, not null"),
        ("tasks.3.title.fr", " \u00a0\u200b", "tasks[3].title.fr: is empty or only spaces"),
        *(
            ("tasks.3.title.fr", f"a{c}b", f"tasks[3].title.fr: has a control character, {name}")
            for c, name in [
                ("\0", "U+0000"),
                ("\n", "U+000A"),
                ("\t", "U+0009"),
                ("\x1b", "U+001B"),
                ("\x7f", "U+007F"),
                ("\x85", "U+0085"),
                ("\u202e", "U+202E"),
                ("\u2066", "U+2066"),
                ("\ud800", "U+D800"),
                ("\udfff", "U+DFFF"),
            ]
        ),
        (
            "tasks.3.description.fr",
            "a\r\nb",
            "tasks[3].description.fr: has a control character, U+000D",
        ),
        ("tasks.3.description.fr", LONG, "tasks[3].description.fr: is over 500 characters"),
        ("tasks.3.place", None, "tasks[3].place: must be an object, not null"),
        ("tasks.3.picture", 3, "tasks[3].picture: must be text, not a number"),
        ("tasks.3.picture", "", "tasks[3].picture: is empty or only spaces"),
        ("tasks.3.goal", True, "tasks[3].goal: must be a whole number, not true"),
        ("tasks.3.goal", -1, "tasks[3].goal: must be from 0 to 199"),
        ("tasks.3.goal", 2, "tasks[3].goal: there is no goal 2, the file has 2, counted from 0"),
        ("tasks.3.on", REMOVED, "tasks[3].on: is missing"),
        ("tasks.3.on", None, "tasks[3].on: must be a day like 2026-11-23, not null"),
        (
            "tasks.3.on",
            "23/11/2026",
            'tasks[3].on: must be a day like 2026-11-23, not "23/11/2026"',
        ),
        ("tasks.3.on", "20261123", 'tasks[3].on: must be a day like 2026-11-23, not "20261123"'),
        ("tasks.3.on", "2026-02-30", 'tasks[3].on: "2026-02-30" is not a day of the calendar'),
        ("tasks.3.on", "2101-01-01", "tasks[3].on: must be a day from 2000-01-01 to 2100-12-31"),
        ("tasks.3.at", "24:00", 'tasks[3].at: must be a time from 00:00 to 23:59, not "24:00"'),
        ("tasks.3.at", "9:00", 'tasks[3].at: must be a time from 00:00 to 23:59, not "9:00"'),
        (
            "tasks.3.at",
            "09:00\n",
            'tasks[3].at: must be a time from 00:00 to 23:59, not "09:00\\u000a"',
        ),
        ("tasks.3.at", 9, "tasks[3].at: must be a time like 09:30, not a number"),
        ("tasks.3.minutes", 0, "tasks[3].minutes: must be from 1 to 1440"),
        ("tasks.3.minutes", -5, "tasks[3].minutes: must be from 1 to 1440"),
        ("tasks.3.minutes", 1441, "tasks[3].minutes: must be from 1 to 1440"),
        ("tasks.3.minutes", False, "tasks[3].minutes: must be a whole number, not false"),
        ("tasks.3.minutes", 30.0, "tasks[3].minutes: must be a whole number, not 30.0"),
        ("tasks.3.minutes", "30", "tasks[3].minutes: must be a whole number, not text"),
        ("tasks.3.minutes", None, "tasks[3].minutes: must be a whole number, not null"),
        ("tasks.3.minutes", float("nan"), "tasks[3].minutes: must be a whole number, not NaN"),
        (
            "tasks.3.minutes",
            float("-inf"),
            "tasks[3].minutes: must be a whole number, not -Infinity",
        ),
        ("tasks.3.fixed_by_workplace", 1, "tasks[3].fixed_by_workplace: must be true or false"),
        ("tasks.3.remind_minutes_before", -1, "tasks[3].remind_minutes_before: must be from 0"),
        ("tasks.3.remind_minutes_before", 10081, "tasks[3].remind_minutes_before: must be from 0"),
        ("tasks.3.repeat", 7, "tasks[3].repeat: must be text, not a number"),
        *(
            ("tasks.3.repeat", rule, f"tasks[3].repeat: is not a usable RFC 5545 rule: {why}")
            for rule, why in [
                ("every day", "it is not written like FREQ=WEEKLY;BYDAY=MO,TU"),
                ("FREQ=DAILY;COUNT=1;COUNT=2", "a part is written more than once"),
                ("FREQ=DAILY;COLOUR=RED", "a part is unknown"),
                ("COUNT=2", "FREQ is missing"),
                ("FREQ=HOURLY", "it must not come more often than daily"),
                ("FREQ=NEVER", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY"),
                ("FREQ=DAILY;INTERVAL=0", "INTERVAL is wrong"),
                ("FREQ=DAILY;COUNT=0", "COUNT is wrong"),
                ("FREQ=DAILY;UNTIL=20260230", "UNTIL is wrong"),
                ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "COUNT and UNTIL exclude each other"),
                ("FREQ=WEEKLY;BYDAY=XX", "BYDAY is wrong"),
                ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY is wrong"),
                ("FREQ=YEARLY;BYMONTH=13", "BYMONTH is wrong"),
                ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS is wrong"),
                ("FREQ=WEEKLY;WKST=XX", "WKST is wrong"),
                ("FREQ=DAILY;UNTIL=20200101", "no day comes within ten years"),
                ("FREQ=DAILY;BYMONTHDAY=" + "1," * 99 + "1", "it is over 200 characters"),
            ]
        ),
        ("tasks.0.steps", [{}] * 51, "tasks[0].steps: has 51 items, at most 50 are allowed"),
        ("tasks.0.steps.2", None, "tasks[0].steps[2]: must be an object, not null"),
        ("tasks.0.steps.2.text", REMOVED, "tasks[0].steps[2].text: is missing"),
        ("tasks.0.steps.2.text", {}, "tasks[0].steps[2].text: has no text, neither fr nor en"),
        (
            "tasks.0.steps.2.text.en",
            "a\nb",
            "tasks[0].steps[2].text.en: has a control character, U+000A",
        ),
    ],
)
def test_a_mistake_has_its_line(path: str, value: Any, line: str) -> None:
    assert lines_of(changed((path, value)))[0].startswith(line)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "the file: is not JSON, see line 1, column 1: Expecting value"),
        (b'{\n "a": 1\n "b"}', "the file: is not JSON, see line 3, column 2: Expecting ',' del"),
        (b'{"a": "\x00"}', "the file: is not JSON, see line 1, column 8: Invalid control char"),
        (b"{} {}", "the file: is not JSON, see line 1, column 4: Extra data"),
        (b'{"a": "\xff"}', "the file: is not UTF-8, see byte 8"),
        ("{}".encode("utf-16"), "the file: is not UTF-8, see byte 1"),
        (b"[" * 1_000_000, "the file: has lists or objects nested too deep"),
        (b'{"a":' * 1_000_000, "the file: has lists or objects nested too deep"),
        (b" " * 5_000_001, "the file: is over 5 MB"),
        (b"[]", "the file: must be an object, not a list"),
        (b"null", "the file: must be an object, not null"),
        (b"9" * 10_000, "the file: must be an object, not a number"),
        (b"NaN", "the file: must be an object, not NaN"),
        (b"1e999", "the file: must be an object, not Infinity"),
    ],
    ids=range(14),
)
def test_what_is_no_plan_at_all_has_one_line(content: bytes, line: str) -> None:
    (only,) = lines_of(content)
    assert only.startswith(line)


def test_a_number_without_end_is_out_of_range() -> None:
    content = changed(("tasks.0.minutes", 1234)).replace(b"1234", b"9" * 10_000)
    assert lines_of(content) == ["tasks[0].minutes: must be from 1 to 1440"]


def test_a_key_that_is_written_twice_is_refused_wherever_it_stands() -> None:
    content = changed(("tasks.1.steps.0.text", {"fr": "a", "en": "twice"}))
    content = content.replace(b'"en": "twice"', b'"fr": "twice"')
    content = content.replace(b'"version": 1', b'"version": 1, "version": 1')
    assert lines_of(content) == [
        "version: is written more than once",
        "tasks[1].steps[0].text.fr: is written more than once",
    ]


def test_all_mistakes_are_named_at_once() -> None:
    content = changed(
        ("participant.region", "US"),
        ("goals.1.title", REMOVED),
        ("tasks.0.on", "2026-02-30"),
        ("tasks.0.repeat", "often"),
        ("tasks.0.goal", 9),
        ("tasks.2", 3),
        ("tasks.4.steps.1.text.fr", ""),
    )
    assert lines_of(content) == [
        "participant.region: must be one of FR, CA, GB",
        "goals[1].title: is missing",
        'tasks[0].on: "2026-02-30" is not a day of the calendar',
        "tasks[2]: must be an object, not a number",
        "tasks[4].steps[1].text.fr: is empty or only spaces",
        "tasks[0].goal: there is no goal 9, the file has 2, counted from 0",
        "tasks[0].repeat: is not a usable RFC 5545 rule: "
        "it is not written like FREQ=WEEKLY;BYDAY=MO,TU",
    ]


def test_after_100_mistakes_the_others_are_counted() -> None:
    lines = lines_of(changed(("tasks", [1] * 101)))
    assert len(lines) == 101
    assert lines[-1] == "and 1 more mistake"
    assert lines_of(changed(("tasks", [1] * 150)))[-1] == "and 50 more mistakes"


def test_a_mistake_of_goals_brings_none_for_the_tasks_that_name_them() -> None:
    assert lines_of(changed(("goals", "x"))) == ["goals: must be a list, not text"]


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


def test_the_refusal_says_all_its_lines() -> None:
    with pytest.raises(PlanFileMistakes) as refused:
        reading_of(changed(("version", 2), ("tasks.0.minutes", 0)))
    assert str(refused.value) == "version: must be 1\ntasks[0].minutes: must be from 1 to 1440"


@pytest.mark.parametrize(
    "content",
    [
        b"[" + b'{"a":1,' * 10_000,
        b"{" + b",".join(b'"%d":1' % n for n in range(400_000)) + b"}",
        changed(("tasks", [{}] * 1_000_000)),
        changed(("tasks.0.title.fr", " " * 4_900_000)),
        changed(("goals", [[]] * 1_000_000)),
    ],
    ids=["nested", "keys", "tasks", "spaces", "goals"],
)
def test_a_heavy_file_is_refused_in_time(content: bytes) -> None:
    began = time.process_time()
    assert lines_of(content)
    assert time.process_time() - began < 5


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=20)
    | st.sampled_from(["2026-11-23", "09:00", "FREQ=DAILY", "fr", "CA", "Europe/Paris"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
patiently = settings(
    database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300
)


def assert_answered(content: bytes) -> None:
    """Accept it and write it again unchanged, or refuse it in lines that can be printed."""
    try:
        plan = reading_of(content).plan
    except PlanFileMistakes as refused:
        assert 1 <= len(refused.mistakes) <= 101
        for mistake in refused.mistakes:
            assert str(mistake).isprintable()
            str(mistake).encode()
    else:
        assert reading_of(write(plan).encode()).plan == plan


@patiently
@given(st.binary(max_size=200) | st.text(st.sampled_from('{}[]",:0e-\\u')).map(str.encode))
def test_any_bytes_are_answered(content: bytes) -> None:
    assert_answered(content)


@patiently
@given(JSON)
def test_any_json_is_answered(value: Any) -> None:
    assert_answered(json.dumps(value).encode())


@patiently
@given(st.data())
def test_any_change_of_a_sample_is_answered(data: st.DataObject) -> None:
    plan = copy.deepcopy(GROCERY)
    for _ in range(data.draw(st.integers(1, 4))):
        place = plan
        for _ in range(data.draw(st.integers(0, 5))):
            keys = list(place) if isinstance(place, dict) else range(len(place))
            inner = [key for key in keys if isinstance(place[key], dict | list) and place[key]]
            if not inner:
                break
            place = place[data.draw(st.sampled_from(inner))]
        keys = list(place) if isinstance(place, dict) else range(len(place))
        assume(keys)
        key = data.draw(st.sampled_from(keys))
        if data.draw(st.booleans()):
            place[key] = data.draw(JSON)
        else:
            del place[key]
    assert_answered(json.dumps(plan).encode())


@patiently
@given(st.integers(0, 9000), st.binary(max_size=3), st.integers(0, 3))
def test_any_wound_of_a_sample_is_answered(at: int, new: bytes, gone: int) -> None:
    content = SAMPLES[0].read_bytes()
    assert_answered(content[:at] + new + content[at + gone :])


@patiently
@given(st.text(st.sampled_from("FREQ=DAILYWKMOBUNT;,0123456789+-"), max_size=60))
def test_any_repeat_is_answered(rule: str) -> None:
    assert_answered(changed(("tasks.0.repeat", f"FREQ={rule}")))
