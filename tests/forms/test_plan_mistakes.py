"""Every mistake in a plan file has its own line, with its path."""

from time import process_time
from typing import Any

import pytest

from tests.forms.plans import GROCERY, REMOVED, changed, lines_of, reading_of
from webapp.forms.plan_file import PlanFileMistakes

LONG = "a" * 501


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
        ("participant.pace", 1, "participant.pace: must be one of slower, steady, faster, pause"),
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
            "2101-01-01",
            "goals[0].wanted_by: must be a day from 2000-01-01 to 2100-12-31",
        ),
        (
            "goals.0.next_steps",
            [{"title": {"fr": "a"}}] * 51,
            "goals[0].next_steps: has 51 items, at most 50 are allowed",
        ),
        ("goals.0.next_steps.1.title", REMOVED, "goals[0].next_steps[1].title: is missing"),
        # Tasks
        ("tasks", None, "tasks: must be a list, not null"),
        ("tasks", [GROCERY["tasks"][2]] * 2001, "tasks: has 2001 items, at most 2000 are allowed"),
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
        ("tasks.3.on", "1999-12-31", "tasks[3].on: must be a day from 2000-01-01 to 2100-12-31"),
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
        (
            "tasks.3.fixed_by_workplace",
            1,
            "tasks[3].fixed_by_workplace: must be true or false, not a number",
        ),
        (
            "tasks.3.remind_minutes_before",
            -1,
            "tasks[3].remind_minutes_before: must be from 0 to 10080",
        ),
        (
            "tasks.3.remind_minutes_before",
            10081,
            "tasks[3].remind_minutes_before: must be from 0 to 10080",
        ),
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
                ("FREQ=DAILY;COUNT=0", "COUNT must be from 1 to 999, and end within ten years"),
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
        (
            "tasks.0.steps",
            [{"text": {"fr": "a"}}] * 51,
            "tasks[0].steps: has 51 items, at most 50 are allowed",
        ),
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
    assert lines_of(changed((path, value))) == [line]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "the file: is not JSON, see line 1, column 1: Expecting value"),
        (
            b'{\n "a": 1\n "b"}',
            "the file: is not JSON, see line 3, column 2: Expecting ',' delimiter",
        ),
        (
            b'{"a": "\x00"}',
            "the file: is not JSON, see line 1, column 8: Invalid control character at",
        ),
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
    assert lines_of(content) == [line]


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


def test_the_refusal_says_all_its_lines() -> None:
    with pytest.raises(PlanFileMistakes) as refused:
        reading_of(changed(("version", 2), ("tasks.0.minutes", 0)))
    assert str(refused.value) == "version: must be 1\ntasks[0].minutes: must be from 1 to 1440"


@pytest.mark.parametrize(
    "content",
    [
        b"{" + b",".join(b'"%d":1' % number for number in range(200_000)) + b"}",
        b'{"tasks":[' + b"{}," * 200_000 + b"{}]}",
        b'{"tasks":[{"title":{"fr":"' + b" " * 4_900_000 + b'"}}]}',
    ],
    ids=["keys", "tasks", "spaces"],
)
def test_a_heavy_file_is_refused_in_time(content: bytes) -> None:
    began = process_time()
    assert lines_of(content)
    assert process_time() - began < 5
