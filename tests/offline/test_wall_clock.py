"""A phone that goes by the offsets of a page shows what the clocks where the plan is show."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.offline.conftest import ORIGIN, serve
from webapp.domain.repeats import wall_clock
from webapp.web.zone_offsets import zone_offsets

SHOWN = """async ([offsets, instants]) => {
    const { wallClock } = await import("/js/wall-clock.js");
    return instants.map((instant) => Object.values(wallClock(offsets, new Date(instant))));
}"""
FIRST = datetime(2027, 3, 13, 12, 59, 30, tzinfo=UTC)
INSTANTS = [FIRST + timedelta(hours=hour / 2) for hour in range(24 * 40)]
"""Over both weekends on which clocks go forward."""


def shown(page: Page, offsets: str | None) -> list[list[object]]:
    found: list[list[object]] = page.evaluate(
        SHOWN, [offsets, [each.isoformat() for each in INSTANTS]]
    )
    return found


def on_the_wall(zone: str) -> list[list[object]]:
    seen = (wall_clock(each, zone) for each in INSTANTS)
    return [[day.isoformat(), at.hour * 60 + at.minute] for day, at in seen]


@pytest.mark.parametrize(
    "zone",
    ["America/Toronto", "Europe/Paris", "Pacific/Auckland", "Asia/Kolkata", "Africa/Casablanca"],
)
def test_it_shows_the_clock_of_the_plan(page: Page, zone: str) -> None:
    assert shown(page, zone_offsets(zone, FIRST.date())) == on_the_wall(zone)


def test_without_offsets_it_shows_the_clock_of_the_phone(browser: Browser) -> None:
    page = browser.new_page(timezone_id="Europe/Paris")
    page.route(f"{ORIGIN}/**", serve)
    page.goto(f"{ORIGIN}/")
    assert shown(page, None) == on_the_wall("Europe/Paris")
    page.close()
