"""Faults planted into a real page: each must be caught, or the checks are worth nothing (F3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checks
from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone, opened
from tests.browser.stage import Stage
from webapp.models.person import Language

Check = Callable[[Page], list[str]]


@dataclass(frozen=True)
class Fault:
    """What is done to the page, which check must see it, and a word of what it then says."""

    name: str
    script: str
    check: Check
    words: str
    path: str = "/today"


def style(selector: str, **values: str) -> str:
    """Return a script that changes the style of one element, past the page's policy."""
    sets = "; ".join(
        f'one.style.setProperty("{name.replace("_", "-")}", "{value}", "important")'
        for name, value in values.items()
    )
    return f"() => {{ const one = document.querySelector('{selector}'); {sets}; }}"


def add(html: str) -> str:
    """Return a script that adds something at the end of the page's main part."""
    return f"() => document.querySelector('main').insertAdjacentHTML('beforeend', `{html}`)"


MAIN = ".now-card [data-kind=main]"
PICTURE = """() => {
    const picture = document.createElement('img');
    picture.src = document.querySelector('link[rel=icon]').href;
    document.querySelector('main').append(picture);
}"""
TRAP = """() => document.querySelector('.now-card a').addEventListener('keydown', (event) => {
    if (event.key === 'Tab') event.preventDefault();
})"""
COVER = """() => {
    const bar = document.createElement('div');
    for (const [name, value] of Object.entries({position: 'fixed', inset: '0 0 auto 0', zIndex: 9,
        height: '80px', background: 'black'})) bar.style[name] = value;
    document.body.append(bar);
}"""

FAULTS = (
    Fault("a missing label", "() => document.querySelector('label').remove()", checks.axe,
          "axe label", "/sign-in/staff"),
    Fault("a target of 40 px", style(MAIN, min_block_size="0", height="40px"),
          checks.small_targets, "40.0 px to touch"),
    Fault("targets that touch", style(".now-card .actions", gap="0"), checks.close_targets,
          "px apart"),
    Fault("text at 6.5 to 1", style(".fact-list span", color="#5e5e5e", background="#ffffff"),
          checks.axe, "color-contrast-enhanced"),
    Fault("a focus under a bar", COVER, checks.keyboard, "covers"),
    Fault("a trap for the keyboard", TRAP, checks.keyboard, "cannot leave"),
    Fault("a focus without a ring", style(MAIN, outline="none"), checks.keyboard,
          "without a ring"),
    Fault("a control out of reach", "() => document.querySelector('.place-bar a').tabIndex--",
          checks.keyboard, "does not reach"),
    Fault("text of 18 px", style("h1", font_size="18px"), checks.small_text, "18 px"),
    Fault("a page wider than the screen", style(".now-card", width="340px"),
          checks.sideways_scroll, "px wide"),
    Fault("a page without its language", "() => document.documentElement.removeAttribute('lang')",
          checks.axe, "html-has-lang"),
    Fault("a page in the wrong language", "() => { document.documentElement.lang = 'en'; }",
          lambda page: checks.language(page, "fr-CA"), 'not "fr-CA"'),
    Fault("a picture without words", PICTURE, checks.axe, "image-alt"),
    Fault("two main headings", add("<h1>Encore</h1>"), checks.headings, "2 main headings"),
    Fault("a main action out of sight", style(".now-card", padding_block_start="600px")
          .replace("; }", "; document.querySelector('.main-action').style.position = 'static'; }"),
          checks.main_action, "below"),
    Fault("two main actions", add("<button class='button' data-kind='main'>Oui</button>"),
          checks.main_action, "2 main actions"),
    Fault("capitals", style("h1", text_transform="uppercase"), checks.manner_of_text, "capitals"),
    Fault("slanted text", style("h1", font_style="italic"), checks.manner_of_text, "slanted"),
    Fault("justified text", style("h1", text_align="justify"), checks.manner_of_text, "justify"),
    Fault("a button without a name", add("<button class='button'></button>"), checks.axe,
          "button-name"),
    Fault("a control without a picture", add("<button class='button'>Oui</button>"),
          checks.pictures_and_words, "no picture"),
    Fault("a word on two lines", style("h1", width="60px", overflow_wrap="break-word"),
          checks.cut_words, "stands on"),
    Fault("words that leave their button", style(f"{MAIN} span", white_space="nowrap",
          letter_spacing="40px"), checks.clipped_text, "leave"),
    Fault("something to judge that nobody has judged",
          style("h1", background="linear-gradient(white, black)"), checks.axe, "undecided"),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name.replace(" ", "-") for fault in FAULTS])
def test_a_planted_fault_is_caught(stage: Stage, phone: OpenPhone, fault: Fault) -> None:
    person = None if fault.path.startswith("/sign-in") else stage.homes[Language.FR].full
    page = phone(person, size=(320, 568), voices=True, reduced_motion="reduce")
    page.goto(fault.path)
    assert not any(fault.words in said for said in fault.check(page)), "the page had it before"
    page.evaluate(fault.script)
    assert any(fault.words in said for said in fault.check(page))


@pytest.fixture
def watched(stage: Stage, browser: Browser) -> Iterator[Phone]:
    """Open a phone whose faults are the test's to look at."""
    phone = opened(browser, stage, stage.homes[Language.FR].full)
    phone.page.goto("/today")
    assert phone.faults() == []
    yield phone
    phone.close()


@pytest.mark.parametrize(
    "script",
    [
        "() => { const it = new Image(); it.src = 'https://elsewhere.example/seen.png'; }",
        "() => fetch('https://elsewhere.example/seen').catch(() => {})",
        "() => { console.error('something broke'); }",
        "() => new Promise((end) => {"
        " setTimeout(() => { setTimeout(end); throw new Error('something broke'); }); })",
    ],
    ids=["a-foreign-picture", "a-foreign-call", "a-word-in-the-console", "a-script-that-fails"],
)
def test_what_goes_wrong_unseen_is_caught(watched: Phone, script: str) -> None:
    watched.page.evaluate(script)
    watched.page.goto("/today")
    assert watched.faults()
