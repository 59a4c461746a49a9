"""What the browser tests may ask for: the stage, one Chromium, and phones that are signed in."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser.handset import Handset
from tests.browser.kept_phone import keeping
from tests.browser.kept_site import Site, opened_site
from tests.browser.phone import Phone, opened
from tests.browser.pocket import Pocket
from tests.browser.scenes import Scene
from tests.browser.stage import Stage, running
from tests.conftest import MAIL_URL, VAPID_KEY
from webapp.models.person import Language

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPhone = Callable[..., Page]
OpenPocket = Callable[..., Pocket]
Visit = Callable[[Scene, str], Phone]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Run the app with its people."""
    wishes = {"vapid_private_key": VAPID_KEY, "mail_url": MAIL_URL}
    with running(tmp_path_factory.mktemp("stage"), **wishes) as stage:
        yield stage


@pytest.fixture(autouse=True)
def ends_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave the stage as it was, for the tests that come later."""
    yield
    if "stage" in request.fixturenames:
        request.getfixturevalue("stage").part()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the Chromium that this machine has; none is downloaded."""
    path = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    assert path, "no Chromium is installed"
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def blank(browser: Browser) -> Iterator[Page]:
    """Give an empty page, for scripts that stand on their own."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def phone(stage: Stage, browser: Browser) -> Iterator[OpenPhone]:
    """Give a function that opens a phone; at the end nothing may have gone wrong on any of them."""
    phones: list[Phone] = []

    def open_one(person: int | None = None, **wanted: object) -> Page:
        phones.append(opened(browser, stage, person, **wanted))  # type: ignore[arg-type]
        return phones[-1].page

    yield open_one
    faults = [fault for each in phones for fault in each.faults()]
    for each in phones:
        each.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def pocket(stage: Stage, browser: Browser) -> Iterator[OpenPocket]:
    """Give a function that opens somebody's phone, with a way to the server that can be cut."""
    made: list[Pocket] = []

    def open_one(path: str = "/today", person: int | None = None, script: str = "") -> Pocket:
        whose = person or stage.newcomer(Language.EN)
        phone = opened(browser, stage, whose, language="en")
        made.append(Pocket(stage, phone, whose))
        if script:
            phone.page.add_init_script(script)
        phone.page.goto(path, wait_until="networkidle")
        return made[-1]

    yield open_one
    faults = [fault for each in made for fault in each.faults()]
    for each in made:
        each.phone.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def handset(stage: Stage, phone: OpenPhone) -> Handset:
    """Give the phone of somebody new, who allows messages."""
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en", service_workers="allow")
    page.context.grant_permissions(["notifications"])
    return Handset(stage, page, person)


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a small site that is open, and can fail."""
    with opened_site() as one:
        yield one


@pytest.fixture
def reader(site: Site, browser: Browser) -> Iterator[Page]:
    """Give the page of a phone on which the pages of the small site are kept."""
    with keeping(browser, site) as page:
        yield page


@pytest.fixture(scope="session")
def visit(stage: Stage, browser: Browser) -> Iterator[Visit]:
    """Give a function that comes to a scene in a language, on one phone for each language.

    The phones have a voice, so that the button for it takes its room, and show no motion, so that
    colours are looked at when they have settled.
    """
    phones: dict[str, Phone] = {}

    def come(scene: Scene, language: str) -> Phone:
        if language not in phones:
            phones[language] = opened(
                browser, stage, None, language=language, voices=True, reduced_motion="reduce"
            )
        home, phone = stage.homes[Language(language)], phones[language]
        phone.pass_to(stage, scene.person(home))
        scene.open(phone.page, home, stage)
        return phone

    yield come
    for phone in phones.values():
        phone.close()
