"""What a person may have asked of their phone: its own colours, no motion, more contrast."""

import pytest

from tests.browser import checks
from tests.browser.conftest import OpenPhone
from tests.browser.stage import Stage
from webapp.models.person import Language, Theme

PAGES = ("/today", "/days", "/goals", "/help", "/me", "/me/theme", "/me/phones")


@pytest.mark.parametrize("path", PAGES)
def test_forced_colours_leave_every_control_seen(stage: Stage, phone: OpenPhone, path: str) -> None:
    page = phone(stage.homes[Language.FR].full, forced_colors="active", size=(320, 568))
    page.goto(path)
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    assert checks.measures(page) == []
    assert checks.keyboard(page) == []
    bare = page.evaluate(
        """() => [...document.querySelectorAll('main .button:not([data-kind=plain])')]
            .filter((one) => one.getClientRects().length
                && getComputedStyle(one).borderTopWidth === '0px')
            .map((one) => one.innerText)"""
    )
    assert bare == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_for_those_who_want_no_motion(
    stage: Stage, phone: OpenPhone, path: str
) -> None:
    page = phone(stage.homes[Language.FR].full, reduced_motion="reduce")
    page.goto(path)
    assert checks.motion(page) == []


@pytest.mark.parametrize(
    ("wanted", "like"),
    [({"color_scheme": "dark"}, Theme.DARK), ({"contrast": "more"}, Theme.CONTRAST)],
    ids=["dark", "contrast"],
)
def test_the_colours_follow_the_phone(
    stage: Stage, phone: OpenPhone, wanted: dict[str, str], like: Theme
) -> None:
    page = phone(stage.homes[Language.EN].full, reduced_motion="reduce", **wanted)
    page.goto("/today")
    colours = (
        "() => ['body', '.now-card', '.now-card [data-kind=main]', '.task-row']"
        ".map((one) => { const style = getComputedStyle(document.querySelector(one));"
        " return [style.color, style.backgroundColor]; })"
    )
    followed = page.evaluate(colours)
    page.evaluate(f"() => {{ document.documentElement.dataset.theme = '{like}'; }}")
    assert page.evaluate(colours) == followed
    page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
    assert page.evaluate(colours) != followed
