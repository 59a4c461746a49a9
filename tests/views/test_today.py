"""Today, as Ada sees it and as her coach sees it."""

from collections.abc import Callable
from datetime import time, timedelta

from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.page import Page
from tests.visitor import Visitor
from webapp.models.person import Theme
from webapp.models.text import BilingualText

Visit = Callable[..., Visitor]
DAY = factories.MONDAY.isoformat()


def titles(page: Page) -> list[str]:
    """Return what the rows of the day are called, in their order."""
    return [each.words for each in page.main.all(class_="task-row-title")]


def card(page: Page) -> str:
    """Return the words of the one large card."""
    return page.main.one(class_="now-card").words


def test_one_card_says_what_comes_now(visit: Visit, session: Session, cast: Cast) -> None:
    sweep = factories.task(session, cast.ada, place=factories.text("In the hall"))
    factories.task(session, cast.ada, "Mop", at_time=time(11, 0))
    factories.task(session, cast.ada, "Drink water", at_time=None)
    session.commit()
    page = visit(cast.ada).get("/today")
    assert page.title == "Today, Monday 23 November"
    for words in ("Sweep", "at 9 in the morning", "It takes 30 minutes", "In the hall"):
        assert words in card(page)
    assert titles(page) == ["Mop", "Drink water"]
    headings = [each.words for each in page.main.all("h2")]
    assert headings == ["Sweep", "The rest of the day", "Any time today"]
    task = f"/tasks/{sweep.id}/{DAY}"
    assert f"{task}/done" in page.actions
    assert {task, f"{task}/later", "/help"} <= page.links


def test_the_next_card_comes_when_the_time_of_one_is_over(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    factories.task(session, cast.ada)
    factories.task(session, cast.ada, "Mop", at_time=time(11, 0))
    session.commit()
    clock.move(hours=1, minutes=30)
    page = visit(cast.ada).get("/today")
    assert "Mop" in card(page)
    assert titles(page) == ["Sweep"]


def test_what_is_done_stays_in_its_place(visit: Visit, session: Session, cast: Cast) -> None:
    for hour, title in ((9, "Sweep"), (10, "Mop"), (11, "Polish")):
        factories.task(session, cast.ada, title, at_time=time(hour, 0))
    session.commit()
    ada = visit(cast.ada)
    mop = ada.get("/today").main.all(class_="task-row-link")[0]["href"]
    page = ada.follow(ada.post(f"{mop}/done"))
    assert page.notices == ["This is done."]
    assert f"{mop}/undo" in page.actions
    assert titles(page) == ["Mop", "Polish"]
    rows = page.main.all(class_="task-row")
    assert [row.attributes.get("data-state") for row in rows] == ["done", None]
    assert "Done" in rows[0].words


def test_a_day_where_all_is_done(visit: Visit, session: Session, cast: Cast) -> None:
    sweep = factories.task(session, cast.ada)
    session.commit()
    ada = visit(cast.ada)
    page = ada.follow(ada.post(f"/tasks/{sweep.id}/{DAY}/done"))
    assert "Everything is done for today." in page.words
    assert "What comes next Tomorrow, Tuesday 24 November Sweep" in page.words


def test_an_empty_day_says_so_and_what_comes_next(
    visit: Visit, session: Session, cast: Cast
) -> None:
    friday = factories.MONDAY + timedelta(days=4)
    factories.task(session, cast.ada, starts_on=friday, repeat_rule=None)
    session.commit()
    page = visit(cast.ada).get("/today")
    assert "Today is free." in page.words
    assert "What comes next Friday 27 November Sweep" in page.words


def test_an_empty_plan_is_kind(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/today")
    assert page.status == 200
    assert "Today is free." in page.words


def test_each_passage_is_marked_with_its_language(
    visit: Visit, session: Session, cast: Cast
) -> None:
    values = {"title": BilingualText(fr="Balayer"), "place": BilingualText(fr="Le couloir")}
    task = factories.task(session, cast.ada)
    task.title, task.place = values["title"], values["place"]
    factories.task(session, cast.ada, "Mop", at_time=time(11, 0)).title = BilingualText(fr="Laver")
    session.commit()
    page = visit(cast.ada).get("/today")
    assert page.root.one("html")["lang"] == "en-CA"
    french = {each.words for each in page.main.all(lang="fr")}
    assert french == {"Balayer", "Le couloir", "Laver"}


def test_the_page_has_the_persons_own_look(visit: Visit, session: Session, cast: Cast) -> None:
    cast.ada.theme, cast.ada.text_size = Theme.CONTRAST, 32
    session.add(cast.ada)
    session.commit()
    page = visit(cast.ada).get("/today").root.one("html")
    assert (page["data-theme"], page["data-text-size"]) == ("contrast", "32")


def test_the_coach_sees_the_same_day_and_no_button(
    visit: Visit, session: Session, cast: Cast
) -> None:
    sweep = factories.task(session, cast.ada)
    factories.task(session, cast.ada, "Mop", at_time=time(11, 0))
    session.commit()
    visit(cast.ada).post(f"/tasks/{sweep.id}/{DAY}/done")
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/today")
    assert page.root.one(class_="plan-frame-name").words == "The plan of Ada"
    assert "Mop" in card(page)
    assert titles(page) == ["Sweep"]
    assert page.actions == set()
    assert not any(link.endswith("/later") for link in page.links)
    places = {link["href"] for link in page.root.one(class_="place-bar").all("a")}
    assert places == {f"/people/{cast.ada.id}/{x}" for x in ("today", "days", "goals", "help")}


def test_today_is_the_persons_own_day_for_the_coach_too(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    cast.cora.time_zone = "Europe/Paris"
    session.add(cast.cora)
    session.commit()
    clock.move(hours=12)  # 20:00 on Monday in Toronto, 2:00 on Tuesday in Paris
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/today")
    assert page.title == "Today, Monday 23 November"


def test_a_plan_follows_its_person_to_another_zone(
    visit: Visit, session: Session, cast: Cast
) -> None:
    factories.task(session, cast.ada)
    cast.ada.time_zone = "Europe/Paris"
    session.add(cast.ada)
    session.commit()
    page = visit(cast.ada).get("/today")  # 14:00 in Paris: 9:00 is over, and still there
    assert "at 9 in the morning" in card(page)
