"""What a finger does on a page, and what it looks for there."""

from playwright.sync_api import Locator, Page

from tests.browser.stage import MONDAY, Stage


def button(page: Page, name: str) -> Locator:
    """Find a button by its words."""
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    """Find a link by its words."""
    return page.get_by_role("link", name=name, exact=True)


def row(page: Page, title: str) -> Locator:
    """Find the row of a task."""
    return page.locator(".task-row").filter(has_text=title)


def step(page: Page) -> Locator:
    """Find the step, or the end, that is open."""
    return page.locator(".task-steps-step:visible, .task-steps-finish:visible")


def titles(page: Page) -> list[str]:
    """Read the titles of the tasks below the card, or on the line of a day, from the top."""
    return page.locator(".task-row-title, .timeline-task-title").all_inner_texts()


def open_task(page: Page, stage: Stage, person: int, title: str) -> None:
    """Open a person's task on Monday."""
    page.goto(f"/tasks/{stage.task_named(person, title)}/{MONDAY}")
