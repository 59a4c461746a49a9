"""My days in a browser: the week on one sheet of paper, and the button that prints."""

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import OpenPhone
from tests.browser.looks import SIZES, TEXT_SIZES, Look, put_on
from tests.browser.phone import LOCALES
from tests.browser.stage import MONDAY, NOW, Stage
from webapp.models.person import Language, Person
from webapp.models.text import BilingualText

WEEK = f"/days/week/{MONDAY}"
FORMATS = ("A4", "Letter")
SMALLEST_POINTS = 9
PIXELS_A_POINT = 96 / 72
ONE_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
PICTURES = ("broom", "mop", "box", "bus")
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
BUSY = ((4,) * 7, (8, 8, 8, 8, 8, 8, 4), (8,) * 7)
"""The most that the three sizes of words on paper must hold."""
LONG_TITLES = {
    "fr": "Je range les produits laitiers dans la chambre froide du fond",
    "en": "I put the milk products away in the cold room at the back",
}

Week = Callable[[int, str], Page]
both_languages = pytest.mark.parametrize("language", LOCALES)
both_formats = pytest.mark.parametrize("paper", FORMATS)


def sheets(page: Page, paper: str) -> int:
    """Print the page, and count the sheets."""
    return len(ONE_PAGE.findall(page.pdf(format=paper)))


def busy(stage: Stage, language: str, counts: tuple[int, ...]) -> int:
    """Make somebody with so many tasks on each day from Sunday on, all with long titles."""
    home = stage.homes[Language(language)]
    with stage.database.transaction() as session:
        role = session.get_one(Person, home.full).role
        person = factories.person(session, "Nadia", role, NOW, language=Language(language))
        for number in range(max(counts)):
            on = [day for day, count in zip(WEEKDAYS, counts, strict=True) if count > number]
            made = factories.task(
                session,
                person,
                position=number,
                at_time=time(8 + number, 45),
                picture=PICTURES[number % len(PICTURES)],
                starts_on=MONDAY - timedelta(days=30),
                repeat_rule=f"FREQ=WEEKLY;BYDAY={','.join(on)}",
            )
            made.title = BilingualText.from_json({language: LONG_TITLES[language]})
        return person.id


@pytest.fixture
def week(stage: Stage, phone: OpenPhone) -> Week:
    """Give a function that opens somebody's week, with large words on a dark screen."""

    def come(person: int, language: str) -> Page:
        stage.choose(person, theme="dark", text_size=32)
        page = phone(person, language=language)
        page.goto(WEEK)
        return page

    return come


@both_formats
@both_languages
@pytest.mark.parametrize("plan", [None, *BUSY])
def test_a_week_is_one_sheet(
    stage: Stage, week: Week, language: str, paper: str, plan: tuple[int, ...] | None
) -> None:
    person = busy(stage, language, plan) if plan else stage.newcomer(Language(language))
    page = week(person, language)
    tasks = page.locator(".week-sheet-task").count()
    assert tasks == sum(plan) if plan else tasks > 0
    assert sheets(page, paper) == 1


@both_languages
def test_more_than_a_sheet_holds_goes_on_to_the_next(
    stage: Stage, week: Week, language: str
) -> None:
    page = week(busy(stage, language, (15,) * 7), language)
    assert sheets(page, "A4") == 2


@both_languages
@pytest.mark.parametrize("plan", BUSY)
def test_on_paper_words_can_be_read_and_nothing_is_pressed(
    stage: Stage, week: Week, language: str, plan: tuple[int, ...]
) -> None:
    page = week(busy(stage, language, plan), language)
    page.emulate_media(media="print")
    sizes = page.locator(".week-sheet *").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= SMALLEST_POINTS * PIXELS_A_POINT - 0.01
    colours = page.locator(".week-sheet-title").first.evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours[0] == "rgb(0, 0, 0)"
    for hidden in ("header", ".place-bar", "print-page", "button"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_the_button_prints(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.homes[Language.EN].full, language="en")
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(WEEK)
    expect(page.locator(".print-page-words")).not_to_be_visible()
    page.get_by_role("button", name="Print", exact=True).tap()
    assert page.evaluate("() => window.printed")


@both_languages
def test_without_scripts_the_page_says_how_to_print(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    home = stage.homes[Language(language)]
    page = phone(home.full, language=language, java_script_enabled=False)
    page.goto(WEEK)
    expect(page.locator(".print-page-words")).to_be_visible()
    expect(page.locator(".print-page button")).not_to_be_visible()


def test_from_day_to_day_and_back(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.homes[Language.EN].full, language="en")
    page.goto("/days")
    expect(page.locator(".timeline-now")).to_have_count(1)
    page.locator(".day-strip-day").filter(has_text="Thu").tap()
    expect(page).to_have_url(re.compile("/days/2026-11-26$"))
    expect(page.locator(".timeline-now")).to_have_count(0)
    expect(page.locator(".day-strip [aria-current]")).to_contain_text("26")
    page.locator(".day-strip .button").filter(has_text="Today").tap()
    expect(page).to_have_url(re.compile("/days$"))
    page.locator(".timeline-task-link").first.tap()
    expect(page).to_have_url(re.compile("/tasks/"))


@both_languages
@pytest.mark.parametrize("text_size", TEXT_SIZES)
@pytest.mark.parametrize("size", SIZES)
def test_equal_times_have_equal_bars(
    stage: Stage, phone: OpenPhone, language: str, size: tuple[int, int], text_size: int
) -> None:
    page = phone(stage.homes[Language(language)].full, language=language)
    page.goto("/days")
    put_on(page, Look(language, size, text_size, "light"))
    bars = page.locator(".timeline-task-bar").evaluate_all(
        "all => all.map(bar => [bar.firstElementChild.getBoundingClientRect().width,"
        " bar.firstElementChild.width.baseVal.value, bar.getBoundingClientRect().width])"
    )
    scales = {round(drawn / minutes, 2) for drawn, minutes, _room in bars}
    assert len(bars) > 5
    assert len(scales) == 1, scales
    assert all(drawn <= room + 0.5 for drawn, _minutes, room in bars)
