"""One call for help: how far it came for the person, and the coach who sees it and answers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, everything, rows
from webapp.models.help import HelpAnswer, HelpRequest
from webapp.models.person import Language
from webapp.web.database import Database

Visit = Callable[..., Visitor]


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.ada)


@pytest.fixture
def cora(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.cora)


@pytest.fixture
def url(ada: Visitor, cast: Cast) -> str:
    """Give the address of a call that Ada has sent to Cora."""
    said = {"about": "unwell", "to": str(cast.cora.id), "sentence": "My head hurts."}
    return ada.post("/help/ask", **said).location


def test_sent_seen_answered_closed(ada: Visitor, cora: Visitor, url: str) -> None:
    titles = [ada.get(url).title]
    cora.post(f"{url}/seen")
    titles.append(ada.get(url).title)
    cora.post(f"{url}/answer", sentence="Please lie down. I call you.")
    page = ada.get(url)
    titles.append(page.title)
    assert "Cora says: Please lie down. I call you." in page.words
    closed = ada.follow(ada.post(f"{url}/close"))
    assert closed.notices == ["You don't need help any more."]
    assert url in closed.links
    titles.append(ada.get(url).title)
    ada.post(f"{url}/reopen")
    titles.append(ada.get(url).title)
    assert titles == [
        "Sent to Cora.",
        "Cora has seen it.",
        "Cora has answered.",
        "This is closed.",
        "Cora has answered.",
    ]


def test_closing_is_taken_back_from_the_notice(ada: Visitor, url: str) -> None:
    closed = ada.follow(ada.post(f"{url}/close"))
    assert f"{url}/reopen" in closed.actions
    assert ada.follow(ada.post(f"{url}/reopen")).title == "Sent to Cora."


def test_looking_is_not_seeing(cora: Visitor, url: str, database: Database) -> None:
    before = everything(database)
    assert cora.get(url).status == cora.get("/people").status == 200
    assert everything(database) == before
    page = cora.follow(cora.post(f"{url}/seen"))
    assert page.notices == ["Ada can read that you saw this."]
    assert f"{url}/seen" not in page.actions


def test_the_person_calls_from_the_page_of_the_call(ada: Visitor, url: str) -> None:
    page = ada.get(url)
    assert {"tel:+15065550101", "tel:911"} <= page.links
    assert page.actions == {f"{url}/close"}


def test_who_else_sees_a_call_to_the_helper_at_work(ada: Visitor, cast: Cast) -> None:
    page = ada.follow(ada.post("/help/ask", about="late", to=str(cast.mia.id)))
    assert page.title == "Sent to Mia."
    assert "Cora sees this too." in page.words
    assert "tel:+15065550101" in page.links
    page = ada.follow(ada.post("/help/ask", about="late", to=str(cast.cora.id)))
    assert "sees this too" not in page.words


def test_calls_come_first_on_people(
    ada: Visitor, cora: Visitor, session: Session, cast: Cast, url: str
) -> None:
    task = factories.task(session, cast.ada)
    cast.ada.telephone = "+1 506 555 0111"
    session.add(cast.ada)
    session.commit()
    ada.post("/help/ask", about="late", task=str(task.id), day="2026-11-23")
    cora.post(f"{url}/seen")
    page = cora.get("/people")
    cards = page.main.all(class_="help-call card")
    assert ["My head hurts." in card.words for card in cards] == [False, True]
    first = cards[0].words
    for words in ("Ada", "I can't come", "Sweep", "Asked today at 8 in the morning."):
        assert words in first
    assert "Cora has seen it." in cards[1].words
    assert {url, f"/tasks/{task.id}/2026-11-23", "tel:+15065550111"} <= page.links
    assert page.text.index("help-call") < page.text.index("people-list-link")


def test_a_closed_call_leaves_people_and_stays_with_the_person(
    ada: Visitor, cora: Visitor, cast: Cast, url: str
) -> None:
    ada.post(f"{url}/close")
    assert url not in cora.get("/people").links
    for page in (ada.get("/help"), cora.get(f"/people/{cast.ada.id}/help")):
        assert url in page.links
        assert not page.main.all(class_="help-call card")
        assert "Closed" in page.words


def test_the_coach_reads_the_calls_of_one_person(
    cora: Visitor, cast: Cast, url: str, visit: Visit
) -> None:
    page = cora.get(f"/people/{cast.ada.id}/help")
    assert "My head hurts." in page.words
    assert url in page.links
    assert "/people" not in visit(cast.dan).get(f"/people/{cast.ada.id}/help").words


@pytest.mark.parametrize(
    ("number", "comes_at"),
    [
        (0, datetime(2026, 11, 23, 13, 15, tzinfo=UTC)),
        (1, datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        (2, datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),
        (3, datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
    ],
)
def test_i_come_at_a_moment_of_the_persons_clock(
    cora: Visitor,
    session: Session,
    cast: Cast,
    url: str,
    database: Database,
    number: int,
    comes_at: datetime,
) -> None:
    cast.ada.time_zone = "Europe/Paris"
    session.add(cast.ada)
    session.commit()
    page = cora.get(url)
    assert "These are the times of Ada." in page.words
    button = page.main.all("button", name="comes_at")[number]
    cora.post(f"{url}/answer", comes_at=button["value"])
    assert rows(database, HelpAnswer)[0].comes_at == comes_at


def test_a_moment_soon_is_easy_to_read(cora: Visitor, url: str, clock: Clock) -> None:
    clock.move(minutes=22)
    words = [each.words for each in cora.get(url).main.all("button", name="comes_at")]
    assert words == [
        "In 15 minutes, at 8:40 in the morning",
        "In 30 minutes, at 8:55 in the morning",
        "In 1 hour, at 9:25 in the morning",
        "Tomorrow at 9 in the morning",
    ]


def test_i_come_today_at_a_time(ada: Visitor, cora: Visitor, url: str) -> None:
    cora.post(f"{url}/answer", at="14:30")
    assert "Cora comes today at 2:30 in the afternoon." in ada.get(url).words


@pytest.mark.parametrize(
    ("said", "mistake"),
    [
        ({}, "Write a sentence or choose a time."),
        ({"sentence": " \u200b"}, "Write a sentence or choose a time."),
        ({"comes_at": "soon"}, "Write a sentence or choose a time."),
        ({"at": "soon"}, "Choose a time."),
        ({"at": "07:00"}, "This time has passed. Choose another time."),
    ],
)
def test_an_answer_that_says_nothing_comes_back(
    cora: Visitor, url: str, database: Database, said: dict[str, str], mistake: str
) -> None:
    page = cora.post(f"{url}/answer", **said)
    assert page.status == 422
    assert mistake in page.main.one("error-summary").words
    assert page.main.one("input", name="at")["value"] == said.get("at", "")
    assert rows(database, HelpAnswer) == []
    assert rows(database, HelpRequest)[0].seen_at is None


def test_what_was_typed_comes_back_with_a_mistake_beside_it(cora: Visitor, url: str) -> None:
    page = cora.post(f"{url}/answer", sentence="I come.", at="soon")
    assert page.status == 422
    assert page.main.one("textarea").words == "I come."


def test_rights_on_a_call(
    ada: Visitor, cora: Visitor, visit: Visit, cast: Cast, url: str, database: Database
) -> None:
    for last in ("close", "reopen"):
        assert cora.post(f"{url}/{last}").status == 403
    for last in ("seen", "answer"):
        assert ada.post(f"{url}/{last}", sentence="Yes.").status == 403
    for stranger in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        browser = visit(stranger)
        assert browser.get(url).status == 404
        for last in ("seen", "answer", "close", "reopen"):
            assert browser.post(f"{url}/{last}", sentence="Yes.").status == 404
    [call] = rows(database, HelpRequest)
    assert (call.seen_at, call.closed_at) == (None, None)


def test_each_reads_in_their_own_language_and_hears_the_other(
    ada: Visitor, cora: Visitor, session: Session, cast: Cast, url: str
) -> None:
    cast.cora.language = Language.FR
    session.add(cast.cora)
    session.commit()
    page = cora.get(url)
    assert page.title == "Ada demande de l'aide"
    assert [each.words for each in page.main.all("q", lang="en")] == ["My head hurts."]
    cora.post(f"{url}/answer", sentence="J'arrive.")
    assert [each.words for each in ada.get(url).main.all("q", lang="fr")] == ["J'arrive."]
