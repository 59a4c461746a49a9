"""Help: who helps, when, what to call in danger; and asking for a human in two taps."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.page import Page
from tests.visitor import Visitor, rows
from webapp.models.change import HistoryEntry
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.person import Language, Region, Role
from webapp.web.database import Database

Visit = Callable[..., Visitor]


def sections(page: Page) -> list[str]:
    return [each.words for each in page.main.all("h2")]


def test_help_shows_who_helps_and_how_to_call(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/help")
    names = [card.one("h3").words for card in page.main.all(class_="helper-card card")]
    assert names == ["Cora", "Mia", "Emil"]
    assert "Your coach" in page.words
    assert "Your helper at work" in page.words
    assert {"tel:+15065550101", "sms:+15065550101", "/help/ask"} <= page.links
    assert sections(page) == ["Who helps me", "Is somebody in danger?"]


def test_the_coach_reads_roles_not_yours(visit: Visit, cast: Cast) -> None:
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/help")
    assert page.root.one(class_="plan-frame-name").words == "The plan of Ada"
    assert "Coach" in page.words
    assert "Helper at work" in page.words
    assert "Your" not in page.words
    assert "/help/ask" not in page.links


def test_a_helper_who_left_or_has_not_come_is_not_shown(
    visit: Visit, session: Session, cast: Cast, now: datetime
) -> None:
    gone = factories.person(session, "Gil", Role.MENTOR, now)
    soon = factories.person(session, "Sue", Role.MENTOR, now)
    hour = timedelta(hours=1)
    factories.support(session, gone, cast.ada, now, ended_at=now - hour)
    factories.support(session, soon, cast.ada, now, began_at=now + hour)
    session.commit()
    page = visit(cast.ada).get("/help")
    assert "Gil" not in page.words
    assert "Sue" not in page.words


def test_nobody_helps_yet(visit: Visit, session: Session, cast: Cast, now: datetime) -> None:
    alone = factories.person(session, "Al", Role.PARTICIPANT, now)
    session.commit()
    browser = visit(alone)
    for path in ("/help", "/help/ask/3"):
        page = browser.get(path)
        assert "Nobody is in the team yet." in page.words
        assert "tel:911" in page.links
    assert browser.post("/help/ask", about="late").status == 303


@pytest.mark.parametrize(
    ("region", "numbers"),
    [
        (Region.CA, {"tel:911", "tel:988"}),
        (Region.FR, {"tel:112", "tel:15", "sms:114", "tel:3114"}),
        (Region.GB, {"tel:999", "tel:116123"}),
    ],
)
@pytest.mark.parametrize("path", ["/help", "/help/ask", "/help/ask/3"])
def test_emergency_numbers_are_those_of_the_region(
    visit: Visit, session: Session, cast: Cast, path: str, region: Region, numbers: set[str]
) -> None:
    cast.ada.region = region
    session.add(cast.ada)
    session.commit()
    links = visit(cast.ada).get(path).links
    assert {link for link in links if link.startswith(("tel:", "sms:"))} - {
        "tel:+15065550101",
        "sms:+15065550101",
    } == numbers


def test_when_the_coach_answers_is_said_on_the_persons_clock(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    cast.cora.time_zone = "America/Halifax"
    cast.cora.answers_on, cast.cora.answers_from, cast.cora.answers_until = (
        "MO,TU",
        time(9),
        time(16),
    )
    session.add(cast.cora)
    session.commit()
    ada = visit(cast.ada)
    said = []
    for hours in (0, 6, 1, 24):
        clock.move(hours=hours)
        said.append(ada.get("/help").main.one(class_="helper-card-answers").words)
    assert said == [
        "Cora answers now.",
        "Cora answers now.",
        "Cora answers tomorrow, Tuesday 24 November, at 8 in the morning.",
        "Cora answers on Monday 30 November at 8 in the morning.",
    ]


def test_without_hours_nothing_is_said_of_when(visit: Visit, cast: Cast) -> None:
    assert "answers" not in visit(cast.ada).get("/help").words


def test_six_pictures_and_each_leads_to_whom_to_ask(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    choices = ada.get("/help/ask").main.all(class_="help-reasons-link")
    assert len(choices) == 6
    for choice in choices:
        page = ada.get(choice["href"])
        assert choice.words in page.words
        names = [each.words for each in page.main.all(class_="help-people-name")]
        assert names == ["Cora", "Mia", "My whole team"]
        assert "tel:+15065550101" in page.links


def test_two_taps_from_a_task(
    visit: Visit, session: Session, cast: Cast, database: Database
) -> None:
    task = factories.task(session, cast.ada)
    factories.steps(session, task, "I take the broom.")
    session.commit()
    ada = visit(cast.ada)
    from_task = f"/help/ask?task={task.id}&day=2026-11-23"
    assert from_task in ada.get("/today").links
    assert from_task in ada.get(f"/tasks/{task.id}/2026-11-23").links
    page = ada.get(from_task)
    assert "Sweep" in page.words
    page = ada.get(page.main.all(class_="help-reasons-link")[1]["href"])
    form = page.main.one("form")
    fields = {each["name"]: each["value"] for each in form.all("input", type="hidden")}
    button = form.all("button")[0]
    page = ada.follow(ada.post(form["action"], **fields, **{button["name"]: button["value"]}))
    assert page.title == "Sent to Cora."
    assert f"/tasks/{task.id}/2026-11-23" in page.links
    [call] = rows(database, HelpRequest)
    assert (call.about, call.to_id, call.sentence) == (
        HelpReason.NOT_FOUND,
        cast.cora.id,
        None,
    )
    assert (call.task_id, call.day) == (task.id, factories.MONDAY)


def test_the_coach_has_no_button_for_help(visit: Visit, session: Session, cast: Cast) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    cora = visit(cast.cora)
    for path in (f"/people/{cast.ada.id}/today", f"/tasks/{task.id}/2026-11-23"):
        assert not {link for link in cora.get(path).links if link.startswith("/help/ask")}


WRONG: list[dict[str, str]] = [
    {},
    {"about": "", "to": "", "sentence": "", "task": "", "day": ""},
    {"about": "talk", "to": "me", "sentence": " \u200b\n", "task": "x", "day": "2026-13-01"},
    {"about": "x" * 5000, "to": "9" * 40, "sentence": "\t", "task": "9" * 40, "day": "9" * 40},
]


@pytest.mark.parametrize("said", WRONG)
def test_no_mistake_in_the_form_is_ever_refused(
    visit: Visit, cast: Cast, database: Database, said: dict[str, str]
) -> None:
    ada = visit(cast.ada)
    page = ada.follow(ada.post("/help/ask", **said))
    assert page.title == "Sent to the whole team."
    [call] = rows(database, HelpRequest)
    assert call.about is HelpReason.SOMETHING_ELSE
    assert (call.to_id, call.task_id, call.day, call.sentence) == (None,) * 4


def test_what_cannot_be_read_in_an_address_is_left_out(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    for path in ("/help/ask?task=9999&day=x", "/help/ask/99?task=x", "/help/ask?task=1e3"):
        page = ada.get(path)
        assert page.status == 200
        assert not page.main.all(name="task")
    assert "Something else" in ada.get("/help/ask/99").words


def test_a_sentence_is_kept_as_typed_and_is_never_code(
    visit: Visit, cast: Cast, database: Database
) -> None:
    ada, attack = visit(cast.ada), '"><script>alert(1)</script> & é'
    page = ada.follow(ada.post("/help/ask", about="late", sentence=f"  {attack}"))
    assert rows(database, HelpRequest)[0].sentence == attack
    for each in (page, ada.get("/help"), visit(cast.cora).get("/people")):
        assert "<script>alert" not in each.text
        assert attack in each.words


def test_the_same_tap_twice_asks_once(visit: Visit, cast: Cast, database: Database) -> None:
    ada, said = visit(cast.ada), {"about": "late", "change_id": "the-same-tap"}
    first, second = (ada.post("/help/ask", **said) for _tap in range(2))
    assert first.location == second.location
    assert len(rows(database, HelpRequest)) == 1
    assert [line.after and line.after["about"] for line in rows(database, HistoryEntry)] == ["late"]


def test_it_is_all_there_in_french(visit: Visit, session: Session, cast: Cast) -> None:
    cast.ada.language = Language.FR
    session.add(cast.ada)
    session.commit()
    ada = visit(cast.ada)
    assert "J'ai besoin d'aide" in ada.get("/help").words
    assert "Je ne comprends pas" in ada.get("/help/ask").words
    page = ada.follow(ada.post("/help/ask", about="unwell", to=str(cast.cora.id)))
    assert page.title == "Envoyé à Cora."
    assert "Demandé aujourd'hui à 8 heures du matin." in page.words
