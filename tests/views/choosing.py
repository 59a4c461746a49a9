"""Proposals as they come and are answered through the web, for tests of the pages."""

from tests.domain.proposing import ON_TUESDAY, Table
from tests.page import Page
from tests.visitor import Visitor, rows
from webapp.models.change import Answer, Change
from webapp.models.plan import Task
from webapp.web.database import Database


def move(table: Table, sweep: Task, at: str = "14:00") -> Change:
    """Let Cora propose another time for the sweeping."""
    said = {**ON_TUESDAY, "at": at, "from": "2026-11-24"}
    made = table.propose("task.move", task=sweep.id, why="The bus is late. It is calmer.", **said)
    table.session.commit()
    return made


def a_list(table: Table, sweep: Task) -> list[Change]:
    """Let Cora send three changes as one proposal."""
    made = [
        table.propose("task.move", together=True, task=sweep.id, **ON_TUESDAY),
        table.propose("goal.add", together=True, title={"en": "I cook."}),
        table.propose("settings.change", together=True, setting="text_size", value="28"),
    ]
    table.ask(table.cast.cora, "proposal.send", proposal=made[0].proposal_id)
    table.session.commit()
    return made


def answers(database: Database) -> list[Answer | None]:
    return [each.answer for each in rows(database, Change) if each.outcome == "proposed"]


def hidden(page: Page) -> dict[str, str]:
    """Return what the form with the answers carries, its id left out."""
    [form] = [each for each in page.main.all("form") if each["action"].endswith("/answer")]
    fields = {each["name"]: each["value"] for each in form.all("input", type="hidden")}
    return {name: text for name, text in fields.items() if name not in {"change_id", "csrf_token"}}


def say(browser: Visitor, page: Page, said: str, **more: str) -> Page:
    """Press one of the answers of a page."""
    [form] = [each for each in page.main.all("form") if each["action"].endswith("/answer")]
    return browser.post(form["action"], **{**hidden(page), "answer": said, **more})
