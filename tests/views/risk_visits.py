"""Goes through the pages of a step that can go wrong."""

from typing import Any

from tests.page import Page
from tests.visitor import Visitor
from webapp.models.plan import NextStep


def address(step: NextStep, *more: str) -> str:
    return "/".join([f"/next-steps/{step.id}/try", *more])


def answer(browser: Visitor, step: NextStep, form: str, **answers: dict[str, Any]) -> Page:
    """Go through the questions of a form with these answers; return where the last one leads."""
    for part, fields in answers.items():
        page = browser.post(address(step, form, part), **fields)
        assert page.status == 303, page.words
    return page


def give_view(browser: Visitor, step: NextStep, **answers: dict[str, Any]) -> Page:
    return answer(browser, step, "view", **{"well": {}, "wrong": {}, "helps": {}, **answers})
