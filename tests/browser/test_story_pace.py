"""A story of pace: slower as it was shown, a pause, taken up again, and all as it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import MONDAY, Stage
from tests.browser.telling import NEXT_MONDAY, begin, go, place, plain, send
from tests.browser.words import MOVABLE_TASK

WEEKS = 4
PACES = {
    "fr": ("Plus doucement", "Pause", "Plus doucement", "Régulier"),
    "en": ("Slower", "Pause", "Slower", "Steady"),
}
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
ON_PAUSE = {"fr": "en pause jusqu'au lundi 30 novembre", "en": "on pause until Monday 30 November"}

Days = list[str]
"""What My days says of each thing that comes, a week after the other."""


def _weeks(page: Page) -> list[Days]:
    """Read My days from this week on."""
    place(page, "/days")
    weeks = [_read(page)]
    for number in range(1, WEEKS):
        later = MONDAY + timedelta(days=7 * number)
        go(page.locator(f"main a.button[href='/days/{later}']"))
        weeks.append(_read(page))
    return weeks


def _read(page: Page) -> Days:
    return [plain(words) for words in page.locator(".timeline-task-link").all_inner_texts()]


def _look_at(page: Page, pace: str) -> None:
    """Come from Today to what a pace would do."""
    place(page, "/today")
    go(page.locator(".setting-row[href='/me/pace']"))
    go(page.locator(f".pace-choice[href='/me/pace/{pace}']"))


def _moves(page: Page) -> dict[str, str]:
    """Read what moves, and to which days."""
    rows = page.locator(".moved-task").all()
    assert rows
    moved = {_title(row): _days(row, "after") for row in rows}
    assert all(_days(row, "before") != _days(row, "after") for row in rows)
    return moved


def _title(row: Locator) -> str:
    return plain(row.locator(".moved-task-title").inner_text())


def _days(row: Locator, when: str) -> str:
    return plain(row.locator(f".moved-task-{when} .sentence").inner_text())


def _weekdays(title: str, weeks: list[Days], language: str) -> Iterator[str]:
    """Give the days of the week on which a thing comes."""
    lines = [line.casefold() for week in weeks for line in week if title in line]
    return (day for day in WEEKDAYS[language] if any(day.casefold() in line for line in lines))


def _today(weeks: list[Days]) -> Days:
    """Return what comes on the Monday of the tests, which no pace but a pause changes."""
    return [line for line in weeks[0] if f" {MONDAY.day} novemb" in line.casefold()]


@pytest.mark.parametrize("language", LOCALES)
def test_slower_then_a_pause_then_all_as_it_was(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    story = begin(stage, phone, language)
    page = story.page
    agreed = _weeks(page)
    slower = _goes_slower(page, language, agreed)
    _pauses(page, language, slower)
    place(page, "/today")
    go(page.locator(".pause-card button"))
    expect(page.locator(".pause-card")).to_have_count(0)
    expect(page.locator("main")).to_contain_text(MOVABLE_TASK[language])
    assert _weeks(page) == slower
    _look_at(page, "steady")
    send(page)
    assert _weeks(page) == agreed
    story.opens_me("/changes")
    go(page.locator(".history-line form button"))
    assert _weeks(page) == slower
    changed = [("me", "changed", pace) for pace in PACES[language]]
    story.assert_told([*changed, ("me", "undid", "")])


def _goes_slower(page: Page, language: str, agreed: list[Days]) -> list[Days]:
    """Look at what would move, say yes, and see that just this has moved."""
    _look_at(page, "slower")
    moves = _moves(page)
    assert MOVABLE_TASK[language] in moves
    assert not set(_fixed(page)) & set(moves)
    assert _weeks(page) == agreed  # looking has changed nothing
    _look_at(page, "slower")
    send(page)
    slower = _weeks(page)
    assert _today(slower) == _today(agreed)
    for title, days in moves.items():
        came = set(_weekdays(title, slower[1:], language))
        assert came == {day for day in WEEKDAYS[language] if day in days}, title
    assert _without(moves, slower) == _without(moves, agreed)
    return slower


def _pauses(page: Page, language: str, slower: list[Days]) -> None:
    """Pause until next week: what the workplace has fixed comes, and nothing else until then."""
    _look_at(page, "pause")
    go(page.locator(f".pause-end[href$='until={NEXT_MONDAY}']"))
    expect(page.locator(".named-tasks")).to_have_count(2)
    fixed = _fixed(page)
    send(page)
    expect(page.locator(".pause-card")).to_contain_text(ON_PAUSE[language])
    expect(page.locator("main")).not_to_contain_text(MOVABLE_TASK[language])
    resting = _weeks(page)
    assert resting[0] == [line for line in slower[0] if any(one in line for one in fixed)]
    assert resting[1:] == slower[1:]


def _fixed(page: Page) -> list[str]:
    """Read what stays, as the workplace has fixed it: the last of the lists."""
    fixed = page.locator(".named-tasks").last.locator("li").all_inner_texts()
    assert fixed
    return [plain(words) for words in fixed]


def _without(moves: dict[str, str], weeks: list[Days]) -> list[Days]:
    return [[line for line in week if not any(one in line for one in moves)] for week in weeks]
