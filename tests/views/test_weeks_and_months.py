"""A week on paper and a month, and who finds them: the person, their coach, nobody else."""

from collections.abc import Callable
from datetime import time

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.page import Element
from tests.statements import counted
from tests.visitor import Visitor
from webapp.models.person import Region
from webapp.models.text import BilingualText
from webapp.web.database import Database

Visit = Callable[..., Visitor]
MONDAY = factories.MONDAY
WEEK = f"days/week/{MONDAY}"
MONTH = "days/month/2026-11"


def titles(part: Element, kind: str = "timeline-task-title") -> list[str]:
    return [title.words for title in part.all(class_=kind)]


def test_a_week_has_each_day_and_what_stands_on_it(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    factories.task(session, cast.ada, repeat_rule="FREQ=WEEKLY;BYDAY=TU")
    drink = factories.task(session, cast.ada, at_time=None, repeat_rule="FREQ=WEEKLY;BYDAY=TU")
    drink.title = BilingualText(fr="Boire")
    session.commit()
    page = visitor.get(f"{start}{WEEK}")
    assert page.title == ("My week" if start == "/" else "The week of Ada")
    assert "From Sunday 22 November to Saturday 28 November" in page.words
    days = page.main.all(class_="week-sheet-day")
    assert [day.one("h2").words for day in days][:2] == ["Sunday 22", "Monday 23"]
    assert titles(days[2], "week-sheet-title") == ["Sweep", "Boire"]
    assert titles(days[2], "week-sheet-time") == ["9 in the morning", "Any time"]
    assert days[2].one(lang="fr").words == "Boire"
    assert "Free" in days[3].words
    assert page.main.one("print-page").one("button").words == "Print"


@pytest.mark.parametrize(("tasks", "density"), [(4, "roomy"), (8, "close"), (12, "dense")])
def test_a_full_week_is_written_smaller_on_paper(
    visit: Visit, session: Session, cast: Cast, tasks: int, density: str
) -> None:
    for number in range(tasks):
        factories.task(session, cast.ada, f"T{number}", at_time=time(8 + number))
    session.commit()
    page = visit(cast.ada).get(f"/{WEEK}")
    assert page.main.one(class_="week-sheet")["data-density"] == density


def test_a_month_is_a_table_of_days(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    factories.task(session, cast.ada, repeat_rule="FREQ=WEEKLY;BYDAY=MO")
    session.commit()
    page = visitor.get(f"{start}{MONTH}")
    assert page.title.split() == ["November", "2026"]
    names = [each.words for each in page.main.all("th")]
    assert (names[0], names[6], len(names)) == ("Sunday", "Saturday", 7)
    rows = page.main.all("tbody")[0].all("tr")
    assert [len(row.all("td")) for row in rows] == [7] * 5
    days = page.main.all("a", class_="month-table-day")
    assert [day["href"] for day in days] == [
        f"{start}days/2026-11-{number:02d}" for number in range(1, 31)
    ]
    assert days[22].words == "Monday 23 1 task"
    assert days[22]["aria-current"] == "date"
    assert days[22].one("use")["href"].endswith("#broom")
    assert days[23].words == "Tuesday 24 Free"
    assert {f"{start}days/month/2026-10", f"{start}days/month/2026-12"} <= page.links


@pytest.mark.parametrize("region", [Region.FR, Region.GB])
def test_in_europe_a_month_begins_its_weeks_on_monday(
    visit: Visit, session: Session, cast: Cast, region: Region
) -> None:
    cast.ada.region = region
    session.merge(cast.ada)
    session.commit()
    page = visit(cast.ada).get("/days/month/2027-02")
    assert page.main.all("th")[0].words == "Monday"
    assert [len(row.all("td", role="cell")) for row in page.main.all("tr")[1:]] == [7] * 4


@pytest.mark.parametrize("path", ["days/{}", "days/week/{}", "days/month/{}"])
def test_a_day_that_no_calendar_shows_is_not_there(reader: tuple[Visitor, str], path: str) -> None:
    visitor, start = reader
    for day in ("0001-01-01", "9999-12-31", "2026-13-01", "1999-06-01", "tomorrow"):
        named = day[:7] if "month" in path else day
        assert visitor.get(start + path.format(named)).status == 404, named
    assert visitor.get(start + path.format("2199-12")).status == (200 if "month" in path else 404)


@pytest.mark.parametrize("path", [f"days/{MONDAY}", WEEK, MONTH])
def test_strangers_find_nothing_and_nobody_is_asked_in(visit: Visit, cast: Cast, path: str) -> None:
    for stranger in (cast.ben, cast.dan, cast.mia, cast.olga):
        assert visit(stranger).get(f"/people/{cast.ada.id}/{path}").status == 404
    assert visit().get(f"/{path}").location == "/sign-in"
    assert visit(cast.cora).get(f"/{path}").location == "/people"


@pytest.mark.parametrize("path", ["days", f"days/{MONDAY}", WEEK, MONTH])
def test_each_costs_few_statements_however_full_the_days_are(
    reader: tuple[Visitor, str], session: Session, cast: Cast, database: Database, path: str
) -> None:
    visitor, start = reader
    costs = []
    for count in (1, 20):
        for number in range(count):
            factories.task(session, cast.ada, f"T{count} {number}", at_time=time(number))
        session.commit()
        visitor.get("/me")
        with counted(database.engine) as said:
            assert visitor.get(start + path).status == 200
        costs.append(len(said))
    assert costs[0] == costs[1] <= 4
