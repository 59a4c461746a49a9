"""What a message says: neutral words unless the person wants all, in their language and form."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories
from tests.conftest import NOW
from tests.factories import MONDAY
from tests.jobs.outbox import SITE, PushServices, notice, phone
from webapp.jobs.flow import Counts
from webapp.jobs.letters import topic_of, ttl_seconds, urgency_of
from webapp.models.change import Change
from webapp.models.mark import Mark, MarkState
from webapp.models.notice import NoticeKind
from webapp.models.person import Language, LockScreen, Person, Region, TimeStyle
from webapp.models.text import BilingualText
from webapp.web import i18n, notice_words
from webapp.web.notice_words import MOST_OCTETS, Spoken

Send = Callable[[], Counts]
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def reminded(session: Session, ada: Person) -> Callable[..., Any]:
    """Give a function that lets Ada be reminded of a task."""
    phone(session, ada)

    def reminded(day: date = MONDAY, **values: Any) -> Any:
        title = BilingualText(en="Sweep the hall", fr="Balayer la salle")
        task = factories.task(session, ada, **values)
        task.title = title
        return notice(session, ada, NoticeKind.REMINDER, task_id=task.id, day=day)

    return reminded


def test_without_a_choice_of_theirs_nothing_is_said_of_the_task(
    reminded: Callable[..., Any], send: Send, post: PushServices
) -> None:
    row = reminded()
    send()
    message = json.loads(post.sent[0].payload)
    page = f"{SITE}/tasks/{row.task_id}/2026-11-23"
    assert message == {
        "web_push": 8030,
        "notification": {
            "title": "You have a reminder",
            "body": "",
            "lang": "en",
            "dir": "ltr",
            "tag": topic_of(row.key),
            "navigate": page,
            "silent": False,
            "actions": [
                {"action": "done", "title": "It's done", "navigate": page},
                {"action": "later", "title": "Later", "navigate": f"{page}/later"},
            ],
            "data": {
                "done": f"/tasks/{row.task_id}/2026-11-23/done",
                "change_id": f"notice-{row.id}-done",
                "notice": row.id,
            },
        },
    }
    assert post.sent[0].urgency == "high"


@pytest.mark.parametrize(
    ("chosen", "title", "body"),
    [
        ({}, "Sweep the hall", "Monday 23\u00a0November, at 9\u00a0in the morning"),
        (
            {"language": Language.FR, "region": Region.FR},
            "Balayer la salle",
            "Lundi 23\u00a0novembre, à 9\u00a0heures du matin",
        ),
        (
            {"time_style": TimeStyle.DIGITS},
            "Sweep the hall",
            "Monday 23\u00a0November, at 9:00",
        ),
    ],
)
def test_who_wants_all_words_gets_them(
    ada: Person,
    reminded: Callable[..., Any],
    send: Send,
    post: PushServices,
    chosen: dict[str, Any],
    title: str,
    body: str,
) -> None:
    ada.lock_screen = LockScreen.FULL
    for name, value in chosen.items():
        setattr(ada, name, value)
    reminded()
    send()
    [shown] = post.shown()
    assert (shown["title"], shown["body"]) == (title, body)
    assert shown["lang"] == ada.language


def test_a_task_of_tomorrow_cannot_be_done_from_the_locked_screen(
    ada: Person, reminded: Callable[..., Any], send: Send, post: PushServices
) -> None:
    ada.lock_screen = LockScreen.FULL
    reminded(TUESDAY, at_time=None)
    send()
    [shown] = post.shown()
    assert shown["body"] == "Tuesday 24\u00a0November"
    assert shown["actions"] == []
    assert shown["data"]["done"] is None


def test_a_fixed_time_cannot_be_put_off(
    reminded: Callable[..., Any], send: Send, post: PushServices
) -> None:
    reminded(is_fixed_by_workplace=True)
    send()
    assert [each["action"] for each in post.shown()[0]["actions"]] == ["done"]


def test_it_says_where_the_task_stands_now(
    session: Session, ada: Person, reminded: Callable[..., Any], send: Send, post: PushServices
) -> None:
    ada.lock_screen = LockScreen.FULL
    row = reminded()
    moved = {"moved_on": TUESDAY, "moved_time": time(14, 30)}
    change = factories.help_request(session, ada, NOW).change_id
    session.add(
        Mark(
            task_id=row.task_id,
            day=MONDAY,
            state=MarkState.LATER,
            change_id=change,
            marked_at=NOW,
            **moved,
        )
    )
    send()
    [shown] = post.shown()
    assert shown["body"] == "Tuesday 24\u00a0November, at 2:30\u00a0in the afternoon"


CALLS = [
    (NoticeKind.TOLD, "task.add", "Cora changed something in your plan."),
    (NoticeKind.PROPOSAL, "goal.add", "Cora proposes something."),
    (NoticeKind.HELP_ANSWER, "help.answer", "Cora answered your call for help."),
    (NoticeKind.HELP_ANSWER, "help.seen", "Cora saw your call for help."),
]


@pytest.mark.parametrize(("kind", "verb", "title"), CALLS)
@pytest.mark.parametrize("shows", LockScreen)
def test_a_message_names_somebody_only_where_the_person_wants_it(
    session: Session,
    ada: Person,
    cora: Person,
    send: Send,
    post: PushServices,
    kind: NoticeKind,
    verb: str,
    title: str,
    shows: LockScreen,
) -> None:
    phone(session, ada)
    ada.lock_screen = shows
    number = factories.help_request(session, ada, NOW).change_id
    change = session.get_one(Change, number)
    change.actor_id, change.verb = cora.id, verb
    notice(session, ada, kind, change_id=number)
    send()
    [shown] = post.shown()
    assert shown["title"] == (title if shows is LockScreen.FULL else "You have a message")
    assert ("Cora" in str(shown)) is (shows is LockScreen.FULL)


def test_the_team_is_told_who_calls(
    session: Session, ada: Person, cora: Person, send: Send, post: PushServices
) -> None:
    phone(session, cora)
    cora.lock_screen = LockScreen.FULL
    call = factories.help_request(session, ada, NOW)
    about = {"participant_id": ada.id, "help_request_id": call.id}
    notice(session, cora, NoticeKind.HELP_REQUEST, **about)
    send()
    [shown] = post.shown()
    assert shown["title"] == "Ada asks for help"
    assert shown["navigate"] == f"{SITE}/help-requests/{call.id}"
    assert post.sent[0].urgency == "high"


def test_every_message_leads_to_a_page_that_is_there(shared_app: Flask) -> None:
    pages = shared_app.url_map.bind("localhost")
    for kind in NoticeKind:
        row = Row(kind)
        endpoint, _values = pages.match(notice_words.path(row))
        assert endpoint
        if kind.is_reminder:
            assert pages.match(f"{notice_words.path(row)}/later")
            assert pages.match(f"{notice_words.path(row)}/done", method="POST")


class Row:
    """A row of a notice, as far as its address needs it."""

    def __init__(self, kind: NoticeKind) -> None:
        self.kind = kind
        self.id = self.participant_id = self.task_id = self.help_request_id = 7
        self.day = MONDAY


LONG = BilingualText(en="a very long title " * 40, fr="\U0001f9f9" * 900)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", NoticeKind)
def test_no_message_is_too_long(ada: Person, kind: NoticeKind, language: Language) -> None:
    ada.language = language
    spoken = Spoken(True, "x" * 1000, "", LONG, MONDAY, time(9), True, True)
    site = f"https://{'long-name.' * 10}example.org"
    with notice_words.speaking_app().app_context():
        i18n.choose(ada)
        written = notice_words.payload(Row(kind), spoken, site, "t" * 32)
    assert len(written) <= MOST_OCTETS
    assert json.loads(written)["notification"]["title"]


def test_what_people_wrote_cannot_break_a_message(ada: Person) -> None:
    title = 'Say "hi" \\ %(page)s {0} \u2028 50 %'
    spoken = Spoken(True, title=BilingualText(en=title), on=MONDAY)
    with notice_words.speaking_app().app_context():
        i18n.choose(ada)
        written = notice_words.payload(Row(NoticeKind.REMINDER), spoken, SITE, "t" * 32)
    assert json.loads(written)["notification"]["title"] == title


def test_how_long_a_service_keeps_it() -> None:
    assert ttl_seconds(NOW + timedelta(minutes=30), NOW) == 1800
    assert ttl_seconds(NOW + timedelta(seconds=5), NOW) == 60
    assert ttl_seconds(NOW + timedelta(days=90), NOW) == 28 * 24 * 3600


def test_how_much_it_may_disturb() -> None:
    urgencies = {kind: urgency_of(kind) for kind in NoticeKind}
    assert {kind for kind, said in urgencies.items() if said == "high"} == {
        *(NoticeKind.REMINDER, NoticeKind.REMINDER_AGAIN),
        *(NoticeKind.HELP_REQUEST, NoticeKind.TRY),
    }
    assert [kind for kind, said in urgencies.items() if said == "low"] == [NoticeKind.SUMMARY]


def test_one_that_cannot_be_written_stops_no_other(
    session: Session,
    ada: Person,
    reminded: Callable[..., Any],
    send: Send,
    post: PushServices,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ada.lock_screen = LockScreen.FULL
    reminded(repeat_rule="NONSENSE")
    reminded()
    assert send().states == {"failed": 1, "accepted": 1}
    assert "RuleMistake" in caplog.text
    assert "Sweep" not in caplog.text
