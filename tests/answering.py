"""Answers the questions of a form, one after the other."""

from tests.visitor import Visitor


def say(browser: Visitor, address: str, *answers: tuple[str, dict[str, str]]) -> None:
    """Answer questions, each by its name."""
    for name, typed in answers:
        page = browser.post(f"{address}?question={name}", **typed)
        assert page.status == 303, page.words
